package interview

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"tanxu/extract"
	"tanxu/interview/guide"
	"tanxu/need"
)

// reply says what was understood and asks the question that comes next.
func (t *turn) reply() {
	n := t.s.Need(t.s.Active)
	switch {
	case t.s.Phase == PhaseConfirming:
		t.showAgain(n)
	case t.s.Phase != PhaseInterviewing:
		t.flush("")
	case n == nil:
		t.askFirst()
	case n.Status == need.StatusReview:
		t.flush("")
	case t.again && len(t.asked.Keys) > 0 && t.asked.Need == n.ID:
		t.repeat(n)
	case t.hopeless(n):
		t.close(n)
	default:
		t.advance(n)
	}
}

// advance asks what is worth most, or reads back.
func (t *turn) advance(n *need.Need) {
	t.retitle(n)
	t.suggest(n)
	if c := t.routeQuestion(n); c != nil {
		t.ask(n, *c)
		return
	}
	c := t.next(n)
	if t.s.talk(n.ID).back != "" {
		c = t.goOnBack(n, c)
	}
	if c == nil {
		if t.s.asked(n.ID) >= t.opt.Questions {
			t.acks = append(t.acks, t.text("cap"))
		}
		t.readBack(n, "readback")
		return
	}
	t.ask(n, *c)
}

// ask says one question, behind what was understood, and keeps that it was
// asked.
func (t *turn) ask(n *need.Need, c candidate) {
	keys := c.keys
	if len(keys) == 0 {
		keys = []need.Key{c.key}
	}
	t.emit(need.Event{Kind: need.Asked, Need: n.ID, Keys: keys, Probe: c.probe, Note: c.id})
	t.say = append(t.say, Say{
		Text: t.before() + c.text.In(t.lang(), c.pairs...), Asks: keys, Probe: c.probe,
		Choices: t.choices(n, c), AI: true,
	})
}

// repeat says the open question again, after something that did not answer it.
// It is not asked anew: nothing was said about it in between.
func (t *turn) repeat(n *need.Need) {
	c := candidate{id: t.asked.ID, key: t.asked.Keys[0], probe: t.asked.Probe}
	text, ok := t.wording(n, &c)
	if !ok {
		t.advance(n)
		return
	}
	t.say = append(t.say, Say{
		Text: t.before() + text, Asks: t.asked.Keys, Probe: t.asked.Probe, Choices: t.choices(n, c), AI: true,
	})
}

// wording finds the words of a question that was asked before.
func (t *turn) wording(n *need.Need, c *candidate) (string, bool) {
	f := t.guide.Field(c.key)
	if f == nil {
		return "", false
	}
	kind, row, _ := strings.Cut(c.id, ":")
	_, part, _ := strings.Cut(kind, ".")
	switch part {
	case "ask":
		if len(t.asked.Keys) > 1 {
			return t.askedForAll(c.id, t.asked.Keys).text.In(t.lang()), true
		}
		return f.Ask.In(t.lang()), true
	case "more":
		return t.text("ask_more"), true
	case "retry":
		return f.Retry.In(t.lang()), true
	case "again":
		return f.Again.In(t.lang()), true
	case "probe1", "probe2":
		return f.Probes[part[5]-'1'].In(t.lang()), true
	case "who":
		return t.text("ask_who"), true
	}
	if r := n.Row(row); r != nil {
		text := map[string]guide.Text{
			"target": t.guide.Row.Target, "unit": t.guide.Row.Unit, "current": t.guide.Row.Current, "condition": t.guide.Row.Condition,
		}[part]
		return text.In(t.lang(), "name", line(r.Name)), text.Set()
	}
	if route, ok := t.guide.Routes[need.RouteKind(part)]; ok && f.Key == need.KeyProblem {
		return route.Ask.In(t.lang()), true
	}
	return "", false
}

