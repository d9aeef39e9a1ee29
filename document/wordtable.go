package document

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// table reads a table of its own. A table inside a cell becomes text of the
// cell.
func (w *wordReader) table() error {
	w.depth++
	defer func() { w.depth-- }()
	if w.depth > maxDepth {
		return errDepth
	}
	w.tables++
	number := strconv.Itoa(w.tables)
	t := wordTable{wordReader: w, open: map[int]*Cell{}}
	if err := t.rows(); err != nil {
		return err
	}
	w.b.table(Table{Name: number, Place: "table=" + number, After: len(w.b.doc.Blocks)})
	for _, r := range t.done {
		row := Row{Number: r.number, Cells: make([]Cell, 0, len(r.cells))}
		for _, c := range r.cells {
			row.Cells = append(row.Cells, *c)
		}
		if err := w.b.row(row); err != nil {
			return err
		}
	}
	return nil
}

// wordTable is a table while it is being read.
type wordTable struct {
	*wordReader

	done []wordRow
	open map[int]*Cell // cells that the rows below may go on, by column
}

type wordRow struct {
	number int
	cells  []*Cell
}

func (t *wordTable) rows() error {
	return t.each(func(e xml.StartElement) error {
		if e.Name.Local != "tr" {
			return t.enter(e, t.rows)
		}
		if err := t.stop(); err != nil {
			return err
		}
		row := wordRow{number: len(t.done) + 1}
		if len(t.done) > t.b.o.MaxRows {
			return t.b.tooManyRows()
		}
		col := 0
		t.depth++
		defer func() { t.depth-- }()
		err := t.cells(&row, &col)
		t.done = append(t.done, row)
		return err
	})
}

// cells reads the cells of a row; col is the column of the next one.
func (t *wordTable) cells(row *wordRow, col *int) error {
	return t.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "gridBefore":
			*col += span(e)
			return t.d.Skip()
		case "tc":
		default:
			return t.enter(e, func() error { return t.cells(row, col) })
		}
		c := wordCell{wordReader: t.wordReader, width: 1}
		if err := t.enter(e, c.read); err != nil {
			return err
		}
		if above := t.open[*col]; c.goesOn && above != nil {
			above.Rows++
			above.Text = strings.TrimSpace(above.Text + "\n" + c.text.String())
		} else {
			cell := &Cell{Col: *col, Text: c.text.String(), Rows: 1, Cols: c.width}
			row.cells = append(row.cells, cell)
			t.open[*col] = cell
		}
		*col += c.width
		return nil
	})
}

// wordCell is a cell while it is being read.
type wordCell struct {
	*wordReader

	text   strings.Builder
	width  int
	goesOn bool // the cell above goes on
}

func (c *wordCell) read() error {
	return c.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "p":
			var p paragraph
			if err := c.inside(&p); err != nil {
				return err
			}
			if c.text.Len() > 0 {
				c.text.WriteByte('\n')
			}
			c.text.WriteString(p.String())
			return nil
		case "gridSpan":
			c.width = span(e)
		case "vMerge":
			c.goesOn = attr(e, "val") != "restart"
		}
		return c.enter(e, c.read)
	})
}

// span is the number of columns that an element speaks of.
func span(e xml.StartElement) int {
	n, err := strconv.Atoi(attr(e, "val"))
	if err != nil || n < 1 || n > maxColumns {
		return 1
	}
	return n
}

// maxColumns is the number of columns of the widest sheet.
const maxColumns = 16_384
