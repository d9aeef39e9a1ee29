package extract

import (
	"slices"
	"strings"

	"tanxu/need"
)

// role says what a measure is in its sentence.
type role int

const (
	bare    role = iota // nothing says it yet
	current             // today's value
	target              // to be reached
	ambient             // a condition, under which something is measured
)

// draft is a row of indicators while its sentence is being read.
type draft struct {
	name       string
	said       string // the words before its number, where they are no name
	current    *need.Quantity
	target     *need.Quantity
	op         need.Op
	unit       string
	conditions []span
	spans      []span // of the statements, without the conditions
	delta      bool   // a difference: 提高20%
	cued       bool   // a word of wish says that it is a target
	implied    bool   // only a verb of direction says the comparator
}

// measured is a measure with what the reader of rows knows of it.
type measured struct {
	need.Measure
	clause  int // index of its clause
	before  span
	name    string
	setting span // circumstances between its name and its number
	role    role
	cued    bool // a word of time or wish says the role
	enough  bool // 5%就行
}

// rowReader reads the rows of one text. Rows live on from sentence to sentence,
// because a condition is often told behind a full stop.
type rowReader struct {
	t       *text
	answer  bool // to a question about indicators: plain values count
	clauses []span
	ms      []measured
	open    *draft
	rows    []*draft
	waiting []span // conditions said before the value that they belong to
	noun    string // a name said in a clause of its own
	goal    bool   // in a section of goals
	limited bool   // the sentence compares: plain values beside are conditions
	method  bool   // the sentence says how something is measured

	spokenOf map[int]bool // clauses that speak of an old value
}

// readSentence reads the rows that one sentence states or completes.
func (rr *rowReader) readSentence(s span) {
	rr.clauses = rr.t.rowClauses(s)
	rr.ms, rr.spokenOf = rr.t.measures(s, rr.clauses)
	told := rr.t.attempts(rr.clauses)
	rr.ms = slices.DeleteFunc(rr.ms, func(m measured) bool { return told[m.clause] || rr.lost(s, m) })
	rr.waiting, rr.noun, rr.method = nil, "", false
	rr.judge()
	for i, clause := range rr.clauses {
		if !told[i] {
			rr.readClause(i, clause)
		}
	}
	rr.degrees()
}

// lost reports whether a measure tells of money that was lost, or how often; one
// that is to become less is a row.
func (rr *rowReader) lost(s span, m measured) bool {
	words := rr.t.str(rr.clauses[m.clause])
	if m.clause > 0 && hasPrefix(strings.TrimSpace(words), "一共", "总共", "加起来", "合计", "前后") {
		words = rr.t.str(span{rr.clauses[m.clause-1].start, rr.clauses[m.clause].end})
	}
	if !lostMoney.MatchString(words) || fromTo.MatchString(rr.t.str(s)) {
		return false
	}
	return m.Unit == "" || hasAnySuffix(m.Unit, "元", "块", "次", "回", "笔", "批", "万", "亿")
}

// degrees gives temperatures that are said without a unit the one of another
// temperature in the sentence: 腔温112，要95以内，环境40度.
func (rr *rowReader) degrees() {
	i := slices.IndexFunc(rr.ms, func(m measured) bool {
		u, ok := need.NormalUnit(m.Unit)
		return ok && u.Base == "℃"
	})
	for _, d := range rr.rows {
		if i >= 0 && d.unit == "" && hasAnySuffix(d.name, "温", "温度") && d.spans[0].start >= rr.clauses[0].start {
			d.unit = rr.ms[i].Unit
		}
	}
}

// measures are the measures of a sentence, each with its clause and the words
// before it. A 一 before a unit (一米弯1.2毫米) is no measure.
// The clauses that only speak of an old value are returned too.
func (t *text) measures(s span, clauses []span) (out []measured, spokenOf map[int]bool) {
	spokenOf = map[int]bool{}
	floor := s.start
	for _, m := range need.Measures(t.str(s)) {
		m.Start, m.End, m.Number, m.UnitEnd = m.Start+s.start, m.End+s.start, m.Number+s.start, m.UnitEnd+s.start
		i := slices.IndexFunc(clauses, func(c span) bool { return m.Number >= c.start && m.Number < c.end })
		if i >= 0 && t.refersBack(m) {
			spokenOf[i] = true
		}
		if i < 0 || m.Quantity.Num == 1 && t.at(m.Number) == '一' && m.Op == "" && !hasAnySuffix(t.str(span{max(clauses[i].start, m.Number-2), m.Number}), "想", "想要", "只要", "控制在", "离", "距", "隔") || t.refersBack(m) {
			continue
		}
		before := span{max(floor, clauses[i].start), m.Start}
		if n := len(out); n > 0 && out[n-1].clause == i && t.inName(out[n-1], m) {
			before.start, out = out[n-1].before.start, out[:n-1]
		}
		if behind := strings.TrimSpace(t.str(before)); behind == ")" || behind == "）" {
			before.start = clauses[i].start // 粘结强度（浸水7天）≥0.6MPa
		}
		name, setting := t.nameBefore(before)
		if lasts := t.lasting(m, clauses[i]); lasts != "" {
			name = lasts
		}
		if found := t.having(m, clauses[i]); name == "" && found != "" {
			name = found
		}
		out = append(out, measured{Measure: m, clause: i, before: before, name: name, setting: setting, enough: t.enough(m.End)})
		floor = m.End
	}
	return out, spokenOf
}

