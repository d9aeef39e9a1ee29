package rag

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"tanxu/embeddings"
	"tanxu/need"
)

// Finished is the part of storage that finding finished cases needs.
type Finished interface {
	FinishedCases(ctx context.Context, scope need.Scope, other need.ID, of []need.AchievementID, limit int) ([]need.FinishedCase, error)
}

// CaseFinder finds how it went with needs like one.
type CaseFinder struct {
	cases    Finished
	embedder embeddings.Embedder
	log      *slog.Logger
}

// NewCaseFinder returns a CaseFinder; without an embedder (nil) words decide
// alone.
func NewCaseFinder(f Finished, e embeddings.Embedder, log *slog.Logger) *CaseFinder {
	return &CaseFinder{cases: f, embedder: e, log: cmp.Or(log, slog.Default())}
}

const (
	casesRead     = 500 // newest finished cases that are compared by words
	casesEmbedded = 30  // of these, by vectors: they are made anew each time
	casesShown    = 5
	// LeastCaseWords is the share of pairs of characters (Dice) from which two
	// needs count as similar by words, LeastCaseMeant the cosine of what they
	// say: chosen by reading, for there are no judged pairs of needs and cases.
	LeastCaseWords = 0.2
	LeastCaseMeant = 0.7
)

// Find returns the finished cases of needs that the scope sees and that are
// similar to n, the most similar first.
func (f *CaseFinder) Find(ctx context.Context, scope need.Scope, n *need.Need) ([]need.FinishedCase, error) {
	list, err := f.cases.FinishedCases(ctx, scope, n.ID, nil, casesRead)
	if err != nil {
		return nil, fmt.Errorf("find cases for need %s: %w", n.ID, err)
	}
	self := aboutNeed(n)
	gist := need.GistOf(self)
	words := make(map[need.ID]float64, len(list))
	for _, c := range list {
		if _, known := words[c.Need]; !known {
			words[c.Need] = gist.Likeness(need.GistOf(aboutCase(c)))
		}
	}
	slices.SortStableFunc(list, func(a, b need.FinishedCase) int { return cmp.Compare(words[b.Need], words[a.Need]) })
	meant, err := f.meant(ctx, self, list[:min(casesEmbedded, len(list))])
	if err != nil {
		return nil, fmt.Errorf("find cases for need %s: %w", n.ID, err)
	}
	var out []need.FinishedCase
	for _, c := range list {
		near, embedded := meant[c.Need]
		if words[c.Need] >= LeastCaseWords || embedded && near >= LeastCaseMeant {
			c.Likeness = max(words[c.Need], near)
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b need.FinishedCase) int { return cmp.Compare(b.Likeness, a.Likeness) })
	return out[:min(casesShown, len(out))], nil
}

// meant is how near the needs of cases are by vectors; empty where there is no
// embedder or it does not answer.
func (f *CaseFinder) meant(ctx context.Context, self string, list []need.FinishedCase) (map[need.ID]float64, error) {
	if f.embedder == nil || len(list) == 0 || self == "" {
		return nil, nil
	}
	texts, ids := []string{self}, []need.ID{}
	for _, c := range list {
		if !slices.Contains(ids, c.Need) {
			ids, texts = append(ids, c.Need), append(texts, aboutCase(c))
		}
	}
	vectors, err := embedInTime(ctx, embeddings.Serving(f.embedder), embeddings.Passage, texts)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, err
	case err != nil:
		f.log.WarnContext(ctx, "cases are compared by words alone: the embedder failed", "error", err)
		return nil, nil
	}
	near := make(map[need.ID]float64, len(ids))
	for i, id := range ids {
		near[id] = meanDot(vectors[0], vectors[i+1:i+2])
	}
	return near, nil
}

// longestAbout is how many characters of a need are compared.
const longestAbout = 600

// aboutNeed is what a need is about: its title, its problem, and that problem
// without the trade.
func aboutNeed(n *need.Need) string {
	parts := []string{n.Title}
	if f := n.Fields[need.KeyProblem]; f != nil {
		for _, item := range f.Items {
			parts = append(parts, item.Value.Text)
		}
	}
	return about(append(parts, n.Suggested[need.KeyAbstract].Value)...)
}

func aboutCase(c need.FinishedCase) string { return about(c.Title, c.Problem, c.Abstract) }

func about(parts ...string) string {
	return upTo(strings.TrimSpace(strings.Join(parts, "\n")), longestAbout)
}
