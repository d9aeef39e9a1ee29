package need

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Unit is a unit in the form in which two of them can be compared: a value in
// the unit as written, times Factor, is the value in Base.
type Unit struct {
	Symbol string  // readable: 克每升 is g/L
	Base   string  // made of base atoms: kg·m⁻³; "" for shares such as %
	Factor float64 // to Base
}

// NormalUnit reads a unit as people write it: μm, um, 微米; ℃, 度, 摄氏度;
// 克每升, g/L; 个百分点, %. ok is false for units that it does not know.
func NormalUnit(written string) (u Unit, ok bool) {
	r := folded(strings.ReplaceAll(strings.TrimSpace(written), " ", ""))
	u, i := Unit{Factor: 1}, 0
	dims := dimension{}
	for end := skipPowers(r, 0); i < end; i++ {
		u.Factor *= hanPower(r[i])
		u.Symbol += string(r[i])
	}
	if i == len(r) {
		return u, len(r) > 0
	}
	below, group, started := false, false, false
	for i < len(r) {
		switch c := r[i]; {
		case len(dims) == 0 && !started:
		case c == '/' || c == '每' || c == '一':
			below, group = true, at(r, i+1) == '('
			u.Symbol += "/"
			i++
			if c == '一' && at(r, i) == '个' {
				i++ // 件一个刃
			}
			if group {
				i++
			}
		case c == '·' || c == '*' || c == '.' || c == '乘':
			u.Symbol += "·"
			below = below && group
			i++
		case c == ')' && i == len(r)-1:
			u.Base = dims.String()
			return u, true
		case c == '(' && at(r, i+2) == ')':
			u.Symbol += string(r[i : i+3])
			i += 3
			continue
		}
		next, ok := u.multiply(r, i, below, dims)
		if !ok {
			return Unit{}, false
		}
		i, started = next, true
	}
	u.Base = dims.String()
	return u, true
}

// multiply takes one atom with its number and power into the unit.
func (u *Unit) multiply(r []rune, i int, below bool, dims dimension) (int, bool) {
	scale := 1.0
	if n, is := readNumber(r, i); is && !n.han && n.value > 0 {
		scale, i = n.value, n.end
		u.Symbol += n.text
	}
	for below && readAtom(r, i, true) == i && hanPower(at(r, i)) >= 10 {
		scale *= hanPower(r[i])
		u.Symbol += string(r[i])
		i++
	}
	end := readAtom(r, i, true)
	if end == i {
		return i, false
	}
	name, power := end, 1
	for name > i && (isSuper(r[name-1]) || isDigit(r[name-1]) || r[name-1] == '^' || r[name-1] == '-') {
		name--
	}
	if exp, _, is := readPower(r, skipCaret(r, name)); is {
		power = exp
	}
	a, known := atomOf(string(r[i:name]))
	if !known {
		a = atom{string(r[i:name]), string(r[i:name]), 1}
	}
	u.Symbol += a.symbol + raised(power)
	if below {
		power = -power
		scale = 1 / scale
	}
	dims.add(a.base, power)
	u.Factor *= scale
	for range max(power, -power) {
		if power > 0 {
			u.Factor *= a.factor
		} else {
			u.Factor /= a.factor
		}
	}
	return end, true
}

func skipCaret(r []rune, i int) int {
	if at(r, i) == '^' {
		return i + 1
	}
	return i
}

func raised(power int) string {
	switch power {
	case 1:
		return ""
	case 2:
		return "²"
	case 3:
		return "³"
	case -1:
		return "⁻¹"
	case -2:
		return "⁻²"
	default:
		return "^" + plain(float64(power))
	}
}

// SameUnit reports whether two units as written mean the same.
func SameUnit(a, b string) bool {
	ua, oka := NormalUnit(a)
	ub, okb := NormalUnit(b)
	if !oka || !okb {
		return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
	}
	return ua.Base == ub.Base && close(ua.Factor, ub.Factor)
}

func close(a, b float64) bool { return a == b || a/b > 1-1e-9 && a/b < 1+1e-9 }

// dimension counts the base atoms of a unit.
type dimension map[string]int

// add takes base atoms such as N·m/s to the given power.
func (d dimension) add(base string, power int) {
	for i, side := range strings.Split(base, "/") {
		sign := 1 - 2*min(i, 1)
		for name := range strings.SplitSeq(side, "·") {
			name, square := strings.CutSuffix(name, "²")
			name, cube := strings.CutSuffix(name, "³")
			exp := sign * power
			switch {
			case name == "1":
				continue
			case square:
				exp *= 2
			case cube:
				exp *= 3
			}
			if d[name] += exp; d[name] == 0 {
				delete(d, name)
			}
		}
	}
}

// String writes the atoms in the order of their names.
func (d dimension) String() string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(d)) {
		parts = append(parts, name+raised(d[name]))
	}
	return strings.Join(parts, "·")
}

// InUnit returns an amount that is counted in one unit as counted in another of
// the same dimension: 3‰ as 0.3 %, 50 微米 as 0.05 毫米. ok is false where one of
// the units is unknown, they measure different things, or nobody would write it
// so: 8 小时 as 0.3333333333 天.
func InUnit(q Quantity, from, to string) (out Quantity, ok bool) {
	uf, okf := NormalUnit(from)
	ut, okt := NormalUnit(to)
	if !okf || !okt || uf.Base != ut.Base || ut.Factor == 0 {
		return q, false
	}
	if close(uf.Factor, ut.Factor) {
		return q, true
	}
	count := func(n float64) float64 {
		n, _ = strconv.ParseFloat(strconv.FormatFloat(n*uf.Factor/ut.Factor, 'g', 10, 64), 64)
		return n
	}
	text := func(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
	out = Quantity{Num: count(q.Num)}
	out.Text = text(out.Num)
	if q.Num2 != nil {
		second := count(*q.Num2)
		out.Num2, out.Text = &second, out.Text+"~"+text(second)
	}
	return out, short(out.Num) && (out.Num2 == nil || short(*out.Num2))
}

// short reports whether a number has four decimals at most.
func short(n float64) bool { return n == math.Round(n*1e4)/1e4 }
