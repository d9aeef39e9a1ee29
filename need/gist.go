package need

import (
	"slices"
	"unicode"
)

// Gist is a text as its pairs of neighbouring characters, sorted; a pair that
// stands twice is there twice. No dictionary misses a new term that way.
type Gist []uint32

// Pairs returns the gist of runes as they stand.
func Pairs(r []rune) Gist {
	if len(r) < 2 {
		return nil
	}
	g := make(Gist, 0, len(r)-1)
	for i := range len(r) - 1 {
		g = append(g, uint32(r[i])<<16^uint32(r[i+1])) //nolint:gosec // runes of a text are never negative
	}
	slices.Sort(g)
	return g
}

// Plain returns the runes of a text by which it is compared and searched: in
// small letters and half width, without white space and punctuation.
func Plain(text string) []rune {
	r := folded(text)
	out := r[:0]
	for _, c := range r {
		if !unicode.IsSpace(c) && !unicode.IsPunct(c) {
			out = append(out, unicode.ToLower(c))
		}
	}
	return out
}

// GistOf returns the gist of the plain runes of a text.
func GistOf(text string) Gist { return Pairs(Plain(text)) }

// Unique returns the pairs of g, each once.
func (g Gist) Unique() Gist { return slices.Compact(slices.Clone(g)) }

// Likeness is the share of pairs that two texts have in common, by Dice's
// measure: 1 for the same pairs, 0 for none in common or an empty text.
func (g Gist) Likeness(h Gist) float64 {
	if len(g) == 0 || len(h) == 0 {
		return 0
	}
	shared := 0
	for i, j := 0, 0; i < len(g) && j < len(h); {
		switch {
		case g[i] == h[j]:
			shared++
			i++
			j++
		case g[i] < h[j]:
			i++
		default:
			j++
		}
	}
	return 2 * float64(shared) / float64(len(g)+len(h))
}

// Alike reports whether the likeness of two texts is at least this. It stops
// as soon as that is out of reach: most texts that are compared differ.
func (g Gist) Alike(h Gist, least float64) bool {
	if len(g) == 0 || len(h) == 0 {
		return false
	}
	misses := int((1 - least) * float64(len(g)+len(h)))
	for i, j := 0, 0; ; {
		switch {
		case i == len(g):
			return misses >= len(h)-j
		case j == len(h):
			return misses >= len(g)-i
		case g[i] == h[j]:
			i++
			j++
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
