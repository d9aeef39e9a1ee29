package need

import "slices"

// Restore decides what happens when drop is taken out of keep again. It goes
// back to where it stood; what keep took from it is put back, but for what has
// been changed since: the newer word stands.
func Restore(keep, drop Side, d Deed) (onKeep, onDrop []Event, err error) {
	at := absorbed(keep.Events, drop.ID)
	if drop.Into != keep.ID || at < 0 {
		return nil, nil, Errorf(Conflict, "merge_unknown", "need %s does not stand in the place of %s", keep.ID, drop.ID)
	}
	if keep.Into != "" {
		return nil, nil, Errorf(Conflict, "status_transition", "need %s is %s itself", keep.ID, keep.Status)
	}
	end := at + 1
	for end < len(keep.Events) && keep.Events[end].At.Equal(keep.Events[at].At) && keep.Events[end].By == keep.Events[at].By {
		end++
	}
	before, after := Fold(keep.ID, keep.Events[:at]), Fold(keep.ID, keep.Events[:end])
	onKeep = []Event{{Kind: MergeUndone, To: string(drop.ID)}}
	for _, k := range Keys() {
		was, then, now := before.Field(k), after.Field(k), keep.Field(k)
		if sameItems(was.Items, then.Items) || !sameItems(then.Items, now.Items) {
			continue
		}
		onKeep = append(onKeep, fieldBack(k, was)...)
	}
	onKeep = append(onKeep, rowsBack(before, after, keep.Need)...)
	onDrop = []Event{{Kind: MergeUndone, To: string(keep.ID)}}
	return deedOf(onKeep, keep.ID, d), deedOf(onDrop, drop.ID, d), nil
}

// absorbed returns where keep last took the need in, -1 if it never did or
// gave it back since.
func absorbed(events []Event, id ID) int {
	for i, e := range slices.Backward(events) {
		if e.To != string(id) {
			continue
		}
		switch e.Kind {
		case NeedAbsorbed:
			return i
		case MergeUndone:
			return -1
		}
	}
	return -1
}

// fieldBack makes a field what it was.
func fieldBack(k Key, was *Field) []Event {
	if len(was.Items) == 0 {
		list := []Event{{Kind: ValueRetracted, Key: k}}
		if was.Status != Missing {
			list = append(list, Event{Kind: FieldMarked, Key: k, Status: was.Status, To: was.To, Source: was.Source, Note: was.Raw})
		}
		return list
	}
	list := valuesAnew(k, was)
	if was.Status == Conflicting {
		for i := range list[1:] {
			list[i+1].Kind = ConflictFound
		}
	}
	return list
}

// rowsBack puts rows back that nobody has changed since.
func rowsBack(before, after, now *Need) []Event {
	var list []Event
	for _, then := range after.Indicators {
		was, is := before.Row(then.ID), now.Row(then.ID)
		switch {
		case is == nil || !sameRow(is, then):
			// removed or changed since
		case was == nil:
			list = append(list, Event{Kind: RowRemoved, Row: is})
		case !sameRow(was, then):
			row := *was
			row.Past = nil
			list = append(list, Event{Kind: RowSet, Row: &row})
		}
	}
	return list
}

// sameItems compares values and how many words stand behind each.
func sameItems(a, b []Item) bool {
	return slices.EqualFunc(a, b, func(x, y Item) bool {
		return x.Value.Text == y.Value.Text && same(x.Value.Money, y.Value.Money) && same(x.Value.Deadline, y.Value.Deadline) &&
			len(x.Evidence) == len(y.Evidence)
	})
}

func sameRow(a, b *Indicator) bool {
	return a.Name == b.Name && a.Op == b.Op && a.Unit == b.Unit && a.Condition == b.Condition && a.Method == b.Method &&
		sameFigure(a.Current, b.Current) && sameFigure(a.Target, b.Target)
}

func sameFigure(a, b *Quantity) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Text == b.Text && a.Num == b.Num && same(a.Num2, b.Num2)
}

func same[T comparable](a, b *T) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
