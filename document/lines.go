package document

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"tanxu/need"
)

// textLine is a line of a block.
type textLine struct {
	block int
	start int // in the block, in characters
	text  string
	head  bool
}

// linesOf are the lines of the blocks, without the empty ones.
func linesOf(doc *Document) []textLine {
	var out []textLine
	for i, b := range doc.Blocks {
		start := 0
		for s := range strings.SplitSeq(b.Text, "\n") {
			trimmed := strings.TrimLeft(s, " \t\u3000")
			lead := utf8.RuneCountInString(s) - utf8.RuneCountInString(trimmed)
			if text := strings.TrimRight(trimmed, " \t\u3000"); text != "" {
				out = append(out, textLine{i, start + lead, text, b.Head})
			}
			start += utf8.RuneCountInString(s) + 1
		}
	}
	return out
}

// formLike reports whether the lines of a text make a form: one of them names
// the title, the organisation or the contact, and there are labels for other
// things. Headings alone make a text, whose sentences say what they are about.
func (l *lexicon) formLike(text string) bool {
	named, others := false, false
	for line := range strings.SplitSeq(text, "\n") {
		_, g, ok := l.inText(strings.TrimSpace(line))
		party := g.target == Title || g.target == OrgName || g.target.Contact()
		named, others = named || ok && party, others || ok && !party
	}
	return named && others
}

// headed reports whether the lines of a text are headed by labels for different
// things: then it is more than the value of one label.
func (l *lexicon) headed(text string) bool {
	first := Target("")
	for line := range strings.SplitSeq(text, "\n") {
		_, g, ok := l.inText(strings.TrimSpace(line))
		if ok && first != "" && g.target != first {
			return true
		}
		if ok {
			first = g.target
		}
	}
	return false
}

// longestLabel is how many characters a label inside a text has that is not
// known word by word.
const longestLabel = 10

// inText finds the label that a line of a longer text is or begins with.
func (l *lexicon) inText(line string) (string, guess, bool) {
	label, g := l.label(line)
	if l.subject != nil {
		return label, g, label != "" && g.target != ""
	}
	known := g.reason == ByName || utf8.RuneCountInString(plainName(label)) <= longestLabel
	return label, g, label != "" && known && (told(g.target) && g.target != RowName || g.target.Field() != "" || g.target.Contact() || g.target == OrgName)
}

// expand parts an item whose lines make a form. One with headings speaks of any
// field.
func (l *lexicon) expand(it item) []item {
	text := it.text()
	if it.target != FreeText && (it.target.Field() == "" || it.target.Field().Shape() != need.Text) || !l.headed(text) {
		return []item{it}
	}
	if !l.formLike(text) {
		it.target = FreeText
		return []item{it}
	}
	out := []item{{target: it.target, header: it.header, place: it.place}}
	for _, p := range it.pieces {
		start := p.start
		for line := range strings.SplitSeq(p.text, "\n") {
			at := start
			start += utf8.RuneCountInString(line) + 1
			if label, g, ok := l.inText(line); ok {
				value := inner(line, label)
				at += utf8.RuneCountInString(line) - utf8.RuneCountInString(value)
				line = value
				out = append(out, item{target: g.target, header: label, unit: unitFor(g.target, label), place: p.place})
			}
			if line != "" {
				last := &out[len(out)-1]
				last.pieces = append(last.pieces, piece{p.place, line, at})
			}
		}
	}
	return out
}

// label finds the label that a line is or begins with.
func (l *lexicon) label(line string) (label string, g guess) {
	if head, ok := l.lead(line); ok {
		return head, l.plain(head)
	}
	bare := strings.TrimRight(line, ":： ")
	if g = l.plain(bare); g.reason == ByName || g.target != "" && bare != line {
		return line, g
	}
	return "", guess{}
}

// blocks finds out what the text outside tables means.
func (l *lexicon) blocks(doc *Document) TableMapping {
	m := TableMapping{Layout: LayoutNone}
	if len(doc.Blocks) == 0 {
		return m
	}
	known, named, says := map[Target]bool{}, false, false
	for _, line := range linesOf(doc) {
		label, g := l.label(line.text)
		if label == "" {
			continue
		}
		known[g.target] = true
		named = named || g.target == Title || g.target == OrgName || g.target.Contact()
		says = says || told(g.target)
		m.Columns = append(m.Columns, Column{
			Row: line.block + 1, Header: label, Target: g.target, Unit: unitFor(g.target, label), Confidence: g.confidence, Reason: g.reason,
		})
	}
	switch {
	case l.subject != nil:
		if known[l.subject.Name] {
			m.Layout = LayoutForm
		} else {
			m.Columns = nil
		}
	case named && says && len(known) >= leastForm:
		m.Layout = LayoutForm
	case !tablesTell(doc, l):
		m.Layout, m.Columns = LayoutText, nil
	default:
		m.Columns = nil
	}
	return m
}

