package extract

import (
	"regexp"
	"strings"

	"tanxu/need"
)

// aside takes what stands in parentheses behind a value for its condition.
func (rr *rowReader) aside(clause span, m *measured) {
	i := m.End
	for i < clause.end && rr.t.runes[i] == ' ' {
		i++
	}
	if i >= clause.end || !strings.ContainsRune("(（", rr.t.runes[i]) || rr.open == nil || len(rr.open.spans) == 0 || rr.open.spans[len(rr.open.spans)-1].end != m.End {
		return
	}
	if inner := rr.t.trim(rr.t.parenthesis(clause, i+1)); inner.end-inner.start > 1 && !settled(rr.t.str(inner)) {
		rr.open.conditions = append(rr.open.conditions, inner)
	}
}

// shortTrail is how many runes the words behind a target have that say where or
// on what it holds: 横向, 精炼前后, 激光测径全长.
const shortTrail = 12

// trails reports whether words without a number follow the target of the open
// row in its sentence, and are no talk.
func (rr *rowReader) trails(clause span, words string) bool {
	return rr.answer && rr.open != nil && rr.open.target != nil && rr.here() && clause.end-clause.start <= shortTrail &&
		!strings.ContainsAny(words, "我你他吧嘛呢吗啊了就才跟像要但可想能谁") && !containsAny(words, "客户", "老板", "图纸", "所以", "因为", "不然", "否则", "现在", "目前", "单位")
}

// measuredHow reports whether words end by saying how a value was got: 卡尔费休打的,
// 一枚枚剥壳看.
func measuredHow(words string) bool {
	return hasAnySuffix(words, "测的", "量的", "打的", "看的", "做的", "算的", "称的", "检的", "压的", "剥的", "读的", "抽的", "取平均", "剥壳看", "剖开看", "抽样看", "再量", "来测", "为准", "验收", "送检")
}

// condition adds a condition to the open row if its value has been said in this
// sentence or the one before, else it waits for the value.
func (rr *rowReader) condition(s span) {
	s = rr.t.withoutLead(rr.t.trim(s))
	if s.empty() || able.MatchString(rr.t.str(s)) {
		return
	}
	if rr.open != nil && (rr.open.target != nil || rr.open.current != nil) && rr.following(s) {
		rr.open.conditions = append(rr.open.conditions, s)
		return
	}
	rr.waiting = append(rr.waiting, s)
}

// able finds what a thing can do, which is a wish of its own and no condition:
// 坡度25度能爬.
var able = regexp.MustCompile(`(?:能|可以|要能)\p{Han}{1,2}$`)

// withoutLead drops words of time and talk from the front of a condition.
func (t *text) withoutLead(s span) span {
	for _, w := range []string{"现在", "目前", "也就是", "就是", "一般", "都是", "反正"} {
		if strings.HasPrefix(t.str(s), w) {
			return t.trim(span{s.start + len([]rune(w)), s.end})
		}
	}
	return s
}

// following reports whether no value is still to come in the sentence that the
// condition at s could belong to.
func (rr *rowReader) following(s span) bool {
	if rr.answer {
		return rr.here() || !rr.opensBehind(s)
	}
	last := rr.open.spans[len(rr.open.spans)-1]
	return s.start-last.end <= 2
}

// surrounds reports whether the plain values of a clause are the conditions of
// the limits in its sentence: 25℃循环2000周，保持率≥80%.
func (rr *rowReader) surrounds(ms []*measured) bool {
	if rr.answer || !rr.limited {
		return false
	}
	for _, m := range ms {
		if m.role != ambient && (m.role != bare || m.Change != "" || !setsTheScene(m.Unit)) {
			return false
		}
	}
	return true
}

// setsTheScene reports whether conditions are given in the unit: temperatures,
// times, cycles, pressures.
func setsTheScene(unit string) bool {
	switch u, _ := need.NormalUnit(unit); u.Base {
	case "℃", "K", "s", "次", "N·m⁻²", "%RH", "A", "V", "r·s⁻¹":
		return true
	}
	return false
}

// afterColon drops a label such as 循环性能： from the start of a clause.
func (t *text) afterColon(s span) span {
	for i := s.start; i < s.end && i-s.start < 12; i++ {
		if (t.runes[i] == '：' || t.runes[i] == ':') && !hasDigit(t.str(span{s.start, i})) {
			return t.trim(span{i + 1, s.end})
		}
	}
	return s
}

// parenthesis returns the inside of the parentheses around position i.
func (t *text) parenthesis(clause span, i int) span {
	start := i
	for start > clause.start && !strings.ContainsRune("(（", t.runes[start-1]) {
		start--
	}
	end := i
	for end < clause.end && !strings.ContainsRune(")）", t.runes[end]) {
		end++
	}
	if start == clause.start && !strings.ContainsRune("(（", t.at(start-1)) {
		return span{}
	}
	return span{start, end}
}

// opensCondition reports whether a clause says how something is measured.
func opensCondition(words string) bool {
	for _, w := range []string{"测法", "测试方法", "测试条件", "检测方法", "检验方法", "方法是", "条件", "前提", "按GB", "按国标", "按照", "参照", "依据", "标准号", "标准是", "同样"} {
		if strings.HasPrefix(words, w) {
			return true
		}
	}
	return false
}

// isCondition reports whether words without a number say how, on what or by
// what something is measured.
func isCondition(words string) bool {
	if len(need.Standards(words)) > 0 {
		return true
	}
	if hasAnySuffix(words, "时候", "之后", "以后", "条件下", "状态下", "情况下") {
		return true
	}
	if n := len([]rune(words)); n <= 24 && measuredHow(words) {
		return true
	}
	return containsAny(words, "标准", "法", "测", "检", "试样", "样品", "试块", "取样", "切片", "滴定", "金相", "放电", "充电", "扫描", "称重", "称。", "激光", "显微镜", "统计", "盘存", "抽查", "抽检", "自由状态", "按月", "核算", "折百", "质量算", "条样", "送检", "下测")
}

// opensBehind reports whether a value with another name than the open row's
// follows the words at s in their sentence: 水煮两小时后，剥离力现在12牛.
func (rr *rowReader) opensBehind(s span) bool {
	for _, m := range rr.ms {
		if m.Start >= s.end && m.role != ambient && quantityLike(m.name) {
			return nameScore(m.name, rr.open.name) < 0.6
		}
	}
	return false
}
