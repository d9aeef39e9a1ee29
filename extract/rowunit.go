package extract

import (
	"strings"

	"tanxu/need"
)

// oneUnit counts two measures of one quantity in one unit, if they can be, and
// reports that: 从0.9%降到千分之三 is 0.9 and 0.3 %.
func (rr *rowReader) oneUnit(i, j int) bool {
	a, b := &rr.ms[i], &rr.ms[j]
	if need.SameUnit(a.Unit, b.Unit) {
		return true
	}
	if q, ok := need.InUnit(b.Quantity, b.Unit, a.Unit); ok {
		b.Quantity, b.Unit = q, a.Unit
		return true
	}
	q, ok := need.InUnit(a.Quantity, a.Unit, b.Unit)
	if ok {
		a.Quantity, a.Unit = q, b.Unit
	}
	return ok
}

func sameOrNone(a, b string) bool {
	return a == "" || b == "" || need.SameUnit(a, b) || strings.Contains(a, b) || strings.Contains(b, a)
}

// counts reports whether a measure can be of the row. A target in another unit
// than today's value is counted in that unit, or today's value in its: 5%, 最多
// 千分之三 is 0.3 %; 3 天, 要 8 小时以内 is 72 小时 today.
func (d *draft) counts(m *measured) bool {
	if sameOrNone(m.Unit, d.unit) {
		return true
	}
	if m.role != target || d.target != nil || d.current == nil {
		return false
	}
	if q, ok := need.InUnit(m.Quantity, m.Unit, d.unit); ok {
		m.Quantity, m.Unit = q, d.unit
		return true
	}
	q, ok := need.InUnit(*d.current, d.unit, m.Unit)
	if ok {
		d.current, d.unit = &q, m.Unit
	}
	return ok
}
