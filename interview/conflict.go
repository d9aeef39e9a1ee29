package interview

import (
	"strings"

	"tanxu/extract"
	"tanxu/interview/guide"
	"tanxu/need"
)

// The quick replies of an either-or.
const (
	choiceFormer = "conflict.a"
	choiceLatter = "conflict.b"
)

// conflict asks which of two rival values of a field holds.
func (t *turn) conflict(n *need.Need, f *guide.Field, field *need.Field) candidate {
	a, b := t.valueText(f.Key, field.Items[0]), t.valueText(f.Key, field.Items[len(field.Items)-1])
	return candidate{
		id: string(f.Key) + ".conflict", key: f.Key, text: t.guide.Texts["ask_conflict"],
		pairs: []string{"label", f.Label.In(t.lang()), "a", a, "b", b},
	}
}

// rivals are the two values of a row in conflict, the earlier first.
func rivals(row *need.Indicator) (a, b string) {
	old := row.Past[len(row.Past)-1]
	if old.Current != nil && row.Current != nil && !equal(old.Current, row.Current) {
		return currentText(&old), currentText(row)
	}
	return targetText(&old), targetText(row)
}

// settle reads the answer to an either-or, and reports whether it was one.
func (t *turn) settle(m Message, r extract.Reading) bool {
	n := t.active()
	if row := n.Row(rowOf(t.asked.ID)); row != nil {
		return t.settleRow(n, row, m, r)
	}
	k := t.asked.Keys[0]
	field := n.Field(k)
	if field.Status != need.Conflicting {
		return false
	}
	pick := -1
	switch which(m, t.valueText(k, field.Items[0]), t.valueText(k, field.Items[len(field.Items)-1])) {
	case choiceFormer:
		pick = 0
	case choiceLatter:
		pick = len(field.Items) - 1
	}
	if pick < 0 {
		return false
	}
	item := field.Items[pick]
	t.emit(need.Event{
		Kind: need.ValueCorrected, By: need.Contact, Need: n.ID, Message: m.ID, Key: k, Item: &item,
		Checks: field.Checks, Note: "chosen by the contact",
	})
	t.acks = append(t.acks, t.text("ack", "term", t.valueText(k, item)))
	return true
}

func (t *turn) settleRow(n *need.Need, row *need.Indicator, m Message, r extract.Reading) bool {
	if row.Status != need.Conflicting || len(row.Past) == 0 {
		return false
	}
	a, b := rivals(row)
	settled := *row
	switch which(m, a, b) {
	case choiceFormer:
		settled = row.Past[len(row.Past)-1]
	case choiceLatter:
	default:
		return false
	}
	settled.Status = need.Filled
	for _, f := range r.Rows { // the answer often adds the condition
		if same := t.sameRow(n, &f.Row); same == row && grounded(m, f.Row.Evidence) {
			settled, _ = merge(settled, f.Row, false)
		}
	}
	settled.Status = need.Filled
	t.setRow(n, m, settled, "chosen by the contact")
	t.acks = append(t.acks, t.rowAck(&settled))
	return true
}

// which tells which of two values a message names: by quick reply, by "前面" or
// "后面", or by saying only one of them.
func which(m Message, a, b string) string {
	if m.Choice == choiceFormer || m.Choice == choiceLatter {
		return m.Choice
	}
	text := strings.ToLower(m.Text)
	former := containsAny(text, "前面", "前一个", "第一个", "原来的", "former", "first")
	latter := containsAny(text, "后面", "后一个", "第二个", "后来", "latter", "second")
	if former != latter && len([]rune(text)) <= shortWords {
		if former {
			return choiceFormer
		}
		return choiceLatter
	}
	bare := func(s string) string { return strings.ToLower(strings.TrimLeft(s, "≥≤<>±=约 ")) }
	hasA, hasB := bare(a) != "" && strings.Contains(text, bare(a)), bare(b) != "" && strings.Contains(text, bare(b))
	switch {
	case hasA && !hasB:
		return choiceFormer
	case hasB && !hasA:
		return choiceLatter
	default:
		return ""
	}
}
