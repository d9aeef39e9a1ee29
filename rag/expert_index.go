package rag

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"

	"tanxu/embeddings"
	"tanxu/need"
)

// Register is the part of storage that indexing experts needs.
type Register interface {
	UseModel(ctx context.Context, scope need.Scope, name string, dims int) (need.VectorModel, error)
	UnembeddedExperts(ctx context.Context, scope need.Scope, m need.VectorModel, after need.ExpertID, limit int) ([]need.UnembeddedExpert, error)
	PutExpertVectors(ctx context.Context, scope need.Scope, m need.VectorModel, list []need.ExpertVector) error
}

// EmbedExperts makes the vectors that the scope's own experts lack, as
// Index.Embed does for achievements, and returns their number.
func EmbedExperts(ctx context.Context, r Register, e embeddings.Embedder, scope need.Scope) (int, error) {
	if e == nil {
		return 0, nil
	}
	e = embeddings.Serving(e)
	info := e.Model()
	model, err := r.UseModel(ctx, scope, info.ID, info.Dims)
	if err != nil {
		return 0, fmt.Errorf("embed experts: %w", err)
	}
	var after need.ExpertID
	for made := 0; ; {
		list, err := r.UnembeddedExperts(ctx, scope, model, after, page)
		if err != nil {
			return made, fmt.Errorf("embed experts: %w", err)
		}
		if len(list) == 0 {
			return made, nil
		}
		after = list[len(list)-1].ID
		vectors, err := expertVectors(ctx, e, list)
		if err == nil && len(vectors) > 0 {
			err = r.PutExpertVectors(ctx, scope, model, vectors)
		}
		if err != nil {
			return made, fmt.Errorf("embed experts: %w", err)
		}
		made += len(vectors)
	}
}

// expertVectors embeds the fields whose text is new.
func expertVectors(ctx context.Context, e embeddings.Embedder, list []need.UnembeddedExpert) ([]need.ExpertVector, error) {
	var vectors []need.ExpertVector
	var texts []string
	for _, x := range list {
		for field, text := range expertFields(x.Expert) {
			hash := sha256.Sum256([]byte(text))
			if !bytes.Equal(x.Hashes[field], hash[:]) {
				vectors = append(vectors, need.ExpertVector{Expert: x.ID, Field: field, Hash: hash[:]})
				texts = append(texts, text)
			}
		}
	}
	if len(texts) == 0 {
		return nil, nil
	}
	values, err := embed(ctx, e, embeddings.Passage, texts)
	if err != nil {
		return nil, err
	}
	for i := range vectors {
		vectors[i].Values = values[i]
	}
	return vectors, nil
}
