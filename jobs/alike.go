package jobs

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"tanxu/need"
	"tanxu/need/record"
)

// alikeEnough is from what likeness on two texts state the same need.
const alikeEnough = 0.85

// gistOf returns the gist of a text in its compatibility form, so that ㎡ and m2
// are the same.
func gistOf(text string) need.Gist { return need.GistOf(norm.NFKC.String(text)) }

// alike reports whether two texts say the same.
func alike(a, b need.Gist) bool { return a.Alike(b, alikeEnough) }

// statement is what a need says, in one text: its title, fields and rows.
func statement(r record.Record) string {
	var b strings.Builder
	b.WriteString(r.Title)
	keys := make([]string, 0, len(r.Fields))
	byKey := map[string]record.Field{}
	for k, f := range r.Fields {
		keys = append(keys, string(k))
		byKey[string(k)] = f
	}
	slices.Sort(keys)
	for _, k := range keys {
		writeValue(&b, byKey[k].Value)
	}
	for _, row := range r.Indicators {
		b.WriteString(row.Name)
		for _, q := range []*record.Quantity{row.Current, row.Target} {
			if q != nil {
				b.WriteString(q.Text)
			}
		}
	}
	return b.String()
}

func writeValue(b *strings.Builder, value any) {
	switch v := value.(type) {
	case string:
		b.WriteString(v)
	case []any:
		for _, part := range v {
			writeValue(b, part)
		}
	}
}

// orgKey is how an organisation is compared: without white space, width and the
// kind of brackets.
func orgKey(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(name))
}
