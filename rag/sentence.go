package rag

import (
	"strings"

	"tanxu/need"
)

// side is a text of a need or of an achievement from which may be cited.
type side struct {
	ref   string
	field string // key of the need; "" on the achievement's side
	base  int    // rune offset of text in what ref names
	text  string
}

// needSides are the texts of a need that say what it is about: the words of the
// contact where there are some, else the value as a broker wrote it. The title
// is ours, and nobody's words.
func needSides(n *need.Need) []side {
	var out []side
	for _, key := range []need.Key{need.KeyProblem, need.KeyKeyTech, need.KeyExpectedGoal, need.KeyScene} {
		f := n.Fields[key]
		if f == nil {
			continue
		}
		for _, item := range f.Items {
			out = append(out, itemSides(key, item)...)
		}
	}
	return out
}

func itemSides(key need.Key, item need.Item) []side {
	var out []side
	for _, e := range item.Evidence {
		out = append(out, side{ref: e.Ref, field: string(key), base: e.Start, text: e.Quote})
	}
	if len(out) == 0 {
		out = append(out, side{ref: "field:" + string(key), field: string(key), text: item.Value.Text})
	}
	return out
}

// achievementSides are the texts of an achievement, the most telling first.
func achievementSides(a need.Achievement) []side {
	return []side{{ref: "indicators", text: a.Indicators}, {ref: "summary", text: a.Summary}, {ref: "title", text: a.Title}}
}

// sentences cuts a text where a sentence or a statement of a list ends.
func (s side) sentences() []side {
	var out []side
	r := []rune(s.text)
	for start, i := 0, 0; i <= len(r); i++ {
		if i < len(r) && !strings.ContainsRune("。！？!?；;\n\r", r[i]) {
			continue
		}
		if part := s.cut(r, start, i); part.text != "" {
			out = append(out, part)
		}
		start = i + 1
	}
	return out
}

// cut returns the runes r of s from start to end without the blanks at either
// end.
func (s side) cut(r []rune, start, end int) side {
	for start < end && (r[start] == ' ' || r[start] == '\t' || r[start] == '　') {
		start++
	}
	for end > start && (r[end-1] == ' ' || r[end-1] == '\t' || r[end-1] == '　') {
		end--
	}
	return side{ref: s.ref, field: s.field, base: s.base + start, text: string(r[start:end])}
}

// evidence cites all of s.
func (s side) evidence() need.Evidence {
	return need.Evidence{Ref: s.ref, Start: s.base, End: s.base + len([]rune(s.text)), Quote: s.text}
}

// textOf returns the text of the achievement that a citation points into.
func textOf(a need.Achievement, ref string) string {
	switch ref {
	case "title":
		return a.Title
	case "summary":
		return a.Summary
	case "indicators":
		return a.Indicators
	case "chain":
		return a.Chain
	case "stage":
		return a.Stage
	case "region":
		return a.Region
	default:
		return rightText(a, ref)
	}
}

// stands reports whether a citation is verbatim: its quote is what stands in
// text between its offsets.
func stands(text string, e need.Evidence) bool {
	r := []rune(text)
	return e.Quote != "" && e.Start >= 0 && e.Start < e.End && e.End <= len(r) && string(r[e.Start:e.End]) == e.Quote
}
