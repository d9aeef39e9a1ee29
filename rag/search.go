package rag

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"

	"tanxu/embeddings"
	"tanxu/need"
)

// Library is the part of storage that search needs.
type Library interface {
	UseModel(ctx context.Context, scope need.Scope, name string, dims int) (need.VectorModel, error)
	LexemeStats(ctx context.Context, scope need.Scope, lexemes []string) (need.LexemeStats, error)
	AchievementsByLexemes(ctx context.Context, scope need.Scope, lexemes []string, limit int) ([]need.Achievement, error)
	NearestAchievements(ctx context.Context, scope need.Scope, q need.Nearest) (map[need.AchievementID]float64, error)
	Achievements(ctx context.Context, scope need.Scope, ids []need.AchievementID) ([]need.Achievement, error)
}

const (
	lexicalRare  = 8   // query lexemes that fetch; more cost much and find nothing new
	lexicalLimit = 300 // achievements fetched by words
	denseLimit   = 100 // achievements fetched by vectors
)

// Hit is an achievement that a search found.
type Hit struct {
	Achievement need.Achievement
	Score       float64 // comparable within one search only
}

// Found is what a search found, best first.
type Found struct {
	Hits  []Hit
	Model string // embedder that took part, or need.Lexical, and what reranked
	stats need.LexemeStats
}

// Searcher searches the library by words and vectors.
type Searcher struct {
	library  Library
	embedder embeddings.Embedder
	log      *slog.Logger
	reranker Reranker // nil: none
}

// NewSearcher returns a Searcher; without an embedder (nil) words decide alone.
func NewSearcher(l Library, e embeddings.Embedder, log *slog.Logger) *Searcher {
	return &Searcher{library: l, embedder: e, log: cmp.Or(log, slog.Default())}
}

// WithReranker returns a Searcher that has the best hits read closely.
func (s *Searcher) WithReranker(r Reranker) *Searcher {
	with := *s
	with.reranker = r
	return &with
}

// Search returns the k achievements that fit the query best, of those that the
// scope may read. When the embedder fails, the words decide alone and Model
// says so.
func (s *Searcher) Search(ctx context.Context, scope need.Scope, q Query, k int) (Found, error) {
	query, subject := q.words(), chars(q.subject())
	asked := maps.Clone(query)
	maps.Copy(asked, subject)
	stats, err := s.library.LexemeStats(ctx, scope, slices.Collect(maps.Keys(asked)))
	if err != nil {
		return Found{}, fmt.Errorf("search: %w", err)
	}
	found := Found{Model: need.Lexical, stats: stats}
	candidates, err := s.byWords(ctx, scope, rarest(stats, query, lexicalRare))
	if err != nil {
		return Found{}, fmt.Errorf("search: %w", err)
	}
	near, model, err := s.near(ctx, scope, q, stats, slices.Collect(maps.Keys(candidates)))
	if err != nil {
		return Found{}, fmt.Errorf("search: %w", err)
	}
	if len(near) > 0 {
		found.Model = model
		err = s.fetch(ctx, scope, candidates, near)
	} else if len(candidates) < k {
		candidates, err = s.byWords(ctx, scope, rarest(stats, query, len(query)))
	}
	if err != nil {
		return Found{}, fmt.Errorf("search: %w", err)
	}
	found.Hits = rankHits(WeightsFor(found.Model), legsOf(stats, query, subject, candidates, near), candidates)
	found.Hits = found.Hits[:min(max(k, Reranked), len(found.Hits))]
	if err := s.rerank(ctx, q, &found); err != nil {
		return Found{}, fmt.Errorf("search: %w", err)
	}
	found.Hits = found.Hits[:min(k, len(found.Hits))]
	return found, nil
}

