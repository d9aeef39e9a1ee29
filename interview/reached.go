package interview

import (
	"math"
	"slices"

	"tanxu/extract"
	"tanxu/need"
)

// reached reports whether today's value of a row is better than its target: then
// the two may have been said the wrong way round. A floor that must be kept,
// 不能低于, or that is told as enough, 不低于…就行, is no such target, nor is one so
// near to what there is.
func reached(row *need.Indicator) bool {
	now, goal := row.Current, row.Target
	if now == nil || goal == nil || now.Num2 != nil || goal.Num2 != nil || row.Status == need.Conflicting {
		return false
	}
	kept := slices.ContainsFunc(row.Evidence, func(e need.Evidence) bool {
		return containsAny(e.Quote, "不能低", "不能高", "不能超", "不能掉", "不得", "别低", "别高", "别掉", "保持", "维持", "不变", "保住",
			"就行", "即可", "就可以", "就够", "也行", "都行")
	})
	const near = 0.05
	kept = kept || math.Abs(now.Num-goal.Num) <= near*math.Abs(goal.Num)
	atLeast, atMost := row.Op == need.AtLeast || row.Op == need.Above, row.Op == need.AtMost || row.Op == need.Below
	return !kept && (atLeast && now.Num > goal.Num || atMost && now.Num < goal.Num)
}

// settleReached reads the answer to the question which way round the two values of
// a row are, and reports whether it was one. What stays as it was said is noted
// for those who check.
func (t *turn) settleReached(m Message, r extract.Reading) bool {
	n := t.active()
	row := n.Row(rowOf(t.asked.ID))
	if row == nil || len(r.Rows) > 0 && has(r, extract.Correct) {
		return false
	}
	turned := *row
	turned.Current, turned.Target = row.Target, row.Current
	stays := containsAny(m.Text, "没说反", "没有反", "没反", "没错", "没说错", "就是这样", "not swapped")
	switch {
	case !stays && containsAny(m.Text, "反了", "颠倒", "搞反", "弄反", "swapped", "other way round"), nowIs(m.Text, row.Target):
		turned.Evidence = append(slices.Clone(row.Evidence), evidence(m, []rune(m.Text), span{0, len([]rune(m.Text))}))
		t.setRow(n, m, turned, "the two values were said the wrong way round")
		t.acks = append(t.acks, t.text("ack_row", "term", t.rowAck(&turned)))
	case !stays && len(r.Rows) > 0:
		r.Intents = append(r.Intents, extract.Correct)
		t.take(m, r)
	default:
		t.emit(need.Event{Kind: need.Noted, By: need.Contact, Need: n.ID, Message: m.ID, Note: "today's value of " + row.Name + " is better than its target: " + line(m.Text)})
		t.acks = append(t.acks, t.text("ack_enough"))
	}
	return true
}

// nowIs reports whether the only number of words is that of a quantity: 1200 是现在的.
func nowIs(words string, q *need.Quantity) bool {
	list := need.Measures(words)
	return len(list) == 1 && list[0].Quantity.Num == q.Num && containsAny(words, "现在", "目前", "today", "now") && !containsAny(words, "目标", "target")
}
