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

// gains are what the lexemes of a query add to the score, by BM25, of a document
// that holds them; worked out once for all documents.
type gains []gain

type gain struct {
	lexeme string
	most   float64
}

func gainsOf(s need.LexemeStats, query words) gains {
	list := make(gains, 0, len(query))
	for lexeme, weight := range query {
		list = append(list, gain{lexeme, weight * rarity(s, lexeme) * (saturation + 1)})
	}
	return list
}

// score adds up what a document gains; mean is the length of a usual one.
func (list gains) score(document words, mean float64) float64 {
	length := saturation * (1 - lengthNorm + lengthNorm*float64(len(document))/max(mean, 1))
	var score float64
	for _, g := range list {
		if n := document[g.lexeme]; n > 0 {
			score += g.most * n / (n + length)
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
