package interview

import (
	"slices"
	"strings"

	"tanxu/extract"
	"tanxu/need"
)

// The notes that keep count of what a model has not read.
const (
	noteUnread = "the model gave nothing: "
	noteLate   = "the model has read this later"
)

// maxLate is how many messages are read with a later one.
const maxLate = 3

// missed keeps in mind which messages a model did not read in time.
func (s *State) missed(e need.Event) {
	switch {
	case e.Message == "":
	case e.Kind == need.CommandDropped && strings.HasPrefix(e.Note, noteUnread) && !slices.Contains(s.unread, e.Message):
		s.unread = append(slices.Clip(s.unread), e.Message)
	case e.Kind == need.Noted && e.Note == noteLate:
		s.unread = slices.DeleteFunc(slices.Clone(s.unread), func(id need.MessageID) bool { return id == e.Message })
	}
}

// late are the last messages before this turn that the model did not answer for
// while it was slow or down; it gets them with the new ones. An answer that
// comes after its turn needs no other way in: its turn is over, perhaps on
// another replica, and the words are still there to be read. Where several
// needs are spoken of nobody can say whose they are.
func (t *turn) late(recent []Spoken) (list []Spoken) {
	if t.s.Phase != PhaseInterviewing || len(t.s.Needs) != 1 {
		return nil
	}
	for _, s := range recent {
		if s.Contact && s.ID != "" && slices.Contains(t.s.unread, s.ID) && len([]rune(s.Text)) <= t.opt.MaxRunes {
			list = append(list, s)
		}
	}
	return list[max(0, len(list)-maxLate):]
}

// takeLate fills what the model has found in an earlier message into fields that
// nobody has touched since: they hold nothing, held nothing, and no answer to
// them was refused or put off. Rows are new ones, of words that no row rests on.
// A mark, a correction or a command of then is out of date.
func (t *turn) takeLate(s Spoken, said extract.Reading) {
	n := t.active()
	var events []need.Event
	for _, f := range said.Values {
		if !f.Corrects && t.untouched(n, f.Key) && !hesitation(f.Item.Value.Text) {
			events = append(events, need.Event{Kind: need.ValueSet, By: need.Contact, Key: f.Key, Item: &f.Item, Checks: f.Checks})
		}
	}
	for _, f := range said.Rows {
		rests := slices.ContainsFunc(n.Indicators, func(o *need.Indicator) bool { return shareWords(o.Evidence, f.Row.Evidence) })
		if f.Corrects || f.Row.ID != "" || rests || t.sameRow(n, &f.Row) != nil {
			continue
		}
		row := f.Row
		row.Status = need.Filled
		if row.Unit == "" || row.Current == nil && row.Target == nil {
			row.Status = need.Vague
		}
		events = append(events, need.Event{Kind: need.RowSet, By: need.Contact, Row: &row})
	}
	t.fill(n, Message{ID: s.ID}, events)
	t.emit(need.Event{Kind: need.Noted, Message: s.ID, Note: noteLate})
}

// untouched reports whether nothing has become of a field so far.
func (t *turn) untouched(n *need.Need, k need.Key) bool {
	f := n.Fields[k]
	return f == nil || len(f.Items)+len(f.Past) == 0 && (f.Status == "" || f.Status == need.Missing || f.Status == need.Vague)
}

// shareWords reports whether two pieces of evidence rest on the same words.
func shareWords(a, b []need.Evidence) bool {
	return slices.ContainsFunc(a, func(x need.Evidence) bool {
		return slices.ContainsFunc(b, func(y need.Evidence) bool { return x.Ref == y.Ref && x.Start < y.End && y.Start < x.End })
	})
}
