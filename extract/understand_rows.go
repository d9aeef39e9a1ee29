package extract

import (
	"slices"
	"strings"

	"tanxu/need"
)

// row records a row of indicators, or parts of one. What the words do not bear
// is left out part by part.
func (g *gate) row(r rowSaid) {
	if r.Op != "append_indicator" && r.Op != "correct" {
		g.drop(dropOp)
		return
	}
	e, at, ok := g.ground(r.Message, r.Quote)
	if !ok {
		g.drop(g.lost(r.Quote))
		return
	}
	old := g.oldRow(r)
	if r.Op == "correct" && old == nil {
		g.drop(dropNeed)
		return
	}
	row := need.Indicator{Evidence: []need.Evidence{e}, Checks: need.Checks{Aligned: true}}
	if !g.nameRow(&row, r, old, at) {
		g.drop(dropName)
		return
	}
	row.Checks.Rule = g.numbers(&row, r, e.Quote, old)
	g.unit(&row, r, e.Quote, old)
	row.Condition = g.part(&row, string(r.Condition), at)
	row.Method = g.part(&row, string(r.Method), at)
	figures := row.Current != nil || row.Target != nil
	switch {
	case !figures && row.Condition == "" && row.Method == "" && !renamed(row, old):
		g.drop(dropEmpty)
		return
	case !figures && !row.Checks.Aligned && old == nil:
		g.drop(dropName) // a name that nobody said, for nothing that is measured
		return
	case old != nil:
		row.Condition = amendedPart(old.Condition, row.Condition, r.Op == "correct")
		row.Method = amendedPart(old.Method, row.Method, r.Op == "correct")
	}
	row.Checks.Agree = slices.ContainsFunc(g.in.Heard[at].Rules.Rows, func(f RowFound) bool { return sameNumbers(f.Row, row) })
	g.change(e.Ref, func(out *Reading) {
		if i := slices.IndexFunc(out.Rows, func(f RowFound) bool { return otherHalf(f.Row, row) }); i >= 0 {
			out.Rows[i] = completeRow(out.Rows[i], RowFound{Row: row, Corrects: r.Op == "correct"})
			return
		}
		out.Rows = append(out.Rows, RowFound{Row: row, Corrects: r.Op == "correct"})
	})
}

// otherHalf reports whether two rows are today's value and the target of one
// quantity, said far from each other.
func otherHalf(a, b need.Indicator) bool {
	return a.ID == b.ID && a.Name == b.Name && (a.Unit == b.Unit || need.SameUnit(a.Unit, b.Unit)) &&
		(a.Condition == b.Condition || a.Condition == "" || b.Condition == "") &&
		(a.Current == nil) != (b.Current == nil) && (a.Target == nil) != (b.Target == nil) && (a.Current == nil) != (a.Target == nil)
}

// oldRow returns the recorded row that is meant: by its id, else by its name.
func (g *gate) oldRow(r rowSaid) *need.Indicator {
	if g.in.Need == nil {
		return nil
	}
	if old := g.in.Need.Row(string(r.Row)); old != nil {
		return old
	}
	for _, old := range g.in.Need.Indicators {
		if r.Name != "" && old.Name == string(r.Name) {
			return old
		}
	}
	return nil
}

// nameRow names the row. A new one bears the contact's own word for it, which
// may have fallen in an earlier message or in our question; where the model has
// none of those it may give the term of the trade, which is not aligned. One on
// record keeps its name, unless the contact says how else it is called.
func (g *gate) nameRow(row *need.Indicator, r rowSaid, old *need.Indicator, at int) bool {
	if old != nil {
		row.ID, row.Name, row.Checks.Aligned = old.ID, old.Name, true
		if e, ok := g.groundIn(at, string(r.Name)); ok && r.Op == "correct" && r.Current == "" && r.Target == "" && quantityLike(e.Quote) {
			row.Name = e.Quote
			g.support(row, e)
		}
		return true
	}
	if r.Name != "" && strings.Contains(row.Evidence[0].Quote, string(r.Name)) {
		row.Name = string(r.Name)
		return true
	}
	if e, ok := g.groundIn(at, string(r.Name)); ok {
		row.Name = e.Quote
		g.support(row, e)
		return true
	}
	var texts []string
	for i := range g.text {
		texts = append(texts, string(g.text[i].runes))
	}
	for i := len(g.in.Recent) - 1; i >= 0; i-- {
		texts = append(texts, g.in.Recent[i].Text)
	}
	name, ok := wordsIn(append(texts, g.in.Asked.Text), string(r.Name))
	if !ok {
		name, ok = tradeTerm(string(r.Name))
		row.Checks.Aligned = false
	}
	row.Name = name
	return ok
}

// support adds words to the evidence of a row, if they stand outside of it.
func (g *gate) support(row *need.Indicator, e need.Evidence) {
	first := row.Evidence[0]
	if e.Ref != first.Ref || e.Start < first.Start || e.End > first.End {
		row.Evidence = append(row.Evidence, e)
	}
}

// part takes a condition or method in the words of the message.
func (g *gate) part(row *need.Indicator, words string, at int) string {
	if words == "" {
		return ""
	}
	e, ok := g.groundIn(at, words)
	if !ok {
		g.drop(dropPart)
		return ""
	}
	g.support(row, e)
	return e.Quote
}
