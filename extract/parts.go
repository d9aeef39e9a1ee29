package extract

import (
	"slices"
	"strings"
	"time"

	"tanxu/need"
)

// Part is one piece of a document that states a need: a cell, the words beside
// a label, a text.
type Part struct {
	Ref   string
	Text  string
	Field need.Key // that all of it belongs to; "" for a text that may speak of any
	Title bool     // it is the title
	Unit  string   // that a header states for bare numbers: 万元, 元, 月, 年
	// Cell is the part of a row of indicators that it holds, "" if it is none;
	// parts with the same Row make one row.
	Cell RowCell
	Row  int
}

// RowCell is a part of a row of indicators that has a cell of its own.
type RowCell string

// The parts of a row of indicators.
const (
	CellName      RowCell = "name"
	CellCurrent   RowCell = "current"
	CellTarget    RowCell = "target"
	CellUnit      RowCell = "unit"
	CellCondition RowCell = "condition"
)

// Parted is what the parts of one need say.
type Parted struct {
	Need     *need.Need
	Events   []need.Event // that it is the fold of
	Outcomes []Outcome    // one for each part
}

// Outcome is what became of a part.
type Outcome struct {
	Read     bool // a value stands for it, or it plainly says that there is none
	Long     bool // only the first part of it was searched
	Injected bool // it speaks to a model; those words were passed over
}

// ReadParts reads the parts of one need as a document states them. A part with a
// field is a value of that field; what parts in words say of other fields counts
// where no part of its own does. Nothing of a date depends on being in the
// future: old lists are read too.
func (r *Rules) ReadParts(id need.ID, title string, parts []Part, now time.Time) Parted {
	p := parted{now: now, outcomes: make([]Outcome, len(parts))}
	for i, part := range parts {
		p.add(i, part)
	}
	p.rowsOfCells(parts)
	p.besides()
	p.title()
	for _, t := range p.texts {
		p.out.Routes = append(p.out.Routes, routes(t.reader.t)...)
	}
	p.out.Routes = slices.CompactFunc(p.out.Routes, func(a, b need.Route) bool { return a.Kind == b.Kind })
	events := []need.Event{{Kind: need.NeedStarted, Need: id, At: now, By: need.System, Note: title}}
	rows := 0
	events = append(events, Events(id, p.out, now, &rows)...)
	for _, m := range p.out.Marks {
		events = append(events, need.Event{
			Kind: need.FieldMarked, Need: id, At: now, By: need.System, Source: need.FromDocument,
			Key: m.Key, Status: m.Status, Note: m.Quote.Quote,
		})
	}
	return p.parted(id, events)
}

// parted folds the events and adds what they suggest.
func (p *parted) parted(id need.ID, events []need.Event) Parted {
	n := need.Fold(id, events)
	var more strings.Builder
	for _, w := range p.texts {
		if w.part.Field == "" {
			more.WriteString(w.part.Text + "\n")
		}
	}
	for _, e := range Suggestions(n, more.String()) {
		e.At, e.By = p.now, need.System
		n.Apply(e)
		events = append(events, e)
	}
	return Parted{Need: n, Events: events, Outcomes: p.outcomes}
}

// parted is one call of ReadParts.
type parted struct {
	now      time.Time
	out      Reading
	outcomes []Outcome
	heads    []*text
	texts    []worded
	// fromWords: the rows so far come from parts that are no rows themselves.
	fromWords bool
}

// worded is a part in words, which may speak of more than its field.
type worded struct {
	part   Part
	reader *reader
}

// add reads one part for what it is; what else it says is looked for later.
func (p *parted) add(i int, part Part) {
	t := newText(part.Text, part.Ref)
	if len(t.runes) > maxRead {
		t.runes, p.outcomes[i].Long = t.runes[:maxRead], true
	}
	p.outcomes[i].Injected = t.hideInjections()
	rd := &reader{t: t, c: Context{Ref: part.Ref, Now: p.now, Asked: []need.Key{part.Field}}}
	switch {
	case part.Title:
		p.heads = append(p.heads, t)
		p.outcomes[i].Read = true
		return
	case part.Cell != "":
		return // see rowsOfCells
	case part.Field == "":
		rd.c.Asked = nil
		rd.free()
	default:
		rd.cell(part)
	}
	p.outcomes[i].Read = len(rd.out.Values)+len(rd.out.Rows) > 0 || absent(plainText(part.Text)) ||
		slices.ContainsFunc(rd.out.Marks, func(m Mark) bool { return m.Status != need.Vague })
	p.out.Values = append(p.out.Values, rd.out.Values...)
	p.out.Rows = append(p.out.Rows, rd.out.Rows...)
	p.out.Marks = append(p.out.Marks, rd.out.Marks...)
	if part.Field.Shape() <= need.List || part.Field == need.KeyIndicator {
		p.texts = append(p.texts, worded{part, rd})
	}
}

// besides takes from the parts in words what no part of its own states: rows of
// indicators, money, dates, the way of working together.
func (p *parted) besides() {
	for _, w := range p.texts {
		if w.part.Field == "" {
			continue
		}
		rd := &reader{t: w.reader.t, c: w.reader.c}
		if len(p.out.Rows) == 0 || p.fromWords {
			parts := rd.t.parts()
			for i := range parts {
				if parts[i].section == "" {
					parts[i].section = w.part.Field
				}
			}
			rd.rowsOf(parts)
			p.fromWords = p.fromWords || len(rd.out.Rows) > 0
			p.out.Rows = append(p.out.Rows, rd.out.Rows...)
		}
		if w.part.Field != need.KeyFoundation && w.part.Field != need.KeyTried {
			rd.budget(need.KeyBudget, false)
			rd.deadline(false)
		}
		rd.coop()
		for _, f := range rd.out.Values {
			if !p.has(f.Key) {
				p.out.Values = append(p.out.Values, f)
			}
		}
	}
}

// has reports whether a field has a value or a mark.
func (p *parted) has(k need.Key) bool {
	return slices.ContainsFunc(p.out.Values, func(f Found) bool { return f.Key == k }) ||
		slices.ContainsFunc(p.out.Marks, func(m Mark) bool { return m.Key == k })
}

// title takes the title for what is sought, and the thing in it that a text
// speaks of too for where it is used, if no part says it.
func (p *parted) title() {
	for _, head := range p.heads {
		whole := head.trim(head.whole())
		if whole.empty() {
			continue
		}
		if !p.has(need.KeyKeyTech) {
			rd := reader{t: head}
			rd.add(need.KeyKeyTech, whole)
			p.out.Values = append(p.out.Values, rd.out.Values...)
		}
		for _, w := range p.texts {
			if s := object(head, w.reader.t); !s.empty() && !p.has(need.KeyScene) {
				rd := reader{t: w.reader.t}
				rd.add(need.KeyScene, s)
				p.out.Values = append(p.out.Values, rd.out.Values...)
			}
		}
	}
}
