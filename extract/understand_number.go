package extract

import (
	"math"
	"strconv"
	"strings"

	"tanxu/need"
)

// numbers reads both numbers of a row from the quote; it reports whether the
// parser reads them, with their comparator, as the model did.
func (g *gate) numbers(row *need.Indicator, r rowSaid, quote string, old *need.Indicator) bool {
	measures := need.Measures(quote)
	current, foundCurrent := g.number(string(r.Current), quote, measures)
	if foundCurrent != nil && foundCurrent.Change != "" {
		g.drop(dropNumber) // what changes is none of today's value
		current, foundCurrent = nil, nil
	}
	target, foundTarget := g.number(string(r.Target), quote, measures)
	if foundCurrent != nil && foundTarget != nil && foundCurrent.Unit != "" && foundTarget.Unit != "" && !need.SameUnit(foundCurrent.Unit, foundTarget.Unit) {
		g.drop(dropUnit) // a row has one unit, that of the target
		current, foundCurrent = nil, nil
	}
	if current, target = g.ofUnit(old, current, foundCurrent), g.ofUnit(old, target, foundTarget); target == nil {
		foundTarget = nil
	}
	row.Current, row.Target = current, target
	if foundTarget != nil && old == nil && !strings.HasSuffix(row.Name, foundTarget.Change) {
		row.Name += foundTarget.Change // 寿命要提高三成: of a change, as the rules name it
	}
	row.Op = comparator(string(r.Cmp), foundTarget, quote)
	if target == nil {
		row.Op = ""
		return foundCurrent != nil
	}
	return foundTarget != nil && (foundTarget.Op == "" || foundTarget.Op == need.Op(r.Cmp)) && (current == nil || foundCurrent != nil)
}

// ofUnit leaves out a number of a recorded row that stands in the quote with a
// unit of another kind: 0.5 兆帕 is none of a torque in N·m.
func (g *gate) ofUnit(old *need.Indicator, q *need.Quantity, m *need.Measure) *need.Quantity {
	if old == nil || old.Unit == "" || q == nil || m == nil || m.Unit == "" {
		return q
	}
	was, known := need.NormalUnit(old.Unit)
	is, also := need.NormalUnit(m.Unit)
	if !known || !also || was.Base == is.Base {
		return q
	}
	g.drop(dropUnit)
	return nil
}

// number finds the number that the model wrote among the measures of the quote,
// and takes it as it stands there. One that only stands there as a numeral is
// taken as the model wrote it, in digits.
func (g *gate) number(written, quote string, measures []need.Measure) (*need.Quantity, *need.Measure) {
	if written == "" {
		return nil, nil
	}
	want := need.Numbers(written)
	for _, change := range []bool{false, true} {
		for i, m := range measures {
			if (m.Change != "") == change && sameNumber(m.Quantity, want) {
				q := m.Quantity
				return &q, &measures[i]
			}
		}
	}
	if len(want) == 0 || len(want) > 2 || !numeral(written) {
		g.drop(dropNumber)
		return nil, nil
	}
	q := need.Quantity{Text: inDigits(written, want[0]), Num: want[0]}
	if len(want) == 2 {
		q.Num2 = &want[1]
		if q.Text != written {
			q.Text += "~" + inDigits(written, want[1])
		}
	}
	if !NumbersStand(quote, &q, "") {
		g.drop(dropNumber)
		return nil, nil
	}
	return &q, nil
}

// numeral reports whether a text is a number or range and nothing else: 万分之五
// is none, since its unit would be lost.
func numeral(s string) bool {
	return strings.Trim(s, " 0123456789０１２３４５６７８９.．,-~～—至到±+零〇一二两三四五六七八九十百千万亿点") == ""
}

// inDigits writes a number of a numeral in digits if the numeral has others: 八万 is
// 80000.
func inDigits(numeral string, n float64) string {
	if !strings.ContainsAny(numeral, "零〇一二两三四五六七八九十百千万亿点") {
		return numeral
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// sameNumber compares a quantity with written numbers, which have no sign: the
// parser reads it from the words (-30度, 零下30度).
func sameNumber(q need.Quantity, want []float64) bool {
	if len(want) == 0 || math.Abs(q.Num) != want[0] {
		return false
	}
	if q.Num2 == nil || len(want) == 1 {
		return q.Num2 == nil && len(want) == 1
	}
	return math.Abs(*q.Num2) == want[1]
}

// comparator prefers what the parser reads. The model's word counts where the
// quote has a word of that direction, since a turned sign turns the meaning, or
// one that leaves the direction to the quantity ("精度要达到0.5mm").
func comparator(cmp string, m *need.Measure, quote string) need.Op {
	if m != nil && m.Op != "" {
		return m.Op
	}
	op := need.Op(cmp)
	open := containsAny(quote, "达到", "做到", "要求", "能到", "reach")
	switch op {
	case need.AtLeast, need.Above:
		if open || containsAny(quote, "提", "升", "增", "高", "大", "翻", "超过", "多", "至少", "以上", "不低", "不少", "不小", "up to", "at least", "above", "over", "more") {
			return op
		}
	case need.AtMost, need.Below:
		if open || containsAny(quote, "降", "减", "低", "少", "小", "不超", "不高", "不大", "以内", "以下", "缩", "压", "控制", "within", "below", "under", "less", "at most") {
			return op
		}
	case need.Equal, need.Between, need.PlusMinus, need.About:
		return op
	}
	return ""
}

// unit takes the unit if it stands in the quote, else the one of the row before.
func (g *gate) unit(row *need.Indicator, r rowSaid, quote string, old *need.Indicator) {
	q := row.Target
	if q == nil {
		q = row.Current
	}
	unit := strings.TrimSpace(string(r.Unit))
	switch {
	case unit != "" && NumbersStand(quote, q, unit):
		row.Unit = unit
	case old != nil && old.Unit != "":
		row.Unit = old.Unit
	case unit != "":
		g.drop(dropUnit)
	}
	if m := measureOf(quote, q); m != nil && m.Unit != "" && (row.Unit == "" || need.SameUnit(m.Unit, row.Unit)) {
		row.Unit = m.Unit // as written
	}
}

func measureOf(quote string, q *need.Quantity) *need.Measure {
	if q == nil {
		return nil
	}
	for _, m := range need.Measures(quote) {
		if m.Quantity.Num == q.Num {
			return &m
		}
	}
	return nil
}

// sameNumbers reports whether two rows state the same numbers.
func sameNumbers(a, b need.Indicator) bool {
	same := func(x, y *need.Quantity) bool {
		return x == nil && y == nil || x != nil && y != nil && x.Num == y.Num && (x.Num2 == nil) == (y.Num2 == nil)
	}
	return same(a.Current, b.Current) && same(a.Target, b.Target)
}
