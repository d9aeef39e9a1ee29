package document

import (
	"strings"
	"unicode/utf8"

	"tanxu/need"
)

// labels finds the cells of a table that are labels, and those that begin with
// one. A short cell before a single value is one too, though nobody knows it.
func (l *lexicon) labels(t *Table) []Column {
	var out []Column
	for i := range t.Rows {
		r := &t.Rows[i]
		for j := range r.Cells {
			c := &r.Cells[j]
			label, inner := c.Text, false
			g := l.plain(c.Text)
			if g.target == "" || !brief(c.Text) {
				label, inner = l.lead(c.Text)
				g = l.plain(label)
			}
			switch {
			case inner && l.headed(c.Text):
				continue // a text with headings of its own
			case g.target != "" && (brief(c.Text) || inner):
			case j == 0 && len(r.Cells) == 2 && brief(c.Text) && !strings.ContainsAny(c.Text, "0123456789。，；"):
				label, g = c.Text, guess{reason: NotKnown}
			default:
				continue
			}
			out = append(out, Column{
				Col: c.Col, Letter: ColumnName(c.Col), Row: r.Number, Header: label,
				Target: g.target, Unit: unitFor(g.target, label), Confidence: g.confidence, Reason: g.reason,
			})
		}
	}
	return out
}

// unitFor is the unit that a label states, for targets that have one.
func unitFor(t Target, label string) string {
	if k := t.Field(); k.Shape() == need.Cash || k.Shape() == need.Date {
		return unitOf(label)
	}
	return ""
}

// lead splits off what a cell or line begins with, up to a colon or the end of
// its first line, if that is a label with something behind it.
func (l *lexicon) lead(s string) (label string, ok bool) {
	end := strings.IndexAny(s, "\n:：")
	if end <= 0 || utf8.RuneCountInString(plainName(s[:end])) > longestName {
		return "", false
	}
	label = s[:end]
	if l.plain(label).target == "" || strings.Trim(s[end:], "\n:： \t\u3000") == "" {
		return "", false
	}
	return label, true
}

// formTable reads the labels and values of a table as items.
func formTable(t *Table, m *TableMapping) []item {
	f := formReader{t: t, labels: map[[2]int]*Column{}}
	for i := range m.Columns {
		c := &m.Columns[i]
		f.labels[[2]int{c.Row, c.Col}] = c
	}
	for i := range t.Rows {
		f.row(&t.Rows[i])
	}
	return f.items
}

// formReader reads one table.
type formReader struct {
	t        *Table
	labels   map[[2]int]*Column
	items    []item
	above    int            // index of the last item with a label alone, plus 1
	labelled int            // number of its row
	side     map[int]int    // items, plus 1, of labels that reach down, by their last row
	rows     map[int]Target // columns of a list of indicators inside the form
	group    int            // rows of indicators so far
}

func (f *formReader) row(r *Row) {
	if f.startsRows(r) {
		return
	}
	if f.rows != nil {
		if f.labelsIn(r) == 0 {
			f.indicatorRow(r)
			return
		}
		f.rows = nil
	}
	current := 0 // index of the item whose values follow, plus 1
	for i := range r.Cells {
		c := &r.Cells[i]
		place := f.t.CellPlace(r.Number, c.Col)
		label := f.labels[[2]int{r.Number, c.Col}]
		switch {
		case label != nil && inner(c.Text, label.Header) != "":
			start := utf8.RuneCountInString(c.Text) - utf8.RuneCountInString(inner(c.Text, label.Header))
			f.items = append(f.items, newItem(label, place, piece{place, inner(c.Text, label.Header), start}))
			current = 0
		case label != nil:
			f.items = append(f.items, newItem(label, place))
			current = len(f.items)
			f.above, f.labelled = current, r.Number
			if c.Rows > 1 {
				f.reaches(r.Number+c.Rows-1, current)
			}
		case current > 0:
			f.add(current, piece{place: place, text: c.Text})
		default:
			f.orphan(r, piece{place: place, text: c.Text})
		}
	}
}

// reaches notes that a label stands beside the rows up to last.
func (f *formReader) reaches(last, index int) {
	if f.side == nil {
		f.side = map[int]int{}
	}
	f.side[last] = index
}

// orphan gives a value without a label in its row to the label beside or above
// it; what has neither is kept without a meaning.
func (f *formReader) orphan(r *Row, p piece) {
	for last, index := range f.side {
		if r.Number <= last {
			f.add(index, p)
			return
		}
	}
	if f.above > 0 && f.labelled == r.Number-1 && len(f.items[f.above-1].pieces) == 0 {
		f.add(f.above, p)
		return
	}
	f.items = append(f.items, item{place: p.place, pieces: []piece{p}})
}

func (f *formReader) add(index int, p piece) {
	it := &f.items[index-1]
	it.pieces = append(it.pieces, p)
}

func (f *formReader) labelsIn(r *Row) int {
	n := 0
	for _, c := range r.Cells {
		if f.labels[[2]int{r.Number, c.Col}] != nil {
			n++
		}
	}
	return n
}

// startsRows reports whether a row heads a list of indicators inside the form.
func (f *formReader) startsRows(r *Row) bool {
	rows := map[int]Target{}
	name := false
	for _, c := range r.Cells {
		label := f.labels[[2]int{r.Number, c.Col}]
		if label == nil {
			continue
		}
		switch label.Target {
		case RowName:
			name = true
			rows[c.Col] = RowName
		case RowCurrent, RowGoal, RowUnit, RowCondition:
			rows[c.Col] = label.Target
		case Target(need.KeyExpectedGoal):
			rows[c.Col] = RowGoal
		case OrgName:
			rows[c.Col] = RowUnit // 单位
		}
	}
	if !name || len(rows) < 2 {
		return false
	}
	f.rows = rows
	return true
}

// indicatorRow reads a row of a list of indicators.
func (f *formReader) indicatorRow(r *Row) {
	f.group++
	for _, c := range r.Cells {
		place := f.t.CellPlace(r.Number, c.Col)
		f.items = append(f.items, item{target: f.rows[c.Col], place: place, group: f.group, pieces: []piece{{place: place, text: c.Text}}})
	}
}

// inner is the value behind the label that a cell or line begins with, "" if it
// is the label alone.
func inner(text, label string) string {
	rest, ok := strings.CutPrefix(text, label)
	if !ok {
		return ""
	}
	return strings.TrimLeft(rest, "\n:： \t\u3000")
}
