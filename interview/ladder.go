package interview

import (
	"strconv"
	"strings"

	"tanxu/interview/guide"
	"tanxu/need"
)

// ladder asks for indicators again and again, as long as answers bring rows.
func (t *turn) ladder(n *need.Need, f *guide.Field, field *need.Field) (candidate, float64) {
	ask := candidate{id: "indicator.ask", key: f.Key, text: f.Ask}
	again := candidate{id: "indicator.again", key: f.Key, text: f.Again}
	gained, rungs := t.s.talk(n.ID).gained[f.Key], 0
	if t.s.talk(n.ID).done[f.Key] {
		return ask, 0
	}
	for _, q := range t.s.Asked {
		if q.Need == n.ID && strings.HasPrefix(q.ID, "indicator.") && rowOf(q.ID) == "" {
			rungs++
		}
	}
	switch {
	case rungs == 0 && len(n.Indicators) > 0:
		return again, gapMissing
	case rungs == 0:
		return ask, gapMissing
	case rungs >= ladderLimit:
		return ask, 0
	case gained > 0 && t.s.askedAs(n.ID, again.id):
		return candidate{id: "indicator.more", key: f.Key, text: t.guide.Texts["ask_more"]}, gapMissing
	case gained > 0:
		return again, gapMissing
	case len(n.Indicators) == 0 && t.astray && field.Probes == 0 && !t.s.askedAs(n.ID, "indicator.retry"):
		return candidate{id: "indicator.retry", key: f.Key, text: f.Retry, probe: true}, gapMissing
	case len(n.Indicators) == 0 && field.Probes < probeLimit:
		return candidate{id: "indicator.probe" + strconv.Itoa(field.Probes+1), key: f.Key, text: f.Probes[field.Probes], probe: true}, gapMissing
	case field.Status == need.Vague && field.Probes == 0 && hasNumber(field.Raw):
		return candidate{id: "indicator.probe1", key: f.Key, text: f.Probes[0], probe: true}, gapVague
	default:
		return ask, 0
	}
}

// rowQuestions ask for what single rows lack, by the name of the row.
func (t *turn) rowQuestions(n *need.Need, f *guide.Field) []candidate {
	about := 0
	for _, q := range t.s.Asked {
		if q.Need == n.ID && rowOf(q.ID) != "" {
			about++
		}
	}
	if about >= rowLimit {
		return nil
	}
	measured, whole := assessable(n)
	var list []candidate
	add := func(row *need.Indicator, part string, text guide.Text, worth float64, pairs ...string) {
		id := "indicator." + part + ":" + row.ID
		if t.s.askedAs(n.ID, id) {
			return
		}
		c := candidate{id: id, key: need.KeyIndicator, text: text, pairs: append([]string{"name", line(row.Name)}, pairs...)}
		c.probe = part != "conflict"
		c.score = worth*t.answerable(n, f.Key) + t.adjacency(f.Key) - f.Burden
		list = append(list, c)
	}
	for _, row := range n.Indicators {
		switch {
		case row.Status == need.Conflicting && len(row.Past) > 0:
			a, b := rivals(row)
			add(row, "conflict", t.guide.Row.Conflict, rowConflict, "a", a, "b", b)
		case reached(row) && !t.s.askedAs(n.ID, "indicator.reached:"+row.ID):
			add(row, "reached", t.guide.Row.Reached, rowConflict, "a", currentText(row), "b", targetText(row))
		case row.Status != need.Filled && row.Status != need.Vague:
		case row.Target == nil:
			add(row, "target", t.guide.Row.Target, rowTarget)
		case row.Unit == "":
			add(row, "unit", t.guide.Row.Unit, rowUnit)
		case row.Current == nil && row.CurrentStatus == "" && whole < wholeRows:
			add(row, "current", t.guide.Row.Current, rowCurrent)
		case row.Condition == "" && row.Method == "" && measured == 0:
			add(row, "condition", t.guide.Row.Condition, rowCondition)
		}
	}
	return list
}

// assessable counts the rows that say how they are measured, and those that have
// today's value and a target with its unit: a reader of the need wants one and
// two of them.
func assessable(n *need.Need) (measured, whole int) {
	for _, row := range n.Indicators {
		if row.Target != nil && (row.Condition != "" || row.Method != "") {
			measured++
		}
		if row.Target != nil && row.Current != nil && row.Unit != "" {
			whole++
		}
	}
	return measured, whole
}