// askFirst asks for the problem while nothing is known.
func (t *turn) askFirst() {
	f := t.guide.Field(need.KeyProblem)
	words := f.Ask
	if t.asked.ID != "problem.ask" {
		t.emit(need.Event{Kind: need.Asked, Keys: []need.Key{need.KeyProblem}, Note: "problem.ask"})
	} else if t.again {
		words = f.Retry
	}
	t.say = append(t.say, Say{Text: t.before() + words.In(t.lang()), Asks: []need.Key{need.KeyProblem}, AI: true})
}

// before is what stands in front of a question: answers to the contact, then
// what was understood.
func (t *turn) before() string {
	parts := slices.Clone(t.answers)
	if acks := t.acks; len(acks) > 2 {
		parts = append(parts, strings.Join(acks[len(acks)-2:], ""))
	} else if len(acks) > 0 {
		parts = append(parts, strings.Join(acks, t.gap()))
	}
	t.answers, t.acks = nil, nil
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "\n") + "\n"
}

// gap is what stands between two sentences.
func (t *turn) gap() string {
	if t.lang() == "en" {
		return " "
	}
	return ""
}

// comma and colon are those of the language.
func (t *turn) comma() string {
	if t.lang() == "en" {
		return ", "
	}
	return "，"
}

func (t *turn) colon() string {
	if t.lang() == "en" {
		return ": "
	}
	return "："
}

// flush says what there is to say without a question.
func (t *turn) flush(text string) {
	if words := strings.TrimSpace(t.before() + text); words != "" {
		t.say = append(t.say, Say{Text: words, AI: true})
	}
}

// choices are the quick replies of a question.
func (t *turn) choices(n *need.Need, c candidate) []Choice {
	if strings.Contains(c.id, ".conflict") {
		a, b := "", ""
		if row := n.Row(rowOf(c.id)); row != nil {
			a, b = rivals(row)
		} else if f := n.Field(c.key); len(f.Items) > 1 {
			a, b = t.valueText(c.key, f.Items[0]), t.valueText(c.key, f.Items[len(f.Items)-1])
		}
		return []Choice{{ID: choiceFormer, Label: cut(a, 20)}, {ID: choiceLatter, Label: cut(b, 20)}}
	}
	f := t.guide.Field(c.key)
	if f == nil || c.id == askedClosing || strings.HasSuffix(c.id, ".who") || strings.HasSuffix(c.id, ".past") {
		return nil
	}
	var list []Choice
	for _, choice := range f.Choices {
		list = append(list, Choice{ID: choice.ID, Label: choice.Label.In(t.lang())})
	}
	return list
}

// acknowledge quotes a few of the contact's words back, rows with their values:
// a misreading is then seen at once.
func (t *turn) acknowledge(n *need.Need, m Message, from int) {
	if len(t.acks) > 0 || t.s.Phase != PhaseInterviewing {
		return
	}
	if t.first {
		t.acks = append(t.acks, t.text("ack", "term", excerptOf(need.KeyProblem, t.problemWords(n, m), 20)))
		return
	}
	var rows, coded []string
	var heard need.Key // the field that was asked, if it was, else the first
	vague := false
	for _, e := range t.events[from:] {
		switch {
		case e.Kind == need.RowSet && e.Row.Status != need.Delegated:
			rows = append(slices.DeleteFunc(rows, func(r string) bool { return strings.HasPrefix(r, e.Row.Name+t.comma()) }), t.rowAck(e.Row))
		case e.Kind == need.ValueCorrected:
			t.acks = append(t.acks, t.text("ack_corrected"))
			return
		case e.Kind == need.ValueSet && e.By == need.Contact && e.Key.Shape() > need.List:
			if words := t.codeAck(e.Key, *e.Item); !slices.Contains(coded, words) {
				coded = append(coded, words)
			}
		case e.Kind == need.ValueSet && e.By == need.Contact:
			if heard == "" || slices.Contains(t.asked.Keys, e.Key) {
				heard = e.Key
			}
		case e.Kind == need.FieldMarked && e.Status == need.Vague:
			vague = true
		}
	}
	switch {
	case len(rows) > 0:
		t.acks = append(t.acks, t.text("ack_row", "term", strings.Join(rows[:min(mostRows, len(rows))], "；")))
	case len(coded) > 0:
		t.acks = append(t.acks, t.text("ack", "term", strings.Join(coded, "”“")))
	case heard != "":
		t.acks = append(t.acks, t.heardAck(heard, m))
	case vague && hesitation(m.Text):
		t.acks = append(t.acks, t.text("ack_unsure"))
	case vague:
		t.acks = append(t.acks, t.text("ack_vague"))
	}
}

