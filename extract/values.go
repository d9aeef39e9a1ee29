package extract

import (
	"strings"
	"time"

	"tanxu/need"
)

// budget reads the money that is planned for the need.
func (rd *reader) budget(k need.Key, asked bool) {
	s := string(rd.t.runes)
	best, score := -1, 0
	amounts := need.Amounts(s, asked)
	for i, a := range amounts {
		points := moneyPoints(rd.t, a, k, asked)
		if points > score {
			best, score = i, points
		}
	}
	if best < 0 {
		return
	}
	a := amounts[best]
	where := rd.t.clauseAround(span{a.Start, a.End})
	if best+1 < len(amounts) && asked && rd.t.caps(amounts[best+1], a) {
		next := amounts[best+1]
		a.Money.Max, where.end = next.Money.Max, rd.t.clauseAround(span{next.Start, next.End}).end
	}
	rd.found(k, need.Value{Money: &a.Money}, where)
	if k == need.KeyBudget {
		rd.partnerShare(amounts, best)
	}
}

// caps reports whether an amount is the most that another one may become, said
// behind it: 二三十万吧，五十顶天.
func (t *text) caps(most, a need.Amount) bool {
	words := t.str(t.clauseAround(span{most.Start, most.End}))
	return a.Role != need.MoneyToPartner && (most.Role == "" || most.Role == need.MoneyPlanned) && most.Money.Max > a.Money.Max && a.Money.Max > 0 &&
		most.Start-a.End <= farthestCap && containsAny(words, "顶天", "到顶", "封顶", "最多", "顶多", "撑死", "不超过", "上限")
}

// farthestCap is how many runes may stand between an amount and its cap.
const farthestCap = 8

// partnerShare takes what a partner is to be paid out of a budget, where the
// words beside the budget say it: 其中给合作方五十万.
func (rd *reader) partnerShare(amounts []need.Amount, whole int) {
	for i, a := range amounts {
		if i != whole && a.Role == need.MoneyToPartner && !rd.has(need.KeyBudgetToPartner) {
			rd.found(need.KeyBudgetToPartner, need.Value{Money: &a.Money}, rd.t.clauseAround(span{a.Start, a.End}))
		}
	}
}

// moneyPoints says how likely an amount is the budget; 0 rules it out.
func moneyPoints(t *text, a need.Amount, k need.Key, asked bool) int {
	before := t.str(span{max(0, a.Start-4), a.Start})
	if containsAny(before, "不是", "不算", "作废") || asksBack(t.str(t.clauseAround(span{a.Start, a.End}))) {
		return 0
	}
	switch a.Role {
	case need.MoneyPlanned:
		if !asked && !planned(t.str(t.clauseAround(span{a.Start, a.End}))) {
			return 0
		}
		return 3
	case need.MoneyToPartner:
		if k == need.KeyBudgetToPartner {
			return 4
		}
		if !asked {
			return 0 // a share, not the whole
		}
		return 1
	case need.MoneyOther:
		words := t.str(t.clauseAround(span{a.Start, a.End}))
		if rest, yearly := strings.CutPrefix(words, "每年"); yearly && asked && len([]rune(rest))-(a.End-a.Start) <= yearlyRest {
			return 1 // 每年三五十万: the answer is no more than that
		}
		return 0
	case need.MoneySpent:
		return 0
	}
	if asked {
		return 2
	}
	return 0
}

// yearlyRest is how many runes stand beside a yearly amount that is all of an
// answer.
const yearlyRest = 2

// asksBack reports whether words ask whether an amount would do, and name none.
func asksBack(words string) bool {
	return containsAny(words, "够不够", "够吗", "够么", "行不行", "行吗", "可不可以", "贵不贵", "enough?")
}

// planned reports whether the words around money in a free text speak of what
// is to be spent on the need, and not of what was.
func planned(words string) bool {
	if containsAny(words, "已投", "目前投入", "建成", "投产", "占地", "已经投", "总资产") {
		return false
	}
	return containsAny(words, "拟", "计划", "预计", "预算", "将", "准备", "项目", "经费", "需", "愿", "可投", "研发", "出资", "批了", "能出", "总投")
}

// deadline reads when the need must be met.
func (rd *reader) deadline(asked bool) {
	now := rd.c.Now
	if now.IsZero() {
		now = time.Now()
	}
	best, score := -1, 0
	whens := need.Deadlines(string(rd.t.runes), now)
	for i, w := range whens {
		if points := datePoints(rd.t, w, asked, now); points > score {
			best, score = i, points
		}
	}
	if best < 0 {
		return
	}
	w := whens[best]
	if iso := w.Deadline.ISO; !rd.spoken() && len(iso) == len(time.DateOnly) && hasAnySuffix(w.Deadline.Text, "月底", "月末") {
		w.Deadline.ISO = iso[:len("2006-01")] // papers count by months, in talk the last day is meant
	}
	rd.found(need.KeyDeadline, need.Value{Deadline: &w.Deadline}, rd.t.clauseAround(span{w.Start, w.End}))
}

// datePoints says how likely a date is the deadline; 0 rules it out. The past
// is none, and of several the exact ones come first.
func datePoints(t *text, w need.When, asked bool, now time.Time) int {
	if !w.Duration && w.Deadline.ISO < now.Format("2006-01")[:min(7, len(w.Deadline.ISO))] {
		return 0
	}
	clause := t.str(t.clauseAround(span{w.Start, w.End}))
	if w.Duration && containsAny(clause, "过去", "近几年", "每年", "一年能", "年产", "以来", "干了", "用了", "做了", "成立", "质保", "生产周期", "成形周期", "养护周期", "交货周期", "能用", "寿命", "保质", "货架", "不坏", "过年了", "年头") {
		return 0
	}
	points := len(w.Deadline.ISO)
	if w.Duration {
		points = 8
		if strings.HasSuffix(w.Deadline.ISO, "D") {
			points = 3
		}
	}
	if w.Limit {
		points += 10
	} else if !asked {
		return 0
	}
	return points
}
