package need

import "strings"

// comparator is a word of comparison and what it says.
type comparator struct {
	word string
	op   Op
}

// before lists comparators that stand before a number, longer ones first where
// one ends with another. The negated forms come before what they negate.
func before() []comparator {
	return []comparator{
		{"不能低于", AtLeast}, {"不得低于", AtLeast}, {"不应低于", AtLeast}, {"不低于", AtLeast}, {"不得少于", AtLeast},
		{"不能少于", AtLeast}, {"不少于", AtLeast}, {"不得小于", AtLeast}, {"不小于", AtLeast}, {"不短于", AtLeast}, {"不弱于", AtLeast},
		{"大于或等于", AtLeast}, {"大于等于", AtLeast}, {"高于等于", AtLeast}, {"至少", AtLeast}, {"最少", AtLeast}, {"最低", AtLeast},
		{"起码", AtLeast}, {"≥", AtLeast}, {">=", AtLeast}, {"=>", AtLeast}, {"at least", AtLeast}, {"no less than", AtLeast},
		{"不能超过", AtMost}, {"不得超过", AtMost}, {"不应超过", AtMost}, {"不允许超过", AtMost}, {"不超过", AtMost}, {"别超过", AtMost}, {"没超过", AtMost},
		{"不能高于", AtMost}, {"不得高于", AtMost}, {"不高于", AtMost}, {"不能大于", AtMost}, {"不得大于", AtMost}, {"不大于", AtMost},
		{"只让", AtMost}, {"只许", AtMost}, {"只准", AtMost}, {"只允许", AtMost}, {"不多于", AtMost}, {"不得多于", AtMost}, {"不长于", AtMost}, {"不能过", AtMost}, {"别过", AtMost}, {"不过", AtMost}, {"别超", AtMost}, {"不能超", AtMost}, {"不超", AtMost},
		{"小于或等于", AtMost}, {"小于等于", AtMost}, {"低于等于", AtMost}, {"至多", AtMost}, {"最多", AtMost}, {"最高", AtMost}, {"最大", AtMost}, {"顶多", AtMost},
		{"≤", AtMost}, {"<=", AtMost}, {"=<", AtMost}, {"at most", AtMost}, {"no more than", AtMost}, {"up to", AtMost}, {"not exceed", AtMost},
		{"大于", Above}, {"高于", Above}, {"多于", Above}, {"超过", Above}, {"突破", Above}, {"＞", Above}, {">", Above}, {"above", Above}, {"over", Above}, {"more than", Above},
		{"小于", Below}, {"低于", Below}, {"少于", Below}, {"短于", Below}, {"不到", Below}, {"不足", Below}, {"<", Below}, {"below", Below}, {"under", Below}, {"less than", Below},
		{"±", PlusMinus}, {"正负", PlusMinus}, {"+/-", PlusMinus}, {"大约", About}, {"大概", About}, {"约为", About}, {"约", About}, {"近", About}, {"差不多", About}, {"≈", About}, {"around", About}, {"about", About},
		{"等于", Equal}, {"=", Equal},
	}
}

// toward lists the verbs that say in which direction a value has to go.
func toward() []comparator {
	return []comparator{
		{"提高到", AtLeast}, {"提高至", AtLeast}, {"提升到", AtLeast}, {"提升至", AtLeast}, {"增加到", AtLeast}, {"增加至", AtLeast}, {"增至", AtLeast}, {"增大到", AtLeast},
		{"升到", AtLeast}, {"升至", AtLeast}, {"提到", AtLeast}, {"提至", AtLeast}, {"涨到", AtLeast}, {"拉到", AtLeast}, {"拉回到", AtLeast}, {"拉回", AtLeast}, {"延长到", AtLeast}, {"延长至", AtLeast}, {"延至", AtLeast}, {"抬到", AtLeast}, {"扩大到", AtLeast}, {"扩大至", AtLeast},
		{"达到", AtLeast}, {"达", AtLeast}, {"做到", AtLeast}, {"干到", AtLeast}, {"跑到", AtLeast}, {"用到", AtLeast}, {"打到", AtLeast}, {"回到", AtLeast},
		{"降低到", AtMost}, {"降低至", AtMost}, {"降到", AtMost}, {"降至", AtMost}, {"下降到", AtMost}, {"下降至", AtMost}, {"减少到", AtMost}, {"减少至", AtMost}, {"减小到", AtMost}, {"减小至", AtMost}, {"减到", AtMost}, {"减至", AtMost},
		{"缩短到", AtMost}, {"缩短至", AtMost}, {"缩小到", AtMost}, {"缩小至", AtMost}, {"缩到", AtMost}, {"压到", AtMost}, {"压缩到", AtMost}, {"压低到", AtMost}, {"压至", AtMost}, {"收到", AtMost}, {"收窄到", AtMost}, {"控制在", AtMost}, {"控制到", AtMost}, {"控制", AtMost}, {"限制在", AtMost}, {"限制到", AtMost},
	}
}