// mostRows is how many rows are said back; the card shows all of them.
const mostRows = 4

// codeAck is a value as it is said back: whose the results are in the words of the
// quick replies, since the code alone is none.
func (t *turn) codeAck(k need.Key, item need.Item) string {
	if k == need.KeyIPTerms {
		for _, c := range t.guide.Field(k).Choices {
			if c.Value != "" && c.Value == item.Value.Text {
				return c.Label.In(t.lang())
			}
		}
	}
	return t.valueText(k, item)
}

// heardAck quotes the clause that says most of the field that was heard of, else
// the first that has something in it; words such as 每天都有吧 sound silly when they
// come back.
func (t *turn) heardAck(k need.Key, m Message) string {
	if words := clearest(k, m.Text); words != "" {
		return t.text("ack", "term", cut(words, 18))
	}
	text := []rune(m.Text)
	for _, c := range clauses(text) {
		if words := fact(string(text[c.start:c.end])); telling(words) {
			return t.text("ack", "term", excerpt(words, 18))
		}
	}
	return t.text("ack_plain")
}

// excerptOf is the clause of a text that says most of a field, else any excerpt.
func excerptOf(k need.Key, s string, limit int) string {
	if words := clearest(k, s); words != "" && !worst.MatchString(line(s)) {
		return cut(words, limit)
	}
	return excerpt(s, limit)
}

// harm finds what a trouble costs.
var harm = regexp.MustCompile(`退了|退货|赔|报废|投诉|索赔|亏|打电话|催|意见|抱怨|客户`)

// clearest is the clause of a text that says most of a field, the first of those
// that say it about as well; "" where none says it clearly.
func clearest(k need.Key, s string) string {
	const clear, alike = 0.4, 0.25
	text := []rune(s)
	var list, facts []string
	for _, c := range clauses(text) {
		words := string(text[c.start:c.end])
		list, facts = append(list, line(words)), append(facts, fact(words))
	}
	best, most := "", clear-alike
	for i, odds := range extract.Speaking(k, list) {
		words := facts[i]
		if k == need.KeyProblem && (hasNumber(words) || harm.MatchString(words)) {
			continue // it is what the trouble costs
		}
		if utf8.RuneCountInString(words) < 5 || odds < clear || odds <= most+alike || greets(words) || introduces(words) || maker.MatchString(words) {
			continue
		}
		best, most = words, odds
	}
	return best
}

func (t *turn) rowAck(row *need.Indicator) string {
	parts := []string{row.Name}
	if v := currentText(row); v != "" {
		parts = append(parts, t.text("line_now")+" "+v)
	}
	if v := targetText(row); v != "" {
		parts = append(parts, t.text("line_goal")+" "+v)
	}
	if partOf(t.asked.ID) == "condition" {
		parts = append(parts[:1], cmp.Or(line(row.Condition), line(row.Method))) // which was just told
	}
	return strings.Join(parts, t.comma())
}

// problemWords are the words that a first acknowledgement quotes.
func (t *turn) problemWords(n *need.Need, m Message) string {
	if items := n.Field(need.KeyProblem).Items; len(items) > 0 {
		return items[0].Value.Text
	}
	return m.Text
}
