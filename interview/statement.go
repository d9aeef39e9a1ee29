package interview

import (
	"slices"
	"strings"

	"tanxu/extract"
	"tanxu/need"
)

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
		t.replaceItem(n, e, "")
		return
	}
	t.emit(e)
	t.changed = append(t.changed, string(k))
}

// dropParts takes back pieces of the same message that the whole answer holds.
func (t *turn) dropParts(n *need.Need, m Message, k need.Key, whole need.Item) {
	field := n.Field(k)
	outside := slices.DeleteFunc(slices.Clone(field.Items), func(old need.Item) bool {
		return len(old.Evidence) > 0 && old.Evidence[0].Ref == ref(m.ID) && holds(whole.Value.Text, old.Value.Text)
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
		s = sighOff(text, greetingOff(text, trim(text, s)))
		words := string(text[s.start:s.end])
		if marked(r, k, s) || corrected(r, s) || filler(words) || hesitation(words) {
			continue
		}
		if has(r, extract.Inject) && slices.Contains(t.read.Read(words, extract.Context{}).Intents, extract.Inject) {
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

// corrected reports whether all of a sentence corrects a row: it is no statement
// of anything else.
func corrected(r extract.Reading, s span) bool {
	return slices.ContainsFunc(r.Rows, func(f extract.RowFound) bool {
		return f.Corrects && f.Row.ID != "" && slices.ContainsFunc(f.Row.Evidence, func(e need.Evidence) bool { return e.Start <= s.start && e.End >= s.end })
	})
}

// marked reports whether a sentence is one that only marks the field.
func marked(r extract.Reading, k need.Key, s span) bool {
	return slices.ContainsFunc(r.Marks, func(mark extract.Mark) bool {
		return mark.Status != need.Vague && mark.Quote.Start < s.end && mark.Quote.End > s.start &&
			(mark.Key == k || mark.Key == "" || mark.Status == need.Declined)
	})
}
