package interview

import (
	"cmp"
	"slices"
	"strconv"

	"tanxu/extract"
	"tanxu/need"
)

// parkSaid puts aside the needs that, as the model says, a message starts, and
// leaves their words out of what it says of the one spoken of. It reports
// whether there were any.
func (t *turn) parkSaid(m Message, r extract.Reading) (extract.Reading, bool) {
	parked := false
	for _, words := range t.model.NewNeeds {
		if words.Ref != ref(m.ID) || !grounded(m, []need.Evidence{words}) || t.heardOf(words.Quote) {
			continue
		}
		title := cut(line(words.Quote), 20)
		t.parkNeed(m, words, title)
		t.acks = append(t.acks, t.text("parked", "title", title))
		r = except(r, span{words.Start, words.End})
		parked = true
	}
	return r, parked
}

// heardOf reports whether some need of the conversation is told in these words.
func (t *turn) heardOf(words string) bool {
	return slices.ContainsFunc(t.s.Needs, func(n *need.Need) bool {
		return slices.ContainsFunc(n.Field(need.KeyProblem).Items, func(i need.Item) bool {
			return holds(i.Value.Text, words) || holds(words, i.Value.Text)
		})
	})
}

// goBack turns to the parked need that the contact, as the model says, wants to
// speak of; the present one is parked in its place. A message that speaks of
// several needs is shared out among them instead.
func (t *turn) goBack(m Message) {
	other, now := t.s.Need(t.model.Switch), t.s.Need(t.s.Active)
	t.model.Switch = ""
	if other == nil || now == nil || other.Status != need.StatusDraft ||
		slices.ContainsFunc(t.segments(m), func(part segment) bool { return part.need == now }) {
		return
	}
	if now.Status == need.StatusInterviewing {
		t.emit(need.Event{Kind: need.StatusChanged, By: need.Contact, Need: now.ID, Message: m.ID, To: string(need.StatusDraft)})
	}
	t.beginNext(other)
}

// said is what the model reads in a part of a message, for a need that is not
// the one that it was asked about: rows are looked up by their names.
func (t *turn) said(m Message, part segment) (extract.Reading, bool) {
	all, ok := t.model.Readings[ref(m.ID)]
	if !ok {
		return extract.Reading{}, false
	}
	r := extract.Reading{Model: true}
	for _, f := range all.Values {
		if part.has(f.Item.Evidence[0]) {
			r.Values = append(r.Values, f)
		}
	}
	for _, f := range all.Rows {
		if !part.has(f.Row.Evidence[0]) {
			continue
		}
		if part.need.ID != t.s.Active {
			f.Row.ID, f.Corrects = "", false
		}
		r.Rows = append(r.Rows, f)
	}
	for _, mark := range all.Marks {
		if part.has(mark.Quote) && (part.need.ID == t.s.Active || mark.Row == "") {
			r.Marks = append(r.Marks, mark)
		}
	}
	return r, true
}

func (s span) has(e need.Evidence) bool { return e.Start >= s.start && e.End <= s.end }

// except leaves out what rests on words of a span.
func except(r extract.Reading, s span) extract.Reading {
	in := func(list []need.Evidence) bool {
		return slices.ContainsFunc(list, func(e need.Evidence) bool { return e.Start < s.end && s.start < e.End })
	}
	r.Values = slices.DeleteFunc(slices.Clone(r.Values), func(f extract.Found) bool { return in(f.Item.Evidence) })
	r.Rows = slices.DeleteFunc(slices.Clone(r.Rows), func(f extract.RowFound) bool { return in(f.Row.Evidence) })
	r.Marks = slices.DeleteFunc(slices.Clone(r.Marks), func(k extract.Mark) bool { return in([]need.Evidence{k.Quote}) })
	return r
}

// takeBack withdraws what the contact takes back without saying what holds: a
// row, the value of a field, or of several statements the one that is meant.
func (t *turn) takeBack(n *need.Need, mark extract.Mark, m Message) {
	const why = "taken back by the contact"
	if row := n.Row(mark.Row); row != nil {
		t.emit(need.Event{Kind: need.RowRemoved, By: need.Contact, Need: n.ID, Message: m.ID, Row: &need.Indicator{ID: row.ID}, Note: why})
		t.changed = append(t.changed, "indicator:"+mark.Row)
		t.acks = append(t.acks, t.text("ack_corrected"))
		return
	}
	items := n.Field(mark.Key).Items
	gone := 0
	if len(items) > 1 {
		gone = nearestItem(items, cmp.Or(mark.Was, mark.Quote.Quote))
	}
	if len(items) == 0 || gone < 0 {
		t.emit(need.Event{Kind: need.Noted, By: need.Contact, Need: n.ID, Message: m.ID, Note: strconv.Quote(mark.Quote.Quote) + " takes back nothing on record"})
		return
	}
	t.withdraw(n, m, mark.Key, items[gone:gone+1], why)
	t.changed = append(t.changed, string(mark.Key))
	t.acks = append(t.acks, t.text("ack_corrected"))
}

// nearestItem is the index of the statement that words speak of, -1 if none is near.
func nearestItem(items []need.Item, words string) int {
	best, score := -1, 0.25
	for i, old := range items {
		if o := max(overlap(words, old.Value.Text), overlap(old.Value.Text, words)); o >= score {
			best, score = i, o
		}
	}
	return best
}

// withdraw takes statements out of a field; the others stay.
func (t *turn) withdraw(n *need.Need, m Message, k need.Key, gone []need.Item, why string) {
	items := n.Field(k).Items
	t.emit(need.Event{Kind: need.ValueRetracted, By: need.Contact, Need: n.ID, Message: m.ID, Key: k, Note: why})
	for _, item := range items {
		if !slices.ContainsFunc(gone, func(g need.Item) bool { return slices.Equal(g.Evidence, item.Evidence) }) {
			t.emit(need.Event{Kind: need.ValueSet, By: need.System, Need: n.ID, Message: m.ID, Key: k, Item: &item, Note: "stays"})
		}
	}
}
