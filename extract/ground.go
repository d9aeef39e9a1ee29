package extract

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"tanxu/need"
)

// Limits of a match that is not literal: how much of the
// quote must be found, and how dense it must lie in the original.
const (
	minCoverage = 0.75
	minDensity  = 1.0 / 3
	// maxAligned bounds the work of one alignment; longer quotes must be literal.
	maxAligned = 400
)

// Ground finds where quote stands in original: literally; else with width,
// white space, case and punctuation folded away; else as the longest common
// subsequence, if that covers enough of the quote densely enough. start and end
// are rune offsets into original.
func Ground(original, quote string) (start, end int, ok bool) {
	text, words := []rune(original), []rune(strings.TrimSpace(quote))
	if len(words) == 0 {
		return 0, 0, false
	}
	if i := index(text, words); i >= 0 {
		return i, i + len(words), true
	}
	plain, at := plainRunes(text)
	want, _ := plainRunes(words)
	if len(want) == 0 {
		return 0, 0, false
	}
	if i := index(plain, want); i >= 0 {
		return at[i], at[i+len(want)-1] + 1, true
	}
	if len(want) > maxAligned || len(want) < 4 {
		return 0, 0, false
	}
	first, last, ok := align(plain, want)
	if !ok {
		return 0, 0, false
	}
	return at[first], at[last] + 1, true
}

func index(text, words []rune) int {
	for i := 0; i+len(words) <= len(text); i++ {
		j := 0
		for j < len(words) && text[i+j] == words[j] {
			j++
		}
		if j == len(words) {
			return i
		}
	}
	return -1
}

// plainRunes folds text and keeps, for each rune left, its place in the original.
func plainRunes(text []rune) (plain []rune, at []int) {
	for i, r := range text {
		if unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.Is(unicode.Cf, r) {
			continue
		}
		for _, folded := range norm.NFKC.String(string(r)) {
			if unicode.IsSpace(folded) || unicode.IsPunct(folded) {
				continue
			}
			plain = append(plain, unicode.ToLower(folded))
			at = append(at, i)
		}
	}
	return plain, at
}

// align finds the window of text whose longest common subsequence with words
// is longest, and the shortest of those.
func align(text, words []rune) (first, last int, ok bool) {
	// length[j] is the longest subsequence of words[:j] that ends at or before the
	// current rune of text; from[j] is where that subsequence starts in text.
	length, from := make([]int, len(words)+1), make([]int, len(words)+1)
	best := 0
	for i, r := range text {
		diagonal, diagonalFrom := 0, i
		for j := 1; j <= len(words); j++ {
			was, wasFrom := length[j], from[j]
			if words[j-1] == r {
				start := i
				if diagonal > 0 {
					start = diagonalFrom
				}
				if diagonal+1 > length[j] || diagonal+1 == length[j] && start > from[j] {
					length[j], from[j] = diagonal+1, start
				}
			}
			if length[j-1] > length[j] || length[j-1] == length[j] && from[j-1] > from[j] {
				length[j], from[j] = length[j-1], from[j-1]
			}
			diagonal, diagonalFrom = was, wasFrom
		}
		got := length[len(words)]
		if got > best || got == best && got > 0 && i-from[len(words)] < last-first {
			best, first, last = got, from[len(words)], i
		}
	}
	covers := float64(best) >= minCoverage*float64(len(words))
	dense := float64(best) >= minDensity*float64(last-first+1)
	return first, last, covers && dense
}

// NumbersStand reports whether each number of the value, and its unit, stands in
// the quote; Chinese numerals count as the number that they say.
func NumbersStand(quote string, q *need.Quantity, unit string) bool {
	if q == nil {
		return true
	}
	if !numberStands(quote, q.Num) || q.Num2 != nil && !numberStands(quote, *q.Num2) {
		return false
	}
	if unit == "" || strings.Contains(strings.ToLower(quote), strings.ToLower(unit)) {
		return true
	}
	for _, m := range need.Measures(quote) {
		if m.Unit != "" && need.SameUnit(m.Unit, unit) {
			return true
		}
	}
	return false
}

func numberStands(quote string, value float64) bool {
	for _, n := range need.Numbers(quote) {
		if n == value || n == -value {
			return true
		}
	}
	return false
}
