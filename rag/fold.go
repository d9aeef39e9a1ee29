package rag

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded is a text of one width and one case: its lower case in NFKC. Nearly all
// texts are made of characters of which plain knows that at once.
func folded(text string) string {
	var out strings.Builder
	done := 0
	for i, r := range text {
		if r >= '一' && r <= '鿿' {
			continue
		}
		p, ok := plain(r)
		if !ok {
			return strings.ToLower(norm.NFKC.String(text))
		}
		if p == r {
			continue
		}
		if done == 0 {
			out.Grow(len(text))
		}
		out.WriteString(text[done:i])
		out.WriteRune(p)
		done = i + utf8.RuneLen(r)
	}
	if done == 0 {
		return text
	}
	out.WriteString(text[done:])
	return out.String()
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
	}
	switch r {
	case '、', '。', '《', '》', '“', '”', '‘', '’', '—', '·', '°', '±', '×', '≥', '≤':
		return r, true
	case '\u3000':
		return ' ', true
	}
	return r, false
}
