package document

import (
	"slices"
	"strings"
	"unicode"

	"tanxu/need"
)

// builder collects a document within its limits.
type builder struct {
	doc   *Document
	o     Options
	rows  int
	cells int
	text  int
}

// table starts a table; the rows that follow belong to it.
func (b *builder) table(t Table) { b.doc.Tables = append(b.doc.Tables, t) }

// row adds a row to the table that was started last. Cells without text are
// left out, and so is a row without cells.
func (b *builder) row(r Row) error {
	kept := r.Cells[:0]
	for _, c := range r.Cells {
		if c.Text = clean(c.Text); c.Text != "" {
			kept = append(kept, c)
			b.text += len(c.Text)
		}
	}
	if r.Cells = kept; len(kept) == 0 {
		return nil
	}
	b.rows++
	b.cells += len(kept)
	switch {
	case b.rows > b.o.MaxRows:
		return b.tooManyRows()
	case b.cells > b.o.MaxCells:
		return need.Errorf(need.Invalid, CodeCells, "%s has more than %d cells", b.doc.Name, b.o.MaxCells)
	}
	t := &b.doc.Tables[len(b.doc.Tables)-1]
	t.Rows = append(t.Rows, r)
	return b.checkText()
}

// block adds a block; one without text is left out.
func (b *builder) block(x Block) error {
	if x.Text = clean(x.Text); x.Text == "" {
		return nil
	}
	b.text += len(x.Text)
	b.doc.Blocks = append(b.doc.Blocks, x)
	return b.checkText()
}

func (b *builder) tooManyRows() error {
	return need.Errorf(need.Invalid, CodeRows, "%s has more than %d rows", b.doc.Name, b.o.MaxRows)
}

func (b *builder) checkText() error {
	if b.text > b.o.MaxText {
		return need.Errorf(need.Invalid, CodeText, "%s has more than %d bytes of text", b.doc.Name, b.o.MaxText)
	}
	return nil
}

// note adds a note, once for each place.
func (b *builder) note(code NoteCode, place string) {
	if n := (Note{code, place}); !slices.Contains(b.doc.Notes, n) {
		b.doc.Notes = append(b.doc.Notes, n)
	}
}

func (b *builder) noted(code NoteCode) bool {
	return slices.ContainsFunc(b.doc.Notes, func(n Note) bool { return n.Code == code })
}

// empty reports whether nothing with text was found.
func (b *builder) empty() bool { return b.rows == 0 && len(b.doc.Blocks) == 0 }

// corrupt is the error of a file that cannot be read on.
func (b *builder) corrupt(what string, err error) error {
	if need.KindOf(err) != need.Internal {
		return err
	}
	return need.Errorf(need.Invalid, CodeCorrupt, "%s is broken: %s: %w", b.doc.Name, what, err)
}

// clean is the text that offsets of evidence count in: line ends as \n, no
// control characters, no white space around.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\v' || r == '\f' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r != '\n' && r != '\t' && unicode.IsControl(r), r == '\uFEFF':
			return -1
		}
		return r
	}, s)
	return strings.TrimFunc(s, unicode.IsSpace)
}
