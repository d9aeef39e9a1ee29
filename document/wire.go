package document

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"tanxu/need"
)

// order is the first line that a reading process is sent; the file follows.
type order struct {
	Name    string  `json:"name"`
	Options Options `json:"options"`
	Bounds  Bounds  `json:"bounds"`
}

// line is one line of what a reading process answers. The last one has End or
// Error: without it the process died.
type line struct {
	Kind  Kind   `json:"kind,omitempty"`
	Table *Table `json:"table,omitempty"` // without its rows
	Row   *Row   `json:"row,omitempty"`   // of the table before
	Block *Block `json:"block,omitempty"`
	Note  *Note  `json:"note,omitempty"`
	Error *fault `json:"error,omitempty"`
	End   bool   `json:"end,omitempty"`
}

// fault is an error on its way between processes.
type fault struct {
	Kind need.Kind `json:"kind"`
	Code string    `json:"code"`
	Text string    `json:"text"`
}

// send writes a document, or the error that there is instead.
func send(out io.Writer, doc *Document, failed error) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	if failed != nil {
		return enc.Encode(line{Error: &fault{need.KindOf(failed), need.CodeOf(failed), failed.Error()}})
	}
	lines := func(yield func(line) bool) {
		if !yield(line{Kind: doc.Kind}) {
			return
		}
		for _, t := range doc.Tables {
			head := t
			head.Rows = nil
			if !yield(line{Table: &head}) {
				return
			}
			for _, r := range t.Rows {
				if !yield(line{Row: &r}) {
					return
				}
			}
		}
		for _, b := range doc.Blocks {
			if !yield(line{Block: &b}) {
				return
			}
		}
		for _, n := range doc.Notes {
			if !yield(line{Note: &n}) {
				return
			}
		}
		yield(line{End: true})
	}
	for l := range lines {
		if err := enc.Encode(l); err != nil {
			return fmt.Errorf("write the document: %w", err)
		}
	}
	return nil
}

// errCut is an answer without an end.
var errCut = errors.New("the answer has no end")

// receive reads what send wrote. It keeps within o, whatever is sent.
func receive(in io.Reader, name string, o Options) (*Document, error) {
	b := &builder{doc: &Document{Name: name}, o: o}
	dec := json.NewDecoder(in)
	for {
		var l line
		if err := dec.Decode(&l); err != nil {
			return nil, fmt.Errorf("%w: %w", errCut, err)
		}
		if l.Kind != "" {
			b.doc.Kind = l.Kind
		}
		var err error
		switch {
		case l.End:
			return b.doc, nil
		case l.Error != nil:
			return nil, need.Errorf(l.Error.Kind, l.Error.Code, "%s", l.Error.Text)
		case l.Table != nil:
			l.Table.Rows = nil
			b.table(*l.Table)
		case l.Row != nil && len(b.doc.Tables) > 0:
			err = b.row(*l.Row)
		case l.Block != nil:
			err = b.block(*l.Block)
		case l.Note != nil:
			b.note(l.Note.Code, l.Note.Place)
		}
		if err != nil {
			return nil, err
		}
	}
}
