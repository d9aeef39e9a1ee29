package rag

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tanxu/need"
)

// Reranker reads the need and each candidate together and scores how well they
// fit, higher is better, comparable within one answer only. It keeps to a limit
// of time of its own.
type Reranker interface {
	Rerank(ctx context.Context, query string, documents []string) ([]float64, error)
	Name() string
}

const (
	// Reranked is how many candidates are read closely, the best first: each
	// costs time and money.
	Reranked = 30
	// rerankWeight is the share of a reranker in a score. The rest settles its
	// ties, of which a judge with few grades has many; without it the gain of a
	// judge shrinks to a quarter, while any share from .3 to .9 ranks as well.
	rerankWeight = 0.8
)

// rerank returns new scores for candidates that are sorted by theirs, the best
// first: the reranked stay above the rest.
func rerank(ctx context.Context, r Reranker, query string, documents []string, scores []float64) ([]float64, error) {
	n := min(Reranked, len(documents))
	if n < 2 {
		return scores, nil
	}
	closely, err := r.Rerank(ctx, query, documents[:n])
	if err != nil {
		return nil, fmt.Errorf("rerank by %s: %w", r.Name(), err)
	}
	if len(closely) != n {
		return nil, need.Errorf(need.Unavailable, "rerank_answer", "%s scored %d of %d candidates", r.Name(), len(closely), n)
	}
	low, high := slices.Min(closely), slices.Max(closely)
	out := make([]float64, len(scores))
	for i, score := range scores {
		out[i] = (1 - rerankWeight) * score
		if i < n {
			out[i] += rerankWeight * (closely[i] - low) / max(high-low, 1e-9)
		}
	}
	return out, nil
}

// readOut is a query as a reranker reads it.
func (q Query) readOut() string { return strings.TrimSpace(q.Title + "\n" + q.Text) }

// rerank orders the hits by the reranker, where there is one. When it fails, the
// order stays and the model's name says so.
func (s *Searcher) rerank(ctx context.Context, q Query, found *Found) error {
	if s.reranker == nil || q.readOut() == "" || len(found.Hits) < 2 {
		return nil
	}
	documents, scores := make([]string, len(found.Hits)), make([]float64, len(found.Hits))
	for i, h := range found.Hits {
		documents[i], scores[i] = fullText(h.Achievement), h.Score
	}
	scores, err := rerank(ctx, s.reranker, q.readOut(), documents, scores)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		s.log.WarnContext(ctx, "search is not reranked", "error", err)
		found.Model += " (not reranked)"
		return nil
	}
	for i := range found.Hits {
		found.Hits[i].Score = scores[i]
	}
	slices.SortStableFunc(found.Hits, byScore)
	found.Model += " + " + s.reranker.Name()
	return nil
}
