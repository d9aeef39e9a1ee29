package document

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"tanxu/need"
)

// Words of a header that say which side of a row of indicators its cells are.
var (
	saysCurrent = regexp.MustCompile(`现状|当前|目前|现有|现在`)
	saysGoal    = regexp.MustCompile(`目标|要求|拟达|达到|期望|预期`)
)

// settleSides tells columns of values of today from columns of targets, where
// their headers speak of both: 现状指标 beside 目标指标.
func (m *TableMapping) settleSides() {
	side := func(says, other *regexp.Regexp, from, to Target) {
		for i := range m.Columns {
			c := &m.Columns[i]
			if name := plainName(child(c.Header)); c.Target == from && says.MatchString(name) && !other.MatchString(name) {
				c.Target = to
			}
		}
	}
	side(saysCurrent, saysGoal, Target(need.KeyIndicator), RowCurrent)
	if !m.has(RowCurrent) {
		return
	}
	for _, from := range []need.Key{need.KeyIndicator, need.KeyExpectedGoal} {
		if !m.has(RowGoal) {
			side(saysGoal, saysCurrent, Target(from), RowGoal)
		}
	}
}

// clause is one indicator of a cell that may hold several: 孔粗30μm.
type clause struct {
	of                 *item
	whole, name, value piece
	said               piece // name and value
	condition          piece // behind them, in brackets
	measured           bool  // value is one quantity with a name before it, or none
	used               bool
}

var (
	listNumber = regexp.MustCompile(`^((?:[(（]\d{1,2}[)）]|\d{1,2}[)）、.．])\s*)[^\d\s]`)
	inBrackets = regexp.MustCompile(`（[^（）]+）$`)
	valueStart = regexp.MustCompile(`[≤≥<>＜＞=＝±]|不?(?:大于|小于|高于|低于|超过|少于|多于)|[-−]?[\d]`)
)

// longestRowName is how many characters the name of an indicator has.
const longestRowName = 12

// clausesOf parts the cells of an item at their marks.
func clausesOf(it *item) []*clause {
	var out []*clause
	for _, p := range it.pieces {
		at := 0
		for _, end := range append(clauseEnds(p.text), len(p.text)) {
			if whole := p.part(at, end); strings.Trim(whole.text, clauseMarks) != "" {
				out = append(out, newClause(it, whole))
			}
			at = end
		}
	}
	return out
}

// clauseMarks end a clause, but inside brackets and between digits: 1,200.
const clauseMarks = "；;\n，,、。 "

// clauseEnds are the bytes behind the marks that end clauses.
func clauseEnds(text string) []int {
	var out []int
	start, depth := 0, 0
	for i, r := range text {
		behind := i + utf8.RuneLen(r)
		switch {
		case strings.ContainsRune("(（[【", r):
			depth++
		case strings.ContainsRune(")）]】", r):
			depth = max(depth-1, 0)
		case r == ' ' || depth > 0 || !strings.ContainsRune(clauseMarks, r):
		case r == ',' && i > 0 && digit(text[i-1]) && behind < len(text) && digit(text[behind]):
		case r == '、' && strings.Trim(text[start:i], "0123456789 ") == "": // 1、
		default:
			out, start = append(out, behind), behind
		}
	}
	return out
}

func digit(b byte) bool { return '0' <= b && b <= '9' }

func newClause(it *item, whole piece) *clause {
	from := 0
	if n := listNumber.FindStringSubmatchIndex(whole.text); n != nil {
		from = n[3]
	}
	bare := whole.part(from, max(from, len(strings.TrimRight(whole.text, clauseMarks))))
	c := clause{of: it, whole: whole}
	if v := valueStart.FindStringIndex(bare.text); v != nil {
		c.name, c.value, c.said = bare.part(0, v[0]), bare.part(v[0], len(bare.text)), bare
		c.name.text = strings.TrimRight(c.name.text, ":：为是约 ")
		if at := inBrackets.FindStringIndex(c.value.text); at != nil && at[0] > 0 {
			c.condition = c.value.part(at[0]+len("（"), at[1]-len("）"))
			c.value, c.said = c.value.part(0, at[0]), bare.part(0, v[0]+at[0])
		}
		ms := need.Measures(c.value.text)
		c.measured = len(ms) == 1 && ms[0].Start == 0 && utf8.RuneCountInString(c.name.text) <= longestRowName
	}
	return &c
}

