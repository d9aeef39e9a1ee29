package extract

import (
	"regexp"
	"strings"

	"tanxu/need"
)

var (
	// within finds the circumstances that stand in the middle of a statement: the
	// words before them name the quantity, those behind say its value.
	within = regexp.MustCompile(`(?:^|[^存现所正实])((?:在|于)[^，。；,]{1,20}?(?:条件下|工况下|环境下|状态下|情况下|负荷下|载荷下|转速下|压力下|温度下|之后|以后|的时候|下|时|后))(?:的?[^降跌限滑料序游段间代\p{L}]|的|\p{Han}|[A-Za-z]|$)`)
	// measuredBy finds a standard or a method in the middle of a statement.
	measuredBy = regexp.MustCompile(`((?:按照?|依据?|用|采用|根据)[^，。；,]{2,28}?(?:检测|测试|测定|测量|检验|试验|标准|测|检|量|算)(?:出来|下来)?)`)
	// environment ends a clause that says as a whole under which circumstances
	// something works: 湿度不大于85%环境下施工.
	environment = regexp.MustCompile(`^[^，。；,]{0,10}(?:环境|条件|工况|状态|气氛|负荷|载荷|转速|湿度|温度)(?:下|中|里)`)
	// attempt are words of what was tried: figures of it are no wish.
	attempt = regexp.MustCompile(`(?:[试换用改加调降升提做上搞弄找压抬减增]过|[试改换]了|尝试(?:把|将|过|用|了)|曾经?(?:把|将|用|试|采|尝|对)|先后(?:采用|尝试|开展|试|用)|做了[^，。]{0,6}(?:试验|实验)|(?:试验|实验|小试|中试)(?:过|了|下来|表明|发现))`)
	// others are those whose figures somebody quotes beside his own.
	others = regexp.MustCompile(`^[^，。]{0,4}(?:同行|别人家|别家|别的厂|对手|竞品|人家)[^，。]{0,10}(?:做到|能到|达到|是|有|在)`)
)

// settingIn returns the circumstances that stand in the words before a number.
func (t *text) settingIn(before span) span {
	words := t.str(before)
	for _, re := range []*regexp.Regexp{within, measuredBy} {
		m := re.FindStringSubmatchIndex(words)
		if m == nil {
			continue
		}
		start := before.start + len([]rune(words[:m[2]]))
		return span{start, start + len([]rune(words[m[2]:m[3]]))}
	}
	return span{}
}

// nameBefore reads the name of the quantity before a number, and the
// circumstances that stand between the two or before both.
func (t *text) nameBefore(before span) (name string, setting span) {
	if inner := t.asideBefore(before); !inner.empty() {
		return nameOf(t.str(span{before.start, inner.start - 1})), inner // 抗折强度（饱水）≥13MPa
	}
	setting = t.settingIn(before)
	if setting.empty() {
		return nameOf(t.str(before)), span{}
	}
	head, tail := nameOf(t.str(span{before.start, setting.start})), nameOf(t.str(span{setting.end, before.end}))
	switch {
	case quantityLike(tail) || head == "":
		return tail, setting
	case tail == "" || quantityLike(head):
		return head, setting
	default:
		return tail, setting
	}
}

// asideBefore is the inside of parentheses that end right before a number.
func (t *text) asideBefore(before span) span {
	end := before.end
	for end > before.start && t.runes[end-1] == ' ' {
		end--
	}
	if end-1 <= before.start || !strings.ContainsRune(")）", t.runes[end-1]) {
		return span{}
	}
	for i := end - 2; i > before.start; i-- {
		if strings.ContainsRune("(（", t.runes[i]) {
			return span{i + 1, end - 1}
		}
	}
	return span{}
}

// attempts marks the clauses of a sentence that tell what was tried and how it
// went: from the one that says so on, until one speaks of today or of a wish.
func (t *text) attempts(clauses []span) map[int]bool {
	told, on := map[int]bool{}, false
	for i, c := range clauses {
		words := t.str(c)
		switch {
		case attempt.MatchString(words) && lastCue(words) != target:
			on = true
		case on && (lastCue(words) != bare || wishes(words)):
			on = false
		}
		if on || others.MatchString(words) {
			told[i] = true
		}
	}
	return told
}

// lasting names how long something holds: 用10年不坏, 500小时不起泡; "" if nothing
// of the kind is said.
func (t *text) lasting(m need.Measure, clause span) string {
	u, ok := need.NormalUnit(m.Unit)
	if !ok || u.Base != "s" && u.Base != "次" {
		return ""
	}
	behind := keeps.FindStringSubmatch(t.str(span{m.End, clause.end}))
	if behind == nil {
		return ""
	}
	if u.Base == "次" {
		return behind[1] + "次数"
	}
	return behind[1] + "时间"
}

// keeps finds what does not happen in the time before it.
var keeps = regexp.MustCompile(`^(?:内|以内|之内)?(不(?:能|会|得|许)?(?:\p{Han}{1,4}))(?:了|的|就行|才行)?$`)

// enough reports whether the words behind a number say that it would do: 5%就行.
func (t *text) enough(end int) bool {
	behind := string(t.runes[end:min(len(t.runes), end+7)])
	return hasPrefix(behind, "就行", "就够", "就可以", "就好", "就不错", "就成", "就满意", "即可", "才行", "才算", "才够", "才好", "也行", "左右就行", "的话就行", "is fine", "is enough", " is fine", " would do", " is enough")
}

// settled reports whether a value in parentheses states today's value.
func settled(inner string) bool { return lastCue(inner) == current }

// processLimit reports whether a name is that of a setting of a process, which
// bounds how something may be made and is no result.
func processLimit(d *draft) bool {
	return d.current == nil && !d.cued && (d.op == need.AtMost || d.op == need.Between || d.op == need.Below) &&
		hasAnySuffix(d.name, "温度", "压力", "时间", "转速", "电流", "电压") &&
		containsAny(d.name, "烧结", "焊接", "加热", "保温", "保压", "固化", "退火", "淬火", "回火", "烘干", "干燥", "烘烤", "浸泡", "蒸煮", "注塑", "模压", "热压", "搅拌", "浸渍", "时效", "煅烧", "反应")
}
