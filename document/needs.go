package document

import (
	"context"
	"iter"
	"slices"
	"time"

	"tanxu/extract"
	"tanxu/need"
)

// Rules read the parts of one need; extract.Rules is them.
type Rules interface {
	ReadParts(id need.ID, title string, parts []extract.Part, now time.Time) extract.Parted
}

// Source says for whom a document is read.
type Source struct {
	ID    string         // of the document, for evidence
	Now   time.Time      // of the events; dates without a year count from here
	NewID func() need.ID // of a need
}

// Needs drafts the needs of a document, one after the other in their order, as
// the mapping reads it: nothing is kept of a draft that was given. It ends early
// when ctx does.
func Needs(ctx context.Context, doc *Document, m Mapping, r Rules, src Source) iter.Seq[Draft] {
	return func(yield func(Draft) bool) {
		w := writer{ctx: ctx, doc: doc, rules: r, src: src, yield: yield, names: newLexicon(nil)}
		w.all(m)
	}
}

// writer is one call of Needs.
type writer struct {
	ctx   context.Context //nolint:containedctx // of one call of Needs
	doc   *Document
	rules Rules
	src   Source
	yield func(Draft) bool
	names *lexicon
	done  bool   // nobody wants more
	open  []item // of the form that is being read
}

func (w *writer) all(m Mapping) {
	block := 0
	for i := range w.doc.Tables {
		t := &w.doc.Tables[i]
		if t.After > block {
			w.blocks(&m.Text, block, t.After)
			block = t.After
		}
		if i < len(m.Tables) {
			w.table(t, &m.Tables[i])
		}
		if w.doc.Kind == Excel || w.doc.Kind == CSV {
			w.flush() // each sheet is a form of its own
		}
	}
	w.blocks(&m.Text, block, len(w.doc.Blocks))
	w.flush()
}

func (w *writer) table(t *Table, m *TableMapping) {
	switch m.Layout {
	case LayoutRows:
		w.flush()
		w.list(t, m)
	case LayoutForm:
		w.form(formTable(t, m))
	default:
		w.flush()
		reason := SkipNothing
		if t.Hidden {
			reason = SkipHidden
		}
		if len(t.Rows) > 0 {
			w.give(Draft{Table: t.Name, Place: t.Place, Skipped: reason})
		}
	}
}

func (w *writer) blocks(m *TableMapping, from, to int) {
	if from >= to {
		return
	}
	switch m.Layout {
	case LayoutForm:
		w.form(formLines(w.doc, m, from, to))
	case LayoutText:
		w.form(plainText(w.doc, from, to))
	default:
		for _, b := range w.doc.Blocks[from:to] {
			w.give(Draft{Place: b.Place, Skipped: SkipNote, Cells: []Kept{{Place: b.Place, Text: b.Text}}})
		}
	}
}

// form adds items to the form that is being read. A second title, or a second
// organisation, begins another need; below a second title it is still one of
// the same organisation.
func (w *writer) form(items []item) {
	for _, it := range items {
		if s := w.names.subject; s != nil {
			if it.target == s.Name && w.began(it.target) {
				w.flush()
			}
			w.open = append(w.open, it)
			continue
		}
		if (it.target == Title || it.target == OrgName) && w.began(it.target) {
			carried := w.open
			w.flush()
			if it.target == Title {
				w.open = slices.DeleteFunc(slices.Clone(carried), func(it item) bool { return !it.target.party() })
			}
		}
		w.open = append(w.open, it)
	}
}

// began reports whether the form that is being read has a value for this target.
func (w *writer) began(t Target) bool {
	return slices.ContainsFunc(w.open, func(it item) bool { return it.target == t && it.text() != "" })
}

// flush gives the form that was being read.
func (w *writer) flush() {
	items := w.open
	w.open = nil
	if len(items) == 0 {
		return
	}
	d := w.compose(items)
	d.Place = items[0].place
	w.give(d)
}

// give hands a draft over, unless nobody wants it.
func (w *writer) give(d Draft) {
	if w.done = w.done || w.ctx.Err() != nil; !w.done {
		w.done = !w.yield(d)
	}
}
