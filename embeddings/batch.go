package embeddings

import (
	"context"
	"fmt"
	"slices"
)

// Batch returns an Embedder that hands e at most size texts a call, one call
// after the other: providers refuse longer lists.
func Batch(e Embedder, size int) Embedder { return &batch{next: e, size: max(size, 1)} }

type batch struct {
	next Embedder
	size int
}

// Model implements Embedder.
func (b *batch) Model() Model { return b.next.Model() }

// Embed implements Embedder.
func (b *batch) Embed(ctx context.Context, kind Kind, texts []string) ([][]float32, error) {
	out := make([][]float32, 0, len(texts))
	for part := range slices.Chunk(texts, b.size) {
		vectors, err := b.next.Embed(ctx, kind, part)
		if err != nil {
			return nil, fmt.Errorf("embed texts %d to %d of %d: %w", len(out)+1, len(out)+len(part), len(texts), err)
		}
		out = append(out, vectors...)
	}
	return out, nil
}
