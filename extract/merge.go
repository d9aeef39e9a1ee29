package extract

import (
	"cmp"
	"slices"

	"tanxu/need"
)

// Merge unites what the rules and a model have read in one message. Statements
// go by the model, which tells better what they are about; amounts, dates and
// numbers go by the rules, which cannot invent. What both have read alike is
// marked so (Checks.Agree).
func Merge(rules, model Reading) Reading {
	if !model.Model {
		return rules
	}
	out := rules
	out.Model = true
	out.Values = mergeValues(rules.Values, model.Values)
	out.Rows = mergeRows(rules.Rows, model.Rows)
	out.Marks = slices.Clone(rules.Marks)
	for _, m := range model.Marks {
		if !slices.ContainsFunc(rules.Marks, func(r Mark) bool { return r.Key == m.Key && r.Row == m.Row }) {
			out.Marks = append(out.Marks, m)
		}
	}
	out.Intents = slices.Clone(rules.Intents)
	for _, i := range model.Intents {
		if !slices.Contains(out.Intents, i) {
			out.Intents = append(out.Intents, i)
		}
	}
	out.Suggested = map[need.Key]need.Suggestion{}
	for _, from := range []Reading{model, rules} { // of two suggestions the rules' stays
		for k, s := range from.Suggested {
			out.Suggested[k] = s
		}
	}
	return out
}

func mergeValues(rules, model []Found) []Found {
	out := make([]Found, 0, len(rules)+len(model))
	for _, m := range model {
		if m.Key.Shape() <= need.List || !slices.ContainsFunc(rules, func(r Found) bool { return r.Key == m.Key }) {
			out = append(out, m)
		}
	}
	for _, r := range rules {
		if r.Key.Shape() <= need.List {
			if !covered(r, model) {
				out = append(out, r)
			}
			continue
		}
		same := func(m Found) bool { return r.Key == m.Key && sameValue(r.Item.Value, m.Item.Value) }
		if i := slices.IndexFunc(model, same); i >= 0 {
			r.Checks.Agree, r.Corrects = true, r.Corrects || model[i].Corrects
		}
		out = append(out, r)
	}
	return out
}

// covered reports whether the model has read a statement of the rules: at least
// half of its words, or some of them for the same field.
func covered(r Found, model []Found) bool {
	e, words := r.Item.Evidence[0], 0
	for _, m := range model {
		if m.Key.Shape() > need.List || !overlaps(r.Item.Evidence, m.Item.Evidence) {
			continue
		}
		if m.Key == r.Key {
			return true
		}
		for _, x := range m.Item.Evidence {
			words += max(0, min(e.End, x.End)-max(e.Start, x.Start))
		}
	}
	return 2*words >= e.End-e.Start && words > 0
}

// mergeRows keeps the rules' numbers and completes them by the model's words.
func mergeRows(rules, model []RowFound) []RowFound {
	out := slices.Clone(rules)
	for _, m := range model {
		i := slices.IndexFunc(out, func(r RowFound) bool { return sameRow(r.Row, m.Row) })
		if i < 0 {
			out = append(out, m)
			continue
		}
		out[i] = completeRow(out[i], m)
	}
	return out
}

// sameRow reports whether two readings of one message speak of one row.
func sameRow(a, b need.Indicator) bool {
	if !overlaps(a.Evidence, b.Evidence) || a.ID != "" && b.ID != "" && a.ID != b.ID {
		return false
	}
	if a.Name != "" && a.Name == b.Name {
		return true
	}
	same := func(x, y *need.Quantity) bool { return x != nil && y != nil && x.Num == y.Num }
	return same(a.Target, b.Target) || a.Target == nil && b.Target == nil && same(a.Current, b.Current)
}

func completeRow(r, m RowFound) RowFound {
	row := r.Row
	row.Checks.Agree = sameNumbers(r.Row, m.Row)
	row.ID = cmp.Or(row.ID, m.Row.ID)
	row.Name = cmp.Or(m.Row.Name, row.Name)
	row.Current = cmp.Or(row.Current, m.Row.Current)
	row.Target = cmp.Or(row.Target, m.Row.Target)
	row.Op = cmp.Or(row.Op, m.Row.Op)
	row.Unit = cmp.Or(row.Unit, m.Row.Unit)
	row.Condition = cmp.Or(row.Condition, m.Row.Condition)
	row.Method = cmp.Or(row.Method, m.Row.Method)
	row.Evidence = slices.Clone(row.Evidence)
	for _, e := range m.Row.Evidence {
		if !slices.Contains(row.Evidence, e) {
			row.Evidence = append(row.Evidence, e)
		}
	}
	return RowFound{Row: row, Corrects: r.Corrects || m.Corrects}
}
