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
	case t.idle(m, r):
		return
	}
	if t.s.Need(t.s.Active) == nil {
		t.opening(m, r)
		return
	}
	if has(r, extract.NewNeed) && t.park(m, r) {
		return
	}
	t.take(m, r)
}

// idle deals with messages that say nothing about a need: greetings, thanks,
// questions to us. It reports whether the message was one.
func (t *turn) idle(m Message, r extract.Reading) bool {
	answered := t.question(m)
	short := len([]rune(bare(m.Text))) <= shortWords
	if content(r) && !(answered && short && !hasNumber(m.Text)) {
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
	t.first = true
	t.asked = Question{}
	if parts := t.several(m); len(parts) > 1 {
		t.startSeveral(m, parts)
		t.take(m, r)
		return
	}
	n := t.start("", m.ID)
	t.take(m, r)
	if !sorted(r) || len(n.Field(need.KeyProblem).Items) == 0 {
		t.whole(n, m, need.KeyProblem, r)
	}
	t.product(n, m)
	t.retitle(n)
}

// product keeps what a contact makes, said in passing, as the scene.
func (t *turn) product(n *need.Need, m Message) {
	if len(n.Field(need.KeyScene).Items) > 0 {
		return
	}
	text := []rune(m.Text)
	for _, c := range clauses(text) {
		if words := evidence(m, text, c); maker.MatchString(words.Quote) || output.MatchString(words.Quote) || bareNoun(words.Quote) {
			item := need.Item{Evidence: []need.Evidence{words}, Value: need.Value{Text: words.Quote}}
			t.emit(need.Event{
				Kind: need.ValueSet, By: need.Contact, Need: n.ID, Message: m.ID, Key: need.KeyScene, Item: &item, Checks: need.Checks{Aligned: true},
			})
			return
		}
	}
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
		t.takeFor(t.active(), m, r)
	}
	for _, part := range parts {
		t.scope = part.span
		c := t.context(m, nil)
		c.Rows = part.need.Indicators
		words := string([]rune(m.Text)[part.start:part.end])
		t.takeFor(part.need, m, shifted(t.read.Read(words, c), part.start))
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
			t.value(n, m, f, corrects || f.Corrects)
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
	for _, mark := range r.Marks {
		t.mark(n, mark, m)
	}
	t.keepRaw(n, m, r)
	for k, s := range r.Suggested {
		if n.Suggested[k] != s {
			t.emit(need.Event{Kind: need.Suggested, Need: n.ID, Message: m.ID, Key: k, Note: s.Value, To: s.Why})
		}
	}
}

// exhausted reports whether a message says that there is no more of what was
// asked: what was told before stands.
func (t *turn) exhausted(n *need.Need, m Message) bool {
	if len(t.asked.Keys) == 0 || t.s.Phase != PhaseInterviewing || !nothingMore(m.Text) {
		return false
	}
	k := t.asked.Keys[0]
	if len(n.Field(k).Items) > 0 || k == need.KeyIndicator && len(n.Indicators) > 0 {
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
	k := t.asked.Keys[0]
	told := k == need.KeyTried || k == need.KeyConstraints || k == need.KeyFoundation
	return !told && f.Row.Target != nil && (f.Row.Current != nil || f.Corrects)
}

// value applies one found value.
func (t *turn) value(n *need.Need, m Message, f extract.Found, corrects bool) {
	if !f.Key.Known() || !grounded(m, f.Item.Evidence) {
		t.drop(n, m, "value of "+string(f.Key)+" without its words")
		return
	}
	field := n.Field(f.Key)
	if f.Key.Shape() <= need.List && (hesitation(f.Item.Value.Text) || known(field, f.Item.Value.Text)) {
		return
	}
	e := need.Event{
		Kind: need.ValueSet, By: need.Contact, Need: n.ID, Message: m.ID, Key: f.Key, Item: &f.Item,
		Checks: need.Checks{Rule: f.Checks.Rule, Aligned: true, Agree: f.Checks.Agree},
	}
	if slices.ContainsFunc(field.Items, func(old need.Item) bool { return same(old.Value, f.Item.Value) }) &&
		field.Status != need.Conflicting {
		return
	}
	asked := slices.Contains(t.asked.Keys, f.Key)
	switch {
	case len(field.Items) == 0:
	case f.Key.Shape() <= need.List && corrects:
		t.replaceItem(n, e)
		return
	case f.Key.Shape() <= need.List:
	case corrects || asked || outdated(field, t.now):
		e.Kind, e.Note = need.ValueCorrected, "said later"
	case field.Status != need.Conflicting:
		e.Kind = need.ConflictFound
	default:
		return
	}
	t.emit(e)
	t.changed = append(t.changed, string(f.Key))
}

// known reports whether a text is part of one that stands there.
func known(f *need.Field, text string) bool {
	return slices.ContainsFunc(f.Items, func(old need.Item) bool { return strings.Contains(old.Value.Text, text) })
}

// same reports whether two values say the same.
func same(a, b need.Value) bool {
	switch {
	case a.Money != nil && b.Money != nil:
		return *a.Money == *b.Money
	case a.Deadline != nil && b.Deadline != nil:
		return a.Deadline.ISO == b.Deadline.ISO
	default:
		return a.Money == nil && b.Money == nil && a.Deadline == nil && b.Deadline == nil && line(a.Text) == line(b.Text)
	}
}

// replaceItem puts a new statement in the place of the one that it corrects;
// the statements beside it stay.
func (t *turn) replaceItem(n *need.Need, e need.Event) {
	items := n.Field(e.Key).Items
	best, score := -1, 0.25
	for i, old := range items {
		if o := max(overlap(e.Item.Value.Text, old.Value.Text), overlap(old.Value.Text, e.Item.Value.Text)); o >= score {
			best, score = i, o
		}
	}
	t.changed = append(t.changed, string(e.Key))
	if best < 0 {
		t.emit(e)
		return
	}
	kept := slices.Delete(slices.Clone(items), best, best+1)
	e.Kind, e.Note = need.ValueCorrected, "corrected by the contact"
	t.emit(e)
	for _, item := range kept {
		t.emit(need.Event{Kind: need.ValueSet, By: need.System, Need: n.ID, Message: e.Message, Key: e.Key, Item: &item, Note: "stays"})
	}
}

// whole takes the answer to a question for a text as its value, in the
// contact's words, whatever the rules could make of it.
func (t *turn) whole(n *need.Need, m Message, k need.Key, r extract.Reading) {
	kept := t.statements(m, k, r)
	if t.first && k == need.KeyProblem {
		kept = complaints([]rune(m.Text), kept)
	}
	if len(kept) == 0 {
		return
	}
	groups := [][]span{kept}
	if k == need.KeyConstraints || k == need.KeyPartnerReq {
		groups = groups[:0]
		for _, s := range kept {
			if last := len(groups) - 1; last >= 0 && (s.end-s.start < 8 || short(groups[last])) {
				groups[last] = append(groups[last], s)
				continue
			}
			groups = append(groups, []span{s})
		}
	}
	for _, g := range groups {
		t.statement(n, m, k, g)
	}
}

func short(g []span) bool { return g[len(g)-1].end-g[0].start < 6 }

// statement sets one text from neighbouring sentences of a message.
func (t *turn) statement(n *need.Need, m Message, k need.Key, g []span) {
	text := []rune(m.Text)
	item := need.Item{Evidence: []need.Evidence{}}
	var words []string
	for _, s := range g {
		words = append(words, strings.Join(strings.Fields(strings.ReplaceAll(string(text[s.start:s.end]), "\n", "，")), " "))
		item.Evidence = append(item.Evidence, evidence(m, text, s))
	}
	item.Value.Text = strings.Join(words, "；")
	if known(n.Field(k), item.Value.Text) {
		return
	}
	t.dropParts(n, m, k, item)
	e := need.Event{
		Kind: need.ValueSet, By: need.Contact, Need: n.ID, Message: m.ID, Key: k, Item: &item,
		Checks: need.Checks{Aligned: true},
	}
	if t.s.Phase == PhaseConfirming {
		t.replaceItem(n, e)
		return
	}
	t.emit(e)
	t.changed = append(t.changed, string(k))
}

// dropParts takes back pieces of the same message that the whole answer holds.
func (t *turn) dropParts(n *need.Need, m Message, k need.Key, whole need.Item) {
	field := n.Field(k)
	outside := slices.DeleteFunc(slices.Clone(field.Items), func(old need.Item) bool {
		return len(old.Evidence) > 0 && old.Evidence[0].Ref == ref(m.ID) && strings.Contains(whole.Value.Text, old.Value.Text)
	})
	if len(outside) == len(field.Items) {
		return
	}
	t.emit(need.Event{Kind: need.ValueRetracted, By: need.System, Need: n.ID, Message: m.ID, Key: k, Note: "the whole answer holds it"})
	for _, item := range outside {
		t.emit(need.Event{Kind: need.ValueSet, By: need.System, Need: n.ID, Message: m.ID, Key: k, Item: &item, Note: "stays"})
	}
}

// statements are the sentences of an answer that speak of key k: not those that
// refuse, do not know, or talk to the machine.
func (t *turn) statements(m Message, k need.Key, r extract.Reading) []span {
	text := []rune(m.Text)
	var kept []span
	for _, s := range sentences(text) {
		s.start, s.end = max(s.start, t.scope.start), min(s.end, t.scope.end)
		if s.start >= s.end {
			continue
		}
		s = greetingOff(text, trim(text, s))
		words := string(text[s.start:s.end])
		if marked(r, k, s) || filler(words) || hesitation(words) {
			continue
		}
		if has(r, extract.Inject) && slices.Contains(t.read.Read(words, extract.Context{}).Intents, extract.Inject) {
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

// marked reports whether a sentence is one that only marks the field.
func marked(r extract.Reading, k need.Key, s span) bool {
	return slices.ContainsFunc(r.Marks, func(mark extract.Mark) bool {
		return mark.Status != need.Vague && mark.Quote.Start < s.end && mark.Quote.End > s.start &&
			(mark.Key == k || mark.Key == "" || mark.Status == need.Declined)
	})
}

// keepRaw keeps an answer from which nothing could be read for a coded field.
func (t *turn) keepRaw(n *need.Need, m Message, r extract.Reading) {
	if t.first || t.s.Phase != PhaseInterviewing {
		return
	}
	for _, k := range t.asked.Keys {
		f := n.Field(k)
		open := f.Status == need.Missing || (f.Status == need.Vague && len(f.Items) == 0)
		if k == need.KeyIndicator {
			open = t.s.talk(n.ID).gained[k] == 0 && (f.Status == need.Missing || f.Status == need.Vague) && n.Row(rowOf(t.asked.ID)) == nil
		}
		if open {
			t.emit(need.Event{Kind: need.FieldMarked, By: need.Contact, Need: n.ID, Message: m.ID, Key: k, Status: need.Vague, Note: bare(m.Text)})
		}
	}
}

func (t *turn) drop(n *need.Need, m Message, why string) {
	t.emit(need.Event{Kind: need.CommandDropped, Need: n.ID, Message: m.ID, Note: why})
}

// retract takes back what rests on the former version of an edited message.
func (t *turn) retract(m Message) {
	old := ref(m.Replaces)
	rests := func(evidence []need.Evidence) bool {
		return slices.ContainsFunc(evidence, func(e need.Evidence) bool { return e.Ref == old })
	}
	for _, n := range t.s.Needs {
		for _, k := range need.Keys() {
			items := n.Field(k).Items
			if !slices.ContainsFunc(items, func(i need.Item) bool { return rests(i.Evidence) }) {
				continue
			}
			t.emit(need.Event{Kind: need.ValueRetracted, By: need.Contact, Need: n.ID, Message: m.ID, Key: k, Note: "message edited"})
			for _, item := range items {
				if !rests(item.Evidence) {
					t.emit(need.Event{Kind: need.ValueSet, By: need.System, Need: n.ID, Message: m.ID, Key: k, Item: &item, Note: "stays"})
				}
			}
		}
		for _, row := range slices.Clone(n.Indicators) {
			if rests(row.Evidence) {
				t.emit(need.Event{Kind: need.RowRemoved, By: need.Contact, Need: n.ID, Message: m.ID, Row: &need.Indicator{ID: row.ID}, Note: "message edited"})
			}
		}
	}
}
