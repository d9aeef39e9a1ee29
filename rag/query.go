package rag

import (
	"strings"

	"tanxu/need"
)

// Query is a need as search reads it.
type Query struct {
	Title string
	Text  string // all else that says what is wanted
}

// QueryOf reads the fields that say what a need is about. Money, dates and
// terms would only draw achievements that speak of money.
func QueryOf(n *need.Need) Query {
	var text strings.Builder
	add := func(parts ...string) {
		for _, part := range parts {
			if part = strings.TrimSpace(part); part != "" && !strings.Contains(text.String(), part) {
				text.WriteString(part)
				text.WriteString("。")
			}
		}
	}
	for _, key := range []need.Key{need.KeyProblem, need.KeyKeyTech, need.KeyExpectedGoal, need.KeyScene} {
		if f := n.Fields[key]; f != nil {
			for _, item := range f.Items {
				add(item.Value.Text)
			}
		}
	}
	for _, row := range n.Indicators {
		add(row.Name+wanted(row), n.Suggested[need.TermKey(row.ID)].Value)
	}
	return Query{Title: n.Title, Text: text.String()}
}

// longestText is how many characters of a need are searched with: whatever it
// is about has been said by then, and the work grows with the length.
const longestText = 4000

func upTo(text string, limit int) string {
	if len(text) <= limit { // bytes: a short cut
		return text
	}
	r := []rune(text)
	return string(r[:min(limit, len(r))])
}

// textWeight is what a word of the text counts beside one of the title, which
// names the thing while the text also tells stories.
const textWeight = 0.3

// subject is the title, or what the text begins with where there is none.
func (q Query) subject() string {
	const most = 60
	if title := strings.TrimSpace(q.Title); title != "" {
		return upTo(title, most)
	}
	first := strings.TrimSpace(upTo(q.Text, most))
	if end := strings.IndexAny(first, "。！？!?；;\n"); end > 0 {
		first = first[:end]
	}
	return first
}

func (q Query) words() words {
	return count(Lexemes(upTo(q.Title, longestText))).add(unique(Lexemes(upTo(q.Text, longestText))), textWeight)
}

// passage is what is embedded: title and text together rank better than
// either, and than the mean of both.
func (q Query) passage() string { return strings.TrimSpace(upTo(q.Title+"\n"+q.Text, longestText)) }

// wanted writes the target of a row as people do: "≥80 %IACS".
func wanted(row *need.Indicator) string {
	if row.Target == nil {
		return ""
	}
	op := string(row.Op)
	if row.Op == need.Between || row.Op == need.PlusMinus || row.Op == need.Equal {
		op = ""
	}
	return strings.TrimSpace(op + row.Target.Text + " " + row.Unit)
}
