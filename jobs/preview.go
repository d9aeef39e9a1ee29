package jobs

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"tanxu/document"
	"tanxu/need"
)

// preview is a mapping with what a person needs to judge it. As JSON it is a
// document.Mapping with more in it.
type preview struct {
	Tables []tablePreview  `json:"tables"`
	Text   tablePreview    `json:"text"` // outside tables
	Notes  []document.Note `json:"notes"`
}

type tablePreview struct {
	document.TableMapping

	Columns []columnPreview `json:"columns"`
	Rows    int             `json:"rows"` // below the header; of a text: its parts
	Hidden  bool            `json:"hidden"`
}

type columnPreview struct {
	document.Column

	Samples []string `json:"samples"`
	Cells   int      `json:"cells"` // that hold anything
}

const (
	samples   = 3
	maxSample = 80 // characters of one
)

func previewOf(doc *document.Document, m document.Mapping) preview {
	p := preview{Tables: []tablePreview{}, Text: tableOf(&document.Table{}, m.Text), Notes: doc.Notes}
	p.Text.Rows = len(doc.Blocks)
	if p.Notes == nil {
		p.Notes = []document.Note{}
	}
	for i := range min(len(m.Tables), len(doc.Tables)) {
		p.Tables = append(p.Tables, tableOf(&doc.Tables[i], m.Tables[i]))
	}
	return p
}

func tableOf(in *document.Table, m document.TableMapping) tablePreview {
	t := tablePreview{TableMapping: m, Columns: make([]columnPreview, 0, len(m.Columns)), Hidden: in.Hidden}
	for _, r := range in.Rows {
		if r.Number >= m.First {
			t.Rows++
		}
	}
	for _, c := range m.Columns {
		t.Columns = append(t.Columns, columnPreview{Column: c, Samples: samplesOf(in, m, c), Cells: cellsOf(in, m, c)})
	}
	return t
}

// samplesOf are the first cells of a column, or what stands behind a label.
func samplesOf(t *document.Table, tm document.TableMapping, c document.Column) []string {
	list := []string{}
	for _, r := range t.Rows {
		form := tm.Layout == document.LayoutForm
		if form && r.Number != c.Row || !form && r.Number < tm.First {
			continue
		}
		for _, cell := range r.Cells {
			if form && cell.Col > c.Col || !form && cell.Col == c.Col {
				list = append(list, cut(cell.Text))
				break
			}
		}
		if len(list) == samples {
			break
		}
	}
	return list
}

// cellsOf counts the cells of a column, or behind a label, that hold anything.
func cellsOf(t *document.Table, tm document.TableMapping, c document.Column) int {
	n := 0
	for _, r := range t.Rows {
		form := tm.Layout == document.LayoutForm
		if form && r.Number != c.Row || !form && r.Number < tm.First {
			continue
		}
		if slices.ContainsFunc(r.Cells, func(cell document.Cell) bool {
			return (form && cell.Col > c.Col || !form && cell.Col == c.Col) && strings.TrimSpace(cell.Text) != ""
		}) {
			n++
		}
	}
	return n
}

func cut(text string) string {
	if r := []rune(text); len(r) > maxSample {
		return string(r[:maxSample]) + "…"
	}
	return text
}

// total is how many rows there are to settle, as far as one can tell before.
func (p preview) total() int {
	n := 0
	for _, t := range p.Tables {
		switch t.Layout {
		case document.LayoutRows:
			n += t.Rows
		case document.LayoutForm, document.LayoutText:
			n++
		case document.LayoutNone:
		}
	}
	if p.Text.Layout == document.LayoutForm || p.Text.Layout == document.LayoutText {
		n++
	}
	return n
}

// fingerprintOf tells apart files of different forms by where they go and their
// headers, "" for one that has none.
func fingerprintOf(into need.Library, m document.Mapping) string {
	h, some := sha256.New(), false
	if into != "" {
		fmt.Fprintf(h, "%s\n", into)
	}
	for _, t := range append(slices.Clone(m.Tables), m.Text) {
		fmt.Fprintf(h, "%s\n", t.Layout)
		for _, c := range t.Columns {
			some = true
			fmt.Fprintf(h, "%s\t%s\n", c.Letter, orgKey(c.Header))
		}
	}
	if !some {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}
