package document

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"tanxu/need"
)

// Guess finds out what the parts of a document about needs mean.
func Guess(doc *Document) Mapping { return guessBy(doc, newLexicon(nil)) }

func guessBy(doc *Document, l *lexicon) Mapping {
	m := Mapping{Tables: make([]TableMapping, 0, len(doc.Tables))}
	for i := range doc.Tables {
		m.Tables = append(m.Tables, l.table(&doc.Tables[i]))
	}
	m.Text = l.blocks(doc)
	return m
}

// Fewest known names that make a header, and labels that make a form.
const (
	leastHeader = 2
	leastForm   = 3
)

// table finds out what one table means.
func (l *lexicon) table(t *Table) TableMapping {
	if t.Hidden || len(t.Rows) == 0 {
		return TableMapping{Table: t.Name, Layout: LayoutNone}
	}
	h := l.header(t)
	labels := l.labels(t)
	below, known := map[int]bool{}, 0 // rows with labels outside the header; labels in all
	for _, c := range labels {
		if c.Target != "" {
			known++
			below[c.Row] = !slices.Contains(h.rows, c.Row)
		}
	}
	maps.DeleteFunc(below, func(_ int, outside bool) bool { return !outside })
	list := l.list(t, h)
	switch {
	case h.known >= leastHeader && l.tells(&list) && (2*len(below) < len(t.Rows)-len(h.rows) || h.known > len(below)+1):
		return list
	case known >= leastForm || known > 0 && known+1 >= len(t.Rows):
		return TableMapping{Table: t.Name, Layout: LayoutForm, Columns: labels}
	case l.tells(&list):
		return list
	}
	if bare := l.list(t, header{}); l.subject == nil && h.known < leastHeader && bare.holdsNeeds() {
		return bare
	}
	list.Layout = LayoutNone // its columns stay, so that people can say what they mean
	return list
}

// tells reports whether the columns say anything of what the lexicon is about.
func (l *lexicon) tells(m *TableMapping) bool {
	if l.subject == nil {
		return m.holdsNeeds()
	}
	return m.has(l.subject.Name)
}

// holdsNeeds reports whether the columns say anything of needs.
func (m *TableMapping) holdsNeeds() bool {
	told, sure := 0, 0.0
	for _, c := range m.Columns {
		switch c.Target {
		case Title, FreeText, Target(need.KeyProblem), Target(need.KeyIndicator), Target(need.KeyKeyTech), Target(need.KeyExpectedGoal), RowName, RowGoal:
			told, sure = told+1, max(sure, c.Confidence)
		}
	}
	return sure >= sureByWord || told > 1 && len(m.Columns) > 2
}

// list maps the columns of a table with one need a row.
func (l *lexicon) list(t *Table, h header) TableMapping {
	m := TableMapping{Table: t.Name, Layout: LayoutRows, Header: h.rows, First: t.Rows[0].Number}
	if len(h.rows) > 0 {
		m.First = slices.Max(h.rows) + 1
	}
	unit := ""
	if len(h.rows) > 0 {
		unit = unitAbove(t, h.rows[0])
	}
	for _, col := range columnsOf(t, h, m.First) {
		cells := t.column(col, m.First)
		name := h.names[col]
		g := l.column(name, cells)
		c := Column{Col: col, Letter: ColumnName(col), Header: name, Target: g.target, Confidence: g.confidence, Reason: g.reason}
		if k := g.target.Field(); l.subject != nil {
			c.Unit = l.subject.unit(g.target, name, unit)
		} else if k.Shape() == need.Cash || k.Shape() == need.Date {
			c.Unit = cmp.Or(unitOf(child(name)), unitOf(name))
			if c.Unit == "" && k.Shape() == need.Cash {
				c.Unit = unit
			}
		}
		m.Columns = append(m.Columns, c)
	}
	if l.subject != nil {
		l.subject.settle(&m, t)
	} else {
		m.settle(t)
	}
	return m
}

// columnsOf are the columns that a header names or that hold anything below it.
func columnsOf(t *Table, h header, first int) []int {
	seen := map[int]bool{}
	for col := range h.names {
		seen[col] = true
	}
	for i, r := range t.from(first) {
		if i == sampledRows {
			break
		}
		for _, c := range r.Cells {
			seen[c.Col] = true
		}
	}
	var out []int
	for col := range seen {
		out = append(out, col)
	}
	slices.Sort(out)
	return out
}

// longTitle is from how many characters on average what is called a need is its
// description.
const longTitle = 60