// after lists comparators that stand behind a number and its unit.
func after() []comparator {
	return []comparator{
		{"及以上", AtLeast}, {"或以上", AtLeast}, {"(含)以上", AtLeast}, {"以上", AtLeast}, {"之上", AtLeast}, {"往上", AtLeast}, {"朝上", AtLeast}, {"起步", AtLeast}, {"打底", AtLeast}, {"or more", AtLeast}, {"or above", AtLeast},
		{"及以下", AtMost}, {"或以下", AtMost}, {"(含)以下", AtMost}, {"以下", AtMost}, {"之下", AtMost}, {"往下", AtMost}, {"以内", AtMost}, {"之内", AtMost}, {"以里", AtMost}, {"里头", AtMost}, {"封顶", AtMost}, {"打住", AtMost}, {"内", AtMost}, {"or less", AtMost}, {"or below", AtMost},
		{"左右", About}, {"上下", About}, {"出头", About}, {"上下波动", About},
	}
}

// change lists the verbs that make the number a difference: 提高20%.
func change() []string {
	return []string{
		"提高", "提升", "增加", "增长", "升高", "增大", "改善", "延长", "增强", "上升", "多出", "扩大", "节约", "节省", "节能",
		"降低", "减低", "减少", "下降", "缩短", "减小", "下调", "压缩", "缩小", "减轻", "削减", "少用", "减薄", "降耗",
	}
}

// opBefore reads the comparator that ends at i. start is where it begins.
// implied says that only a verb of direction stood there (提高到).
func opBefore(r []rune, i int) (op Op, start int, implied bool) {
	end := trimLeft(r, i)
	if c, at, ok := endsWith(r, end, before()); ok {
		if c.op == PlusMinus {
			if outer, start, ok := endsWith(r, trimLeft(r, at), before()); ok {
				return outer.op, start, false // 不超过±0.3
			}
			if _, verb, ok := endsWith(r, trimLeft(r, at), toward()); ok {
				return PlusMinus, verb, false // 控制在±0.3
			}
		}
		if _, verb, ok := endsWith(r, trimLeft(r, at), toward()); ok {
			return c.op, verb, false
		}
		if not, start, ok := turned(r, at, c.op); ok {
			return not, start, false
		}
		return c.op, at, false
	}
	if c, at, ok := endsWith(r, end, toward()); ok {
		return c.op, at, true
	}
	return moved(r, end)
}

// turned reads what turns a limit round before the comparator that starts at i:
// 不要超过, 别再低于.
func turned(r []rune, i int, op Op) (not Op, start int, ok bool) {
	switch op {
	case Above:
		not = AtMost
	case Below:
		not = AtLeast
	default:
		return op, i, false
	}
	for start = i - 1; start >= max(0, i-3); start-- {
		if strings.ContainsRune("不别勿莫", r[start]) {
			return not, start, true
		}
		if !strings.ContainsRune("要能得应许准可该会让再用允", r[start]) {
			break
		}
	}
	return op, i, false
}

// moved reads a verb that ends with 到 or 至 and says the direction itself:
// 降噪至, 减薄到, 抬升到.
func moved(r []rune, i int) (op Op, start int, implied bool) {
	if c := at(r, i-1); c != '到' && c != '至' {
		return "", i, false
	}
	for start = i - 2; start >= i-4 && start >= 0; start-- {
		switch r[start] {
		case '降', '减', '缩', '压':
			return AtMost, start, true
		case '升', '增', '延':
			return AtLeast, start, true
		}
	}
	return "", i, false
}

// opAfter reads the comparator that starts at i. end is where it stops.
func opAfter(r []rune, i int) (op Op, end int) {
	j := i
	for at(r, j) == ' ' {
		j++
	}
	if at(r, j) == '(' && at(r, j+1) == '含' && at(r, j+2) == ')' {
		j += 3
	}
	for _, c := range after() {
		if hasAt(r, j, c.word) && !(c.word == "内" && isInside(at(r, j+1))) {
			return c.op, j + len([]rune(c.word))
		}
	}
	return "", i
}

// isInside reports whether 内 before r starts another word (内径, 内部).
func isInside(r rune) bool { return r != 0 && strings.ContainsRune("径部壁孔外层腔", r) }

// changeBefore reads the verb of change that ends at i.
func changeBefore(r []rune, i int) (verb string, start int, ok bool) {
	end := trimLeft(r, i)
	for end > 0 && strings.ContainsRune("了约近", r[end-1]) {
		end--
	}
	for _, w := range change() {
		if start := end - len([]rune(w)); start >= 0 && hasAt(r, start, w) {
			return w, start, true
		}
	}
	return "", i, false
}

// endsWith finds the first of the words that ends at i.
func endsWith(r []rune, i int, words []comparator) (comparator, int, bool) {
	for _, c := range words {
		start := i - len([]rune(c.word))
		if start >= 0 && hasAt(r, start, c.word) {
			if isLatin(rune(c.word[0])) && isLatin(at(r, start-1)) {
				continue
			}
			return c, start, true
		}
	}
	return comparator{}, i, false
}

// trimLeft steps back over spaces and the small words between comparator and number.
func trimLeft(r []rune, i int) int {
	for i > 0 && strings.ContainsRune(" 为:在至到了φΦ∅", r[i-1]) {
		if r[i-1] == '到' || r[i-1] == '在' || r[i-1] == '至' {
			if _, _, ok := endsWith(r, i, toward()); ok {
				return i
			}
			if _, _, ok := endsWith(r, i, before()); ok {
				return i
			}
			if op, _, _ := moved(r, i); op != "" {
				return i
			}
		}
		i--
	}
	return i
}
