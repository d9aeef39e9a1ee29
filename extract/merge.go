package extract

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"tanxu/need"
)

// Merge unites what the rules and a model have read in one message. Which words
// speak of which field goes by the model; what amount, date or number stands in
// them goes by the rules, which cannot misread a digit. Where the model has read
// a field, the rules add nothing to it from other words. Rows and marks that the
// rules made of words which the model took for something else are left out. What
// both have read alike is marked so (Checks.Agree).
func Merge(rules, model Reading) Reading {
	if !model.Model {
		return rules
	}
	if slices.Contains(model.Intents, GoOn) && len(model.Values)+len(model.Rows) == 0 {
		rules = withoutTexts(rules)
	}
	out := rules
	out.Model = true
	out.Values = mergeValues(withoutRefused(rules.Values, model), model.Values, model.Rows)
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

// withoutRefused leaves out statements that the rules took for the answer to a
// question which, as the model has read, was not answered.
func withoutRefused(rules []Found, model Reading) []Found {
	return slices.DeleteFunc(slices.Clone(rules), func(f Found) bool {
		return f.Key.Shape() <= need.List && slices.ContainsFunc(model.Marks, func(m Mark) bool {
			return m.Key == f.Key && (m.Status == need.Declined || m.Status == need.Unknown || m.Status == need.Delegated)
		})
	})
}

func mergeValues(rules, model []Found, rows []RowFound) []Found {
	out := make([]Found, 0, len(rules)+len(model))
	for _, m := range model {
		if m.Key.Shape() <= need.List || !slices.ContainsFunc(rules, func(r Found) bool { return bothRead(r, m) }) {
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
		i := slices.IndexFunc(model, func(m Found) bool { return bothRead(r, m) })
		switch {
		case i >= 0:
			r.Checks.Agree = r.Checks.Agree || sameValue(r.Item.Value, model[i].Item.Value)
			r.Corrects, r.Model = r.Corrects || model[i].Corrects, true
			out = append(out, r)
		case r.Key.Shape() != need.Cash && covered(r.Item.Evidence[0], narrow(model)):
		case !slices.ContainsFunc(model, func(m Found) bool { return m.Key == r.Key }):
			out = append(out, r)
		}
	}
	return out
}

// bothRead reports whether both have read one typed value: from the same words,
// or the same one.
func bothRead(r, m Found) bool {
	return r.Key == m.Key && r.Key.Shape() > need.List &&
		(overlaps(r.Item.Evidence, m.Item.Evidence) || sameValue(r.Item.Value, m.Item.Value) && m.Item.Value.Text == r.Item.Value.Text)
}

// reread reports whether the model has read a statement of the rules: it knows
// the field, or took half of the words for other fields and for rows.
func reread(r Found, model []Found, rows []RowFound) bool {
	if slices.ContainsFunc(model, func(m Found) bool { return m.Key == r.Key }) {
		return true
	}
	for _, row := range rows {
		model = append(slices.Clip(model), Found{Item: need.Item{Evidence: row.Row.Evidence}})
	}
	return covered(r.Item.Evidence[0], model)
}

// narrow are the values of a model that rest on one sentence. Of one that quotes
// a whole message nobody knows what it took the words in it for.
func narrow(values []Found) []Found {
	return slices.DeleteFunc(slices.Clone(values), func(f Found) bool {
		return slices.ContainsFunc(f.Item.Evidence, func(e need.Evidence) bool {
			return strings.ContainsAny(strings.TrimRight(e.Quote, "。！？!?；;\n "), "。！？!?；;\n")
		})
	})
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
// for an answer. A refusal stays: who refused must not be asked again. So does
// a statement that both have read, and that says too little.
func mergeMarks(rules []Mark, model Reading) []Mark {
	var out []Mark
	for _, r := range rules {
		answered := r.Key == need.KeyIndicator && len(model.Rows) > 0 ||
			slices.ContainsFunc(model.Values, func(m Found) bool { return m.Key == r.Key }) || covered(r.Quote, model.Values)
		thin := r.Status == need.Vague && r.Key.Shape() <= need.List && slices.ContainsFunc(model.Values, func(m Found) bool {
			return m.Key == r.Key && overlaps([]need.Evidence{r.Quote}, m.Item.Evidence)
		})
		if r.Status == need.Declined || thin || !answered {
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
	values := narrow(model.Values)
	told := slices.DeleteFunc(slices.Clone(values), func(f Found) bool { return f.Key == need.KeyProblem || f.Key == need.KeyExpectedGoal })
	for _, r := range rules {
		values := values
		if r.Row.Counts() && r.Row.Op != "" {
			values = told // what is wrong and what is wanted may be said in numbers, too
		}
		known := slices.ContainsFunc(model.Rows, func(m RowFound) bool { return sameRow(r.Row, m.Row) })
		if known || !covered(r.Row.Evidence[0], values) && !slices.ContainsFunc(model.Rows, func(m RowFound) bool { return overruled(r.Row, m.Row) }) {
			out = append(out, r)
		}
	}
	for _, m := range model.Rows {
		m.Model = true
		same := func(r RowFound) bool { return !r.Model && sameRow(r.Row, m.Row) }
		i := slices.IndexFunc(out, same)
		if i < 0 {
			out = append(out, m)
			continue
		}
		out[i] = completeRow(out[i], m)
		out = slices.DeleteFunc(out, same) // halves of it
	}
	return out
}

// sameRow reports whether two readings of one message speak of one row: the
// same words, and no number in which they differ.
func sameRow(a, b need.Indicator) bool {
	if !overlaps(a.Evidence, b.Evidence) || a.ID != "" && b.ID != "" && a.ID != b.ID || differ(a.Target, b.Target) || differ(a.Current, b.Current) {
		return false
	}
	if a.Name != "" && a.Name == b.Name {
		return true
	}
	same := func(x, y *need.Quantity) bool { return x != nil && y != nil && !differ(x, y) }
	return same(a.Target, b.Target) || same(a.Current, b.Current)
}

func differ(x, y *need.Quantity) bool {
	return x != nil && y != nil && (x.Num != y.Num || (x.Num2 == nil) != (y.Num2 == nil) || x.Num2 != nil && *x.Num2 != *y.Num2)
}

// overruled reports whether a row of the rules is made of words that a row of
// the model holds otherwise: its numbers stand in the condition or the method
// there, or are put differently under the same name.
func overruled(r, m need.Indicator) bool {
	if !overlaps(r.Evidence, m.Evidence) {
		return false
	}
	for _, q := range []*need.Quantity{r.Target, r.Current} {
		if q != nil && (NumbersStand(m.Condition, q, r.Unit) || NumbersStand(m.Method, q, r.Unit)) {
			return true
		}
	}
	crossed := func(x, y *need.Quantity) bool { return x != nil && y != nil && !differ(x, y) }
	return crossed(r.Target, m.Current) && m.Target == nil || crossed(r.Current, m.Target)
}

// completeRow joins two readings of a row: names and conditions in the model's
// words, numbers and units as the rules read them. A condition of the rules from
// outside of the words that the model quotes is none of this row.
func completeRow(r, m RowFound) RowFound {
	row := r.Row
	row.Checks.Agree = m.Row.Checks.Agree || sameNumbers(r.Row, m.Row)
	row.ID = cmp.Or(row.ID, m.Row.ID)
	if m.Row.Name != "" {
		row.Name, row.Checks.Aligned = m.Row.Name, m.Row.Checks.Aligned
	}
	row.Current = cmp.Or(row.Current, m.Row.Current)
	row.Target = cmp.Or(row.Target, m.Row.Target)
	if row.Op == "" || row.Op == need.Equal {
		row.Op = cmp.Or(m.Row.Op, row.Op)
	}
	row.Unit = cmp.Or(row.Unit, m.Row.Unit)
	if strings.Contains(m.Row.Method, row.Condition) {
		row.Condition = "" // the model knows that it says how, not under what
	}
	row.Condition = cmp.Or(m.Row.Condition, quotedIn(row.Condition, m.Row))
	row.Method = cmp.Or(m.Row.Method, row.Method)
	row.Evidence = slices.Clone(row.Evidence)
	for _, e := range m.Row.Evidence {
		if !slices.Contains(row.Evidence, e) {
			row.Evidence = append(row.Evidence, e)
		}
	}
	return RowFound{Row: row, Corrects: r.Corrects || m.Corrects, Model: true}
}

// quotedIn returns words if the evidence of a row holds them, else "".
func quotedIn(words string, row need.Indicator) string {
	for _, e := range row.Evidence {
		if strings.Contains(e.Quote, words) {
			return words
		}
	}
	return ""
}
