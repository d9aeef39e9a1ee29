package eval

import (
	"slices"

	"tanxu/need/record"
)

// Trust counts rows of indicators by their colour and by whether their numbers
// are right: what a broker is told to look at should be what is wrong. A row is
// green when the parser agrees, its words are found, and it was read twice.
type Trust struct {
	GreenRight int `json:"greenRight"`
	GreenWrong int `json:"greenWrong"`
	AmberRight int `json:"amberRight"`
	AmberWrong int `json:"amberWrong"`
}

// trustOf counts the rows that are near a gold row by their name; of the others
// nobody knows whether they are right.
func trustOf(p Persona, records []record.Record) (t Trust) {
	for _, r := range records {
		for _, row := range r.Indicators {
			near, right := false, false
			for _, g := range p.Gold.Needs {
				near = near || slices.ContainsFunc(g.Indicators, func(gr GoldRow) bool { return nearName(gr, row) })
				right = right || slices.ContainsFunc(g.Indicators, func(gr GoldRow) bool { return nearName(gr, row) && sameNumbers(gr, row) })
			}
			green := row.Checks != nil && row.Checks.Rule && row.Checks.Aligned && row.Checks.Agree
			switch {
			case !near:
			case green && right:
				t.GreenRight++
			case green:
				t.GreenWrong++
			case right:
				t.AmberRight++
			default:
				t.AmberWrong++
			}
		}
	}
	return t
}

// sameNumbers reports whether each number that a row has is the one of gold.
func sameNumbers(g GoldRow, row record.Indicator) bool {
	return (row.Current == nil || sameNumber(g.Current, row.Current)) && (row.Target == nil || sameNumber(g.Target, row.Target))
}

// trustFigures say what the colours are worth, pooled over the rows.
func trustFigures(sessions []Session) (figures []Figure) {
	for _, f := range []struct {
		name        string
		over, under func(Trust) int
	}{
		{"rows green", func(t Trust) int { return t.GreenRight + t.GreenWrong }, func(t Trust) int { return t.GreenRight + t.GreenWrong + t.AmberRight + t.AmberWrong }},
		{"wrong of the green", func(t Trust) int { return t.GreenWrong }, func(t Trust) int { return t.GreenRight + t.GreenWrong }},
		{"wrong of the amber", func(t Trust) int { return t.AmberWrong }, func(t Trust) int { return t.AmberRight + t.AmberWrong }},
	} {
		var over, under []float64
		for _, s := range sessions {
			over, under = append(over, float64(f.over(s.Trust))), append(under, float64(f.under(s.Trust)))
		}
		figures = append(figures, bootstrapRatio(f.name, over, under))
	}
	return figures
}
