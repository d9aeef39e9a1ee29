package extract

import (
	"strings"

	"tanxu/need"
)

// readClause takes one clause into the open row, or opens another.
func (rr *rowReader) readClause(i int, clause span) {
	var mine []*measured
	for k := range rr.ms {
		if rr.ms[k].clause == i {
			mine = append(mine, &rr.ms[k])
		}
	}
	words := rr.t.str(clause)
	if len(mine) == 0 && rr.spokenOf[i] {
		return
	}
	switch {
	case opensCondition(words), rr.method:
		rr.method = rr.method || rr.answer && hasPrefix(words, "测法", "测试方法", "检测方法", "检验方法", "方法是", "测试条件")
		rr.condition(clause)
		return
	case len(mine) == 0:
		rr.readWords(clause, words)
		return
	case rr.allAmbient(mine) && !rr.named(mine), rr.surrounds(mine):
		rr.condition(rr.t.afterColon(clause))
		return
	}
	for _, m := range mine {
		if m.role == ambient {
			if inner := rr.t.parenthesis(clause, m.Number); !inner.empty() {
				rr.condition(inner)
			} else {
				rr.waiting = append(rr.waiting, rr.t.withoutLead(rr.t.trim(span{m.before.start, m.End})))
			}
			continue
		}
		rr.readMeasure(clause, m)
		rr.aside(clause, m)
	}
}

// readWords takes a clause without numbers: the condition of the open row, or a
// name whose number follows.
func (rr *rowReader) readWords(clause span, words string) {
	if unit, ok := strings.CutPrefix(words, "单位是"); ok && rr.open != nil && rr.open.unit == "" {
		rr.open.unit = strings.TrimSpace(unit)
		return
	}
	if rr.trails(clause, words) || !ignorant(words) && !strings.Contains(words, "没测") && isCondition(words) && (rr.open != nil || rr.answer) {
		rr.condition(clause)
		return
	}
	if n := len([]rune(words)); n >= 2 && n <= 3*maxName && !strings.Contains(words, "%") {
		if name := nameOf(words); name != "" && (quantityLike(name) || !strings.ContainsAny(name, "不了没我你请")) {
			rr.noun = name
		}
	}
}

// readMeasure takes a measure that is no condition.
func (rr *rowReader) readMeasure(clause span, m *measured) {
	name := m.name
	if rr.noun != "" && (name == "" && m.role != bare || !quantityLike(name) && quantityLike(rr.noun)) {
		name = rr.noun
	}
	if name == "" || rr.continues(name, m) {
		rr.complete(clause, m)
		return
	}
	if d := rr.earlier(name, m); d != nil {
		rr.open = d
		rr.fill(d, m, clause)
		return
	}
	if m.role == bare && !rr.opens(m) {
		if rr.open != nil && rr.answer {
			rr.condition(clause)
		}
		return
	}
	if rr.noun != "" && name != rr.noun && len([]rune(name)) <= 2 && len([]rune(rr.noun)) <= longNoun && !containsAny(rr.noun, "进行", "增加", "采用") {
		name = rr.noun + name
	}
	if after := rr.nameAfter(clause, m); after != "" && !quantityLike(name) && isVerb(name) {
		name = after
	}
	rr.start(name, clause, m)
}

// nameAfter reads the thing behind a number: 提供最多6通道电源供应.
func (rr *rowReader) nameAfter(clause span, m *measured) string {
	end := m.End
	for end < clause.end && !strings.ContainsRune("，,、（(和与及并 ", rr.t.runes[end]) {
		end++
	}
	name := strings.TrimPrefix(rr.t.str(span{m.End, end}), "的")
	if n := len([]rune(name)); n < 2 || n > maxName || hasDigit(name) {
		return ""
	}
	return name
}

// isVerb reports whether what stands before a number names nothing.
func isVerb(name string) bool {
	return hasAnySuffix(name, "提供", "满足", "支持", "采用", "配备", "形成一套", "建成", "具有", "适应", "覆盖", "读出")
}

// longNoun is how long a name may be to which the next clause adds a word.
const longNoun = 10

// opens reports whether a plain named value starts a row: as the answer to a
// question it does, unless a complete row is open, to which it then is a
// condition; elsewhere it does in a section of goals.
func (rr *rowReader) opens(m *measured) bool {
	if rr.answer {
		fresh := m.clause == 0 && m.Op == "" && !setsTheScene(m.Unit)
		return m.Unit != "" && (rr.open == nil || fresh || rr.open.target == nil && rr.open.current == nil)
	}
	return rr.goal && m.Unit != "" && !rr.limited
}

// continues reports whether a named measure speaks of the open row.
func (rr *rowReader) continues(name string, m *measured) bool {
	if rr.open == nil || m.role == bare {
		return false
	}
	if !sameOrNone(m.Unit, rr.open.unit) {
		return nameScore(name, rr.open.name) >= 0.6 && rr.open.counts(m)
	}
	if m.role == target && rr.open.target == nil {
		return nameScore(name, rr.open.name) >= 0.6 || rr.open.current != nil && !quantityLike(name) && rr.here()
	}
	return m.role == current && rr.open.current == nil && (nameScore(name, rr.open.name) >= 0.6 || m.cued && rr.here() && !quantityLike(name) && len([]rune(name)) <= 2)
}

