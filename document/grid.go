package document

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// at returns the cell of a row in this column, nil if there is none.
func (r *Row) at(col int) *Cell {
	i := sort.Search(len(r.Cells), func(i int) bool { return r.Cells[i].Col >= col })
	if i < len(r.Cells) && r.Cells[i].Col == col {
		return &r.Cells[i]
	}
	return nil
}

// from returns the rows from this number on.
func (t *Table) from(number int) []Row {
	i := sort.Search(len(t.Rows), func(i int) bool { return t.Rows[i].Number >= number })
	return t.Rows[i:]
}

// column returns the texts of a column in the first rows from this number on.
func (t *Table) column(col, number int) []string {
	var out []string
	for _, r := range t.from(number) {
		if c := r.at(col); c != nil {
			out = append(out, c.Text)
		}
		if len(out) == sampledRows {
			break
		}
	}
	return out
}

// apart reports whether two columns both say something, but never in the same row.
func (t *Table) apart(a, b, number int) bool {
	first, second := false, false
	for _, r := range t.from(number) {
		one, other := r.says(a), r.says(b)
		if one && other {
			return false
		}
		first, second = first || one, second || other
	}
	return first && second
}

// says reports whether a row has anything in this column.
func (r *Row) says(col int) bool {
	c := r.at(col)
	return c != nil && strings.TrimSpace(c.Text) != ""
}

// brief reports whether a cell is short enough to be a name.
func brief(s string) bool { return utf8.RuneCountInString(plainName(s)) <= longestName }