// column finds the target of a column by its name, then by its cells.
func (l *lexicon) column(name string, cells []string) guess {
	if l.subject != nil {
		return l.subject.column(l, name, cells)
	}
	g := l.name(child(name))
	if g.target == "" && strings.Contains(name, "/") {
		g = l.joined(name)
	}
	if g.target == "" {
		g = content(cells)
	}
	if parent, _, ok := strings.Cut(name, "/"); ok && g.target == "" {
		g = l.name(parent)
		g.confidence = min(g.confidence, sureByParent)
	}
	switch {
	case g.target == Title && meanLength(cells) > longTitle:
		g.target = FreeText
	case g.target == OrgName && plainName(child(name)) == "单位" && share(cells, org.MatchString) < mostly/2 && meanLength(cells) < 8:
		g.target = RowUnit
	}
	return g
}

// joined finds the target of a name of two rows read as one: 企业/名称. What the
// upper row says alone does not count, it speaks of all columns below it.
func (l *lexicon) joined(name string) guess {
	g := l.name(strings.ReplaceAll(name, "/", ""))
	if above := l.name(name[:strings.LastIndexByte(name, '/')]); g.reason == ByWord && above.target == g.target {
		return guess{reason: NotKnown}
	}
	return g
}

// settle decides between columns that claim the same target, and gives the
// columns that are still free to what no need can do without.
func (m *TableMapping) settle(t *Table) {
	m.claim(several, t)
	m.settleRows()
	m.settleText(t)
	for i := range m.Columns {
		c := &m.Columns[i]
		if c.Target != "" || c.Reason == Taken {
			continue
		}
		cells := t.column(c.Col, m.First)
		switch n := meanLength(cells); {
		case n >= 5 && n <= 30 && !m.has(Title):
			c.Target, c.Confidence, c.Reason = Title, 0.4, ByContent
		case n > 30 && !m.has(FreeText) && !m.has(Target(need.KeyProblem)):
			c.Target, c.Confidence, c.Reason = FreeText, 0.4, ByContent
		}
	}
}

// settleRows gives the parts of rows of indicators another meaning where there
// is no column for their names.
func (m *TableMapping) settleRows() {
	if m.has(RowName) && !m.has(RowGoal) {
		for i := range m.Columns {
			if c := &m.Columns[i]; c.Target == Target(need.KeyExpectedGoal) {
				c.Target = RowGoal
			}
		}
	}
	m.settleSides()
	if m.has(RowGoal) && !m.has(RowName) && !m.has(RowCurrent) {
		for i := range m.Columns {
			if c := &m.Columns[i]; c.Target == Target(need.KeyIndicator) {
				c.Target = RowName
				break
			}
		}
	}
	if m.has(RowName) {
		return
	}
	both := m.has(RowCurrent) && m.has(RowGoal)
	for i := range m.Columns {
		switch c := &m.Columns[i]; c.Target {
		case RowCurrent:
			if !both {
				c.Target = Target(need.KeyProblem)
			}
		case RowGoal:
			if !both {
				c.Target = Target(need.KeyExpectedGoal)
			}
		case RowUnit, RowCondition:
			c.Target = ""
		}
	}
}

// settleText lets a column that describes needs speak of any field, if it is
// long and no other column describes them.
func (m *TableMapping) settleText(t *Table) {
	var only *Column
	for i := range m.Columns {
		c := &m.Columns[i]
		if k := c.Target.Field(); k == "" || k.Shape() > need.List && k != need.KeyIndicator {
			continue
		}
		if only != nil {
			return
		}
		only = c
	}
	if only != nil && only.Target == Target(need.KeyProblem) && strings.Contains(plainName(only.Header), "需求") && meanLength(t.column(only.Col, m.First)) > longTitle {
		only.Target = FreeText
	}
}

// claim leaves each target that only one column may mean with the surest. Two
// that never speak in the same row share it: 预算(万元) here, 拟投入(元) there.
func (m *TableMapping) claim(several func(Target) bool, t *Table) {
	holder := map[Target]int{}
	for i := range m.Columns {
		c := &m.Columns[i]
		if c.Target == "" || c.Target == Ignore || several(c.Target) {
			continue
		}
		j, taken := holder[c.Target]
		switch {
		case !taken:
			holder[c.Target] = i
		case c.Target.Field() != "" && t.apart(c.Col, m.Columns[j].Col, m.First):
		case c.Confidence > m.Columns[j].Confidence:
			m.Columns[j].lose()
			holder[c.Target] = i
		default:
			c.lose()
		}
	}
}

// lose takes the target from a column. Who had it only by the row above its own
// name is not known at all.
func (c *Column) lose() {
	if c.Target, c.Reason = "", Taken; c.Confidence <= sureByParent {
		c.Reason = NotKnown
	}
}

func (m *TableMapping) has(t Target) bool {
	return slices.ContainsFunc(m.Columns, func(c Column) bool { return c.Target == t })
}

// several reports whether more than one column may mean t.
func several(t Target) bool {
	switch t {
	case FreeText, Ignore, Profile, Keywords, Address, Industry, OrgTags, ContactName, ContactRole, ContactPhone, ContactEmail, ContactOther, Target(need.KeyIndicator):
		return true
	}
	k := t.Field()
	return k != "" && k.Shape() <= need.List
}
