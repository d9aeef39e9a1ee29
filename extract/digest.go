package extract

import (
	"strings"
	"unicode/utf8"

	"tanxu/need"
)

// Lengths of what a digest shows, in characters.
const (
	summaryLine  = 60
	abstractRows = 3
	abstractPart = 40
)

// Digest is what a reader wants before the record itself: keywords, a summary in
// the contact's words, and the problem restated without its trade, so that
// people of another trade recognise it. All of it is inferred.
func Digest(n *need.Need) []need.Event {
	var out []need.Event
	for _, s := range []struct {
		key        need.Key
		value, why string
	}{
		{need.KeyKeywords, strings.Join(keywords(n), "、"), "原话中的专业词和指标名"},
		{need.KeySummary, summary(n), "摘自联系人的原话"},
		{need.KeyAbstract, abstract(n), "由指标和限制条件改写，去掉了行业用词"},
	} {
		if s.value != "" && n.Suggested[s.key].Value != s.value {
			out = append(out, need.Event{Kind: need.Suggested, Need: n.ID, Key: s.key, Note: s.value, To: s.why})
		}
	}
	return out
}

// summary is what is wrong, what is wanted, and what stands in the way, a line
// each.
func summary(n *need.Need) string {
	var lines []string
	for _, item := range statements(n, need.KeyProblem) {
		if words := wholeClauses(item.Value.Text, summaryLine); words != "" {
			lines = append(lines, words)
			break
		}
	}
	var rows []string
	for _, row := range n.Indicators {
		if row.Target != nil && len(rows) < 2 {
			rows = append(rows, row.Name+" "+change(row))
		}
	}
	if len(rows) > 0 {
		lines = append(lines, "目标："+strings.Join(rows, "；"))
	}
	for _, k := range []need.Key{need.KeyTried, need.KeyConstraints, need.KeyRootCause} {
		list := statements(n, k)
		if len(list) == 0 {
			continue
		}
		if words := wholeClauses(list[0].Value.Text, summaryLine); words != "" {
			lines = append(lines, words)
			break
		}
	}
	return strings.Join(lines, "\n")
}

// change is a row as "76 → ≥80 %IACS".
func change(row *need.Indicator) string {
	goal := row.Target.Text
	if row.Op != need.Between && row.Op != need.Equal && !strings.HasPrefix(goal, string(row.Op)) {
		goal = string(row.Op) + goal
	}
	if row.Current != nil {
		goal = row.Current.Text + " → " + goal
	}
	return strings.TrimSpace(goal + " " + row.Unit)
}

// abstract says which quantities are to go where, and what may not change,
// without the words of the trade.
func abstract(n *need.Need) string {
	plain := withoutTrade(n)
	var goals []string
	for _, row := range n.Indicators {
		if row.Target != nil && len(goals) < abstractRows {
			goals = append(goals, towards(row)+plain(row.Name)+"（"+change(row)+"）")
		}
	}
	if len(goals) == 0 {
		return ""
	}
	text := "需要" + strings.Join(goals, "，同时")
	for _, item := range statements(n, need.KeyConstraints) {
		if words := wholeClauses(item.Value.Text, abstractPart); words != "" {
			text += "；限制：" + plain(words)
			break
		}
	}
	for _, item := range statements(n, need.KeyRootCause) {
		if words := wholeClauses(item.Value.Text, abstractPart); words != "" {
			text += "；推测的原因：" + plain(words)
			break
		}
	}
	return text + "。"
}

// towards is the verb for what is to become of a quantity.
func towards(row *need.Indicator) string {
	atLeast, atMost := row.Op == need.AtLeast || row.Op == need.Above, row.Op == need.AtMost || row.Op == need.Below
	switch {
	case row.Current == nil && atLeast, row.Current != nil && row.Target.Num > row.Current.Num && !atMost:
		return "提高"
	case row.Op == need.PlusMinus, row.Op == need.Between:
		return "控制"
	case row.Current != nil && row.Target.Num < row.Current.Num && !atLeast:
		return "降低"
	case row.Current == nil && atMost:
		return "控制"
	default:
		return "保持"
	}
}

// withoutTrade replaces the names of the object by a word that fits any trade;
// words that are also names of quantities stay.
func withoutTrade(n *need.Need) func(string) string {
	var pairs []string
	for _, term := range terms(n, []passage{{n.Title, titleWeight}}) {
		if utf8.RuneCountInString(term) >= 2 && chainLexicon().strong(term) {
			pairs = append(pairs, term, "该产品")
		}
	}
	replace := strings.NewReplacer(pairs...)
	return func(s string) string {
		out := replace.Replace(s)
		if strings.TrimPrefix(out, "该产品") == "" {
			return s
		}
		for strings.Contains(out, "该产品该产品") {
			out = strings.ReplaceAll(out, "该产品该产品", "该产品")
		}
		return strings.TrimPrefix(out, "该产品")
	}
}

func statements(n *need.Need, k need.Key) []need.Item {
	if f := n.Fields[k]; f != nil {
		return f.Items
	}
	return nil
}

// wholeClauses is the beginning of a text, as many whole clauses as fit.
func wholeClauses(s string, limit int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= limit {
		return strings.TrimRight(string(r), "，。；、,.;！! ")
	}
	end := 0
	for i, c := range r[:limit+1] {
		if strings.ContainsRune("，。；！？,;!?", c) {
			end = i
		}
	}
	return string(r[:end])
}
