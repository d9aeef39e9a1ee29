package rag

import (
	"cmp"
	"math"
	"slices"
)

// Legs are the scores of one candidate: how near its vectors are, how many rare
// words it shares, and how many rare characters its title shares with the
// subject of the need. A leg that nobody has a score in takes no part.
type Legs struct{ Dense, Words, Chars float64 }

// legCount is how many legs there are.
const legCount = 3

func (l Legs) list() [legCount]float64 { return [legCount]float64{l.Dense, l.Words, l.Chars} }

// Fuse makes one score of the legs of each candidate. Each leg is scaled by its
// maximum over the candidates and weighed. Without weights nothing is known of
// how far scores of this model can be trusted, and their ranks count alone.
func Fuse(w *Weights, legs []Legs) []float64 {
	if w == nil {
		return fuseRanks(legs)
	}
	out := make([]float64, len(legs))
	used := 0.0
	for leg, weight := range w.list() {
		top := 0.0
		for _, l := range legs {
			top = max(top, l.list()[leg])
		}
		if top <= 0 {
			continue
		}
		used += weight
		for i, l := range legs {
			out[i] += weight * l.list()[leg] / top
		}
	}
	for i := range out {
		out[i] /= max(used, math.SmallestNonzeroFloat64)
	}
	return out
}

// rankOffset is the usual constant of reciprocal rank fusion.
const rankOffset = 60

// fuseRanks adds the reciprocals of the ranks, scaled so that being first in
// every leg gives 1. A leg in which a candidate has nothing gives it nothing.
func fuseRanks(legs []Legs) []float64 {
	out := make([]float64, len(legs))
	order := make([]int, len(legs))
	used := 0.0
	for leg := range legCount {
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(legs[b].list()[leg], legs[a].list()[leg]) })
		if len(order) == 0 || legs[order[0]].list()[leg] <= 0 {
			continue
		}
		used++
		for rank, i := range order {
			if legs[i].list()[leg] > 0 {
				out[i] += (rankOffset + 1) / (rankOffset + float64(rank) + 1)
			}
		}
	}
	for i := range out {
		out[i] /= max(used, 1)
	}
	return out
}
