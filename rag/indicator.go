package rag

import (
	"math"
	"strings"

	"tanxu/need"
)

// sameName is the likeness from which two names are taken for one quantity.
const sameName = 0.6

// compareIndicators says of each target of the need whether the achievement
// states that it is reached.
func compareIndicators(n *need.Need, a need.Achievement) []need.Reason {
	var out []need.Reason
	stated := figures(a)
	for _, row := range n.Indicators {
		if row.Name == "" || row.Target == nil {
			continue
		}
		r := need.Reason{
			Kind: need.GapIndicatorAbsent, Field: "indicator:" + row.ID, Name: row.Name, Wanted: wanted(row),
			Need: rowEvidence(row),
		}
		f, ok := bestFigure(row, stated)
		if !ok {
			r.Wanted = underCondition(row)
			out = append(out, r)
			continue
		}
		r.Offered, r.Achievement = f.stated(row), f.clause.evidence()
		r.Kind = judge(row, f.measure)
		out = append(out, r)
		if r.Kind == need.ReasonIndicatorMet && !underSameCondition(row, f) {
			r.Kind, r.Wanted = need.GapIndicatorCond, row.Condition
			out = append(out, r)
		}
	}
	return out
}

// underCondition is the target with what it is measured under: what tells rows
// of one name apart.
func underCondition(row *need.Indicator) string {
	const most = 40
	if condition := strings.TrimSpace(row.Condition); condition != "" && len([]rune(condition)) <= most {
		return wanted(row) + "，" + condition
	}
	return wanted(row)
}

func rowEvidence(row *need.Indicator) need.Evidence {
	if len(row.Evidence) > 0 {
		return row.Evidence[0]
	}
	return whole("field:indicator:"+row.ID, strings.TrimSpace(row.Name+" "+wanted(row)))
}

// bestFigure finds the figure that most likely is of the row's quantity; of
// equals one that can be compared, then the first.
func bestFigure(row *need.Indicator, stated []figure) (figure, bool) {
	var best figure
	var top float64
	for _, f := range stated {
		score := likeness(row.Name, f.name)
		if score < sameName {
			continue
		}
		if _, ok := scale(f.measure.Unit, row.Unit); ok {
			score += 0.5
		}
		if score > top {
			best, top = f, score
		}
	}
	return best, top > 0
}

// scale is the factor from one unit to another; ok is false if there is none.
func scale(from, to string) (factor float64, ok bool) {
	if need.SameUnit(from, to) {
		return 1, true
	}
	a, okA := need.NormalUnit(from)
	b, okB := need.NormalUnit(to)
	if !okA || !okB || a.Base != b.Base || b.Factor == 0 {
		return 0, false
	}
	return a.Factor / b.Factor, true
}

// judge compares what is stated with the target of the row.
func judge(row *need.Indicator, m need.Measure) need.ReasonKind {
	factor, ok := scale(m.Unit, row.Unit)
	if !ok {
		return need.GapIndicatorUnit
	}
	low, high := bounds(m.Quantity, m.Op, factor)
	verdict := func(met, missed bool) need.ReasonKind {
		switch {
		case met:
			return need.ReasonIndicatorMet
		case missed:
			return need.GapIndicatorShort
		default:
			return need.GapIndicatorUnclear
		}
	}
	target := row.Target.Num
	switch row.Op {
	case need.AtLeast, need.Above:
		// "At least 78" promises 78, no more.
		return verdict(low >= target, !math.IsInf(low, -1) && (low < target || high < target))
	case need.AtMost, need.Below:
		return verdict(high <= target, !math.IsInf(high, 1) && (high > target || low > target))
	case need.Between:
		if row.Target.Num2 == nil {
			return need.GapIndicatorUnclear
		}
		return verdict(low >= target && high <= *row.Target.Num2, high < target || low > *row.Target.Num2)
	default:
		return verdict(low <= target && target <= high && high-low <= math.Abs(target)/5, high < target || low > target)
	}
}

// bounds is the interval that a stated figure promises.
func bounds(q need.Quantity, op need.Op, factor float64) (low, high float64) {
	low, high = q.Num*factor, q.Num*factor
	switch {
	case q.Num2 != nil && op == need.PlusMinus:
		low, high = (q.Num-*q.Num2)*factor, (q.Num+*q.Num2)*factor
	case q.Num2 != nil:
		high = *q.Num2 * factor
	case op == need.AtLeast || op == need.Above:
		high = math.Inf(1)
	case op == need.AtMost || op == need.Below:
		low = math.Inf(-1)
	case op == need.PlusMinus: // a tolerance without its centre
		low, high = -math.Abs(low), math.Abs(high)
	}
	return min(low, high), max(low, high)
}

// underSameCondition reports whether the clause of the figure speaks of the
// condition under which the need wants the target.
func underSameCondition(row *need.Indicator, f figure) bool {
	if row.Condition == "" {
		return true
	}
	asked, said := unique(Lexemes(row.Condition)), count(Lexemes(f.clause.text))
	shared := 0
	for _, l := range asked {
		if said[l] > 0 {
			shared++
		}
	}
	return 2*shared >= len(asked)
}
