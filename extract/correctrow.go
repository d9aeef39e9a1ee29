package extract

import (
	"regexp"
	"slices"
	"strings"

	"tanxu/need"
)

// notBut finds 不是A，是B, where A and B are numbers.
var notBut = regexp.MustCompile(`^(.*?)不是\s*(\d+(?:\.\d+)?)[^，,。；\d]{0,10}[，,；]?\s*(?:而|应该|应)?是\s*(\d+(?:\.\d+)?)`)

// wasAnother finds A是小样的，量产是B, where A and B are numbers.
var wasAnother = regexp.MustCompile(`(?:^|[，,；、嗯哦啊对])\s*(\d+(?:\.\d+)?)\s*[^\d，,；是]{0,4}(?:那个|那)?是[^\d，,；]{1,12}[，,；][^\d；]{0,12}?(\d+(?:\.\d+)?)`)

// wasOther puts B in the place of A, where a sentence says that A, which one row
// alone holds, was that of something else, and then tells B.
func (rd *reader) wasOther() bool {
	for _, s := range rd.t.sentences() {
		words := rd.t.str(s)
		m := wasAnother.FindStringSubmatch(words)
		if m == nil || m[1] == m[2] {
			continue
		}
		was, is := need.Numbers(m[1]), need.Numbers(m[2])
		if len(was) != 1 || len(is) != 1 {
			continue
		}
		holders := rd.holders("", was[0])
		if len(holders) != 1 {
			continue
		}
		row := holders[0]
		row.Evidence = []need.Evidence{rd.t.evidence(s)}
		*first(row.Current, row.Target) = need.Quantity{Num: is[0], Text: m[2]}
		said := row.Evidence[0]
		rd.out.Rows = slices.DeleteFunc(rd.out.Rows, func(f RowFound) bool {
			return f.Row.Evidence[0].Start < said.End && f.Row.Evidence[0].End > said.Start
		})
		rd.out.Rows = append(rd.out.Rows, RowFound{Row: row, Corrects: true})
		return true
	}
	return false
}

// notThis puts B in the place of A, where a sentence says 不是A，是B and one row
// alone holds A in the part that the sentence may speak of. It reports whether
// the sentence was of this kind; where several rows hold A, none is changed.
func (rd *reader) notThis() bool {
	for _, s := range rd.t.sentences() {
		m := notBut.FindStringSubmatch(rd.t.str(s))
		if m == nil || len(rd.c.Rows) == 0 {
			continue
		}
		was, is := need.Numbers(m[2]), need.Numbers(m[3])
		if len(was) != 1 || len(is) != 1 {
			continue
		}
		holders := rd.holders(m[1], was[0])
		if len(holders) == 0 {
			continue
		}
		rd.out.Rows = nil
		if len(holders) == 1 {
			row := holders[0]
			row.Evidence = []need.Evidence{rd.t.evidence(s)}
			*first(row.Current, row.Target) = need.Quantity{Num: is[0], Text: m[3]}
			rd.out.Rows = []RowFound{{Row: row, Corrects: true}}
		}
		return true
	}
	return false
}

func first(a, b *need.Quantity) *need.Quantity {
	if a != nil {
		return a
	}
	return b
}

// holders are the rows on record that hold a number, each with the one part that
// holds it; those that the words before name come alone.
func (rd *reader) holders(words string, number float64) []need.Indicator {
	var named, all []need.Indicator
	for _, old := range rd.c.Rows {
		for i, q := range []*need.Quantity{old.Current, old.Target} {
			wrongPart := i == 0 && containsAny(words, "目标", "要求") || i == 1 && containsAny(words, "现在", "目前", "现状")
			if q == nil || q.Num != number || q.Num2 != nil || wrongPart {
				continue
			}
			row := need.Indicator{ID: old.ID, Name: old.Name, Checks: need.Checks{Rule: true, Aligned: true}}
			if i == 0 {
				row.Current = &need.Quantity{}
			} else {
				row.Target = &need.Quantity{}
			}
			all = append(all, row)
			if called(words, old.Name) {
				named = append(named, row)
			}
		}
	}
	if len(named) > 0 {
		return named
	}
	return all
}

// called reports whether words hold a name, or the last clause of them is part of it.
func called(words, name string) bool {
	said := nameOf(words)
	return strings.Contains(words, name) || said != "" && strings.Contains(name, said)
}

// rowNamed returns the id of the one row whose name holds, or is held by, the
// name of a found one: Z向伸长 is 以后Z向伸长, whatever was asked.
func (rd *reader) rowNamed(r need.Indicator) string {
	name, id := plainName(r.Name), ""
	if len([]rune(name)) < 2 {
		return ""
	}
	for _, old := range rd.c.Rows {
		other := plainName(old.Name)
		if other == name {
			return old.ID
		}
		if other == "" || !strings.Contains(other, name) && !strings.Contains(name, other) {
			continue
		}
		if id != "" {
			return ""
		}
		id = old.ID
	}
	return id
}
