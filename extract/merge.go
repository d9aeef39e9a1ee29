package extract

import (
	"cmp"
	"maps"
	"slices"

	"tanxu/need"
)

// Merge unites what the rules and a model have read in one message. Statements
// go by the model, which tells better what they are about; amounts, dates and
// numbers go by the rules, which cannot invent. Rows and marks that the rules
// made of words which the model took for something else are left out. What both
// have read alike is marked so (Checks.Agree).
func Merge(rules, model Reading) Reading {
	if !model.Model {
		return rules
	}
	if slices.Contains(model.Intents, GoOn) && len(model.Values)+len(model.Rows) == 0 {
		rules = withoutTexts(rules)
	}
	out := rules
	out.Model = true
	out.Values = mergeValues(rules.Values, model.Values, model.Rows)
	out.Rows = mergeRows(rules.Rows, model)
	out.Marks = mergeMarks(rules.Marks, model)
	out.Intents = slices.Clone(rules.Intents)
	for _, i := range model.Intents {
		if !slices.Contains(out.Intents, i) {
			out.Intents = append(out.Intents, i)
		}
	}
	out.Suggested = map[need.Key]need.Suggestion{}
	for _, from := range []Reading{model, rules} { // of two suggestions the rules' stays
		maps.Copy(out.Suggested, from.Suggested)
	}
	return out
}

// withoutTexts leaves out what the rules took for an answer only because there
// was a question: the model says that the message holds none.
func withoutTexts(r Reading) Reading {
	r.Values = slices.DeleteFunc(slices.Clone(r.Values), func(f Found) bool { return f.Key.Shape() <= need.List })
	r.Marks = slices.DeleteFunc(slices.Clone(r.Marks), func(m Mark) bool { return m.Status == need.Vague })
	return r
}

func mergeValues(rules, model []Found, rows []RowFound) []Found {
	out := make([]Found, 0, len(rules)+len(model))
	for _, m := range model {
		if m.Key.Shape() <= need.List || !slices.ContainsFunc(rules, func(r Found) bool { return r.Key == m.Key }) {
			m.Model = true
			out = append(out, m)
		}
	}
	for _, r := range rules {
		if r.Key.Shape() <= need.List {
			if !reread(r, model, rows) {
				out = append(out, r)
			}
			continue
		}
		same := func(m Found) bool { return r.Key == m.Key && sameValue(r.Item.Value, m.Item.Value) }
		if i := slices.IndexFunc(model, same); i >= 0 {
			r.Checks.Agree, r.Corrects, r.Model = true, r.Corrects || model[i].Corrects, true
		}
		out = append(out, r)
	}
	return out
}

// reread reports whether the model has read a statement of the rules: some of
// its words for the same field, or half of them for others and for rows.
func reread(r Found, model []Found, rows []RowFound) bool {
	for _, m := range model {
		if m.Key == r.Key && overlaps(r.Item.Evidence, m.Item.Evidence) {
			return true
		}
	}
	for _, row := range rows {
		model = append(slices.Clip(model), Found{Item: need.Item{Evidence: row.Row.Evidence}})
	}
	return covered(r.Item.Evidence[0], model)
}

// covered reports whether values rest on at least half of the words of e.
func covered(e need.Evidence, values []Found) bool {
	words := 0
	for _, v := range values {
		for _, x := range v.Item.Evidence {
			if x.Ref == e.Ref {
				words += max(0, min(e.End, x.End)-max(e.Start, x.Start))
			}
		}
	}
	return words > 0 && 2*words >= e.End-e.Start
}

// mergeMarks leaves out what the rules took for a missing answer and the model
// for an answer. A refusal stays: who refused must not be asked again.
func mergeMarks(rules []Mark, model Reading) []Mark {
	var out []Mark
	for _, r := range rules {
		answered := r.Key == need.KeyIndicator && len(model.Rows) > 0 ||
			slices.ContainsFunc(model.Values, func(m Found) bool { return m.Key == r.Key }) || covered(r.Quote, model.Values)
		if r.Status == need.Declined || !answered {
			out = append(out, r)
		}
	}
	for _, m := range model.Marks {
		if !slices.ContainsFunc(out, func(r Mark) bool { return r.Key == m.Key && r.Row == m.Row }) {
			out = append(out, m)
		}
	}
	return out
}

// mergeRows keeps the rules' numbers and completes them by the model's words.
func mergeRows(rules []RowFound, model Reading) []RowFound {
	var out []RowFound
	for _, r := range rules {
		known := slices.ContainsFunc(model.Rows, func(m RowFound) bool { return sameRow(r.Row, m.Row) })
		if known || !covered(r.Row.Evidence[0], model.Values) {
			out = append(out, r)
		}
	}
	for _, m := range model.Rows {
		m.Model = true
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
	return RowFound{Row: row, Corrects: r.Corrects || m.Corrects, Model: true}
}
