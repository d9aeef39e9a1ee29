package interview

import (
	"slices"
	"strconv"
	"strings"

	"tanxu/extract"
	"tanxu/need"
)

// row applies one found row of indicators: it completes a row that is there,
// corrects one, disagrees with one, or is new.
func (t *turn) row(n *need.Need, m Message, f extract.RowFound, corrects bool) {
	found := f.Row
	if !grounded(m, found.Evidence) {
		t.drop(n, m, "row "+found.Name+" without its words")
		return
	}
	old := t.sameRow(n, &found)
	if old == nil {
		if found.Name == "" {
			t.drop(n, m, "row without a name")
			return
		}
		found.ID = "i" + strconv.Itoa(len(n.Indicators)+1)
		for n.Row(found.ID) != nil {
			found.ID += "a"
		}
		t.setRow(n, m, found, "")
		return
	}
	if !commensurable(old.Unit, found.Unit) {
		t.drop(n, m, "row "+found.Name+" in another unit")
		return
	}
	merged, rival := merge(*old, found, corrects)
	if part := partOf(t.asked.ID); old.ID == rowOf(t.asked.ID) && part != "" && !corrects {
		merged, rival = mergeAsked(*old, found, part)
	}
	if f.Model && f.Corrects && found.ID != "" && found.Name != old.Name {
		merged.Name, merged.Checks.Aligned = found.Name, found.Checks.Aligned
	}
	why := ""
	switch {
	case rival && old.Status != need.Conflicting:
		merged.Status, why = need.Conflicting, "said otherwise before"
	case corrects:
		why = "corrected by the contact"
	}
	if sameRows(*old, merged) {
		if f.Corrects && t.s.Phase != PhaseInterviewing {
			t.changed = append(t.changed, "indicator:"+old.ID) // it is shown as it stands
		}
		return
	}
	t.setRow(n, m, merged, why)
}

// distinct lets only one of the rows found in a message speak of a row on record,
// the one whose name is nearest; the others are looked up by their own names.
func distinct(n *need.Need, found []extract.RowFound) []extract.RowFound {
	near := func(f extract.RowFound) float64 {
		row := n.Row(f.Row.ID)
		if row == nil {
			return 0
		}
		return max(overlap(f.Row.Name, row.Name), overlap(row.Name, f.Row.Name))
	}
	out := slices.Clone(found)
	for i, f := range out {
		if f.Row.ID != "" && slices.ContainsFunc(found, func(o extract.RowFound) bool { return o.Row.ID == f.Row.ID && near(o) > near(f) }) {
			out[i].Row.ID, out[i].Corrects = "", false
		}
	}
	return out
}

func (t *turn) setRow(n *need.Need, m Message, row need.Indicator, why string) {
	if row.Status == "" || row.Status == need.Missing || row.Status == need.Vague || row.Status == need.Filled {
		row.Status = need.Filled
		if row.Name == "" || row.Unit == "" || (row.Current == nil && row.Target == nil) {
			row.Status = need.Vague
		}
	}
	row.Past = nil // the fold keeps the history
	t.emit(need.Event{Kind: need.RowSet, By: need.Contact, Need: n.ID, Message: m.ID, Row: &row, Note: why})
	t.changed = append(t.changed, "indicator:"+row.ID)
	t.checkLimit(n, m, &row)
}

// checkLimit sends a target that physics forbids to an expert; it stays as the
// contact said it.
func (t *turn) checkLimit(n *need.Need, m Message, row *need.Indicator) {
	why := n.BeyondLimit(row)
	known := slices.ContainsFunc(n.Routes, func(r need.Route) bool { return r.Kind == need.RouteExpertCheck })
	if why == "" || known || len(row.Evidence) == 0 {
		return
	}
	route := need.Route{Kind: need.RouteExpertCheck, Why: why, Evidence: row.Evidence}
	t.emit(need.Event{Kind: need.Routed, Need: n.ID, Message: m.ID, Route: &route})
}

// sameRow returns the row that a found one speaks of, nil for a new one.
func (t *turn) sameRow(n *need.Need, found *need.Indicator) *need.Indicator {
	if found.ID != "" {
		return n.Row(found.ID)
	}
	if found.Name == "" {
		return n.Row(rowOf(t.asked.ID))
	}
	var best *need.Indicator
	score := 0.6
	for _, row := range n.Indicators {
		if row.Unit != "" && found.Unit != "" && !strings.EqualFold(row.Unit, found.Unit) {
			continue
		}
		o := min(overlap(row.Name, found.Name), overlap(found.Name, row.Name))
		if strings.Contains(row.Name, found.Name) || strings.Contains(found.Name, row.Name) {
			o = max(o, 0.7)
		}
		if row.Name == found.Name {
			o = 1
		}
		if o > score {
			best, score = row, o
		}
	}
	return best
}

