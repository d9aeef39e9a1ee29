package document

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"tanxu/need"
)

// item is one thing that a document says, with what it means: a cell below a
// header, the value beside a label, a text.
type item struct {
	target Target
	header string // as written
	unit   string
	place  string // of the label, or of the only piece
	pieces []piece
	group  int // of cells that make one row of indicators
}

// piece is a stretch of a cell or block, from its start-th character on.
type piece struct {
	place string
	text  string
	start int
}

func newItem(label *Column, place string, pieces ...piece) item {
	return item{target: label.Target, header: label.Header, unit: label.Unit, place: place, pieces: pieces}
}

// text is all of an item.
func (it *item) text() string {
	var out []string
	for _, p := range it.pieces {
		out = append(out, p.text)
	}
	return strings.Join(out, "\n")
}

// kept are the pieces of an item as they are kept.
func (it *item) kept(read bool) []Kept {
	out := make([]Kept, 0, len(it.pieces))
	for _, p := range it.pieces {
		out = append(out, Kept{Place: p.place, Header: it.header, Target: it.target, Text: p.text, Read: read})
	}
	return out
}

// joined are the refs of items that were read as one text though they stand in
// several places.
type joined struct {
	id    string
	items map[string]*item
}

// ref is what evidence of an item refers to while it is read.
func (j *joined) ref(i int, it *item) string {
	if len(it.pieces) == 1 && it.pieces[0].start == 0 {
		return Ref(j.id, it.pieces[0].place)
	}
	if j.items == nil {
		j.items = map[string]*item{}
	}
	ref := "joined:" + strconv.Itoa(i)
	j.items[ref] = it
	return ref
}

// resolve points the evidence of events to the places that it comes from.
func (j *joined) resolve(events []need.Event) {
	if j.items == nil {
		return
	}
	for i := range events {
		e := &events[i]
		switch {
		case e.Item != nil:
			e.Item.Evidence = j.places(e.Item.Evidence)
		case e.Row != nil:
			e.Row.Evidence = j.places(e.Row.Evidence)
		case e.Route != nil:
			e.Route.Evidence = j.places(e.Route.Evidence)
		}
	}
}

// places splits evidence at the borders of the pieces.
func (j *joined) places(list []need.Evidence) []need.Evidence {
	var out []need.Evidence
	for _, e := range list {
		it, ok := j.items[e.Ref]
		if !ok {
			out = append(out, e)
			continue
		}
		at := 0 // of the piece in the joined text
		for _, p := range it.pieces {
			runes := []rune(p.text)
			from, to := max(e.Start-at, 0), min(e.End-at, len(runes))
			if from < to {
				out = append(out, need.Evidence{Ref: Ref(j.id, p.place), Start: p.start + from, End: p.start + to, Quote: string(runes[from:to])})
			}
			at += utf8.RuneCountInString(p.text) + 1
		}
	}
	return out
}
