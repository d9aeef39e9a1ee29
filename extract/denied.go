package extract

import (
	"regexp"
	"slices"
	"strings"

	"tanxu/need"
)

var (
	// denying stands in front of a number that is not the one: 不是三毫米.
	denying = regexp.MustCompile(`(?:不是|并不是|并非|而非|不要|没说|没有说)[^\d，,；是]{0,4}$`)
	// partAgain names the part of a row of which a sentence says the number anew:
	// 目标还是一毫米, 现状写错了，应该是三成.
	partAgain = regexp.MustCompile(`(目标值?|要求|合格线)|(现状|现在|目前)`)
	saysAgain = regexp.MustCompile(`还是|仍然?是|没变|不变|错了|不对|有误|应该?是|应当是|应为|改为|改成|记错|写错`)
)

// denied takes numbers that a sentence denies out of the rows found, and puts
// the one that it states in their place: 是差四毫米，不是三毫米. It reports whether
// the message was of this kind.
func (rd *reader) denied() bool {
	for _, s := range rd.t.sentences() {
		words := rd.t.str(s)
		var no, yes []need.Measure
		for _, m := range need.Measures(words) {
			if denying.MatchString(string([]rune(words)[:m.Start])) {
				no = append(no, m)
				continue
			}
			yes = append(yes, m)
		}
		if len(no) == 0 {
			continue
		}
		for i := range rd.out.Rows {
			row := &rd.out.Rows[i].Row
			row.Current, row.Target = unlessDenied(row.Current, no), unlessDenied(row.Target, no)
		}
		rd.out.Rows = slices.DeleteFunc(rd.out.Rows, func(f RowFound) bool { return f.Row.Current == nil && f.Row.Target == nil })
		if len(no) != 1 || len(yes) != 1 || !sameOrNone(no[0].Unit, yes[0].Unit) {
			continue
		}
		holders := rd.holders(words, no[0].Quantity.Num)
		if len(holders) == 1 {
			row := holders[0]
			*first(row.Current, row.Target) = yes[0].Quantity
			rd.correctBy(row, s)
			return true
		}
	}
	return false
}

func unlessDenied(q *need.Quantity, no []need.Measure) *need.Quantity {
	if q != nil && slices.ContainsFunc(no, func(m need.Measure) bool { return m.Quantity.Num == q.Num }) {
		return nil
	}
	return q
}

// partSaidAgain finds a sentence that only says which part of a row is another
// number, and sets it in the row in question: the one that was asked about, that
// is named, or that alone has this unit. It reports whether there is one.
func (rd *reader) partSaidAgain() bool {
	for _, s := range rd.t.sentences() {
		words := rd.t.str(s)
		part := partAgain.FindStringSubmatch(words)
		if part == nil || !saysAgain.MatchString(words) || len(partAgain.FindAllString(words, -1)) > 1 {
			continue
		}
		said := slices.DeleteFunc(need.Measures(words), func(m need.Measure) bool {
			return denying.MatchString(string([]rune(words)[:m.Start]))
		})
		if len(said) != 1 {
			continue
		}
		old := rd.rowMeant(words, said[0].Unit)
		if old == nil {
			continue
		}
		row := need.Indicator{ID: old.ID, Name: old.Name, Checks: need.Checks{Rule: true, Aligned: true}}
		if part[1] != "" {
			row.Target = &said[0].Quantity
		} else {
			row.Current = &said[0].Quantity
		}
		rd.correctBy(row, s)
		return true
	}
	return false
}

// rowMeant is the row on record that a sentence may speak of, nil where it could
// be several.
func (rd *reader) rowMeant(words, unit string) *need.Indicator {
	var named, fits []*need.Indicator
	for _, old := range rd.c.Rows {
		if old.Unit != "" && !sameOrNone(unit, old.Unit) {
			continue
		}
		fits = append(fits, old)
		if old.Name != "" && strings.Contains(words, old.Name) {
			named = append(named, old)
		}
	}
	switch {
	case len(named) == 1:
		return named[0]
	case rd.c.Row != nil && slices.ContainsFunc(fits, func(r *need.Indicator) bool { return r.ID == rd.c.Row.ID }):
		return rd.c.Row
	case len(fits) == 1:
		return fits[0]
	default:
		return nil
	}
}

// correctBy puts a corrected row in the place of all that was found in its
// sentence.
func (rd *reader) correctBy(row need.Indicator, s span) {
	row.Evidence = []need.Evidence{rd.t.evidence(s)}
	inside := func(list []need.Evidence) bool {
		return slices.ContainsFunc(list, func(e need.Evidence) bool { return e.Start < s.end && e.End > s.start })
	}
	rd.out.Rows = slices.DeleteFunc(rd.out.Rows, func(f RowFound) bool { return inside(f.Row.Evidence) })
	rd.out.Values = slices.DeleteFunc(rd.out.Values, func(f Found) bool { return f.Key.Shape() <= need.List && inside(f.Item.Evidence) })
	rd.out.Marks = slices.DeleteFunc(rd.out.Marks, func(m Mark) bool { return inside([]need.Evidence{m.Quote}) })
	rd.out.Rows = append(rd.out.Rows, RowFound{Row: row, Corrects: true})
}
