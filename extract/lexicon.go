package extract

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// What a word adds to its label, and what a place adds to a word.
const (
	strongWord = 3.0
	plainWord  = 1.0
	again      = 0.5 // of a word that is said more than once

	enoughScore = 3.0 // a label that scores less is not suggested
	maxLabelled = 4000
	shownWords  = 4 // in the reason
)

// lexicon finds the words of labels in a text, the longest first, so that the
// 米 of 微米 is no rice.
type lexicon struct {
	words   map[string][]weighted
	longest int // bytes
}

type weighted struct {
	label  string
	weight float64
}

func newLexicon(entries []entry, neutral string) *lexicon {
	l := &lexicon{words: map[string][]weighted{}}
	add := func(words string, w []weighted) {
		for word := range strings.FieldsSeq(strings.ToLower(words)) {
			l.words[word] = append(l.words[word], w...)
			l.longest = max(l.longest, len(word))
		}
	}
	add(neutral, nil)
	for _, e := range entries {
		add(e.strong, []weighted{{e.label, strongWord}})
		add(e.plain, []weighted{{e.label, plainWord}})
	}
	return l
}

// passage is a part of a need and how much its words count.
type passage struct {
	text   string
	weight float64
}

// tally is what a text says for one label.
type tally struct {
	label  string
	score  float64
	strong bool     // one strong word at least
	words  []string // the heaviest first
}

// score returns the labels that the passages speak for, best first.
func (l *lexicon) score(passages []passage) []tally {
	worth, times := map[string]float64{}, map[string]int{}
	var order []string
	for _, p := range passages {
		l.each(p.text, func(word string) {
			if times[word]++; times[word] == 1 {
				order = append(order, word)
			}
			worth[word] = max(worth[word], p.weight)
		})
	}
	by := map[string]*tally{}
	var labels []*tally
	slices.SortStableFunc(order, func(a, b string) int { return len(b) - len(a) })
	for _, word := range order {
		for _, w := range l.words[word] {
			t := by[w.label]
			if t == nil {
				t = &tally{label: w.label}
				by[w.label] = t
				labels = append(labels, t)
			}
			points := w.weight * worth[word]
			if times[word] > 1 {
				points *= 1 + again
			}
			t.score += points
			t.strong = t.strong || w.weight == strongWord
			t.words = append(t.words, word)
		}
	}
	out := make([]tally, 0, len(labels))
	for _, t := range labels {
		out = append(out, *t)
	}
	slices.SortStableFunc(out, func(a, b tally) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		default:
			return strings.Compare(a.label, b.label)
		}
	})
	return out
}

// strong reports whether a word hardly occurs outside its label.
func (l *lexicon) strong(word string) bool {
	return slices.ContainsFunc(l.words[strings.ToLower(word)], func(w weighted) bool { return w.weight == strongWord })
}

// each calls do for the words of the lexicon in a text.
func (l *lexicon) each(text string, do func(word string)) {
	text = strings.ToLower(text)
	for runes := 0; text != "" && runes < maxLabelled; runes++ {
		n := min(l.longest, len(text))
		for ; n > 0; n-- {
			if n < len(text) && !utf8.RuneStart(text[n]) || latinGoesOn(text, n) {
				continue
			}
			if _, ok := l.words[text[:n]]; ok {
				do(text[:n])
				break
			}
		}
		if n == 0 {
			_, n = utf8.DecodeRuneInString(text)
			for n < len(text) && latin(text[0]) && latin(text[n]) {
				n++
			}
		}
		text = text[n:]
	}
}

// latinGoesOn reports whether a cut at n would split a Latin word.
func latinGoesOn(text string, n int) bool {
	return n < len(text) && latin(text[n-1]) && latin(text[n])
}

func latin(b byte) bool { return b >= 'a' && b <= 'z' }
