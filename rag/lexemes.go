package rag

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// longestLexeme is in runes; whatever is longer is no word.
const longestLexeme = 40

// Lexemes returns the words of a text that search works with, in order and as
// often as they stand there. Chinese gives pairs of neighbouring characters
// (a character that stands alone is one itself): no dictionary misses a new
// term that way. Latin words, numbers and units stay whole; 5G, IP67 and Al2O3
// do too. Index and query must use the same version of this function.
func Lexemes(text string) []string {
	r := []rune(strings.ToLower(norm.NFKC.String(text)))
	var out []string
	for i := 0; i < len(r); {
		switch {
		case unicode.Is(unicode.Han, r[i]):
			end := i
			for end < len(r) && unicode.Is(unicode.Han, r[end]) {
				end++
			}
			out = appendPairs(out, r[i:end])
			i = end
		case isWordRune(r[i]):
			end := wordEnd(r, i)
			out = appendWord(out, r[i:end])
			i = end
		default:
			i++
		}
	}
	return out
}

func appendPairs(out []string, run []rune) []string {
	if len(run) == 1 {
		return append(out, string(run))
	}
	for i := range len(run) - 1 {
		out = append(out, string(run[i:i+2]))
	}
	return out
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || isDigit(r) || r == '%' || r == '‰' || r == '°'
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// wordEnd steps over a run of letters, digits and signs of units, in which
// single joiners (99.5, mAh/g, Cu-Cr-Zr) may stand.
func wordEnd(r []rune, i int) int {
	for i < len(r) && !unicode.Is(unicode.Han, r[i]) {
		joins := strings.ContainsRune("./-·", r[i]) && i+1 < len(r) && isWordRune(r[i+1]) && !unicode.Is(unicode.Han, r[i+1])
		if !isWordRune(r[i]) && !joins {
			break
		}
		i++
	}
	return i
}

// appendWord adds the parts of one run: numbers apart from their units, and
// short names that begin with a digit as a whole too.
func appendWord(out []string, run []rune) []string {
	whole := len(run)
	for len(run) > 0 {
		if strings.ContainsRune("./-·", run[0]) {
			run = run[1:]
			continue
		}
		end := partEnd(run)
		out = appendLexeme(out, run[:end])
		if isDigit(run[0]) && end < whole && whole <= 4 && len(run) == whole {
			out = appendLexeme(out, run) // 5g, 3d
		}
		run = run[end:]
	}
	return out
}

// partEnd returns the end of a number, of a word with the digits inside it, or
// of a unit with its denominator.
func partEnd(run []rune) int {
	i := 0
	if isDigit(run[0]) {
		for i < len(run) && (isDigit(run[i]) || run[i] == '.' && i+1 < len(run) && isDigit(run[i+1])) {
			i++
		}
		return i
	}
	for i < len(run) && run[i] != '-' && run[i] != '.' {
		i++
	}
	return max(i, 1)
}

func appendLexeme(out []string, part []rune) []string {
	if len(part) > longestLexeme {
		return out
	}
	return append(out, string(part))
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
