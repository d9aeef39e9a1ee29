package document

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tanxu/extract"
	"tanxu/need"
)

// manyTenThousands is from which amount in 万元 on somebody should look again.
const manyTenThousands = 100_000

// compose makes a draft of the items of one need.
func (w *writer) compose(cells []item) Draft {
	if w.names.subject != nil {
		return w.record(cells)
	}
	d := Draft{Facts: map[Target]Kept{}}
	var items []item
	for _, it := range cells {
		items = append(items, w.names.expand(it)...)
	}
	items = clearly(sides(items))
	if !slices.ContainsFunc(items, func(it item) bool { return told(it.target) && it.text() != "" }) {
		d.Skipped, d.Cells = SkipNothing, keptOf(items)
		if slices.ContainsFunc(items, func(it item) bool { return it.target.Field() != "" && !it.target.party() && it.text() != "" }) {
			d.Skipped = SkipUntold
		}
		d.facts(items)
		return d
	}
	j := joined{id: w.src.ID}
	var parts []extract.Part
	var of []int // item of each part
	for i := range items {
		it := &items[i]
		if p, ok := partOf(it); ok && it.text() != "" {
			p.Ref = j.ref(i, it)
			parts, of = append(parts, p), append(of, i)
		}
	}
	title, made := w.names.titleOf(items)
	id := w.src.NewID()
	read := w.rules.ReadParts(id, title, parts, w.src.Now)
	d.Need, d.Events = read.Need, read.Events
	if j.items != nil {
		j.resolve(d.Events)
		d.Need = need.Fold(id, d.Events)
	}
	w.inFewWords(&d, items)
	done := make([]bool, len(items))
	for n, o := range read.Outcomes {
		it := &items[of[n]]
		done[of[n]] = o.Read
		for code, is := range map[IssueCode]bool{IssueUnread: !o.Read, IssueLong: o.Long, IssueInjected: o.Injected} {
			if is {
				d.Issues = append(d.Issues, Issue{code, it.place, it.text()})
			}
		}
	}
	if made {
		d.Issues = append(d.Issues, Issue{Code: IssueNoTitle, Text: title})
	}
	d.several(items)
	d.facts(items)
	for i := range items {
		_, fact := d.Facts[items[i].target]
		d.Cells = append(d.Cells, items[i].kept(done[i] || fact)...)
	}
	d.check(items)
	slices.SortStableFunc(d.Issues, func(a, b Issue) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return d
}

// partOf is an item as the rules read it; false if it is no part of a need.
func partOf(it *item) (extract.Part, bool) {
	p := extract.Part{Text: it.text(), Unit: it.unit, Row: it.group}
	switch it.target {
	case Title:
		p.Title = true
	case FreeText:
	case RowName:
		p.Cell = extract.CellName
	case RowCurrent:
		p.Cell = extract.CellCurrent
	case RowGoal:
		p.Cell = extract.CellTarget
	case RowUnit:
		p.Cell = extract.CellUnit
	case RowCondition:
		p.Cell = extract.CellCondition
	default:
		p.Field = it.target.Field()
		return p, p.Field != ""
	}
	return p, true
}

// longestMade is how many characters a title has that is made from first words.
const longestMade = 30

// titleOf is the title of a need; made reports that it comes from the first
// words of a text.
func (l *lexicon) titleOf(items []item) (title string, made bool) {
	for _, t := range []Target{
		Title, Target(need.KeyProblem), FreeText, Target(need.KeyKeyTech), Target(need.KeyExpectedGoal), Target(need.KeyScene), RowName, Target(need.KeyIndicator),
	} {
		for i := range items {
			text := strings.Join(strings.Fields(items[i].text()), " ")
			switch {
			case items[i].target != t || text == "":
				continue
			case t == Title:
				return text, false
			}
			text = itemSign.ReplaceAllString(l.firstWords(items[i].text()), "")
			if i := strings.IndexAny(text, "。；;！!？?，,"); i > 0 {
				text = text[:i]
			}
			if r := []rune(text); len(r) > longestMade {
				text = string(r[:longestMade])
			}
			return text, true
		}
	}
	return "", false
}

// firstWords is the first line of a text that says something, without the label
// that it begins with.
func (l *lexicon) firstWords(text string) string {
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		if label, _, ok := l.inText(line); ok {
			line = inner(line, label)
		}
		if line != "" {
			return line
		}
	}
	return text
}

// facts keeps what is said of the organisation and its contact, and what else
// has a meaning but is no part of a need.
func (d *Draft) facts(items []item) {
	for i := range items {
		it := &items[i]
		if _, known := d.Facts[it.target]; known || !it.target.fact() || it.text() == "" {
			continue
		}
		d.Facts[it.target] = Kept{Place: it.pieces[0].place, Header: it.header, Target: it.target, Text: it.text(), Read: true}
	}
}

// check looks for values that somebody should look at again.
func (d *Draft) check(items []item) {
	if code, ok := d.Facts[OrgUSCC]; ok {
		if _, err := need.ParseUSCC(code.Text); err != nil {
			d.Issues = append(d.Issues, Issue{IssueUSCC, code.Place, code.Text})
		}
	}
	for _, k := range []need.Key{need.KeyBudget, need.KeyBudgetToPartner} {
		f := d.Need.Fields[k]
		if f == nil || len(f.Items) == 0 || f.Items[0].Value.Money == nil || f.Items[0].Value.Money.Max < manyTenThousands {
			continue
		}
		for i := range items {
			if items[i].target == Target(k) {
				d.Issues = append(d.Issues, Issue{IssueLarge, items[i].place, items[i].text()})
			}
		}
	}
	if utf8.RuneCountInString(d.Need.Title) > longestTitle {
		d.Issues = append(d.Issues, Issue{Code: IssueTitle, Text: d.Need.Title})
	}
}
