package main

import (
	"context"
	"errors"

	"tanxu/embeddings"
	"tanxu/embeddings/bge"
	embopenai "tanxu/embeddings/openai"
	"tanxu/embeddings/static"
)

// queriesKept is how many vectors an endpoint is not asked for again.
const queriesKept = 2048

// errLexical is why there is no embedder where people want none.
var errLexical = errors.New("TANXU_EMBEDDER is lexical")

// newEmbedder returns the embedder that is wanted, by default the best there
// is, or why there is none. Where a configured endpoint does not answer, or a
// model that was fetched does not load, there is none: the next best would
// embed the whole library anew for what may be over in a minute.
func newEmbedder(ctx context.Context, cfg config) (embeddings.Embedder, error) {
	switch {
	case cfg.Embedder == "lexical":
		return nil, errLexical
	case cfg.Embedder == "static":
		return newStatic()
	case cfg.Embedder == "bge" || cfg.EmbedBaseURL == "":
		e, err := bge.Open(bge.Options{Dir: cfg.Models})
		if cfg.Embedder == "auto" && errors.Is(err, bge.ErrAbsent) {
			return newStatic()
		}
		if err != nil {
			return nil, err // not e: a nil *bge.Embedder in the interface would not be nil
		}
		return e, nil
	}
	e, err := embopenai.New(ctx, embopenai.Config{
		BaseURL: cfg.EmbedBaseURL, APIKey: cfg.EmbedAPIKey, Model: cfg.EmbedModel, Dims: cfg.EmbedDims,
	})
	if err != nil {
		return nil, err
	}
	return embeddings.Cache(e, queriesKept), nil
}

func newStatic() (embeddings.Embedder, error) {
	e, err := static.New()
	if err != nil {
		return nil, err
	}
	return e, nil
}
