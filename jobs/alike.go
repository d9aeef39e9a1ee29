package jobs

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"tanxu/need/record"
)

// alikeEnough is from what likeness on two texts state the same need.
const alikeEnough = 0.85

// gist is a text as the set of its pairs of neighbouring characters, sorted.
// White space and punctuation do not count.
type gist []uint32

func gistOf(text string) gist {
	var g gist
	last := rune(-1)
	for _, r := range strings.ToLower(norm.NFKC.String(text)) {
		if unicode.IsSpace(r) || unicode.IsPunct(r) {
			continue
		}
		if last >= 0 {
			g = append(g, uint32(last)<<16^uint32(r)) //nolint:gosec // runes of a text are never negative
		}
		last = r
	}
	slices.Sort(g)
	return g
}

// alike reports whether two texts have at least alikeEnough of their pairs in
// common, by Dice's measure. It stops as soon as that is out of reach, since an
// import compares each row with many needs.
func (g gist) alike(h gist) bool {
	if len(g) == 0 || len(h) == 0 {
		return false
	}
	misses := int((1 - alikeEnough) * float64(len(g)+len(h)))
	for i, j := 0, 0; ; {
		switch {
		case i == len(g):
			return misses >= len(h)-j
		case j == len(h):
			return misses >= len(g)-i
		case g[i] == h[j]:
			i, j = i+1, j+1
			continue
		case g[i] < h[j]:
			i++
		default:
			j++
		}
		if misses--; misses < 0 {
			return false
		}
	}
}

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