// merge completes old by what was found, and reports whether they disagree;
// with corrects what was found wins.
func merge(old, found need.Indicator, corrects bool) (merged need.Indicator, rival bool) {
	old, found = oneUnit(old, found)
	merged = old
	merged.Evidence = slices.Clone(old.Evidence)
	for _, e := range found.Evidence {
		if !slices.Contains(merged.Evidence, e) {
			merged.Evidence = append(merged.Evidence, e)
		}
	}
	differ := func(a, b *need.Quantity) bool { return a != nil && b != nil && !equal(a, b) }
	rival = !corrects && (differ(old.Current, found.Current) || differ(old.Target, found.Target))
	merged.Checks = checksOf(old, found)
	merged.Checks.Aligned = old.Checks.Aligned // it goes with the name
	if found.Current != nil {
		merged.Current, merged.CurrentStatus = found.Current, ""
	}
	if found.Target != nil {
		merged.Target = found.Target
		if found.Op != "" {
			merged.Op = found.Op
		}
	}
	fill := func(to *string, from string) {
		if from != "" && (*to == "" || corrects || strings.Contains(from, *to)) {
			*to = from
		}
	}
	fill(&merged.Unit, found.Unit)
	fill(&merged.Condition, found.Condition)
	fill(&merged.Method, found.Method)
	fill(&merged.Priority, found.Priority)
	if old.Status == need.Conflicting && corrects {
		merged.Status = need.Filled
	}
	if merged.Current != nil || merged.Target != nil {
		switch merged.Status {
		case need.Unknown, need.Delegated, need.Declined:
			merged.Status = need.Filled
		}
	}
	return merged, rival
}

// oneUnit counts the numbers of a row and of what completes it in one unit: who
// has said 5 % and then 千分之三 means 0.3 %.
func oneUnit(old, found need.Indicator) (need.Indicator, need.Indicator) {
	if old.Unit == "" || found.Unit == "" || need.SameUnit(old.Unit, found.Unit) {
		return old, found
	}
	if counted, ok := countedIn(found, old.Unit); ok {
		return old, counted
	}
	if counted, ok := countedIn(old, found.Unit); ok {
		return counted, found
	}
	return old, found
}

// countedIn is a row with its numbers in another unit of the same dimension.
func countedIn(row need.Indicator, unit string) (need.Indicator, bool) {
	for _, q := range []**need.Quantity{&row.Current, &row.Target} {
		if *q == nil {
			continue
		}
		n, ok := need.InUnit(**q, row.Unit, unit)
		if !ok {
			return row, false
		}
		*q = &n
	}
	row.Unit = unit
	return row, true
}

// checksOf are the checks of a row that is completed or corrected: those of the
// new numbers, and of the old ones that stay; numbers said again change nothing.
func checksOf(old, found need.Indicator) need.Checks {
	fresh := func(was, is *need.Quantity) bool { return is != nil && (was == nil || !equal(was, is)) }
	if !fresh(old.Current, found.Current) && !fresh(old.Target, found.Target) {
		return old.Checks
	}
	checks := found.Checks
	if old.Current != nil && found.Current == nil || old.Target != nil && found.Target == nil {
		checks.Rule, checks.Agree = checks.Rule && old.Checks.Rule, checks.Agree && old.Checks.Agree
	}
	return checks
}

// mergeAsked completes the row that was asked about. Only the part that the
// question was about is overwritten; the others are filled, or disagree.
func mergeAsked(old, found need.Indicator, part string) (merged need.Indicator, rival bool) {
	switch part {
	case "condition":
		found.Current, found.Target, found.Op, found.Unit = nil, nil, "", ""
		return merge(old, found, true)
	case "current":
		old.Current = nil
	case "target":
		old.Target = nil
	}
	merged, rival = merge(old, found, false)
	if part == "unit" && found.Unit != "" {
		merged.Unit = found.Unit
	}
	return merged, rival
}

// commensurable reports whether two units, where both are known, measure the
// same dimension.
func commensurable(a, b string) bool {
	ua, oka := need.NormalUnit(a)
	ub, okb := need.NormalUnit(b)
	return a == "" || b == "" || !oka || !okb || ua.Base == ub.Base
}

// partOf is the part of a row that a question asks for, "" if it is about none.
func partOf(id string) string {
	kind, row, _ := strings.Cut(id, ":")
	part, ok := strings.CutPrefix(kind, "indicator.")
	if row == "" || !ok || part == "conflict" {
		return ""
	}
	return part
}

// equal reports whether two quantities are the same number or range.
func equal(a, b *need.Quantity) bool {
	if a == nil || b == nil {
		return a == b
	}
	if (a.Num2 == nil) != (b.Num2 == nil) || (a.Num2 != nil && *a.Num2 != *b.Num2) {
		return false
	}
	return a.Num == b.Num
}

func sameRows(a, b need.Indicator) bool {
	return a.Name == b.Name && equal(a.Current, b.Current) && equal(a.Target, b.Target) && a.Op == b.Op &&
		a.CurrentStatus == b.CurrentStatus && a.Unit == b.Unit && a.Condition == b.Condition && a.Method == b.Method && a.Status == b.Status
}

// value texts of a row, as people read them.

// currentText is today's value with its unit, "" if nobody said.
func currentText(row *need.Indicator) string {
	if row.Current == nil {
		return ""
	}
	sign := ""
	if row.Op == need.PlusMinus && !strings.HasPrefix(row.Current.Text, "±") {
		sign = "±"
	}
	return sign + row.Current.Text + space(row.Unit)
}

// targetText is the target with its comparator and unit, "" if nobody said.
func targetText(row *need.Indicator) string {
	if row.Target == nil {
		return ""
	}
	op := string(row.Op)
	if row.Op == need.Between || row.Op == need.Equal || strings.HasPrefix(row.Target.Text, op) {
		op = ""
	}
	if row.Op == need.About {
		op = "约 "
	}
	return op + row.Target.Text + space(row.Unit)
}

// space sets Latin units off from the number, as in "28 Ω" but "2.6%".
func space(unit string) string {
	if unit == "" || strings.HasPrefix(unit, "%") || strings.HasPrefix(unit, "‰") || strings.HasPrefix(unit, "°") {
		return unit
	}
	return " " + unit
}
