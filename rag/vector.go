package rag

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"tanxu/embeddings"
	"tanxu/need"
)

// embed asks for vectors and checks that they can be stored and compared: a
// wrong one would poison the index without a word.
func embed(ctx context.Context, e embeddings.Embedder, kind embeddings.Kind, texts []string) ([][]float32, error) {
	vectors, err := e.Embed(ctx, kind, texts)
	if err != nil {
		return nil, err
	}
	model := e.Model()
	if len(vectors) != len(texts) {
		return nil, need.Errorf(need.Unavailable, "embedder_answer", "%s gave %d vectors for %d texts", model.ID, len(vectors), len(texts))
	}
	for i, v := range vectors {
		if len(v) != model.Dims {
			return nil, need.Errorf(need.Unavailable, "embedder_answer", "%s gave %d dims for text %d, not %d", model.ID, len(v), i, model.Dims)
		}
		var sum float64
		for _, x := range v {
			sum += float64(x) * float64(x)
		}
		if math.IsNaN(sum) || math.IsInf(sum, 0) {
			return nil, need.Errorf(need.Unavailable, "embedder_answer", "%s gave no number in the vector of text %d", model.ID, i)
		}
	}
	return vectors, nil
}

// embedTime is how long people wait for the vectors of a search; then it goes
// on by words.
const embedTime = 4 * time.Second

func embedInTime(ctx context.Context, e embeddings.Embedder, kind embeddings.Kind, texts []string) ([][]float32, error) {
	ctx, cancel := context.WithTimeout(ctx, embedTime)
	defer cancel()
	return embed(ctx, e, kind, texts)
}

// queryVector is the vector of a need, nil where the embedder can say nothing
// of it.
func queryVector(ctx context.Context, e embeddings.Embedder, q Query) ([]float32, error) {
	vectors, err := embedInTime(ctx, e, embeddings.Query, []string{q.passage()})
	if err != nil {
		return nil, fmt.Errorf("embed the need: %w", err)
	}
	if !slices.ContainsFunc(vectors[0], func(x float32) bool { return x != 0 }) {
		return nil, nil
	}
	return vectors[0], nil
}
