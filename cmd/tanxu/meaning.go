package main

import (
	"context"

	"tanxu/embeddings"
)

// meaning tells how near texts are by the vectors of an embedder.
type meaning struct{ embedder embeddings.Embedder }

// Nearness implements jobs.Meaning.
func (m meaning) Nearness(ctx context.Context, text string, others []string) ([]float64, error) {
	vectors, err := m.embedder.Embed(ctx, embeddings.Passage, append([]string{text}, others...))
	if err != nil {
		return nil, err
	}
	near := make([]float64, len(others))
	for i, v := range vectors[1:] {
		for j, x := range v {
			near[i] += float64(x) * float64(vectors[0][j])
		}
	}
	return near, nil
}
