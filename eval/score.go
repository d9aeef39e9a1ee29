package eval

import (
	"fmt"
	"slices"
	"strings"

	"tanxu/need"
	"tanxu/need/record"
)

// Hits counts what was found, what was given, and what of it is right.
type Hits struct {
	Right int `json:"right"`
	Given int `json:"given"`
	Gold  int `json:"gold"`
	Found int `json:"hit"` // gold entries found; equal to Right but for lists
}

// Precision is the share of what was given that is right, Recall the share of
// the gold that was found; 1 where there is none.
func (s Hits) Precision() float64 { return ratio(s.Right, s.Given) }

// Recall is the other half of F1.
func (s Hits) Recall() float64 { return ratio(s.Found, s.Gold) }

// F1 is the harmonic mean of precision and recall, 1 where there is nothing to
// find and nothing was given.
func (s Hits) F1() float64 {
	if s.Given == 0 && s.Gold == 0 {
		return 1
	}
	if s.Given == 0 || s.Gold == 0 {
		return 0
	}
	p, r := float64(s.Right)/float64(s.Given), float64(s.Found)/float64(s.Gold)
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func (s *Session) score(p Persona, c *Contact, records []record.Record, said map[string]string) {
	told, all := c.share(func(Fact) bool { return true })
	s.Told = ratio(told, all)
	told, all = c.share(func(f Fact) bool { return f.Disclose != "probed" })
	s.Explicit = ratio(told, all)
	s.Probed = -1
	if told, all := c.share(func(f Fact) bool { return f.Disclose == "probed" }); all > 0 {
		s.Probed = ratio(told, all)
	}
	s.Ungrounded = ungrounded(records, said)
	live := slices.DeleteFunc(slices.Clone(records), func(r record.Record) bool { return r.Status == need.StatusShelved })
	s.NeedsOver = max(0, len(live)-len(p.Gold.Needs))
	s.Routed = routesFit(p.Gold.Verdict, records)
	s.Statuses, s.Type = -1, -1
	s.Chain, s.Cluster = s.labelled(p.Chain, records, need.KeyChain), s.labelled(p.Cluster, records, need.KeyCluster)
	taken := map[int]bool{}
	types, typed := 0, 0
	for _, g := range p.Gold.Needs {
		best := pickRecord(g, records, taken)
		s.scoreFields(g, best, p.Facts)
		s.scoreRows(g, best)
		if g.NeedType != "" {
			typed++
			if best != nil {
				types += int(s.labelled(g.NeedType, []record.Record{*best}, need.KeyNeedType))
			}
		}
	}
	if typed > 0 {
		s.Type = ratio(types, typed)
	}
	if len(p.Gold.Statuses) > 0 {
		right := 0
		for path, status := range p.Gold.Statuses {
			right += int(one(statusOf(records, path) == status))
		}
		s.Statuses = ratio(right, len(p.Gold.Statuses))
	}
}

// labelled is the share of the records that have the persona's label, as value
// or suggestion; -1 where there is nothing to compare.
func (s *Session) labelled(gold string, records []record.Record, k need.Key) float64 {
	if gold == "" || len(records) == 0 {
		return -1
	}
	right := 0
	for _, r := range records {
		if textValue(r, string(k)) == gold || r.Suggestions[k].Value == gold {
			right++
			continue
		}
		s.Missed = append(s.Missed, fmt.Sprintf("%s: gold %q, suggested %q for %s", k, gold, r.Suggestions[k].Value, r.Suggestions[k].Why))
	}
	return ratio(right, len(records))
}

func ratio(part, all int) float64 {
	if all == 0 {
		return 1
	}
	return float64(part) / float64(all)
}

// pickRecord returns the record, not yet taken, that is most like a gold need.
func pickRecord(g GoldNeed, records []record.Record, taken map[int]bool) *record.Record {
	best, top := -1, -1.0
	for i, r := range records {
		if taken[i] {
			continue
		}
		like := shared(g.Title+g.Problem+g.Scene, r.Title+textValue(r, "problem")+textValue(r, "scene"))
		for _, gr := range g.Indicators {
			for _, row := range r.Indicators {
				like += one(rowMatches(gr, row))
			}
		}
		if like > top {
			best, top = i, like
		}
	}
	if best < 0 {
		return nil
	}
	taken[best] = true
	return &records[best]
}

// codes are the gold values that are compared as one word.
func (g GoldNeed) codes() map[string]string {
	return map[string]string{
		"deadline": g.Deadline, "budget": moneyCode(g.Budget), "coop_mode": g.CoopMode,
		"ip_terms": g.IPTerms, "confidentiality": g.Confidentiality,
	}
}

// entry is one gold value of a field and the facts that it may rest on.
type entry struct {
	field string // of the record
	gold  []string
	facts string // field of the facts
}

func (s *Session) scoreFields(g GoldNeed, r *record.Record, facts []Fact) {
	for _, e := range []entry{
		{"title", list(g.Title), ""}, {"problem", list(g.Problem), "problem"}, {"scene", list(g.Scene), "scene"},
		{"constraints", g.Constraints, "constraint"}, {"tried", g.Tried, "tried"}, {"foundation", g.Foundation, "foundation"},
	} {
		given := []string{}
		if r != nil {
			given = texts(*r, e.field)
		}
		s.scoreTexts(e, given, facts)
	}
	for field, gold := range g.codes() {
		given := ""
		if r != nil {
			given = codeValue(*r, field)
		}
		s.Field.Gold += int(one(gold != ""))
		s.Field.Given += int(one(given != ""))
		if gold != "" && gold == given {
			s.Field.Right++
			s.Field.Found++
		} else if gold != "" || given != "" {
			s.Missed = append(s.Missed, fmt.Sprintf("%s: gold %q, given %q", field, gold, given))
		}
	}
}

// scoreTexts counts a gold text as found when one given text, or all of them
// together, is like it or holds half of a fact that it rests on.
func (s *Session) scoreTexts(e entry, given []string, facts []Fact) {
	s.Field.Gold += len(e.gold)
	s.Field.Given += len(given)
	all := strings.Join(given, "；")
	for _, g := range e.gold {
		if len(given) > 0 && (slices.ContainsFunc(given, func(v string) bool { return charF1(g, v) >= .5 }) || charF1(g, all) >= .5 ||
			slices.ContainsFunc(facts, func(f Fact) bool {
				return f.Field == e.facts && shared(g, f.Fact) >= .5 && shared(f.Say, all) >= .5
			})) {
			s.Field.Found++
			continue
		}
		s.Missed = append(s.Missed, fmt.Sprintf("%s: gold %q, given %q", e.field, g, all))
	}
	for _, v := range given {
		if slices.ContainsFunc(e.gold, func(g string) bool { return charF1(g, v) >= .5 }) ||
			slices.ContainsFunc(facts, func(f Fact) bool {
				return f.Field == e.facts && (shared(f.Say, v) >= .5 || shared(v, f.Say) >= .8)
			}) {
			s.Field.Right++
			continue
		}
		s.Missed = append(s.Missed, fmt.Sprintf("%s: too much %q", e.field, v))
	}
}

func (s *Session) scoreRows(g GoldNeed, r *record.Record) {
	var rows []record.Indicator
	if r != nil {
		rows = slices.DeleteFunc(slices.Clone(r.Indicators), func(row record.Indicator) bool {
			return row.Target == nil && row.Current == nil
		})
	}
	used := map[int]bool{}
	count := func(score *Hits, hit bool) {
		score.Right += int(one(hit))
		score.Found += int(one(hit))
	}
	for _, score := range []*Hits{&s.Rows, &s.RowsCurrent, &s.RowsFull} {
		score.Gold += len(g.Indicators)
		score.Given += len(rows)
	}
	for _, gr := range g.Indicators {
		found := slices.IndexFunc(rows, func(row record.Indicator) bool { return rowMatches(gr, row) })
		if found < 0 || used[found] {
			s.Missed = append(s.Missed, fmt.Sprintf("row %s %s%s%s (%s) not among %s", gr.Name, gr.Op, gr.Target, gr.Unit, gr.Current, rowNames(rows)))
			continue
		}
		used[found] = true
		row := rows[found]
		count(&s.Rows, true)
		now := gr.Current == "" || sameNumber(gr.Current, row.Current)
		count(&s.RowsCurrent, now)
		cond := conditionMatches(gr, row)
		count(&s.RowsFull, cond)
		if !now || !cond {
			s.Missed = append(s.Missed, fmt.Sprintf("row %s: current %q got %s, condition %q got %q", gr.Name, gr.Current, quantity(row.Current), gr.Condition, str(row.Condition)+str(row.Method)))
		}
	}
}

// rowMatches wants value, unit and comparator the same and the name near.
func rowMatches(g GoldRow, row record.Indicator) bool {
	if !nearName(g, row) {
		return false
	}
	if g.Target == "" {
		return sameNumber(g.Current, row.Current)
	}
	op := ""
	if row.Op != nil {
		op = string(*row.Op)
	}
	return sameNumber(g.Target, row.Target) && op == g.Op && need.SameUnit(g.Unit, str(row.Unit))
}

func nearName(g GoldRow, row record.Indicator) bool {
	return max(shared(g.Name, row.Name), shared(row.Name, g.Name)) >= .5 || charF1(g.Name, row.Name) >= .5
}

func conditionMatches(g GoldRow, row record.Indicator) bool {
	given := str(row.Condition) + str(row.Method)
	return g.Condition == "" || charF1(g.Condition, given) >= .5 || shared(g.Condition, given) >= .5
}

func sameNumber(gold string, q *record.Quantity) bool {
	if q == nil {
		return gold == ""
	}
	want := need.Numbers(gold)
	switch {
	case len(want) == 0:
		return gold == q.Text
	case len(want) > 1:
		return q.Num2 != nil && want[0] == q.Num && want[1] == *q.Num2
	default:
		return want[0] == q.Num
	}
}

// ungrounded counts values whose words do not stand where the record says.
func ungrounded(records []record.Record, said map[string]string) int {
	bad := 0
	check := func(list []record.Evidence, hasValue bool) {
		if hasValue && len(list) == 0 {
			bad++
		}
		for _, e := range list {
			id, ok := strings.CutPrefix(e.Ref, "message:")
			text := []rune(said[id])
			if !ok || e.Start < 0 || e.End > len(text) || e.Start >= e.End || string(text[e.Start:e.End]) != e.Quote {
				bad++
			}
		}
	}
	for _, r := range records {
		for _, f := range r.Fields {
			check(f.Evidence, f.Value != nil)
		}
		for _, row := range r.Indicators {
			check(row.Evidence, row.Current != nil || row.Target != nil)
		}
		for _, route := range r.Routes {
			check(route.Evidence, true)
		}
	}
	return bad
}

// routesFit compares the referrals with the verdict.
func routesFit(verdict string, records []record.Record) bool {
	has := map[need.RouteKind]bool{}
	for _, r := range records {
		for _, route := range r.Routes {
			has[route.Kind] = true
		}
	}
	wanted := map[string]need.RouteKind{
		"pseudo_finance": need.RouteFinance, "finance_then_real": need.RouteFinance,
		"pseudo_market": need.RouteMarket, "market_then_real": need.RouteMarket,
		"off_shelf": need.RoutePurchase, "split_purchase_and_real": need.RoutePurchase,
		"infeasible": need.RouteExpertCheck, "infeasible_then_real": need.RouteExpertCheck,
	}[verdict]
	if wanted != "" {
		return has[wanted]
	}
	return !has[need.RouteFinance] && !has[need.RouteMarket]
}

// statusOf returns the status of a field, or of the row "indicator:NAME".
func statusOf(records []record.Record, path string) string {
	field, name, _ := strings.Cut(path, ":")
	name, today := strings.CutSuffix(name, ".current")
	for _, r := range records {
		if field == "indicator" {
			for _, row := range r.Indicators {
				if max(shared(name, row.Name), shared(row.Name, name)) >= .5 {
					if today && row.CurrentStatus != "" {
						return string(row.CurrentStatus)
					}
					return string(row.Status)
				}
			}
			continue
		}
		return string(r.Fields[need.Key(field)].Status)
	}
	return ""
}
