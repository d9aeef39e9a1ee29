package eval

import (
	"slices"
	"strings"
	"time"

	"tanxu/need"
	"tanxu/need/record"
)

// Claims count what a record claims, and what of it nobody said. They are
// counted for every interviewer alike, from its values, so that one that gives
// no evidence is not taken for one that invents.
type Claims struct {
	Values   int `json:"values"`   // statements, amounts, dates, codes and rows
	Invented int `json:"invented"` // words or numbers that the contact never used
	// Lost are values that were right after some turn and wrong in the end.
	Lost int `json:"lost"`
}

// claimsOf counts over the records of one interview; said are all the words of
// the contact.
func claimsOf(records []record.Record, said []string) Claims {
	var c Claims
	all := strings.Join(said, "\n")
	count := func(ok bool) {
		c.Values++
		c.Invented += int(one(!ok))
	}
	for _, r := range records {
		for k, f := range r.Fields {
			switch {
			case f.Value == nil:
			case k.Shape() == need.Cash:
				count(amountSaid(codeValue(r, string(k)), said))
			case k.Shape() == need.Date:
				count(dateSaid(said))
			case k.Shape() == need.Code:
				c.Values++ // whether a code is right is scored; its words need not be said
			default:
				for _, text := range texts(r, string(k)) {
					count(shared(text, all) >= half)
				}
			}
		}
		for _, row := range r.Indicators {
			if row.Current != nil || row.Target != nil {
				count(numberSaid(row.Current, said) && numberSaid(row.Target, said))
			}
		}
	}
	return c
}

// half is the share of a text's pairs of characters that must be somebody's.
const half = 0.5

// amountSaid reports whether an amount, as one comparable word, was said.
func amountSaid(value string, said []string) bool {
	for _, text := range said {
		for _, a := range need.Amounts(text, true) {
			if moneyCode(&GoldMoney{Min: a.Money.Min, Max: a.Money.Max}) == value {
				return true
			}
		}
	}
	return !slices.ContainsFunc(need.Numbers(strings.ReplaceAll(value, "-", " ")), func(n float64) bool { return !standsIn(n, said) })
}

// dateSaid reports whether any date was said; whether it is the right one is
// scored, and hangs on the day on which it was.
func dateSaid(said []string) bool {
	return slices.ContainsFunc(said, func(text string) bool { return len(need.Deadlines(text, time.Unix(0, 0))) > 0 })
}

// numberSaid reports whether the numbers of a quantity were said.
func numberSaid(q *record.Quantity, said []string) bool {
	return q == nil || standsIn(q.Num, said) && (q.Num2 == nil || standsIn(*q.Num2, said))
}

func standsIn(n float64, said []string) bool {
	for _, text := range said {
		if slices.Contains(need.Numbers(text), n) || slices.ContainsFunc(need.Measures(text), func(m need.Measure) bool {
			return m.Quantity.Num == n || m.Quantity.Num2 != nil && *m.Quantity.Num2 == n
		}) {
			return true
		}
	}
	return false
}

// rightOf names the coded values and the rows of the gold needs that records
// hold as they are.
func rightOf(p Persona, records []record.Record) map[string]bool {
	right := map[string]bool{}
	taken := map[int]bool{}
	for _, g := range p.Gold.Needs {
		r := pickRecord(g, records, taken)
		if r == nil {
			continue
		}
		for field, gold := range g.codes() {
			if gold != "" && codeValue(*r, field) == gold {
				right[g.Title+"/"+field] = true
			}
		}
		for _, row := range g.Indicators {
			if slices.ContainsFunc(r.Indicators, func(have record.Indicator) bool { return rowMatches(row, have) }) {
				right[g.Title+"/"+row.Name] = true
			}
		}
	}
	return right
}

// lost counts what was right once and is not in the end.
func lost(ever, end map[string]bool) int {
	n := 0
	for k := range ever {
		n += int(one(!end[k]))
	}
	return n
}
