package rag

import (
	"context"
	"fmt"

	"tanxu/embeddings"
	"tanxu/need"
)

// Stock is the part of storage that a change of models needs beside what
// indexing does.
type Stock interface {
	Shelf
	Register
	Serving
}

// Serving is where it stands which model has taken over.
type Serving interface {
	ServingModel(ctx context.Context) (string, error)
	ServeModel(ctx context.Context, m need.VectorModel) error
}

// EmbedAll makes the vectors that the library lacks, of achievements and of
// experts, and returns their number. It may be stopped and run again at any time.
func EmbedAll(ctx context.Context, s Stock, e embeddings.Embedder, scope need.Scope) (int, error) {
	if e == nil {
		return 0, nil
	}
	e = embeddings.Serving(e)
	made, err := NewIndex(s, e).Embed(ctx, scope)
	if err != nil {
		return made, err
	}
	more, err := EmbedExperts(ctx, s, e, scope)
	return made + more, err
}

// passes is how often the library is gone through for what has changed
// meanwhile, before the rest is left to the next run.
const passes = 3

// MakeReady makes the vectors of the model that a switch leads to, beside those
// that serve, and has it take over once none are missing. It returns the number
// of vectors made, and may be stopped and run again at any time.
func MakeReady(ctx context.Context, s Stock, sw *embeddings.Switch, scope need.Scope) (int, error) {
	next := sw.Next()
	total := 0
	for range passes {
		made, err := EmbedAll(ctx, s, next, scope)
		if total += made; err != nil {
			return total, fmt.Errorf("make %s ready: %w", next.Model().ID, err)
		}
		if made == 0 {
			return total, takeOver(ctx, s, next, scope)
		}
	}
	return total, nil
}

func takeOver(ctx context.Context, s Stock, next embeddings.Embedder, scope need.Scope) error {
	name, err := s.ServingModel(ctx)
	if err != nil || name == next.Model().ID {
		return err
	}
	m, err := s.UseModel(ctx, scope, next.Model().ID, next.Model().Dims)
	if err != nil {
		return fmt.Errorf("let %s take over: %w", next.Model().ID, err)
	}
	return s.ServeModel(ctx, m)
}

// Turn turns a switch to the model that has taken over.
func Turn(ctx context.Context, s Serving, sw *embeddings.Switch) error {
	name, err := s.ServingModel(ctx)
	if err != nil {
		return fmt.Errorf("turn to the serving model: %w", err)
	}
	sw.Turn(name == sw.Next().Model().ID)
	return nil
}
