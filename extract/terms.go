package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tanxu/need"
)

// maxKeywords is how many keywords a need gets.
const maxKeywords = 5

// Terms are the words of its own trade with which problem and scene of a need
// speak of the object, those that say most first.
func Terms(n *need.Need) []string { return terms(n, nil) }

func terms(n *need.Need, parts []passage) []string {
	for i, k := range []need.Key{need.KeyProblem, need.KeyScene} {
		for _, item := range statements(n, k) {
			parts = append(parts, passage{item.Value.Text, coreWeight - float64(i)/2})
		}
	}
	chain := best(chainLexicon(), passages(n)).label
	var words []string
	for _, t := range chainLexicon().score(parts) {
		if t.label != chain {
			continue
		}
		for _, w := range t.words { // the longest first
			if utf8.RuneCountInString(w) >= 2 {
				words = appendNew(words, asWritten(w, parts))
			}
		}
	}
	return words
}

// asWritten returns a word of the lexicon as the text has it.
func asWritten(word string, parts []passage) string {
	for _, p := range parts {
		if i := strings.Index(strings.ToLower(p.text), word); i >= 0 && len(strings.ToLower(p.text)) == len(p.text) {
			return p.text[i : i+len(word)]
		}
	}
	return word
}

// appendNew appends a word that is no part of one that is there.
func appendNew(words []string, word string) []string {
	if word == "" || slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, word) || strings.Contains(word, w) }) {
		return words
	}
	return append(words, word)
}

// keywords are the terms of the trade and the names of what is measured.
func keywords(n *need.Need) []string {
	const fromTerms, longest = 3, 12
	words := terms(n, []passage{{n.Title, titleWeight}})
	words = words[:min(fromTerms, len(words))]
	for _, row := range n.Indicators {
		if utf8.RuneCountInString(row.Name) <= longest {
			words = appendNew(words, row.Name)
		}
	}
	return words[:min(maxKeywords, len(words))]
}
