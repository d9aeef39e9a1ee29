package document

import (
	"regexp"
	"slices"
	"strings"
)

// searched is how many rows from the top may be above a header.
const searched = 30

// header is what stands above the columns of a list.
type header struct {
	rows  []int          // numbers
	names map[int]string // by column; of two rows "parent/child"
	known int            // how many names are known
}

// header finds the rows whose cells are names of columns: the ones with the
// most known names that have anything below.
func (l *lexicon) header(t *Table) (best header) {
	for i := range t.Rows[:min(len(t.Rows), searched)] {
		if i+1 == len(t.Rows) {
			break
		}
		if h := l.headerAt(t, i); h.known > best.known {
			best = h
		}
	}
	return best
}

// headerAt reads the row with this index as a header, together with the next
// one if that parts its columns further.
func (l *lexicon) headerAt(t *Table, i int) header {
	r := &t.Rows[i]
	h := header{rows: []int{r.Number}, names: map[int]string{}}
	for _, c := range r.Cells {
		h.names[c.Col] = c.Text
		h.known += l.knows(c.Text)
	}
	if len(r.Cells) == 1 && r.Cells[0].Cols > 1 {
		h.known = 0 // the title of the table
	}
	if i+2 < len(t.Rows) && l.parts(r, &t.Rows[i+1]) {
		h.under(r, &t.Rows[i+1], l)
	}
	return h
}

func (l *lexicon) knows(name string) int {
	if l.plain(name).target == "" {
		return 0
	}
	return 1
}

// parts reports whether the cells of a row are names that part those of the row
// above it: short ones, some of them known, where the row above has no cell of
// its own.
func (l *lexicon) parts(above, r *Row) bool {
	if len(above.Cells) < 2 || slices.ContainsFunc(above.Cells, func(c Cell) bool { return !brief(c.Text) || strings.ContainsAny(c.Text, ":：") }) {
		return false // a caption
	}
	known, wide := 0, slices.ContainsFunc(above.Cells, func(c Cell) bool { return c.Cols > 1 })
	for _, c := range r.Cells {
		parent := above.at(c.Col)
		if !brief(c.Text) || parent != nil && parent.Cols <= 1 && above.at(c.Col+1) != nil && plainName(parent.Text) != plainName(c.Text) {
			return false
		}
		known += l.knows(c.Text)
	}
	return known >= 2 || wide && known >= 1 && len(r.Cells) > 1
}

// under joins a second row of names to the first.
func (h *header) under(above, r *Row, l *lexicon) {
	h.rows = append(h.rows, r.Number)
	parent := ""
	for _, c := range r.Cells {
		for _, p := range above.Cells {
			if p.Col <= c.Col {
				parent = p.Text
			}
		}
		h.known += l.knows(c.Text)
		own := above.at(c.Col)
		if own == nil && parent == "" || own != nil && plainName(own.Text) == plainName(c.Text) { // written twice where cells are not merged
			h.names[c.Col] = c.Text
			continue
		}
		h.names[c.Col] = parent + "/" + c.Text
	}
}

// moneyUnit finds the unit that a line above a table states for all of it.
var moneyUnit = regexp.MustCompile(`单位\s*[:：]\s*(万元|亿元|千元|元)`)

// unitAbove is the unit of money that the rows above the header state.
func unitAbove(t *Table, number int) string {
	for _, r := range t.Rows {
		if r.Number >= number {
			break
		}
		for _, c := range r.Cells {
			if m := moneyUnit.FindStringSubmatch(c.Text); m != nil {
				return m[1]
			}
		}
	}
	return ""
}

// child is the part of a name that stands directly above the column.
func child(name string) string {
	return name[strings.LastIndexByte(name, '/')+1:]
}
