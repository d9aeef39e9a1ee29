package need

import (
	"math"
	"strings"
)

// MoneyRole says what an amount of money is for.
type MoneyRole string

// The roles of amounts.
const (
	MoneyPlanned   MoneyRole = "planned"    // the budget of the need
	MoneyToPartner MoneyRole = "to_partner" // the part that a partner is paid
	MoneySpent     MoneyRole = "spent"      // spent already
	MoneyOther     MoneyRole = "other"      // turnover, price, loss, loan …
)

// Amount is one amount of money in a text; offsets count runes.
type Amount struct {
	Start, End int
	Money      Money
	Role       MoneyRole // "" if no word around says it
}

// mostMoney is more, in 万元, than anybody means; also it keeps infinity out.
const mostMoney = 1e9

// tenThousand is the unit of Money in yuan.
const tenThousand = 1e4

// Amounts finds the amounts of money in a text. With asked, the text answers a
// question about money: then bare numbers count too, and 个 or nothing behind a
// number stands for 万 (一百五到两百个).
func Amounts(text string, asked bool) []Amount {
	r := folded(text)
	taken := spansTaken(len(r), spans(text, dated))
	var out []Amount
	for i := 0; i < len(r); {
		if end := taken[i]; end > i {
			i = end
			continue
		}
		a, end, ok := readAmount(r, i, asked)
		if ok {
			a.Role = roleOf(r, a)
			out = append(out, a)
		}
		i = max(end, i+1)
	}
	return out
}

// readAmount reads an amount whose number starts at i.
func readAmount(r []rune, i int, asked bool) (a Amount, end int, ok bool) {
	n, ok := readNumber(r, i)
	if !ok {
		return a, i + 1, false
	}
	if isNamed(r, n) && !asked || isMarker(r, n) || n.unit != "" || at(r, i-1) == '第' {
		return a, n.end, false
	}
	low, lowEnd, lowKnown := scaleOf(r, n)
	high, end, known := low, lowEnd, lowKnown
	if n.high != nil {
		high = low / n.value * *n.high
	}
	sep, second := rangeAfter(r, lowEnd)
	if next := tensAfter(r, n); second < 0 && next > 0 {
		second = next
		n.value -= math.Mod(n.value, 10) // 十几 as the lower end is ten
	}
	if second >= 0 && sep != "±" && sep != "/" {
		if m, ok := readNumber(r, second); ok {
			var scale float64
			high, end, known = scaleOf(r, m)
			if m.value > 0 {
				scale = high / m.value
			}
			if power := hanPower(r[m.end-1]); m.han && power >= tenThousand && n.value < power {
				scale *= power // 五十到一百万
			}
			if !lowKnown {
				low = n.value * scale
			}
		}
	}
	if !known && !(asked && isBare(r, end) && n.value >= 1 && (!n.han || n.end-n.start > 1)) {
		return a, end, false
	}
	if !known {
		low, high = low*tenThousand, high*tenThousand
		if at(r, end) == '个' {
			if end++; strings.ContainsRune("点月小人钟工星百件样方项", at(r, end)) {
				return a, end, false // 12个点, 3个月
			}
		}
	}
	if bareWan(r, end) && !asked && !budgetCue(r, i) {
		return a, end, false
	}
	a = Amount{Start: i, End: end, Money: Money{Min: low / tenThousand, Max: high / tenThousand, Unit: "万元"}}
	ok = a.Money.Max >= a.Money.Min && a.Money.Max > 0 && a.Money.Max < mostMoney
	if low == high {
		a.Money = a.Money.limited(r, i, end)
	}
	return a, end, ok
}

// tensAfter returns where the upper end starts of a range that is said in one
// breath, 0 if none does: 十来二十万, 十几二十万.
func tensAfter(r []rune, n numeral) int {
	i := n.end
	if c := at(r, i); c == '来' || c == '几' {
		i++
	} else if c := at(r, i-1); c != '来' && c != '几' {
		return 0
	}
	if m, ok := readNumber(r, i); ok && n.han && m.han && m.value > n.value {
		return i
	}
	return 0
}

// limited leaves one side of a single figure open, if words beside it name a
// range: 二十万以内 has no lower end, 至少三十万 no upper one. A ceiling (70万封顶,
// 最多80万) is a figure of its own, as people plan with it.
func (m Money) limited(r []rune, start, end int) Money {
	before, _, implied := opBefore(r, start)
	behind, after := opAfter(r, end)
	switch {
	case behind == AtMost && !strings.HasSuffix(string(r[end:after]), "封顶"):
		m.Min = 0
	case behind == AtLeast, behind == "" && !implied && (before == AtLeast || before == Above):
		m.Max = 0
	}
	return m
}

