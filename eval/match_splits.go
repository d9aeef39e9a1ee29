package eval

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"tanxu/rag"
)

// Legs scores achievements for a need in each leg: those with the ids given, or
// the whole pool, in its order, where ids is nil.
type Legs func(ctx context.Context, n MatchNeed, ids []string) ([]rag.Legs, error)

const (
	splits = 20 // of the needs in two halves
	grid   = 20 // steps of a weight from 0 to 1
)

// split is what the weights of a grid give for one need.
type split struct{ ndcg, at10, at50 []float64 } // by weights; at10 and at50 nil where nothing is to be found

// HeldOut is what tuning is worth: the weights of the legs are tuned on one half
// of the needs and scored on the other, twenty times. The figures are over the
// needs, each with its mean over the splits that held it out; the last is by how
// much NDCG@10 is above that of pairs of characters in titles alone (BM25).
func HeldOut(ctx context.Context, legs Legs, d MatchData) ([]Figure, error) {
	weights := weightGrid()
	var all []split
	var base []float64
	for _, n := range d.Needs {
		s, err := d.tryAll(ctx, legs, n, weights)
		if err != nil {
			return nil, err
		}
		b, err := d.titlesOnly(ctx, legs, n)
		if err != nil {
			return nil, err
		}
		all, base = append(all, s), append(base, b)
	}
	ndcg, at10, at50 := make([][]float64, len(all)), make([][]float64, len(all)), make([][]float64, len(all))
	rng := rand.New(rand.NewPCG(1, splits)) //nolint:gosec // a report that can be repeated, no secret
	for range splits {
		order := rng.Perm(len(all))
		tuned, held := order[:len(all)/2], order[len(all)/2:]
		w := bestOf(all, tuned, len(weights))
		for _, i := range held {
			ndcg[i] = append(ndcg[i], all[i].ndcg[w])
			if all[i].at10 != nil {
				at10[i], at50[i] = append(at10[i], all[i].at10[w]), append(at50[i], all[i].at50[w])
			}
		}
	}
	var above []float64
	for i, list := range ndcg {
		if len(list) > 0 {
			above = append(above, meanOf(list)-base[i])
		}
	}
	return []Figure{
		bootstrapOf("held out: NDCG@10", means(ndcg)), bootstrapOf("held out: recall@10", means(at10)),
		bootstrapOf("held out: recall@50", means(at50)), bootstrapOf("held out: above BM25", above),
	}, nil
}

// weightGrid lists all weights of three legs in steps that add up to 1.
func weightGrid() []rag.Weights {
	var list []rag.Weights
	for dense := range grid + 1 {
		for words := range grid + 1 - dense {
			list = append(list, rag.Weights{
				Dense: float64(dense) / grid, Words: float64(words) / grid, Chars: float64(grid-dense-words) / grid,
			})
		}
	}
	return list
}

// tryAll scores one need with all weights.
func (d MatchData) tryAll(ctx context.Context, legs Legs, n MatchNeed, weights []rag.Weights) (split, error) {
	var s split
	judged := d.judged(n)
	some, err := legs(ctx, n, judged)
	if err != nil {
		return s, fmt.Errorf("score for need %s: %w", n.ID, err)
	}
	pool, err := legs(ctx, n, nil)
	if err != nil {
		return s, fmt.Errorf("score the pool for need %s: %w", n.ID, err)
	}
	levels := d.levels[n.ID]
	found := float64(count(judged, levels))
	var relevantOnes []int
	for i, t := range d.Titles {
		if levels[t.ID] >= relevant {
			relevantOnes = append(relevantOnes, i)
		}
	}
	for _, w := range weights {
		s.ndcg = append(s.ndcg, gain(sorted(judged, rag.Fuse(&w, some)), levels, 10)/ideal(levels, 10))
		if found > 0 {
			ranks := ranksOf(relevantOnes, rag.Fuse(&w, pool))
			s.at10, s.at50 = append(s.at10, within(ranks, 10)/found), append(s.at50, within(ranks, 50)/found)
		}
	}
	return s, nil
}

// titlesOnly is NDCG@10 by BM25 over pairs of characters of both titles.
func (d MatchData) titlesOnly(ctx context.Context, legs Legs, n MatchNeed) (float64, error) {
	judged := d.judged(n)
	list, err := legs(ctx, MatchNeed{ID: n.ID, Title: n.Title}, judged)
	if err != nil {
		return 0, fmt.Errorf("score for the title of need %s: %w", n.ID, err)
	}
	levels := d.levels[n.ID]
	return gain(sorted(judged, rag.Fuse(&rag.Weights{Words: 1}, list)), levels, 10) / ideal(levels, 10), nil
}

// bestOf returns the weights with the best mean of NDCG@10 and recall over some
// needs. Recall decides among what ranks about as well.
func bestOf(all []split, needs []int, weights int) int {
	best, top := 0, -1.0
	for w := range weights {
		var sum float64
		for _, i := range needs {
			sum += all[i].ndcg[w]
			if all[i].at10 != nil {
				sum += 0.3*all[i].at10[w] + 0.2*all[i].at50[w]
			}
		}
		if sum > top {
			best, top = w, sum
		}
	}
	return best
}

// ranksOf are the places of some documents in a ranking, from 1.
func ranksOf(documents []int, scores []float64) []int {
	out := make([]int, len(documents))
	for i, d := range documents {
		out[i] = 1
		for j, score := range scores {
			if score > scores[d] || score == scores[d] && j < d {
				out[i]++
			}
		}
	}
	return out
}

// within counts the ranks up to k.
func within(ranks []int, k int) float64 {
	n := 0.0
	for _, r := range ranks {
		if r <= k {
			n++
		}
	}
	return n
}

// sorted returns ids by their scores, best first.
func sorted(ids []string, scores []float64) []string {
	order := make([]int, len(ids))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case scores[a] > scores[b]:
			return -1
		case scores[a] < scores[b]:
			return 1
		default:
			return 0
		}
	})
	out := make([]string, len(ids))
	for i, at := range order {
		out[i] = ids[at]
	}
	return out
}

// means are those of each list that holds something.
func means(lists [][]float64) []float64 {
	var out []float64
	for _, list := range lists {
		if len(list) > 0 {
			out = append(out, meanOf(list))
		}
	}
	return out
}

func meanOf(list []float64) float64 {
	var sum float64
	for _, v := range list {
		sum += v
	}
	return sum / float64(len(list))
}
