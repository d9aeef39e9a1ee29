package rag

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded is a text of one width and one case: its lower case in NFKC. Nearly all
// texts are made of characters of which plain knows that at once.
func folded(text string) string {
	at := strings.IndexFunc(text, folds)
	if at < 0 {
		return text
	}
	var out strings.Builder
	out.Grow(len(text))
	for _, r := range text {
		p, ok := plain(r)
		if !ok {
			return strings.ToLower(norm.NFKC.String(text))
		}
		out.WriteRune(p)
	}
	return out.String()
}

// folds reports whether a character is not folded already, as far as plain knows.
func folds(r rune) bool {
	p, ok := plain(r)
	return !ok || p != r
}

// plain folds a character that joins no neighbour; false if it has to be looked
// up, or may be part of a sequence.
func plain(r rune) (rune, bool) {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + ('a' - 'A'), true
	case r < utf8.RuneSelf, r >= '一' && r <= '鿿':
		return r, true
	case r >= '！' && r <= '～': // the wide forms of ASCII
		p, _ := plain(r - '！' + '!')
		return p, true
	case r == '\u3000':
		return ' ', true
	case strings.ContainsRune("、。《》“”‘’—·°±×≥≤", r):
		return r, true
	default:
		return r, false
	}
}
