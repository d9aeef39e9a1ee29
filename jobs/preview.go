package jobs

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"tanxu/document"
)

// preview is a mapping with what a person needs to judge it. As JSON it is a
// document.Mapping with more in it.
type preview struct {
	Tables []tablePreview  `json:"tables"`
	Text   document.Layout `json:"text"`
	Blocks int             `json:"blocks"` // of text outside tables
	Notes  []document.Note `json:"notes"`
}

type tablePreview struct {
	document.TableMapping

	Columns []columnPreview `json:"columns"`
	Rows    int             `json:"rows"` // below the header
	Hidden  bool            `json:"hidden"`
}

type columnPreview struct {
	document.Column

	Samples []string `json:"samples"`
}

const (
	samples   = 3
	maxSample = 80 // characters of one
)

func previewOf(doc *document.Document, m document.Mapping) preview {
	p := preview{Tables: []tablePreview{}, Text: m.Text, Blocks: len(doc.Blocks), Notes: doc.Notes}
	if p.Notes == nil {
		p.Notes = []document.Note{}
	}
	for i, tm := range m.Tables {
		t := tablePreview{TableMapping: tm, Columns: make([]columnPreview, 0, len(tm.Columns))}
		if i < len(doc.Tables) {
			t.Hidden = doc.Tables[i].Hidden
			for _, r := range doc.Tables[i].Rows {
				if r.Number >= tm.First {
					t.Rows++
				}
			}
		}
		for _, c := range tm.Columns {
			cp := columnPreview{Column: c, Samples: []string{}}
			if i < len(doc.Tables) {
				cp.Samples = samplesOf(&doc.Tables[i], tm, c)
			}
			t.Columns = append(t.Columns, cp)
		}
		p.Tables = append(p.Tables, t)
	}
	return p
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
	if p.Text == document.LayoutForm || p.Text == document.LayoutText {
		n++
	}
	return n
}

// fingerprintOf tells apart files of different forms by their headers, "" for
// one that has none.
func fingerprintOf(m document.Mapping) string {
	h, some := sha256.New(), false
	for _, t := range m.Tables {
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