// tablesTell reports whether a table of the document holds needs.
func tablesTell(doc *Document, l *lexicon) bool {
	for i := range doc.Tables {
		if m := l.table(&doc.Tables[i]); m.Layout != LayoutNone && m.tells() {
			return true
		}
	}
	return false
}

// tells reports whether a list or form says anything of a need itself, and not
// of the organisation alone.
func (m *TableMapping) tells() bool {
	for _, c := range m.Columns {
		if told(c.Target) {
			return true
		}
	}
	return false
}

// section finds numbered headings of their own line.
var section = regexp.MustCompile(`^[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*[^。，；;,：:]{2,20}$`)

// formLines reads the labels and values of the blocks from..to as items. Text
// below a heading that nobody knows speaks of any field.
func formLines(doc *Document, m *TableMapping, from, to int) []item {
	labels := map[string]*Column{}
	for i := range m.Columns {
		labels[m.Columns[i].Header] = &m.Columns[i]
	}
	var items []item
	for _, line := range linesOf(doc) {
		if line.block < from || line.block >= to {
			continue
		}
		place := doc.Blocks[line.block].Place
		label := labelOf(labels, line.text)
		switch {
		case label != nil:
			it := newItem(label, place)
			if value := inner(line.text, label.Header); value != "" {
				it.pieces = []piece{{place, value, line.start + utf8.RuneCountInString(line.text) - utf8.RuneCountInString(value)}}
			}
			items = append(items, it)
		case len(items) == 0 && !m.has(Title) && titleLike(line.text, line.head):
			items = append(items, item{target: Title, place: place, pieces: []piece{{place, line.text, line.start}}})
		case len(items) == 0 || (line.head || section.MatchString(line.text)) && items[len(items)-1].target != FreeText:
			items = append(items, item{target: FreeText, place: place, pieces: []piece{{place, line.text, line.start}}})
		default:
			it := &items[len(items)-1]
			it.pieces = append(it.pieces, piece{place, line.text, line.start})
		}
	}
	return items
}

// labelOf finds the label that a line is or begins with among those of a mapping.
func labelOf(labels map[string]*Column, line string) *Column {
	if c := labels[line]; c != nil {
		return c
	}
	if end := strings.IndexAny(line, ":："); end > 0 {
		return labels[line[:end]]
	}
	return nil
}

// plainText reads the blocks from..to as one item that speaks of any field,
// below a title where there is one.
func plainText(doc *Document, from, to int) []item {
	var items []item
	text := item{target: FreeText}
	for _, b := range doc.Blocks[from:to] {
		line, rest, _ := strings.Cut(b.Text, "\n")
		if text.pieces == nil && rest == "" && utf8.RuneCountInString(line) <= longestTitle && formName.MatchString(line) {
			items = append(items, item{target: Ignore, place: b.Place, pieces: []piece{{place: b.Place, text: b.Text}}})
			continue
		}
		if text.pieces == nil && !slices.ContainsFunc(items, func(it item) bool { return it.target == Title }) && titleLike(line, b.Head) {
			items = append(items, item{target: Title, place: b.Place, pieces: []piece{{place: b.Place, text: line}}})
			if rest != "" {
				text.pieces = append(text.pieces, piece{b.Place, rest, utf8.RuneCountInString(line) + 1})
			}
			continue
		}
		text.pieces = append(text.pieces, piece{place: b.Place, text: b.Text})
	}
	if text.pieces == nil {
		return items
	}
	text.place = text.pieces[0].place
	return append(items, text)
}

// longestTitle is how many characters the first line of a text has as a title.
const longestTitle = 50

// formName finds what forms and annexes are called, and no need is.
var formName = regexp.MustCompile(`表$|书$|模板$|^附件|附表|征集|填报|登记|汇总`)

func titleLike(line string, head bool) bool {
	n := utf8.RuneCountInString(line)
	return n >= 4 && !formName.MatchString(line) && (head || n <= longestTitle && !strings.ContainsAny(line, "。，；！？：,;:"))
}