// scaleOf returns the amount in yuan, where it ends, and whether a unit of
// money or a 万 was written.
func scaleOf(r []rune, n numeral) (yuan float64, end int, known bool) {
	yuan, end = n.value, n.end
	if n.han && n.end > n.start && hanPower(r[n.end-1]) >= tenThousand {
		known = true
	}
	if c := at(r, end); c == '来' || c == '多' || c == '余' || c == '几' {
		end++
	}
	for at(r, end) == ' ' {
		end++
	}
	for hanPower(at(r, end)) >= 100 {
		yuan, known = yuan*hanPower(r[end]), true
		end++
	}
	for _, w := range [...]string{"元人民币", "人民币", "块钱", "元钱", "块", "元", "圆"} {
		if hasAt(r, end, w) && !hasAt(r, end, "元素") {
			return yuan, end + len([]rune(w)), true
		}
	}
	if !known || end == n.end && !n.han {
		return yuan, n.end, false
	}
	return yuan, end, known
}

// isBare reports whether nothing that could be another unit follows.
func isBare(r []rune, i int) bool {
	c := at(r, i)
	if c == '个' {
		return !hasAt(r, i, "个月") && !hasAt(r, i, "个小时") && !hasAt(r, i, "个人")
	}
	return isBreak(c) || strings.ContainsRune("以左上吧封之够内出顶", c)
}

// bareWan reports whether the amount ends with 万 or 亿 and no word for money.
func bareWan(r []rune, end int) bool {
	last := at(r, end-1)
	return (hanPower(last) >= tenThousand) || last == '来' || last == '多' || last == '余'
}

// budgetCue reports whether the words before i speak of money, and no thing is
// counted behind it.
func budgetCue(r []rune, i int) bool {
	left := clauseLeft(r, i, 14)
	for _, w := range [...]string{"预算", "投入", "投资", "资金", "经费", "费用", "出资", "准备", "钱", "批了", "拿得出", "最多出", "花", "封顶", "额", "budget"} {
		if strings.Contains(left, w) {
			return true
		}
	}
	return false
}

// clauseLeft returns up to n runes before i, from the start of the sentence.
func clauseLeft(r []rune, i, n int) string {
	start := i
	for start > 0 && i-start < n && !strings.ContainsRune("。;\n!?", r[start-1]) && r[start-1] != '；' {
		start--
	}
	return string(r[start:i])
}

func clauseRight(r []rune, i, n int) string {
	end := i
	for end < len(r) && end-i < n && !strings.ContainsRune("。,;\n!?、", r[end]) {
		end++
	}
	return string(r[i:end])
}

// roleOf judges by the words around the amount; the nearest on the left wins.
func roleOf(r []rune, a Amount) MoneyRole {
	left, right := clauseLeft(r, a.Start, 16), clauseRight(r, a.End, 10)
	role, best, length := MoneyRole(""), -1, 0
	for _, cue := range moneyCues() {
		i := strings.LastIndex(left, cue.word)
		if end := i + len(cue.word); i >= 0 && (end > best || end == best && len(cue.word) > length) {
			role, best, length = cue.role, end, len(cue.word)
		}
	}
	if strings.HasPrefix(right, "/") || strings.HasPrefix(right, "每") || strings.HasPrefix(right, "一") {
		return MoneyOther
	}
	if role != "" {
		return role
	}
	for _, cue := range moneyCues() {
		if strings.Contains(right, cue.word) {
			return cue.role
		}
	}
	return ""
}

type moneyCue struct {
	word string
	role MoneyRole
}

func moneyCues() []moneyCue {
	var cues []moneyCue
	for _, group := range [...]moneyCue{
		{"预算 投入 拟投 拟投资 投资 经费 资金 出资 准备 批了 拿得出 研发费 研发费用 总投 计划投 预计 封顶 研发的钱 愿意出 能出 我出", MoneyPlanned},
		{"付给合作方 支付给 付给 给合作方 给揭榜方 给你们 外协费 给学校 给高校 给院校 给老师 给团队 给专家 给对方 给乙方 给研究院", MoneyToPartner},
		{"已投入 已经投入 累计投入 先后投入 前期投入 已投资 累计投资 已完成投资 花了 投了 花掉 已投 设备投入了", MoneySpent},
		{"产值 销售 销售额 营收 营业 年收入 收入 利税 利润 注册资本 注册资金 固定资产 总资产 资产 市场 市场规模 效益 成本 价格 售价 单价 赔 赔出去 罚 罚款 损失 搭进去 扣 省下 节省 节约 电费 贷款 贷 " +
			"每吨 一吨 每年 每片 单只 单件 押了 抵押 纳税 税收 产能 贵 亏 赚 增收 新增 换设备", MoneyOther},
	} {
		for w := range strings.FieldsSeq(group.word) {
			cues = append(cues, moneyCue{w, group.role})
		}
	}
	return cues
}
