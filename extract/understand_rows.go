package extract

import (
	"math"
	"slices"
	"strings"

	"tanxu/need"
)

// row records a row of indicators, or parts of one. What the words do not bear
// is left out part by part.
func (g *gate) row(r rowSaid) {
	if r.Op != "append_indicator" && r.Op != "correct" {
		g.drop(dropOp)
		return
	}
	e, at, ok := g.ground(r.Message, r.Quote)
	if !ok {
		g.drop(g.lost(r.Quote))
		return
	}
	old := g.oldRow(r)
	if r.Op == "correct" && old == nil {
		g.drop(dropNeed)
		return
	}
	row := need.Indicator{Evidence: []need.Evidence{e}, Checks: need.Checks{Aligned: true}}
	if !g.nameRow(&row, r, old, at) {
		g.drop(dropName)
		return
	}
	row.Checks.Rule = g.numbers(&row, r, e.Quote, old)
	g.unit(&row, r, e.Quote, old)
	row.Condition = g.part(&row, string(r.Condition), at)
	row.Method = g.part(&row, string(r.Method), at)
	figures := row.Current != nil || row.Target != nil
	switch {
	case !figures && row.Condition == "" && row.Method == "" && !renamed(row, old):
		g.drop(dropEmpty)
		return
	case !figures && !row.Checks.Aligned && old == nil:
		g.drop(dropName) // a name that nobody said, for nothing that is measured
		return
	case old != nil:
		row.Condition = amendedPart(old.Condition, row.Condition, r.Op == "correct")
		row.Method = amendedPart(old.Method, row.Method, r.Op == "correct")
	}
	row.Checks.Agree = slices.ContainsFunc(g.in.Heard[at].Rules.Rows, func(f RowFound) bool { return sameNumbers(f.Row, row) })
	g.change(e.Ref, func(out *Reading) {
		if i := slices.IndexFunc(out.Rows, func(f RowFound) bool { return otherHalf(f.Row, row) }); i >= 0 {
			out.Rows[i] = completeRow(out.Rows[i], RowFound{Row: row, Corrects: r.Op == "correct"})
			return
		}
		out.Rows = append(out.Rows, RowFound{Row: row, Corrects: r.Op == "correct"})
	})
}

// otherHalf reports whether two rows are today's value and the target of one
// quantity, said far from each other.
func otherHalf(a, b need.Indicator) bool {
	return a.ID == b.ID && a.Name == b.Name && (a.Unit == b.Unit || need.SameUnit(a.Unit, b.Unit)) &&
		(a.Condition == b.Condition || a.Condition == "" || b.Condition == "") &&
		(a.Current == nil) != (b.Current == nil) && (a.Target == nil) != (b.Target == nil) && (a.Current == nil) != (a.Target == nil)
}

// oldRow returns the recorded row that is meant: by its id, else by its name.
func (g *gate) oldRow(r rowSaid) *need.Indicator {
	if g.in.Need == nil {
		return nil
	}
	if old := g.in.Need.Row(string(r.Row)); old != nil {
		return old
	}
	for _, old := range g.in.Need.Indicators {
		if r.Name != "" && old.Name == string(r.Name) {
			return old
		}
	}
	return nil
}

// nameRow names the row. A new one bears the contact's own word for it, which
// may have fallen in an earlier message or in our question; where the model has
// none of those it may give the term of the trade, which is not aligned. One on
// record keeps its name, unless the contact says how else it is called.
func (g *gate) nameRow(row *need.Indicator, r rowSaid, old *need.Indicator, at int) bool {
	if old != nil {
		row.ID, row.Name, row.Checks.Aligned = old.ID, old.Name, true
		if e, ok := g.groundIn(at, string(r.Name)); ok && r.Op == "correct" && r.Current == "" && r.Target == "" && quantityLike(e.Quote) {
			row.Name = e.Quote
			g.support(row, e)
		}
		return true
	}
	if r.Name != "" && strings.Contains(row.Evidence[0].Quote, string(r.Name)) {
		row.Name = string(r.Name)
		return true
	}
	if e, ok := g.groundIn(at, string(r.Name)); ok {
		row.Name = e.Quote
		g.support(row, e)
		return true
	}
	var texts []string
	for i := range g.text {
		texts = append(texts, string(g.text[i].runes))
	}
	for i := len(g.in.Recent) - 1; i >= 0; i-- {
		texts = append(texts, g.in.Recent[i].Text)
	}
	name, ok := wordsIn(append(texts, g.in.Asked.Text), string(r.Name))
	if !ok {
		name, ok = tradeTerm(string(r.Name))
		row.Checks.Aligned = false
	}
	row.Name = name
	return ok
}

// support adds words to the evidence of a row, if they stand outside of it.
func (g *gate) support(row *need.Indicator, e need.Evidence) {
	first := row.Evidence[0]
	if e.Ref != first.Ref || e.Start < first.Start || e.End > first.End {
		row.Evidence = append(row.Evidence, e)
	}
}

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
// taken as the model wrote it.
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
	q := need.Quantity{Text: written, Num: want[0]}
	if len(want) == 2 {
		q.Num2 = &want[1]
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

// part takes a condition or method in the words of the message.
func (g *gate) part(row *need.Indicator, words string, at int) string {
	if words == "" {
		return ""
	}
	e, ok := g.groundIn(at, words)
	if !ok {
		g.drop(dropPart)
		return ""
	}
	g.support(row, e)
	return e.Quote
}

// sameNumbers reports whether two rows state the same numbers.
func sameNumbers(a, b need.Indicator) bool {
	same := func(x, y *need.Quantity) bool {
		return x == nil && y == nil || x != nil && y != nil && x.Num == y.Num && (x.Num2 == nil) == (y.Num2 == nil)
	}
	return same(a.Current, b.Current) && same(a.Target, b.Target)
}
