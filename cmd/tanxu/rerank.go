package main

import (
	"context"
	"errors"

	"tanxu/rag"
	"tanxu/rerank"
)

// newReranker returns the endpoint that reads the best hits closely, nil if
// none is configured.
func newReranker(cfg config) (rag.Reranker, error) {
	if cfg.RerankBaseURL == "" {
		return nil, nil //nolint:nilnil // a nil reranker is one that is off
	}
	r, err := rerank.New(rerank.Config{
		BaseURL: cfg.RerankBaseURL, APIKey: cfg.RerankAPIKey, Model: cfg.RerankModel,
		Shape: rerank.Shape(cfg.RerankShape), Timeout: cfg.RerankTimeout,
	})
	if err != nil {
		return nil, err // not r: a nil *rerank.Reranker in the interface would not be nil
	}
	return r, nil
}

func checkReranker(ctx context.Context, cfg config) finding {
	r, err := newReranker(cfg)
	if err != nil {
		return found("reranker", err, "")
	}
	if r == nil {
		return found("reranker", nil, "none configured: the order is that of words and vectors")
	}
	scores, err := r.Rerank(ctx, "铜带导电率", []string{"脐橙保鲜", "高强高导铜合金"})
	if err == nil && scores[1] <= scores[0] {
		err = errors.New("it puts fruit before copper for a need of copper")
	}
	return found("reranker", err, "%s answers", r.Name())
}
