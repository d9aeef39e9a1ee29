package rag

import (
	"context"
	"fmt"
	"slices"

	"tanxu/embeddings"
)

// denseWeight is the share of the vectors in a score, tuned on judged pairs of
// needs and achievements; the rest is that of the words.
const denseWeight = 0.75

// fuse adds both scores, each scaled by its maximum over the candidates. With
// no vectors the words decide alone.
func fuse(dense, lexical []float64) []float64 {
	weight := denseWeight
	if dense == nil {
		weight, dense = 0, make([]float64, len(lexical))
	}
	out := make([]float64, len(lexical))
	for i, scale := 0, scales(dense, lexical); i < len(out); i++ {
		out[i] = weight*dense[i]*scale[0] + (1-weight)*lexical[i]*scale[1]
	}
	return out
}

func scales(lists ...[]float64) []float64 {
	out := make([]float64, len(lists))
	for i, list := range lists {
		if len(list) > 0 {
			if top := slices.Max(list); top > 0 {
				out[i] = 1 / top
			}
		}
	}
	return out
}

// queryVector is the vector of a need, nil where the embedder can say nothing
// of it.
func queryVector(ctx context.Context, e embeddings.Embedder, q Query) ([]float32, error) {
	vectors, err := e.Embed(ctx, embeddings.Query, []string{q.passage()})
	if err != nil {
		return nil, fmt.Errorf("embed the need: %w", err)
	}
	if !slices.ContainsFunc(vectors[0], func(x float32) bool { return x != 0 }) {
		return nil, nil
	}
	return vectors[0], nil
}
