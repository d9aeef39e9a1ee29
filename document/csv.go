package document

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// readCSV reads comma-separated values, whatever separates them, as one table.
func readCSV(ctx context.Context, b *builder, data []byte) error {
	text, odd := decode(data)
	if odd {
		b.note(OddCharacters, "")
	}
	comma, text := separator(text)
	b.table(Table{})
	number := 0
	add := func(fields []string) error {
		number++
		r := Row{Number: number, Cells: make([]Cell, 0, len(fields))}
		for i, f := range fields {
			r.Cells = append(r.Cells, Cell{Col: i, Text: f})
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		return b.row(r)
	}
	if !quotesClose(text, comma) {
		for line := range strings.Lines(text) {
			if err := add(strings.Split(line, string(comma))); err != nil {
				return err
			}
		}
		return nil
	}
	in := reader(text, comma)
	for {
		fields, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return b.corrupt("read a line", err)
		}
		if err := add(fields); err != nil {
			return err
		}
	}
}

func reader(text string, comma rune) *csv.Reader {
	in := csv.NewReader(strings.NewReader(text))
	in.Comma, in.FieldsPerRecord, in.LazyQuotes = comma, -1, true
	return in
}

// maxLines is how many line breaks a quoted field may hold before it is taken
// for one whose closing quote was forgotten.
const maxLines = 200

// quotesClose reports whether each quoted field ends where it may: a forgotten
// quote would swallow the rest of the file.
func quotesClose(text string, comma rune) bool {
	in := reader(text, comma)
	for {
		fields, err := in.Read()
		if err != nil {
			return errors.Is(err, io.EOF)
		}
		for _, f := range fields {
			if strings.Count(f, "\n") > maxLines || strings.Count(f, "\n") > 0 && strings.Count(f, string(comma)) > 3*len(fields) && strings.Contains(f, "\"") {
				return false
			}
		}
	}
}

// sampled is how much of a file tells its separator.
const sampled = 64 << 10

// separator finds what separates the fields, and drops the line "sep=;" with
// which Excel says so.
func separator(text string) (comma rune, rest string) {
	if line, after, ok := strings.Cut(text, "\n"); ok {
		if said, ok := strings.CutPrefix(strings.ToLower(strings.TrimRight(line, "\r")), "sep="); ok && len(said) == 1 && strings.Contains(",;\t|", said) {
			return rune(said[0]), after
		}
	}
	best, most := ',', 0
	for _, c := range ",\t;|" {
		if n := regular(text[:min(len(text), sampled)], c); n > most {
			best, most = c, n
		}
	}
	return best, text
}

// regular says how well c separates a text: fields in records that have the
// commonest number of fields, if that is more than one.
func regular(text string, c rune) int {
	in, lengths := reader(text, c), map[int]int{}
	for {
		fields, err := in.Read()
		if err != nil {
			break
		}
		if len(fields) > 1 {
			lengths[len(fields)]++
		}
	}
	best := 0
	for n, times := range lengths {
		best = max(best, (n-1)*times)
	}
	return best
}
