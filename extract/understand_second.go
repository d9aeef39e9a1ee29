package extract

import (
	"context"
	"slices"

	"tanxu/need"
)

// doubtful reports whether an answer holds numbers, amounts or dates that the
// rules have not read too.
func doubtful(u Understood) bool {
	for _, r := range u.Readings {
		if slices.ContainsFunc(r.Rows, func(f RowFound) bool { return !f.Row.Checks.Agree }) ||
			slices.ContainsFunc(r.Values, func(f Found) bool { return typed(f) && !f.Checks.Agree }) {
			return true
		}
	}
	return false
}

func typed(f Found) bool { return f.Key.Shape() == need.Cash || f.Key.Shape() == need.Date }

// second asks once more and marks what the model reads again (Checks.Agree). When
// there is no second answer the first stands as it is.
func (a asking) second(ctx context.Context, in UnderstandInput) {
	again := Understood{Readings: map[string]Reading{}, Dropped: map[string]int{}}
	twice := asking{Understander: a.Understander, req: a.req, out: &again}
	twice.req.Temperature = a.opt.Second
	said, err := twice.commands(ctx)
	a.out.Usage = a.out.Usage.Plus(again.Usage)
	if err != nil {
		return
	}
	a.pass(in, said, &again)
	for ref, r := range a.out.Readings {
		other := again.Readings[ref]
		for i, f := range r.Values {
			if typed(f) && slices.ContainsFunc(other.Values, func(o Found) bool { return o.Key == f.Key && sameValue(o.Item.Value, f.Item.Value) }) {
				r.Values[i].Checks.Agree = true
			}
		}
		for i, f := range r.Rows {
			if slices.ContainsFunc(other.Rows, func(o RowFound) bool {
				return sameRow(o.Row, f.Row) && o.Row.Op == f.Row.Op && sameNumbers(o.Row, f.Row)
			}) {
				r.Rows[i].Row.Checks.Agree = true
			}
		}
	}
}
