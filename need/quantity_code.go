package need

import (
	"strconv"
	"strings"
)

// readGrade reads the values that are no plain numbers: hardness of pencils (HB,
// 2H) where words speak of hardness, and classes such as IP67, M8, B1级 where the
// words before say that one is reached or wanted.
func readGrade(r []rune, i, floor int) (Measure, bool) {
	if c := at(r, i); !isDigit(c) && (c < 'A' || c > 'Z') || isDigit(at(r, i-1)) || isLatin(at(r, i-1)) || at(r, i-1) == '.' {
		return Measure{}, false
	}
	if value, end, ok := pencil(r, i); ok && strings.Contains(clauseLeft(r, i, 24), "硬度") {
		m := Measure{Number: i, UnitEnd: end, Quantity: Quantity{Text: string(r[i:end]), Num: value}}
		m.compare(r, floor)
		return m, true
	}
	value, end, ok := class(r, i)
	if !ok {
		return Measure{}, false
	}
	m := Measure{Number: i, UnitEnd: end, Quantity: Quantity{Text: string(r[i:end]), Num: value}}
	m.compare(r, floor)
	return m, m.Op != "" || isAimed(r, i)
}

// pencil reads one of 6B … B, HB, F, H … 9H and its place on that scale.
func pencil(r []rune, i int) (value float64, end int, ok bool) {
	n := 1.0
	if isDigit(at(r, i)) {
		n, i = float64(r[i]-'0'), i+1
	}
	switch {
	case hasAt(r, i, "HB") && n == 1:
		value, end = 0, i+2
	case at(r, i) == 'H':
		value, end = n, i+1
	case at(r, i) == 'B':
		value, end = -n, i+1
	case at(r, i) == 'F' && n == 1:
		value, end = 0.5, i+1
	default:
		return 0, i, false
	}
	next := at(r, end)
	return value, end, !isLatin(next) && !isDigit(next) && next != '/'
}

// class reads letters with a number, a mark 级, or both: IP67, M8, B1级, A级.
func class(r []rune, i int) (value float64, end int, ok bool) {
	end = i
	for at(r, end) >= 'A' && at(r, end) <= 'Z' {
		end++
	}
	letters, digits := end-i, end
	for isDigit(at(r, end)) || at(r, end) == '.' && isDigit(at(r, end+1)) {
		end++
	}
	if letters == 0 || letters > 2 || end-digits > 4 {
		return 0, i, false
	}
	value, err := strconv.ParseFloat(string(r[digits:end]), 64)
	if numbered := err == nil; !numbered && at(r, end) != '级' {
		return 0, i, false
	}
	if at(r, end) == '级' {
		end++
	}
	next := at(r, end)
	if op, _ := opAfter(r, end); op != "" {
		return value, end, true
	}
	return value, end, isBreak(next) || strings.ContainsRune("的吧就才了呢", next)
}

// isAimed reports whether the words before i say that what follows is reached
// today or to be reached.
func isAimed(r []rune, i int) bool {
	for ; i > 0; i-- {
		for _, w := range [...]string{"现在", "目前", "当前", "现状", "达", "做", "提", "升", "要", "要求", "想", "只有", "才", "必须", "目标", "需"} {
			if n := len([]rune(w)); i >= n && hasAt(r, i-n, w) {
				return true
			}
		}
		if !strings.ContainsRune(" 是为有到在:", r[i-1]) {
			return false
		}
	}
	return false
}
