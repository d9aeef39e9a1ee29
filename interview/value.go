package interview

import (
	"cmp"
	"slices"

	"tanxu/extract"
	"tanxu/need"
)

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
	asked := slices.Contains(t.asked.Keys, f.Key) && !t.beside
	switch {
	case len(field.Items) == 0:
	case f.Key.Shape() <= need.List && corrects:
		t.replaceItem(n, e, f.Was)
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
	return slices.ContainsFunc(f.Items, func(old need.Item) bool { return holds(old.Value.Text, text) })
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
// the statements beside it stay. Was is the one that goes, "" for the nearest.
func (t *turn) replaceItem(n *need.Need, e need.Event, was string) {
	items := n.Field(e.Key).Items
	best := nearestItem(items, cmp.Or(was, e.Item.Value.Text))
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

// keepRaw keeps an answer from which nothing could be read for a coded field.
func (t *turn) keepRaw(n *need.Need, m Message, r extract.Reading) {
	if t.first || t.s.Phase != PhaseInterviewing {
		return
	}
	for _, k := range t.asked.Keys {
		f := n.Field(k)
		open := f.Status == need.Missing || (f.Status == need.Vague && len(f.Items) == 0)
		if k == need.KeyIndicator && len(n.Indicators) > 0 && !hasNumber(m.Text) {
			continue // there is no more: what is in the table stands
		}
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

// retract takes back what rests on the former version of an edited message, and
// returns the fields that lost something.
func (t *turn) retract(m Message) (lost []need.Key) {
	old := ref(m.Replaces)
	rests := func(evidence []need.Evidence) bool {
		return slices.ContainsFunc(evidence, func(e need.Evidence) bool { return e.Ref == old })
	}
	for _, n := range t.s.Needs {
		for _, k := range need.Keys() {
			gone := slices.DeleteFunc(slices.Clone(n.Field(k).Items), func(i need.Item) bool { return !rests(i.Evidence) })
			if len(gone) > 0 {
				t.withdraw(n, m, k, gone, "message edited")
				lost = append(lost, k)
			}
		}
		for _, row := range slices.Clone(n.Indicators) {
			if rests(row.Evidence) {
				t.emit(need.Event{Kind: need.RowRemoved, By: need.Contact, Need: n.ID, Message: m.ID, Row: &need.Indicator{ID: row.ID}, Note: "message edited"})
				lost = append(lost, need.KeyIndicator)
			}
		}
	}
	slices.Sort(lost)
	return slices.Compact(lost)
}
