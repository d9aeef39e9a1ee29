package rag

import (
	"cmp"
	"math"
	"slices"

	"tanxu/need"
)

// The usual parameters of BM25.
const (
	saturation = 1.2  // k1: how soon a word that comes again adds nothing
	lengthNorm = 0.75 // b: how much a long document pays for its length
)

// words is a document or a query as counts of its lexemes.
type words map[string]float64

func count(lexemes []string) words {
	w := make(words, len(lexemes))
	for _, l := range lexemes {
		w[l]++
	}
	return w
}

// add counts the lexemes of another text, each at the given weight.
func (w words) add(lexemes []string, weight float64) words {
	for _, l := range lexemes {
		w[l] += weight
	}
	return w
}

// rarity is the inverse document frequency of a lexeme.
func rarity(s need.LexemeStats, lexeme string) float64 {
	f := float64(s.Frequency[lexeme])
	return math.Log(1 + (max(float64(s.Documents), f)-f+.5)/(f+.5))
}

// bm25 scores a document for a query.
func bm25(s need.LexemeStats, query, document words) float64 {
	length := float64(len(document)) / max(s.MeanWords, 1)
	var score float64
	for lexeme, weight := range query {
		if n := document[lexeme]; n > 0 {
			score += weight * rarity(s, lexeme) * n * (saturation + 1) / (n + saturation*(1-lengthNorm+lengthNorm*length))
		}
	}
	return score
}

// statsOf counts the lexemes of a library that is at hand as a whole.
func statsOf(documents []words) need.LexemeStats {
	s := need.LexemeStats{Documents: len(documents), Frequency: map[string]int{}}
	for _, d := range documents {
		s.MeanWords += float64(len(d)) / float64(len(documents))
		for lexeme := range d {
			s.Frequency[lexeme]++
		}
	}
	return s
}

// rarest returns the n lexemes of the query that say most: the library has
// them, but in few documents.
func rarest(s need.LexemeStats, query words, n int) []string {
	var known []string
	for lexeme := range query {
		if s.Frequency[lexeme] > 0 {
			known = append(known, lexeme)
		}
	}
	slices.SortFunc(known, func(a, b string) int {
		return cmp.Or(
			cmp.Compare(query[b]*rarity(s, b), query[a]*rarity(s, a)),
			cmp.Compare(a, b))
	})
	return known[:min(n, len(known))]
}
