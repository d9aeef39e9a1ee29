package static

import "strings"

// rows appends the rows of all n-grams of text, as often as they come: the 1-,
// 2- and 3-grams inside each run of Han characters, and the Latin tokens
// between them. scripts/train-static.py counts the same ones.
func (v *vocabulary) rows(rows []uint32, text string) []uint32 {
	var run uint64 // the last three Han characters
	var token strings.Builder
	add := func(row uint32, known bool) {
		if known {
			rows = append(rows, row)
		}
	}
	end := func() {
		if token.Len() > 0 {
			row, known := v.tokens[token.String()]
			add(row, known)
			token.Reset()
		}
	}
	for _, r := range text {
		r = fold(r)
		if r < 0x4E00 || r > 0x9FFF {
			run = 0
			if goesOn(r, token.Len() > 0) {
				token.WriteByte(byte(r))
			} else {
				end()
			}
			continue
		}
		end()
		run = (run<<16 | uint64(r)) & 0xFFFF_FFFF_FFFF
		for mask, least := uint64(0xFFFF), uint64(0); mask <= 0xFFFF_FFFF_FFFF && run > least; mask = mask<<16 | 0xFFFF {
			row, known := v.grams[run&mask]
			add(row, known)
			least = mask // a run of n characters has no longer gram
		}
	}
	end()
	return rows
}

// fold makes full-width characters half-width and ASCII letters lower case.
func fold(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		r -= '！' - '!'
	case r == '\u3000':
		r = ' '
	}
	if r >= 'A' && r <= 'Z' {
		r += 'a' - 'A'
	}
	return r
}

// goesOn reports whether r belongs to a Latin token: it begins with a letter
// and goes on with letters, digits and what stands inside of names.
func goesOn(r rune, inside bool) bool {
	switch {
	case r >= 'a' && r <= 'z':
		return true
	case !inside:
		return false
	default:
		return r >= '0' && r <= '9' || r == '.' || r == '+' || r == '-'
	}
}