// refersBack reports whether a number is spoken of, and not stated: 60%是试验线跑的,
// or is none at all: 一点没有.
func (t *text) refersBack(m need.Measure) bool {
	if m.Unit == "点" && m.Quantity.Num == 1 {
		return true
	}
	after := string(t.runes[m.End:min(len(t.runes), m.End+2)])
	return m.Op == "" && hasPrefix(after, "是", "这个") || hasPrefix(after, "那个", "那张", "那句")
}

// inName reports whether a plain value is the first part of the name of the
// next one: 4小时释放量不低于80%.
func (t *text) inName(m measured, next need.Measure) bool {
	between := t.str(span{m.End, next.Start})
	return m.Op == "" && m.Change == "" && m.name == "" && strings.TrimSpace(t.str(m.before)) == "" && len([]rune(between)) >= 2 &&
		!hasPrefix(between, "下", "时", "后", "，", ",", "、", "/") && next.Unit != "" && !need.SameUnit(m.Unit, next.Unit) &&
		(next.Op != "" || containsAny(between, "现在", "目前"))
}

func hasPrefix(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(s, w) })
}

// rowClauses are the clauses of a sentence, parted at line breaks too, and at 、
// behind a number.
func (t *text) rowClauses(s span) []span {
	var out []span
	for _, c := range t.clauses(s) {
		depth := 0
		out = append(out, t.split(c, func(i int) bool {
			switch t.runes[i] {
			case '(', '（':
				depth++
			case ')', '）':
				depth--
			case '\n', '\r':
				return true
			case '、':
				return depth <= 0 && !(isDigit(t.at(i-1)) && i-c.start < 3) && hasDigit(t.str(span{max(c.start, i-8), i})) && hasDigit(t.str(span{i, min(c.end, i+14)}))
			}
			return false
		})...)
	}
	return out
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, isDigit) }

// judge gives each measure of the sentence its role.
func (rr *rowReader) judge() {
	for i := range rr.ms {
		m := &rr.ms[i]
		before := rr.t.str(m.before)
		switch {
		case isAmbient(rr.t, rr.clauses[m.clause], *m):
			m.role = ambient
		case m.Change == "" && containsAny(before, "从", "由") && i+1 < len(rr.ms) && rr.ms[i+1].clause == m.clause && rr.oneUnit(i, i+1):
			m.role, m.cued = current, true
		case lastCue(before) == current && m.Change == "":
			m.role, m.cued = current, true
		case hasPrefix(rr.t.str(span{m.End, rr.clauses[m.clause].end}), "才能", "才会", "才可以"):
			m.role, m.cued = current, true // 要三个小时才能烘干
		case strings.HasPrefix(m.name, "不") && lastCue(before) != current, lastCue(before) == target, m.enough:
			m.role, m.cued = target, true
		case !rr.answer && m.Op == need.PlusMinus && containsAny(rr.t.str(span{rr.clauses[0].start, m.Start}), "目前", "现在", "现状"):
			m.role, m.cued = current, true
		case m.Op == need.Between && m.Start < m.Number, m.Op != "" && m.Op != need.About && m.Op != need.Between:
			m.role = target
		}
	}
	rr.limited = false
	for i := range rr.ms {
		rr.surround(i)
		rr.pair(i)
		rr.limited = rr.limited || rr.ms[i].role == target && rr.ms[i].Op != need.Equal && rr.ms[i].Op != ""
	}
}

// surround takes a plain time or temperature before the target of its clause for
// a condition (六小时要在65度以上); a name before a condition is the name of what
// follows it (强度28天56兆帕).
func (rr *rowReader) surround(i int) {
	m := &rr.ms[i]
	if i+1 >= len(rr.ms) || rr.ms[i+1].clause != m.clause {
		return
	}
	next := &rr.ms[i+1]
	if m.role == bare && m.Op == "" && next.role == target && setsTheScene(m.Unit) && !quantityLike(m.name) && !sameOrNone(m.Unit, next.Unit) {
		m.role = ambient
	}
	if m.role == ambient && !quantityLike(next.name) && quantityLike(m.name) && next.role != ambient {
		next.name = m.name
	}
}

