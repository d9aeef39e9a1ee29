package need

import (
	"math"
	"strings"
)

// isNamed reports whether the digits are part of a name: IP67, 23CrNi3MoA, T45,
// 5G, 3D, B05级, or a serial number.
func isNamed(r []rune, n numeral) bool {
	if math.IsInf(n.value, 0) {
		return true
	}
	if n.han {
		return false
	}
	if n.end-n.start > 9 && !strings.ContainsAny(n.text, ".e^") {
		return true
	}
	prev := at(r, n.start-1)
	if prev == '.' || prev == '_' || prev == '#' || isLatin(prev) && !isComparing(r, n.start) && prefixAt(r, n.start) == "" && !isLimited(r, n) {
		return true
	}
	if prev == '/' && isLatin(at(r, n.start-2)) && isDigit(at(r, n.start-3)) {
		return true // 3C/10V
	}
	if prev == '-' && isLatin(at(r, n.start-2)) {
		return true
	}
	next := at(r, n.end)
	if next == '#' || next == '.' && isDigit(at(r, n.end+1)) {
		return true
	}
	return isLatin(next) && readUnit(r, n.end) == n.end
}

// isLimited reports whether a limit follows the number behind an abbreviation of
// a quantity: COD500以下.
func isLimited(r []rune, n numeral) bool {
	if c := at(r, n.start-2); c < 'A' || c > 'Z' {
		return false
	}
	op, _ := opAfter(r, readUnit(r, n.end))
	return op == AtMost || op == AtLeast
}

// isComparing reports whether the letters before i are an English comparator.
func isComparing(r []rune, i int) bool {
	_, _, ok := endsWith(r, i, before())
	return ok
}

// prefixAt returns the symbol before the number that announces a quantity: HRC55,
// Ra0.8, pH7.
func prefixAt(r []rune, i int) string {
	for _, p := range [...]string{"HRC", "HRA", "HRB", "HBW", "HV", "HB", "Ra", "Rz", "pH", "PH", "DN", "Sa"} {
		start := i - len(p)
		if start >= 0 && hasAt(r, start, p) && !isLatin(at(r, start-1)) {
			return p
		}
	}
	return ""
}

// announced reports whether words of time stand before the number, so that it is
// a value even without a unit: 现在4.91.
func announced(r []rune, i int) bool {
	switch prefixAt(r, i) {
	case "Ra", "Rz", "pH", "PH":
		return true
	}
	for i > 0 && strings.ContainsRune(" 是为值:有ΔE", r[i-1]) {
		i--
	}
	for _, w := range [...]string{"现在", "目前", "当前", "现状", "目标", "只有"} {
		if i >= 2 && hasAt(r, i-2, w) {
			return true
		}
	}
	return false
}

// behindQuantity reports whether a number stands right behind the name of a
// quantity and ends its clause: a decimal (含铁量0.2), or one that is said to
// become another (炉温930，要900以内).
func behindQuantity(r []rune, n numeral) bool {
	if n.start < 2 || !isBreak(at(r, n.end)) || n.end >= len(r) {
		return n.start > 1 && n.end >= len(r) && decimalQuantity(r, n)
	}
	wished := !n.han && strings.ContainsRune("，, ", r[n.end]) && strings.ContainsRune("要想", at(r, n.end+1))
	return decimalQuantity(r, n) || wished && strings.ContainsRune("量率度值比差温压力速", r[n.start-1])
}

func decimalQuantity(r []rune, n numeral) bool {
	return strings.ContainsRune("量率度值比差", r[n.start-1]) && strings.Contains(n.text, ".")
}

// isMarker reports whether the number only counts the items of a list: "1、",
// "2." or "(3)" at the start of a line or clause.
func isMarker(r []rune, n numeral) bool {
	if n.value > 99 || strings.Contains(n.text, ".") {
		return false
	}
	next, prev := at(r, n.end), at(r, n.start-1)
	if prev == '第' {
		return true
	}
	if prev == '(' && next == ')' {
		return true
	}
	if next != '、' && next != ')' && !(next == '.' && !isDigit(at(r, n.end+1))) && !(next == ':' && n.value < 20) {
		return false
	}
	return prev == 0 || strings.ContainsRune("\n\r\t ;。,:(、?!>", prev) || prev == '；' || prev == '，'
}

// dimensions returns where a run such as 3200×1600×20 with its unit ends, the
// end of n if there is none.
func dimensions(r []rune, n numeral) int {
	end, parts := n.end, 0
	for {
		j := readUnit(r, end)
		c := at(r, j)
		if c != '×' && c != '*' && c != 'x' && c != 'X' && c != '乘' {
			break
		}
		if next, ok := readNumber(r, skipSpace(r, j+1)); ok {
			end, parts = next.end, parts+1
			continue
		}
		break
	}
	if parts == 0 {
		return n.end
	}
	return readUnit(r, end)
}

func skipSpace(r []rune, i int) int {
	for at(r, i) == ' ' {
		i++
	}
	return i
}

// credible reports whether a Chinese numeral is a quantity and no part of a
// word: 一定, 统一, 三维, 一个, 十分. It needs a unit or a sign of a number.
func (m *Measure) credible(r []rune, n numeral) bool {
	if n.unit != "" {
		return true
	}
	if word := string(r[n.start:n.end]); word == "十" && m.Unit == "分" || word == "半" && m.Unit == "" {
		return false
	}
	if strings.ContainsRune("第统唯同万之其单每某哪这那另", at(r, n.start-1)) && at(r, n.start-1) != 0 {
		return false
	}
	word := string(r[n.start:n.end])
	if m.Unit == "" {
		return len([]rune(word)) >= 3 && m.Op != "" || len([]rune(word)) >= 2 && (m.Op == AtLeast || m.Op == AtMost) && hanPower(r[n.end-1]) > 0 || isTransition(r, n.start) && n.end-n.start >= 2 && strings.ContainsRune("提升降减增涨到压缩", at(r, n.end)) || len([]rune(word)) >= 2 && announced(r, n.start)
	}
	if word == "半" {
		return strings.ContainsAny(m.Unit, "年天时月")
	}
	if word == "一" || word == "两" || word == "几" {
		a, ok := atomOf(m.Unit)
		return m.Op != "" || ok && isPhysical(a)
	}
	return true
}

// isPhysical reports whether the atom measures something, and counts nothing.
func isPhysical(a atom) bool {
	if _, counts := countAtom(a.symbol); counts {
		return false
	}
	_, other := otherAtom(a.symbol)
	return !other
}