// byWords fetches the achievements that hold most of the lexemes.
func (s *Searcher) byWords(ctx context.Context, scope need.Scope, lexemes []string) (map[need.AchievementID]need.Achievement, error) {
	out := map[need.AchievementID]need.Achievement{}
	if len(lexemes) == 0 {
		return out, nil
	}
	list, err := s.library.AchievementsByLexemes(ctx, scope, lexemes, lexicalLimit)
	for _, a := range list {
		out[a.ID] = a
	}
	return out, err
}

// near returns the scores of the nearest achievements and of those found by
// words, none where there is no embedder or it does not answer.
func (s *Searcher) near(ctx context.Context, scope need.Scope, q Query, stats need.LexemeStats, also []need.AchievementID) (map[need.AchievementID]float64, string, error) {
	if s.embedder == nil || q.passage() == "" {
		return nil, "", nil
	}
	embedder := embeddings.Serving(s.embedder)
	vector, err := queryVector(ctx, embedder, q)
	if err != nil {
		if ctx.Err() != nil {
			return nil, "", err
		}
		s.log.WarnContext(ctx, "search by words alone: the embedder failed", "error", err)
		return nil, "", nil
	}
	if vector == nil {
		return nil, "", nil // no word of the need is known to the model
	}
	info := embedder.Model()
	model, err := s.library.UseModel(ctx, scope, info.ID, info.Dims)
	if err != nil {
		return nil, "", err
	}
	near, err := s.library.NearestAchievements(ctx, scope, need.Nearest{
		Model: model, Vector: vector, Limit: denseLimit, Also: also, Total: stats.Documents,
	})
	return near, info.ID, err
}

// fetch reads the achievements that only the vectors found.
func (s *Searcher) fetch(ctx context.Context, scope need.Scope, candidates map[need.AchievementID]need.Achievement, near map[need.AchievementID]float64) error {
	var missing []need.AchievementID
	for id := range near {
		if _, there := candidates[id]; !there {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	list, err := s.library.Achievements(ctx, scope, missing)
	for _, a := range list {
		candidates[a.ID] = a
	}
	return err
}

// legsOf scores each candidate in each leg. What has no vector yet counts as the
// least near: the index catches up.
func legsOf(stats need.LexemeStats, query, subject words, candidates map[need.AchievementID]need.Achievement, near map[need.AchievementID]float64) map[need.AchievementID]Legs {
	titles := make(map[need.AchievementID]words, len(candidates))
	for id, a := range candidates {
		titles[id] = chars(a.Title)
	}
	mean := meanLength(slices.Collect(maps.Values(titles)))
	least := 0.0
	if len(near) > 0 {
		least = slices.Min(slices.Collect(maps.Values(near)))
	}
	byWords, byChars := gainsOf(stats, query), charGains(stats, subject)
	legs := make(map[need.AchievementID]Legs, len(candidates))
	document, lexemes := words{}, []string{} // one after the other
	for id, a := range candidates {
		lexemes = appendLexemes(lexemes[:0], fullText(a))
		clear(document)
		document.add(lexemes, 1)
		l := Legs{Dense: least, Words: byWords.score(document, stats.MeanWords), Chars: byChars.score(titles[id], mean)}
		if score, ok := near[id]; ok {
			l.Dense = score
		}
		legs[id] = l
	}
	return legs
}

// rankHits sorts the candidates by their fused score, the best first, equal ones
// by their ids.
func rankHits(w *Weights, legs map[need.AchievementID]Legs, candidates map[need.AchievementID]need.Achievement) []Hit {
	ids := slices.Sorted(maps.Keys(legs))
	list := make([]Legs, len(ids))
	for i, id := range ids {
		list[i] = legs[id]
	}
	hits := make([]Hit, len(ids))
	for i, score := range Fuse(w, list) {
		hits[i] = Hit{Achievement: candidates[ids[i]], Score: score}
	}
	slices.SortStableFunc(hits, byScore)
	return hits
}

func byScore(a, b Hit) int { return cmp.Compare(b.Score, a.Score) }