// part is what stands between two bytes of a piece, without the space around it.
func (p piece) part(from, to int) piece {
	s := strings.TrimLeft(p.text[from:to], " \t\r\n\u3000")
	before := utf8.RuneCountInString(p.text[:to-len(s)])
	return piece{place: p.place, text: strings.TrimSpace(s), start: p.start + before}
}

// as is a stretch of the clause with a meaning of its own.
func (c *clause) as(t Target, p piece, group int) item {
	return item{target: t, header: c.of.header, unit: c.of.unit, place: p.place, pieces: []piece{p}, group: group}
}

// sides makes rows of indicators of cells that have none for their names: a
// value of today and a target are one row where they have the same name, or
// where each is the only one. The others are read as what they say.
func sides(items []item) []item {
	has := func(t Target) bool { return slices.ContainsFunc(items, func(it item) bool { return it.target == t }) }
	if has(RowName) || !has(RowCurrent) && !has(RowGoal) {
		return items
	}
	var out []item
	var groups []int
	number := 0
	for i := range items {
		it := &items[i]
		number = max(number, it.group)
		if it.target != RowCurrent && it.target != RowGoal {
			out = append(out, *it)
		} else if !slices.Contains(groups, it.group) {
			groups = append(groups, it.group)
		}
	}
	for _, group := range groups {
		var today, goals []*clause
		for i := range items {
			switch it := &items[i]; {
			case it.group != group:
			case it.target == RowCurrent:
				today = append(today, clausesOf(it)...)
			case it.target == RowGoal:
				goals = append(goals, clausesOf(it)...)
			}
		}
		out = append(out, pairs(today, goals, &number)...)
	}
	return out
}

// pairs are the items that the clauses of one group make; number is the last
// group in use.
func pairs(today, goals []*clause, number *int) []item {
	var out []item
	for _, c := range today {
		goal := goalOf(c, goals, len(today) == 1)
		named := c
		if c.name.text == "" && goal != nil {
			named = goal
		}
		if !c.measured || named.name.text == "" {
			continue
		}
		c.used = true
		*number++
		out = append(out, named.as(RowName, named.name, *number), c.as(RowCurrent, c.value, *number))
		if goal != nil {
			goal.used = true
			said := goal.said
			if named == goal {
				said = goal.value
			}
			out = append(out, goal.as(RowGoal, said, *number))
		}
		for _, with := range []*clause{c, goal} {
			if with != nil && with.condition.text != "" {
				out = append(out, with.as(RowCondition, with.condition, *number))
			}
		}
	}
	return append(append(out, unused(today, Target(need.KeyProblem))...), unused(goals, Target(need.KeyIndicator))...)
}

// unused are what the clauses say that are no part of a row: all of an item
// where none is, since one may explain another.
func unused(clauses []*clause, t Target) []item {
	var out []item
	for _, c := range clauses {
		with := func(other *clause) bool { return other.of == c.of }
		switch {
		case c.used:
		case slices.ContainsFunc(clauses, func(other *clause) bool { return with(other) && other.used }):
			out = append(out, c.as(t, c.whole, c.of.group))
		case clauses[slices.IndexFunc(clauses, with)] == c:
			whole := *c.of
			whole.target = t
			out = append(out, whole)
		}
	}
	return out
}

// goalOf is the target of a value of today, nil if there is none for it.
func goalOf(c *clause, goals []*clause, alone bool) *clause {
	for _, g := range goals {
		named := c.name.text != "" && plainName(g.name.text) == plainName(c.name.text)
		if g.measured && !g.used && (named || alone && len(goals) == 1 && (g.name.text == "" || c.name.text == "")) {
			return g
		}
	}
	return nil
}
