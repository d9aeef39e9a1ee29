package document

import (
	"context"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"tanxu/need"
)

// Subject says what the rows of a document are about where they are no needs.
type Subject struct {
	Names []Naming // of columns and labels
	Name  Target   // what no record is without
	Money []Target // amounts, whose unit a header may state
}

// Naming are the names that columns of one target have, separated by spaces.
type Naming struct {
	Target Target
	Names  string
}

// Records drafts the records of a document that is about a subject, one after
// the other in their order: their cells with what they mean, and what is no
// record. What the cells say is not looked at. It ends early when ctx does.
func Records(ctx context.Context, doc *Document, m Mapping, s *Subject) iter.Seq[Draft] {
	return func(yield func(Draft) bool) {
		w := writer{ctx: ctx, doc: doc, yield: yield, names: newLexicon(s)}
		w.all(m)
	}
}

// GuessFor finds out what the parts of a document mean that is about a subject.
func GuessFor(doc *Document, s *Subject) Mapping { return guessBy(doc, newLexicon(s)) }

// namings are those of a subject, and of what stands in any list.
func (s *Subject) namings() []called {
	var out []called
	for _, n := range s.Names {
		c := called{target: n.Target, names: n.Names}
		var words []string
		for name := range strings.FieldsSeq(n.Names) {
			if utf8.RuneCountInString(name) >= leastWord && name[0] >= utf8.RuneSelf {
				words = append(words, name)
			}
		}
		c.words = strings.Join(words, " ")
		out = append(out, c)
	}
	return append(out,
		called{target: Number, names: "序号 no no. # 行号 号"},
		called{target: Ignore, names: "备注 盖章 签字 审核意见 填表人 审核人"},
	)
}

// leastWord is how many characters a name has that may stand inside another.
const leastWord = 3

// unit is the unit that the header of an amount states, or all of its table.
func (s *Subject) unit(t Target, header, above string) string {
	if !slices.Contains(s.Money, t) {
		return ""
	}
	if u := unitOf(header); u != "" {
		return u
	}
	return above
}

// column finds the target of a column by its name, then by its cells.
func (s *Subject) column(l *lexicon, name string, cells []string) guess {
	g := l.name(child(name))
	if g.target == "" && strings.Contains(name, "/") {
		g = l.name(strings.ReplaceAll(name, "/", ""))
	}
	if g.target != "" || len(cells) == 0 {
		return g
	}
	if counts(cells) {
		return guess{Number, sureByWord, ByContent}
	}
	for _, looks := range looks() {
		if n := share(cells, looks.is); n >= mostly && s.has(looks.target) {
			return guess{looks.target, n * looks.sure, ByContent}
		}
	}
	return g
}

// has reports whether records of the subject have such a field, and a look at
// the cells can tell.
func (s *Subject) has(t Target) bool {
	switch t {
	case OrgUSCC, ContactEmail, ContactPhone, Target(need.KeyRegion), Target(need.KeyChain):
		return slices.ContainsFunc(s.Names, func(n Naming) bool { return n.Target == t })
	}
	return false
}

// settle decides between columns that claim the same target, and finds one for
// the name.
func (s *Subject) settle(m *TableMapping, t *Table) {
	m.claim(func(Target) bool { return false }, t)
	if m.has(s.Name) {
		return
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		if n := meanLength(t.column(c.Col, m.First)); c.Target == "" && c.Reason != Taken && n >= 4 && n <= 40 {
			c.Target, c.Confidence, c.Reason = s.Name, 0.4, ByContent
			return
		}
	}
}

// record is a draft of the items of one record.
func (w *writer) record(items []item) Draft {
	d := Draft{Cells: keptOf(items)}
	if !slices.ContainsFunc(items, func(it item) bool {
		return it.target != "" && it.target != Number && it.target != Ignore && it.text() != ""
	}) {
		d.Skipped = SkipNothing
	}
	return d
}
