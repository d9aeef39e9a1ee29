package rag

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestLexeme is in runes; whatever is longer is no word.
const longestLexeme = 40

// Lexemes returns the words of a text that search works with, in order and as
// often as they stand there. Chinese gives pairs of neighbouring characters
// (a character that stands alone is one itself): no dictionary misses a new
// term that way. Latin words, numbers and units stay whole; 5G, IP67 and Al2O3
// do too. Index and query must use the same version of this function.
func Lexemes(text string) []string { return appendLexemes(nil, text) }

// appendLexemes adds the lexemes of a text to out. They are parts of one string:
// a search cuts hundreds of texts.
func appendLexemes(out []string, text string) []string {
	s := folded(text)
	out = slices.Grow(out, len(s)/utf8.RuneLen('中'))
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case isHan(r):
			end := hanEnd(s, i)
			out = appendPairs(out, s[i:end])
			i = end
		case isWordRune(r):
			end := wordEnd(s, i)
			out = appendWord(out, s[i:end])
			i = end
		default:
			i += n
		}
	}
	return out
}

// isHan looks first where nearly all of them stand.
func isHan(r rune) bool {
	return r >= '一' && r <= '鿿' || r >= '⺀' && unicode.Is(unicode.Han, r)
}

func hanEnd(s string, i int) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isHan(r) {
			break
		}
		i += n
	}
	return i
}

func appendPairs(out []string, run string) []string {
	_, n := utf8.DecodeRuneInString(run)
	if n == len(run) {
		return append(out, run)
	}
	for first, second := 0, n; second < len(run); {
		_, n := utf8.DecodeRuneInString(run[second:])
		out = append(out, run[first:second+n])
		first, second = second, second+n
	}
	return out
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || r >= '0' && r <= '9' || r == '%' || r == '‰' || r == '°'
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// joiners may stand within a word.
const joiners = "./-·"

// wordEnd steps over a run of letters, digits and signs of units, in which
// single joiners (99.5, mAh/g, Cu-Cr-Zr) may stand.
func wordEnd(s string, i int) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if isHan(r) {
			break
		}
		if !isWordRune(r) {
			next, _ := utf8.DecodeRuneInString(s[i+n:])
			if !strings.ContainsRune(joiners, r) || !isWordRune(next) || isHan(next) {
				break
			}
		}
		i += n
	}
	return i
}

// shortName is up to how many characters a name that begins with a digit has.
const shortName = 4

// appendWord adds the parts of one run: numbers apart from their units, and
// short names that begin with a digit as a whole too.
func appendWord(out []string, run string) []string {
	whole := run
	for run != "" {
		if r, n := utf8.DecodeRuneInString(run); strings.ContainsRune(joiners, r) {
			run = run[n:]
			continue
		}
		end := partEnd(run)
		out = appendLexeme(out, run[:end])
		if isDigit(run[0]) && end < len(whole) && len(run) == len(whole) && utf8.RuneCountInString(whole) <= shortName {
			out = appendLexeme(out, whole) // 5g, 3d
		}
		run = run[end:]
	}
	return out
}

// partEnd returns the end of a number, of a word with the digits inside it, or
// of a unit with its denominator; run begins with neither a dash nor a point.
func partEnd(run string) int {
	if !isDigit(run[0]) {
		if end := strings.IndexAny(run, "-."); end > 0 {
			return end
		}
		return len(run)
	}
	i := 0
	for i < len(run) && (isDigit(run[i]) || run[i] == '.' && i+1 < len(run) && isDigit(run[i+1])) {
		i++
	}
	return i
}

func appendLexeme(out []string, part string) []string {
	if utf8.RuneCountInString(part) > longestLexeme {
		return out
	}
	return append(out, part)
}

// unique returns the lexemes each once, in the order of their first place.
func unique(lexemes []string) []string {
	seen := make(map[string]bool, len(lexemes))
	out := make([]string, 0, len(lexemes))
	for _, l := range lexemes {
		if !seen[l] {
			seen[l] = true
			out = append(out, l)
		}
	}
	return out
}