// pair makes an uncued measure the present value, if the next one has no name
// of its own, the same unit and is a target: 裂纹深0.15mm，要0.05mm以下.
func (rr *rowReader) pair(i int) {
	m := &rr.ms[i]
	if m.cued || m.role == ambient || m.Implied && i > 0 && rr.ms[i-1].role == current && rr.ms[i-1].clause == m.clause {
		return
	}
	for j := i + 1; j < len(rr.ms) && rr.ms[j].clause <= m.clause+2; j++ {
		next := rr.ms[j]
		if next.role == target && (m.Change == "" || next.cued && next.Change == "") && (next.name == "" || !quantityLike(next.name) || next.cued && nameScore(next.name, m.name) > 0.5) && (sameOrNone(m.Unit, next.Unit) || rr.oneUnit(i, j)) {
			m.role, m.cued = current, true
			return
		}
		if next.name != "" && next.role != ambient {
			break
		}
	}
	for j := i + 1; j < len(rr.ms) && m.name != ""; j++ {
		next := rr.ms[j]
		if next.role == target && next.Change == "" && next.name != "" && m.Op != need.AtMost && m.Op != need.AtLeast && nameScore(next.name, m.name) > 0.5 && sameOrNone(m.Unit, next.Unit) {
			m.role, m.cued = current, true
			return
		}
	}
}

// lastCue finds the last word of time or wish in the words before a number.
func lastCue(before string) role {
	found, at := bare, -1
	for _, w := range []string{"现在", "目前", "现状", "眼下", "当前", "如今", "今年", "只有", "仅为", "仅有", "只能", "才", "测出来", "测的", "实测", "现为", "现行", "现平均", "现约", "也就", "原来", "现有", "量产", "最近一季", "掉到", "currently", "now", "current"} {
		if i := strings.LastIndex(before, w); i > at {
			found, at = current, i
		}
	}
	for _, w := range []string{"目标", "要求", "希望", "想降", "想压", "想要", "想稳", "最好", "必须", "需要", "需达", "争取", "力争", "要不", "要到", "要在", "要做", "要降", "要升", "要干", "要能", "得到", "得控制", "得回", "得要", "压到", "定在", "图纸要", "客户要", "标书要", "门槛", "只认", "只收", "起码", "预期", "指标", "target", "goal", "need", "want", "must"} {
		if i := strings.LastIndex(before, w); i > at {
			found, at = target, i
		}
	}
	if at >= 0 {
		return found
	}
	trimmed := strings.TrimRight(before, " 到在RazHVCBp")
	if strings.HasSuffix(trimmed, "要") || strings.HasSuffix(trimmed, "想") || strings.HasSuffix(trimmed, "得") || strings.HasSuffix(trimmed, "定") {
		return target
	}
	return bare
}

// isAmbient reports whether the measure only says under which circumstances
// something is measured or done.
func isAmbient(t *text, clause span, m measured) bool {
	before, after := t.str(m.before), t.str(span{m.End, clause.end})
	if t.inParentheses(clause, m.Number) {
		return !settled(before)
	}
	if environment.MatchString(after) || m.Op == "" && hasAnySuffix(strings.TrimSpace(before), "离", "距", "距离", "相距", "隔", " at", " after", " under") {
		return true
	}
	if m.Op == "" || m.Op == need.Between {
		if containsAny(t.str(span{clause.start, m.Number}), "测法", "条件", "前提", "在", "于", "经", "按", "每隔") && (hasAnySuffix(strings.TrimSpace(after), "下", "时", "后", "条件下", "中") || strings.HasPrefix(strings.TrimSpace(after), "下")) {
			return true
		}
		if hasPrefix(after, "下", "角", "条件下", "时", "后", "放", "存储", "储存", "循环", "烘", "泡", "煮", "老化", "加速", "恒温", "保温", "养", "浸", "保压", "剥", "打气", "水里", "水中") {
			return true
		}
		if m.Op == "" && isCalendar(m.Unit) && lastCue(before) != current && !m.enough && !containsAny(m.name, "寿命", "周期", "期", "时间", "时长") {
			return true
		}
	}
	return containsAny(before, "测法是", "前提是", "条件是")
}

// isCalendar reports whether a unit of time is one that things are dated in.
func isCalendar(unit string) bool {
	switch unit {
	case "年", "个月", "月", "天", "周", "日", "星期":
		return true
	}
	return false
}

func hasAnySuffix(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(s, w) })
}

// inParentheses reports whether position i of the clause lies in parentheses.
func (t *text) inParentheses(clause span, i int) bool {
	depth := 0
	for _, r := range t.runes[clause.start:i] {
		switch r {
		case '(', '（':
			depth++
		case ')', '）':
			depth--
		}
	}
	return depth > 0
}
