package interview

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tanxu/need"
)

// card is the read-back of a need. With keys given it shows only these lines,
// under the numbers that they have on the whole card.
func (t *turn) card(n *need.Need, only []string) *Card {
	lines, numbers := t.lines(n), t.numbering(n)
	for i := range lines {
		lines[i].Number = 1 + slices.Index(numbers, lines[i].Key)
	}
	if only != nil {
		lines = slices.DeleteFunc(lines, func(l CardLine) bool { return !slices.Contains(only, l.Key) })
	}
	slices.SortStableFunc(lines, func(a, b CardLine) int { return cmp.Compare(a.Number, b.Number) })
	return &Card{Title: t.text("card_title"), Lines: lines}
}

// lines are all lines of the card of a need.
func (t *turn) lines(n *need.Need) []CardLine {
	lang := t.lang()
	lines := []CardLine{{Key: "title", Label: t.text("line_title"), Value: n.Title, Status: need.Filled}}
	for i := range t.guide.Fields {
		f := &t.guide.Fields[i]
		if f.Key == need.KeyIndicator {
			for _, row := range n.Indicators {
				lines = append(lines, CardLine{Key: "indicator:" + row.ID, Label: f.Label.In(lang), Value: t.rowLine(row), Status: row.Status})
			}
			if len(n.Indicators) > 0 {
				continue
			}
		}
		field := n.Field(f.Key)
		if field.Status != need.Missing {
			lines = append(lines, CardLine{Key: string(f.Key), Label: f.Label.In(lang), Value: t.fieldLine(field), Status: field.Status})
		}
	}
	for _, k := range []need.Key{need.KeyExpectedGoal, need.KeyKeyTech, need.KeyBudgetToPartner} {
		if field := n.Field(k); len(field.Items) > 0 {
			lines = append(lines, CardLine{Key: string(k), Label: t.guide.Label(k, lang), Value: t.fieldLine(field), Status: field.Status})
		}
	}
	for _, r := range n.Routes {
		lines = append(lines, CardLine{Key: "route:" + string(r.Kind), Label: t.text("line_route"), Value: t.guide.Routes[r.Kind].Label.In(lang), Status: need.Filled})
	}
	return lines
}

// open lists the fields that nothing is known of, by label.
func (t *turn) open(n *need.Need) []string {
	var labels []string
	for i := range t.guide.Fields {
		f := &t.guide.Fields[i]
		missing := n.Field(f.Key).Status == need.Missing
		if f.Key == need.KeyIndicator {
			missing = missing && len(n.Indicators) == 0
		}
		if missing {
			labels = append(labels, f.Label.In(t.lang()))
		}
	}
	return labels
}

func (t *turn) fieldLine(f *need.Field) string {
	if len(f.Items) == 0 {
		switch f.Status {
		case need.Declined:
			return t.text("line_declined")
		case need.Delegated:
			return t.text("line_delegated", "to", line(f.To))
		case need.Vague:
			return cut(line(f.Raw), 60)
		}
		if nothingMore(f.Raw) {
			return t.text("line_none")
		}
		return t.text("line_unknown")
	}
	values := make([]string, len(f.Items))
	for i, item := range f.Items {
		values[i] = t.valueText(f.Key, item)
	}
	sep := "；"
	if f.Status == need.Conflicting {
		sep = t.text("line_or")
	}
	return strings.Join(values, sep)
}

// rowLine is a row of indicators on one line: name, today, target, condition.
func (t *turn) rowLine(row *need.Indicator) string {
	parts := []string{}
	if v := t.todayText(row); v != "" {
		parts = append(parts, t.text("line_now")+" "+v)
	}
	if v := targetText(row); v != "" {
		parts = append(parts, t.text("line_goal")+" "+v)
	}
	switch {
	case len(parts) > 0:
	case row.Status == need.Declined:
		parts = append(parts, t.text("line_declined"))
	case row.Status == need.Delegated && row.To != "":
		parts = append(parts, t.text("line_delegated", "to", line(row.To)))
	default:
		parts = append(parts, t.text("line_unknown"))
	}
	if row.Condition != "" {
		parts = append(parts, line(row.Condition))
	}
	if row.Method != "" && !strings.Contains(row.Condition, row.Method) {
		parts = append(parts, line(row.Method))
	}
	return row.Name + t.colon() + strings.Join(parts, t.comma())
}

// todayText is today's value, or why it is not there.
func (t *turn) todayText(row *need.Indicator) string {
	switch {
	case row.Current != nil:
		return currentText(row)
	case row.CurrentStatus == need.Declined:
		return t.text("line_declined")
	case row.CurrentStatus == need.Delegated && row.To != "":
		return t.text("line_delegated", "to", line(row.To))
	case row.CurrentStatus != "":
		return t.text("line_unknown")
	default:
		return ""
	}
}

// valueText is one value as people read it.
func (t *turn) valueText(k need.Key, item need.Item) string {
	v := item.Value
	switch {
	case v.Money != nil:
		return t.moneyText(*v.Money)
	case v.Deadline != nil:
		return line(cmp.Or(v.Deadline.Text, v.Deadline.ISO))
	case k.Shape() == need.Code && t.lang() == "en":
		for _, f := range t.guide.Fields {
			for _, c := range f.Choices {
				if f.Key == k && c.Value == v.Text {
					return c.Label.EN
				}
			}
		}
	}
	return line(v.Text)
}

func (t *turn) moneyText(m need.Money) string {
	num := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	unit := " 万元"
	if t.lang() == "en" {
		unit = " × 10,000 yuan"
	}
	switch {
	case m.Max == 0:
		return num(m.Min) + unit + t.text("line_or_more")
	case m.Min == 0:
		return num(m.Max) + unit + t.text("line_up_to")
	case m.Min == m.Max:
		return num(m.Min) + unit
	default:
		return num(m.Min) + "–" + num(m.Max) + unit
	}
}
