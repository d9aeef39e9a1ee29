package document

import (
	"regexp"
	"slices"
	"strconv"
)

// list gives the needs of a table with one need a row. A row whose title stands
// in the rows above it goes on with their need.
func (w *writer) list(t *Table, m *TableMapping) {
	l := lister{t: t, columns: map[int]*Column{}, subject: w.names.subject}
	for i := range m.Columns {
		l.columns[m.Columns[i].Col] = &m.Columns[i]
	}
	for i := range t.Rows {
		if w.done {
			return
		}
		r := &t.Rows[i]
		if r.Number < m.First {
			continue
		}
		items := l.items(r)
		if reason := l.skip(r, m); reason != "" {
			w.listed(&l)
			w.give(Draft{Table: t.Name, Row: r.Number, Place: rowPlace(t, r.Number), Skipped: reason, Cells: keptOf(items)})
			continue
		}
		if !l.goesOn(r, items) {
			w.listed(&l)
			l.first = r.Number
		}
		l.open = append(l.open, items...)
		l.last = r.Number
	}
	w.listed(&l)
}

// listed gives the need that was being read.
func (w *writer) listed(l *lister) {
	items := l.open
	l.open = nil
	if len(items) == 0 {
		return
	}
	d := w.compose(items)
	d.Table, d.Row, d.Place = l.t.Name, l.first, rowPlace(l.t, l.first)
	w.give(d)
}

// lister reads the rows of one list.
type lister struct {
	t       *Table
	columns map[int]*Column
	open    []item // of the need that is being read
	first   int    // number of its first row
	last    int    // number of its last row so far
	merged  []reach
	subject *Subject
}

// reach is a merged cell that covers rows below its own.
type reach struct {
	col, last int
	cell      *Cell
	row       int
}

// items are the cells of a row with what their columns mean. A merged cell of
// the organisation counts for each row that it covers.
func (l *lister) items(r *Row) []item {
	l.merged = slices.DeleteFunc(l.merged, func(m reach) bool { return m.last < r.Number })
	var out []item
	for _, m := range l.merged {
		if c := l.columns[m.col]; c != nil && l.repeats(c.Target) && r.at(m.col) == nil {
			out = append(out, l.item(c, m.cell, m.row, 0))
		}
	}
	for i := range r.Cells {
		cell := &r.Cells[i]
		if cell.Rows > 1 {
			l.merged = append(l.merged, reach{cell.Col, r.Number + cell.Rows - 1, cell, r.Number})
		}
		c := l.columns[cell.Col]
		if c == nil {
			c = &Column{Col: cell.Col}
		}
		out = append(out, l.item(c, cell, r.Number, r.Number))
	}
	return out
}

// repeats reports whether a merged cell of this target speaks for each row that
// it covers: of needs what is said of the organisation, of records all but the
// name.
func (l *lister) repeats(t Target) bool {
	if l.subject != nil {
		return t != "" && t != l.subject.Name && t != Number
	}
	return t.party()
}

func (l *lister) item(c *Column, cell *Cell, row, group int) item {
	place := l.t.CellPlace(row, cell.Col)
	return item{target: c.Target, header: c.Header, unit: c.Unit, place: place, pieces: []piece{{place: place, text: cell.Text}}, group: group}
}

// goesOn reports whether a row goes on with the need above it: its title is
// merged over it, or it has neither a title nor a number of its own.
func (l *lister) goesOn(r *Row, items []item) bool {
	if l.subject != nil {
		return l.under(r, l.subject.Name)
	}
	if len(l.open) == 0 || !slices.ContainsFunc(l.open, func(it item) bool { return it.target == Title }) {
		return false
	}
	if l.under(r, Title) {
		return true
	}
	own := slices.ContainsFunc(items, func(it item) bool {
		return it.group == r.Number && (it.target == Title || it.target == Number || it.target == OrgName)
	})
	return !own && r.Number == l.last+1
}

// under reports whether a cell of this target is merged over a row.
func (l *lister) under(r *Row, t Target) bool {
	return slices.ContainsFunc(l.merged, func(m reach) bool {
		c := l.columns[m.col]
		return c != nil && c.Target == t && m.row < r.Number && m.last >= r.Number
	})
}

var (
	totalRow   = regexp.MustCompile(`^\s*(?:合\s*计|总\s*计|小\s*计|共计|汇总)`)
	noteRow    = regexp.MustCompile(`^\s*(?:注\s*[:：]|备注\s*[:：]|说明\s*[:：]|填表说明|填写说明|填报说明|填表人|制表|审核人|联系电话\s*[:：]|单位负责人|\*|※)`)
	exampleRow = regexp.MustCompile(`^\s*[(（【]?(?:示例|样例|范例|例如|举例|例\s*[:：\d]|例$)`)
)

// skip says why a row is no need, "" if it may be one.
func (l *lister) skip(r *Row, m *TableMapping) SkipReason {
	first := r.Cells[0].Text
	repeated := 0
	for _, c := range r.Cells {
		if col := l.columns[c.Col]; col != nil && len(m.Header) > 0 && c.Text != "" && plainName(c.Text) == plainName(child(col.Header)) {
			repeated++
		}
	}
	switch {
	case totalRow.MatchString(first):
		return SkipTotal
	case len(r.Cells) <= 2 && noteRow.MatchString(first):
		return SkipNote
	case exampleRow.MatchString(first):
		return SkipExample
	case repeated >= 2 && 2*repeated >= len(r.Cells):
		return SkipHeader
	case len(r.Cells) == 1 && r.Cells[0].Cols > 3:
		return SkipNote // a caption between the rows
	}
	return ""
}

func rowPlace(t *Table, row int) string {
	place := "row=" + strconv.Itoa(row)
	if t.Place == "" {
		return place
	}
	return t.Place + "&" + place
}

func keptOf(items []item) []Kept {
	var out []Kept
	for _, it := range items {
		out = append(out, it.kept(false)...)
	}
	return out
}
