package extract

import (
	"cmp"
	"slices"
	"strings"

	"tanxu/need"
)

// rowsOfCells makes rows of indicators of the parts that hold one thing each: a
// name, a value of today, a target.
func (p *parted) rowsOfCells(parts []Part) {
	groups := map[int][]int{}
	var order []int
	for i, part := range parts {
		if part.Cell == "" || absent(plainText(part.Text)) {
			p.outcomes[i].Read = p.outcomes[i].Read || part.Cell != ""
			continue
		}
		if groups[part.Row] == nil {
			order = append(order, part.Row)
		}
		groups[part.Row] = append(groups[part.Row], i)
	}
	for _, number := range order {
		row := need.Indicator{Status: need.Filled, Checks: need.Checks{Rule: true, Aligned: true}}
		unit := ""
		for _, i := range groups[number] {
			if parts[i].Cell == CellUnit {
				unit = strings.TrimSpace(parts[i].Text)
			}
		}
		var read []int
		for _, i := range groups[number] {
			if rowCell(&row, parts[i], unit) {
				read = append(read, i)
			}
		}
		if row.Name == "" || row.Target == nil && row.Current == nil {
			continue
		}
		row.Unit = cmp.Or(unit, row.Unit)
		for _, i := range read {
			p.outcomes[i].Read = true
			t := newText(parts[i].Text, parts[i].Ref)
			row.Evidence = append(row.Evidence, t.evidence(t.whole()))
		}
		p.out.Rows = append(p.out.Rows, RowFound{Row: row})
	}
}

// rowCell takes what one part says of a row.
func rowCell(row *need.Indicator, part Part, unit string) bool {
	t := newText(part.Text, part.Ref)
	words := t.str(t.trim(t.whole()))
	switch part.Cell {
	case CellName:
		row.Name = words
	case CellCondition:
		row.Condition = words
	case CellUnit:
		return unit != ""
	case CellCurrent:
		m, ok := cellMeasure(words, unit)
		if ok {
			row.Current, row.Unit = &m.Quantity, cmp.Or(row.Unit, m.Unit)
		}
		return ok
	case CellTarget:
		m, ok := cellMeasure(words, unit)
		if ok {
			row.Target, row.Op, row.Unit = &m.Quantity, m.Op, cmp.Or(m.Unit, row.Unit)
		}
		return ok
	}
	return words != ""
}

// cellMeasure reads the one quantity of a cell. The unit has a cell of its own
// or stands behind the number.
func cellMeasure(words, unit string) (need.Measure, bool) {
	for _, s := range []string{words, words + unit, "=" + words + unit} {
		ms := need.Measures(s)
		if i := slices.IndexFunc(ms, func(m need.Measure) bool { return m.Unit != "" || m.Op != "" }); i >= 0 {
			return ms[i], true
		}
	}
	return need.Measure{}, false
}
