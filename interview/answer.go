package interview

import (
	"slices"
	"strings"

	"tanxu/extract"
	"tanxu/need"
)

// answer takes a message in the interview: an answer to the question before, or
// the first words of a contact.
func (t *turn) answer(m Message, r extract.Reading) {
	kind, _, _ := strings.Cut(t.asked.ID, ":")
	switch {
	case kind == "next":
		t.answerNext(m, r)
		return
	case strings.HasSuffix(kind, ".who"):
		t.answerWho(m, r)
		return
	case strings.HasSuffix(kind, ".conflict") && t.settle(m, r):
		return
	case kind == "indicator.reached" && t.settleReached(m, r):
		return
	case fedUp(m.Text):
		t.emit(need.Event{Kind: need.Noted, By: need.Contact, Message: m.ID, Note: noteHurry})
		t.aside("tired")
		return
	case aboutTheTalk(m.Text):
		t.emit(need.Event{Kind: need.Noted, By: need.Contact, Message: m.ID, Note: "of the talk: " + line(m.Text)})
		t.aside("sorry")
		return
	case t.idle(m, r):
		return
	}
	if t.s.Need(t.s.Active) == nil {
		t.opening(m, r)
		return
	}
	r, parked := t.parkSaid(m, r)
	switch {
	case parked && !content(r), !parked && has(r, extract.NewNeed) && t.park(m, r):
		return
	}
	t.goBack(m)
	t.take(m, r)
}

// idle deals with messages that say nothing about a need: greetings, thanks,
// questions to us. It reports whether the message was one.
func (t *turn) idle(m Message, r extract.Reading) bool {
	answered := t.question(m)
	short := len([]rune(bare(m.Text))) <= shortWords
	if content(r) && !(answered && short && (!hasNumber(m.Text) || onlyAsks(m.Text))) {
		return false
	}
	switch {
	case answered && short:
		t.again = true
	case has(r, extract.GoOn) && short:
	case has(r, extract.Greeting) && short, has(r, extract.Chitchat) && short:
		t.aside("chitchat")
	case has(r, extract.AskBot) && short && t.s.Need(t.s.Active) != nil:
		t.emit(need.Event{Kind: need.Noted, By: need.Contact, Message: m.ID, Note: "asks: " + line(m.Text)})
		t.aside("faq_none")
	case has(r, extract.Inject) && injectOnly(t.read, m):
		t.again = true
	default:
		return false
	}
	return true
}

// injectOnly reports whether all sentences of a message speak to the machine.
func injectOnly(read Reader, m Message) bool {
	text := []rune(m.Text)
	for _, s := range sentences(text) {
		if !slices.Contains(read.Read(string(text[s.start:s.end]), extract.Context{}).Intents, extract.Inject) {
			return false
		}
	}
	return true
}

// opening reads the first words on a need, from which all fields may come.
func (t *turn) opening(m Message, r extract.Reading) {
	if nothingMore(m.Text) {
		t.tell("nothing_yet")
		t.quiet = true
		return
	}
	if t.introduced(m, r) {
		return
	}
	t.first = true
	t.asked = Question{}
	if parts := t.several(m); len(parts) > 1 {
		t.startSeveral(m, parts)
		if len(t.segments(m)) == 0 || inOneBreath(m.Text) == nil {
			t.take(m, r)
			return
		}
		r.Values = slices.DeleteFunc(r.Values, func(f extract.Found) bool { return f.Key.Shape() <= need.List })
		t.takeFor(t.active(), m, r)
		return
	}
	n := t.start("", m.ID)
	r, _ = t.parkSaid(m, r)
	t.take(m, r)
	if !sorted(r) || len(n.Field(need.KeyProblem).Items) == 0 {
		t.whole(n, m, need.KeyProblem, r)
	}
	t.product(n, m)
	t.retitle(n)
}

// introduced answers a contact who has only said who he is, or that he was sent,
// and reports whether that is all.
func (t *turn) introduced(m Message, r extract.Reading) bool {
	if len(r.Values)+len(r.Rows)+len(r.Routes) > 0 {
		return false
	}
	text := []rune(m.Text)
	list := clauses(text)
	said := slices.DeleteFunc(slices.Clone(list), func(c span) bool {
		words := string(text[c.start:c.end])
		return introduces(words) || greets(words) || filler(words)
	})
	if len(list) == 0 || len(said) > 0 {
		return false
	}
	t.answers = append(t.answers, t.text("as_you_know"))
	t.again = true
	return true
}

// product keeps what a contact makes, said in passing, as the scene.
func (t *turn) product(n *need.Need, m Message) {
	if len(n.Field(need.KeyScene).Items) > 0 {
		return
	}
	text := []rune(m.Text)
	for i, c := range clauses(text) {
		if words := evidence(m, text, c); maker.MatchString(words.Quote) || output.MatchString(words.Quote) || i < 3 && bareNoun(words.Quote) {
			t.keepScene(n, m, words)
			return
		}
	}
}

