package document

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// readJSON reads objects, one a line or in one list, as one table: the keys of
// all of them are its header, above the first row. What stands in a "detail" is
// read as if it stood beside it. A line that is no object is a row of its own
// with one cell, so that nothing is lost unseen.
func readJSON(ctx context.Context, b *builder, data []byte) error {
	text, odd := decode(data)
	if odd {
		b.note(OddCharacters, "")
	}
	t := jsonTable{columns: map[string]int{}}
	var list []json.RawMessage
	if json.Unmarshal([]byte(text), &list) == nil {
		for i, raw := range list {
			t.add(i+1, string(raw))
		}
	} else {
		number := 0
		for line := range strings.Lines(text) {
			if number++; strings.TrimSpace(line) != "" {
				t.add(number, line)
			}
		}
	}
	return t.write(ctx, b)
}

// jsonTable collects objects as rows.
type jsonTable struct {
	columns map[string]int
	names   []string
	rows    []Row
}

func (t *jsonTable) add(number int, raw string) {
	object, d := map[string]any{}, json.NewDecoder(strings.NewReader(raw))
	d.UseNumber()
	r := Row{Number: number}
	if d.Decode(&object) != nil || d.More() {
		r.Cells = []Cell{{Col: -1, Text: raw}} // its column is known when all others are
		t.rows = append(t.rows, r)
		return
	}
	if detail, ok := object["detail"].(map[string]any); ok {
		delete(object, "detail")
		for key, v := range detail {
			if _, taken := object[key]; !taken {
				object[key] = v
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if _, ok := t.columns[key]; !ok {
			t.columns[key] = len(t.names)
			t.names = append(t.names, key)
		}
		r.Cells = append(r.Cells, Cell{Col: t.columns[key], Text: jsonText(object[key])})
	}
	slices.SortFunc(r.Cells, func(a, b Cell) int { return a.Col - b.Col })
	t.rows = append(t.rows, r)
}

func (t *jsonTable) write(ctx context.Context, b *builder) error {
	b.table(Table{})
	head := Row{Number: 0}
	for i, name := range t.names {
		head.Cells = append(head.Cells, Cell{Col: i, Text: name})
	}
	for _, r := range append([]Row{head}, t.rows...) {
		if err := ctx.Err(); err != nil {
			return err
		}
		for i := range r.Cells {
			if r.Cells[i].Col < 0 {
				r.Cells[i].Col = len(t.names)
			}
		}
		if err := b.row(r); err != nil {
			return err
		}
	}
	return nil
}

// jsonText is a value as a cell: a text or a figure as it is, a list or an
// object as JSON.
func jsonText(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return x
	case json.Number:
		return x.String()
	default:
		var out bytes.Buffer
		enc := json.NewEncoder(&out)
		enc.SetEscapeHTML(false)
		if enc.Encode(x) != nil {
			return ""
		}
		return strings.TrimSpace(out.String())
	}
}
