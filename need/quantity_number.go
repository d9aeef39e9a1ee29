package need

import (
	"math"
	"strconv"
	"strings"
)

// numeral is one number in a text, Arabic or Chinese; offsets count runes.
type numeral struct {
	start, end int
	value      float64
	high       *float64 // of 两三百
	text       string   // in Arabic digits, as written where it was Arabic
	unit       string   // that the numeral itself implies: % for 百分之 and 成
	han        bool
	approx     bool // 十几, 三百多
}

// fold maps a rune to the plain rune of the same meaning: full width to half,
// the many dashes, waves and mu signs to one each. It keeps the count of runes,
// so that offsets into folded text are offsets into the original.
func fold(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	}
	switch r {
	case '\u3000', '\u00a0', '\u2009', '\u202f':
		return ' '
	case '〜', '∼', '∽':
		return '~'
	case '–', '—', '−', '‐', '‑', '‒', '―', '─':
		return '-'
	case 'µ', 'ц':
		return 'μ'
	case 'Ω':
		return 'Ω'
	case '╳', '✕', '✖', 'Ｘ':
		return '×'
	case '≧', '⩾', '≥':
		return '≥'
	case '≦', '⩽', '≤':
		return '≤'
	case '•', '∙', '⋅', '・':
		return '·'
	case '﹪':
		return '%'
	default:
		return r
	}
}

// folded returns the folded runes of text.
func folded(text string) []rune {
	runes := []rune(text)
	for i, r := range runes {
		runes[i] = fold(r)
	}
	return runes
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// at returns the rune at i, 0 outside the text.
func at(r []rune, i int) rune {
	if i < 0 || i >= len(r) {
		return 0
	}
	return r[i]
}

// hasAt reports whether word stands at i.
func hasAt(r []rune, i int, word string) bool {
	for _, w := range word {
		if at(r, i) != w {
			return false
		}
		i++
	}
	return true
}

// readNumber reads the numeral that starts exactly at i.
func readNumber(r []rune, i int) (numeral, bool) {
	if isDigit(at(r, i)) {
		return readArabic(r, i)
	}
	return readHan(r, i)
}

// readArabic reads digits with thousands separators, a fraction and an exponent.
func readArabic(r []rune, i int) (numeral, bool) {
	var b strings.Builder
	j := i
	for isDigit(at(r, j)) || isThousands(r, i, j) {
		if r[j] != ',' {
			b.WriteRune(r[j])
		}
		j++
	}
	if at(r, j) == '.' && isDigit(at(r, j+1)) {
		b.WriteRune('.')
		for j++; isDigit(at(r, j)); j++ {
			b.WriteRune(r[j])
		}
	}
	value, err := strconv.ParseFloat(b.String(), 64)
	if err != nil && !math.IsInf(value, 0) { // hundreds of digits are read too, and passed over later
		return numeral{}, false
	}
	n := numeral{start: i, end: j, value: value, text: b.String()}
	readExponent(r, &n)
	return n, true
}

// isThousands reports whether the comma at j parts groups of three digits.
func isThousands(r []rune, start, j int) bool {
	if at(r, j) != ',' || j-start < 1 || j-start > 3 && at(r, j-4) != ',' {
		return false
	}
	return isDigit(at(r, j+1)) && isDigit(at(r, j+2)) && isDigit(at(r, j+3)) && !isDigit(at(r, j+4))
}

// readExponent extends n by ×10^-3, ×10⁻³, e-3, or makes a power of 10⁻³.
func readExponent(r []rune, n *numeral) {
	j := n.end
	if c := at(r, j); (c == 'e' || c == 'E') && (isDigit(at(r, j+1)) || at(r, j+1) == '-' && isDigit(at(r, j+2))) {
		if exp, end, ok := readPower(r, j+1); ok && !isLatin(at(r, end)) {
			n.setPower(n.value, exp, string(r[n.start:end]), end)
		}
		return
	}
	if c := at(r, j); (c == '×' || c == 'x' || c == '*') && hasAt(r, j+1, "10") {
		k := j + 3
		if at(r, k) == '^' {
			k++
		}
		if exp, end, ok := readPower(r, k); ok {
			n.setPower(n.value, exp, string(r[n.start:end]), end)
		}
		return
	}
	if n.text != "10" {
		return
	}
	k := j
	if at(r, k) == '^' {
		k++
	} else if !isSuper(at(r, k)) {
		return
	}
	if exp, end, ok := readPower(r, k); ok {
		n.setPower(1, exp, string(r[n.start:end]), end)
	}
}

func (n *numeral) setPower(mantissa float64, exp int, text string, end int) {
	value, err := strconv.ParseFloat(strconv.FormatFloat(mantissa, 'f', -1, 64)+"e"+strconv.Itoa(exp), 64)
	if err != nil {
		return
	}
	n.value, n.text, n.end = value, text, end
}

// readPower reads an exponent of up to three digits, plain or superscript.
func readPower(r []rune, i int) (exp, end int, ok bool) {
	sign, j := 1, i
	switch at(r, j) {
	case '-', '⁻':
		sign, j = -1, j+1
	case '+', '⁺':
		j++
	}
	start := j
	for ; j-start < 3; j++ {
		d, is := powerDigit(at(r, j))
		if !is {
			break
		}
		exp = exp*10 + d
	}
	return sign * exp, j, j > start
}

func powerDigit(r rune) (int, bool) {
	switch {
	case isDigit(r):
		return int(r - '0'), true
	case r == '¹':
		return 1, true
	case r == '²':
		return 2, true
	case r == '³':
		return 3, true
	case r == '⁰' || r >= '⁴' && r <= '⁹':
		return int(r - '⁰'), true
	default:
		return 0, false
	}
}

func isSuper(r rune) bool {
	_, is := powerDigit(r)
	return is && !isDigit(r) || r == '⁻' || r == '⁺'
}

// plain writes a value without exponent or trailing zeros.
func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
