package topics

import (
	"math"
	"strings"
	"unicode"
)

// feature is a bucket and how much it counts.
type feature struct {
	bucket uint32
	value  float64
}

// How much the parts of a clause count, beside its own n-grams.
const (
	beforeShare = 0.5
	afterShare  = 0.4
	shapeShare  = 0.3
)

// Longest n-grams of a clause and of those beside it.
const (
	longestGram   = 3
	longestBeside = 2
)

// features are the n-grams of a clause and of those beside it, each group of
// length one, and what the clause looks like.
func (c Clause) features() []feature {
	words, before, after := letters(c.Words), letters(c.Before), letters(c.After)
	out := make([]feature, 0, longestGram*len(words)+longestBeside*(len(before)+len(after))+8)
	out = grams(out, words, longestGram, 'w', 1)
	out = grams(out, before, longestBeside, 'b', beforeShare)
	out = grams(out, after, longestBeside, 'a', afterShare)
	for _, s := range c.shape(len(words)) {
		out = append(out, feature{hash('s', []rune(s)), shapeShare})
	}
	return out
}

func grams(out []feature, runes []rune, longest int, kind byte, share float64) []feature {
	from := len(out)
	for i := range runes {
		for n := 1; n <= longest && i+n <= len(runes); n++ {
			out = append(out, feature{bucket: hash(kind, runes[i:i+n])})
		}
	}
	value := share / math.Sqrt(float64(max(1, len(out)-from)))
	for i := from; i < len(out); i++ {
		out[i].value = value
	}
	return out
}

// shape names what a clause looks like.
func (c Clause) shape(length int) []string {
	out := []string{"any"}
	add := func(is bool, name string) {
		if is {
			out = append(out, name)
		}
	}
	if c.Place != "" {
		out = append(out, "at "+string(c.Place))
	}
	add(c.Before == "", "first")
	add(c.Opens, "opens")
	add(strings.ContainsAny(c.Words, "0123456789０１２３４５６７８９"), "digits")
	add(strings.ContainsAny(c.Words, "一二两三四五六七八九十百千半"), "counts")
	add(strings.ContainsAny(c.Words, "≥≤<>＜＞±%％℃"), "signs")
	add(length <= 6, "short")
	add(length > 20, "long")
	return out
}

// letters are the runes of a text that count: in lower case, each number one 0,
// marks and spaces one blank, with a blank at both ends.
func letters(s string) []rune {
	if s == "" {
		return nil
	}
	out := []rune{' '}
	for _, r := range s {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		switch {
		case unicode.IsDigit(r):
			r = '0'
		case r == '.' && out[len(out)-1] == '0':
			r = '0'
		case r == '≥', r == '≤', r == '±', r == '%', r == '℃', r == '<', r == '>', r == '~', r == '?', r == ':':
		case !unicode.IsLetter(r):
			r = ' '
		}
		if last := out[len(out)-1]; (r == '0' || r == ' ') && r == last {
			continue
		}
		out = append(out, unicode.ToLower(r))
	}
	if out[len(out)-1] != ' ' {
		out = append(out, ' ')
	}
	return out
}

// hash is FNV-1a, folded into the buckets.
func hash(kind byte, runes []rune) uint32 {
	h := (uint32(2166136261) ^ uint32(kind)) * 16777619
	for _, r := range runes {
		for shift := 0; shift < 24; shift += 8 {
			h = (h ^ uint32(r)>>shift&0xFF) * 16777619 //nolint:gosec // the runes of a text are not negative
		}
	}
	return (h ^ h>>bucketBits) & (buckets - 1)
}
