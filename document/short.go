package document

import (
	"slices"
	"strings"
	"unicode"

	"tanxu/need"
)

// fewWords is how many runes a text may have that is taken for the words of
// somebody who tells of a problem, as in a chat: longer ones are papers, in which
// not all is the problem.
const fewWords = 300

// inFewWords has a short text be the problem of its need where the rules have
// found none in it: who writes down two sentences writes down what is wrong. A
// line of its own may stand above them as the title.
func (w *writer) inFewWords(d *Draft, items []item) {
	plain := !slices.ContainsFunc(items, func(it item) bool { return it.target != Title && it.target != FreeText })
	if w.doc.Kind != Text || !plain || len(d.Need.Field(need.KeyProblem).Items) > 0 {
		return
	}
	said := items[len(items)-1]
	if len(said.pieces) != 1 {
		return
	}
	text := []rune(said.pieces[0].text)
	start, end := 0, len(text)
	for start < end && unicode.IsSpace(text[start]) {
		start++
	}
	for end > start && unicode.IsSpace(text[end-1]) {
		end--
	}
	if start == end || end-start > fewWords {
		return
	}
	quote, from := string(text[start:end]), said.pieces[0].start
	e := need.Event{
		Kind: need.ValueSet, At: w.src.Now, By: need.System, Need: d.Need.ID, Key: need.KeyProblem, Source: need.FromDocument,
		Item: &need.Item{
			Value:    need.Value{Text: strings.Join(strings.Fields(quote), " ")},
			Evidence: []need.Evidence{{Ref: Ref(w.src.ID, said.pieces[0].place), Start: from + start, End: from + end, Quote: quote}},
		},
		Checks: need.Checks{Aligned: true},
	}
	d.Events = append(d.Events, e)
	d.Need.Apply(e)
}