// earlier is the row of this sentence whose present value has been said and
// whose target m states: 进水COD八百，色度六百倍，COD要降到五十以下.
func (rr *rowReader) earlier(name string, m *measured) *draft {
	for _, d := range rr.rows {
		if m.role == target && m.Change == "" && d.target == nil && d.current != nil && d.spans[0].start >= rr.clauses[0].start && nameScore(name, d.name) >= 0.6 && sameOrNone(m.Unit, d.unit) {
			return d
		}
	}
	return nil
}

// here reports whether the open row was opened in this sentence.
func (rr *rowReader) here() bool {
	return len(rr.clauses) > 0 && rr.open.spans[0].start >= rr.clauses[0].start
}

// complete fills the part of the open row that a measure without a name says.
func (rr *rowReader) complete(clause span, m *measured) {
	d := rr.open
	if d == nil {
		if rr.answer && m.role != bare || rr.answer && m.Unit != "" {
			rr.start("", clause, m)
		}
		return
	}
	if u, ok := need.NormalUnit(d.unit); m.Unit == "个" && ok && u.Base == "" {
		m.Unit = d.unit // 五个ppm, 三个点: the unit is said once
	}
	if !rr.here() && m.Unit == "" && m.clause > 0 {
		return // a bare number in another sentence speaks of something else
	}
	if !d.counts(m) {
		if rr.answer && m.role != target {
			rr.condition(clause)
		} else if m.role == target && m.cued {
			rr.start(rr.noun, clause, m)
		}
		return
	}
	switch {
	case m.role == current && d.current == nil:
		rr.fill(d, m, clause)
	case m.role == target && d.target == nil, m.role == bare && d.target == nil && d.current != nil && rr.answer:
		m.role = target
		rr.fill(d, m, clause)
	case m.role == target && m.Unit != "" && !rr.answer && rr.open.target != nil && d.name != "":
		rr.start(d.name, clause, m)
	}
}

// start opens a row with its first value.
func (rr *rowReader) start(name string, clause span, m *measured) {
	d := &draft{name: verbLast(name), said: saidOf(rr.t.str(m.before))}
	if m.Change != "" {
		d.delta = true
		if i := strings.IndexAny(name, "较比"); i >= 6 {
			d.name = name[:i] // 成本较现有降低: measured against today's
		}
		if d.name != "" && !strings.HasSuffix(d.name, m.Change) {
			d.name += m.Change
		}
	}
	d.conditions = append(d.conditions, rr.waiting...)
	if !m.setting.empty() {
		d.conditions = append(d.conditions, m.setting)
	}
	if rr.answer {
		rr.waiting = nil
	}
	rr.open, rr.rows = d, append(rr.rows, d)
	rr.noun = ""
	rr.fill(d, m, clause)
}

// fill sets one value of the row.
func (rr *rowReader) fill(d *draft, m *measured, clause span) {
	q := m.Quantity
	if m.role == current || m.role == bare && rr.answer {
		d.current = &q
	} else {
		d.target, d.op, d.implied, d.cued = &q, m.Op, m.Implied, m.cued
		if d.op == "" && (m.enough || strings.HasPrefix(d.name, "不")) && d.current == nil {
			d.op = need.AtLeast
			if m.Change == "" && lowerIsBetter(d.name, m.Unit) {
				d.op = need.AtMost
			}
		} else if d.op == "" || m.Implied && d.current != nil {
			d.op = direction(d, m)
		} else if m.Implied && lowerIsBetter(d.name, m.Unit) {
			d.op = need.AtMost
		}
	}
	if per := perUnit(strings.TrimSpace(rr.t.str(m.before))); (rr.answer || strings.Contains(rr.t.str(m.before), "每")) && d.unit == "" && per != "" && !strings.ContainsAny(m.Unit, "/每") {
		d.unit = m.Unit + "/" + per
		per := strings.NewReplacer("一"+per, "", "每"+per, "")
		d.name, d.said = nameOf(per.Replace(d.name)), saidOf(per.Replace(d.said))
	}
	if d.unit == "" || len(m.Unit) > len(d.unit) && m.role == target && d.current == nil {
		d.unit = m.Unit
	}
	start, end := max(clause.start, m.before.start), m.End
	if m.enough {
		end = min(clause.end, end+len([]rune("就可以"))) // what makes it a floor belongs to the quote
	}
	d.spans = append(d.spans, rr.t.trim(span{start, end}))
}

// direction tells the comparator of a target from the present value: a value
// that is to fall is an upper limit.
func direction(d *draft, m *measured) need.Op {
	switch {
	case d.current == nil || d.current.Num == m.Quantity.Num:
		if m.Op != "" {
			return m.Op
		}
		return need.Equal
	case d.current.Num > m.Quantity.Num:
		return need.AtMost
	default:
		return need.AtLeast
	}
}

func (rr *rowReader) allAmbient(ms []*measured) bool {
	for _, m := range ms {
		if m.role != ambient {
			return false
		}
	}
	return true
}

func (rr *rowReader) named(ms []*measured) bool {
	for _, m := range ms {
		if m.role != ambient && m.name != "" {
			return true
		}
	}
	return false
}