func (t *turn) keepScene(n *need.Need, m Message, words need.Evidence) {
	item := need.Item{Evidence: []need.Evidence{words}, Value: need.Value{Text: words.Quote}}
	t.emit(need.Event{
		Kind: need.ValueSet, By: need.Contact, Need: n.ID, Message: m.ID, Key: need.KeyScene, Item: &item, Checks: need.Checks{Aligned: true},
	})
}

// take applies a reading to the needs that it speaks of: where a message speaks
// of several, each part is read for its own.
func (t *turn) take(m Message, r extract.Reading) {
	before := len(t.events)
	if containsAny(m.Text, hurried()...) {
		t.emit(need.Event{Kind: need.Noted, By: need.Contact, Message: m.ID, Note: noteHurry})
	}
	parts := t.segments(m)
	if len(parts) == 0 {
		t.scope = span{0, len([]rune(m.Text))}
		t.takeShares(t.active(), m, r)
	}
	for _, part := range parts {
		t.scope = part.span
		c := t.context(m, nil)
		c.Rows = part.need.Indicators
		words := string([]rune(m.Text)[part.start:part.end])
		read := shifted(t.read.Read(words, c), part.start)
		if said, ok := t.said(m, part); ok {
			read = extract.Merge(read, said)
		}
		t.takeShares(part.need, m, read)
	}
	t.acknowledge(t.active(), m, before)
}

// takeFor applies a reading to one need.
func (t *turn) takeFor(n *need.Need, m Message, r extract.Reading) {
	if t.exhausted(n, m) {
		return
	}
	t.route(n, m, r)
	corrects := has(r, extract.Correct) || t.s.Phase == PhaseConfirming
	for _, f := range r.Values {
		if f.Model || t.accepts(f) {
			told := f.Model && f.Key.Shape() <= need.List // the model knows which one corrects
			t.value(n, m, f, corrects && !told || f.Corrects)
		}
	}
	for _, f := range distinct(n, r.Rows) {
		if f.Model || t.acceptsRow(f) {
			t.row(n, m, f, corrects || f.Corrects)
		}
	}
	for _, k := range t.asked.Keys {
		if k.Shape() <= need.List && !sorted(r) {
			t.whole(n, m, k, r)
		}
	}
	several := len(t.asked.Keys) > 1 // what an answer to all of them leaves open is asked alone
	for _, mark := range r.Marks {
		if !several || mark.Status != need.Vague {
			t.mark(n, mark, m)
		}
	}
	if !sorted(r) && !several {
		t.keepRaw(n, m, r)
	}
	for k, s := range r.Suggested {
		if n.Suggested[k] != s {
			t.emit(need.Event{Kind: need.Suggested, Need: n.ID, Message: m.ID, Key: k, Note: s.Value, To: s.Why})
		}
	}
}

// exhausted reports whether a message says that there is no more of what was
// asked: what was told before stands.
func (t *turn) exhausted(n *need.Need, m Message) bool {
	if len(t.asked.Keys) != 1 || t.s.Phase != PhaseInterviewing || !nothingMore(m.Text) {
		return false
	}
	k := t.asked.Keys[0]
	more := strings.HasSuffix(t.asked.ID, ".again") || strings.HasSuffix(t.asked.ID, ".more")
	if len(n.Field(k).Items) > 0 || k == need.KeyIndicator && len(n.Indicators) > 0 || more {
		t.emit(need.Event{Kind: need.Noted, By: need.Contact, Need: n.ID, Message: m.ID, Keys: []need.Key{k}, Note: "no more of it"})
		return true
	}
	if k.Shape() > need.List && n.Field(k).Status == need.Vague {
		t.markField(n, k, extract.Mark{Key: k, Status: need.Unknown}, m)
		return true
	}
	return false
}

// accepts decides whether a value that the question did not ask for is taken:
// in answers about one text, the words for another are not.
func (t *turn) accepts(f extract.Found) bool {
	if t.first && f.Key == need.KeyProblem {
		return false // the first words as a whole are the problem
	}
	if t.first || len(t.asked.Keys) == 0 || t.s.Phase != PhaseInterviewing || slices.Contains(t.asked.Keys, f.Key) {
		return true
	}
	return f.Key.Shape() > need.List && f.Checks.Rule
}

// acceptsRow keeps figures of trials, limits and equipment out of the table.
func (t *turn) acceptsRow(f extract.RowFound) bool {
	if t.first || t.s.Phase != PhaseInterviewing || len(t.asked.Keys) == 0 || slices.Contains(t.asked.Keys, need.KeyIndicator) {
		return true
	}
	if f.Corrects && f.Row.ID != "" && containsAny(f.Row.Evidence[0].Quote, "不是", "错了", "记错", "目标还是", "目标仍") {
		return true // 镍不是0.8，是0.5: of a row on record, whatever was asked
	}
	k := t.asked.Keys[0]
	told := k == need.KeyTried || k == need.KeyConstraints || k == need.KeyFoundation
	return !told && f.Row.Target != nil && (f.Row.Current != nil || f.Corrects)
}
