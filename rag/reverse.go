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

// Wanted is the part of storage that finding needs for an achievement needs.
type Wanted interface {
	LexemeStats(ctx context.Context, scope need.Scope, lexemes []string) (need.LexemeStats, error)
	OpenNeedsByLexemes(ctx context.Context, scope need.Scope, lexemes []string, limit int) ([]need.ID, error)
	NeedEvents(ctx context.Context, scope need.Scope, id need.ID) ([]need.Event, error)
}

// NeedFinder finds the open needs that an achievement may meet.
type NeedFinder struct {
	needs    Wanted
	embedder embeddings.Embedder
	log      *slog.Logger
}

// NewNeedFinder returns a NeedFinder; without an embedder (nil) words decide
// alone.
func NewNeedFinder(w Wanted, e embeddings.Embedder, log *slog.Logger) *NeedFinder {
	return &NeedFinder{needs: w, embedder: e, log: cmp.Or(log, slog.Default())}
}

const (
	needsRead     = 50 // needs that are scored by words
	needsEmbedded = 20 // of these, by vectors: they are made anew each time
	// leastShare of a need's words, weighed by rarity, that an achievement has
	// to have: by this much the best matches of the demo's needs stand above
	// what only shares common words.
	leastShare = 0.12
)

// Find returns the Limit best open needs of the scope for an achievement, with
// the same reasons and gaps that a match of the need would have.
func (f *NeedFinder) Find(ctx context.Context, scope need.Scope, a need.Achievement) ([]need.NeedMatch, error) {
	document := count(Lexemes(fullText(a)))
	stats, err := f.needs.LexemeStats(ctx, scope, slices.Collect(maps.Keys(document)))
	if err != nil {
		return nil, fmt.Errorf("find needs for achievement %s: %w", a.ID, err)
	}
	ids, err := f.needs.OpenNeedsByLexemes(ctx, scope, telling(stats, document), needsRead)
	if err != nil {
		return nil, fmt.Errorf("find needs for achievement %s: %w", a.ID, err)
	}
	var list []*need.Need
	for _, id := range ids {
		events, err := f.needs.NeedEvents(ctx, scope, id)
		if err != nil {
			return nil, fmt.Errorf("find needs for achievement %s: %w", a.ID, err)
		}
		list = append(list, need.Fold(id, events))
	}
	if stats, err = f.needs.LexemeStats(ctx, scope, allWords(document, list)); err != nil {
		return nil, fmt.Errorf("find needs for achievement %s: %w", a.ID, err)
	}
	return f.rank(ctx, a, document, stats, list)
}

// allWords are those of the achievement and of all the needs.
func allWords(document words, list []*need.Need) []string {
	all := maps.Clone(document)
	for _, n := range list {
		q := QueryOf(n)
		maps.Copy(all, q.words())
		maps.Copy(all, chars(q.subject()))
	}
	return slices.Collect(maps.Keys(all))
}

// rank scores needs by the share of their words that the achievement has, and
// by vectors where there are some.
func (f *NeedFinder) rank(ctx context.Context, a need.Achievement, document words, stats need.LexemeStats, list []*need.Need) ([]need.NeedMatch, error) {
	shares := make(map[need.ID]float64, len(list))
	for _, n := range list {
		query := QueryOf(n).words()
		gains := gainsOf(stats, query)
		shares[n.ID] = gains.score(document, stats.MeanWords) / max(gains.score(query, stats.MeanWords), 1)
	}
	list = slices.DeleteFunc(list, func(n *need.Need) bool { return shares[n.ID] < leastShare })
	slices.SortStableFunc(list, func(x, y *need.Need) int { return cmp.Compare(shares[y.ID], shares[x.ID]) })
	list = list[:min(needsEmbedded, len(list))]
	title := chars(a.Title)
	legs := make([]Legs, len(list))
	for i, n := range list {
		subject := chars(QueryOf(n).subject())
		byChars, mean := charGains(stats, subject), float64(len(subject))
		legs[i].Words = shares[n.ID]
		legs[i].Chars = byChars.score(title, mean) / max(byChars.score(subject, mean), 1)
	}
	model, err := f.dense(ctx, a, list, legs)
	if err != nil {
		return nil, fmt.Errorf("find needs for achievement %s: %w", a.ID, err)
	}
	var out []need.NeedMatch
	for i, score := range Fuse(WeightsFor(model), legs) {
		m := need.NeedMatch{Need: list[i].ID}
		m.Reasons, m.Gaps = Explain(list[i], a, stats)
		m.Score = score * (1 + indicatorWeight*verdicts(m.Reasons, m.Gaps)/float64(max(len(list[i].Indicators), 1)))
		if slices.ContainsFunc(m.Reasons, func(r need.Reason) bool { return r.Kind == need.ReasonWords || r.Kind == need.ReasonIndicatorMet }) {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(x, y need.NeedMatch) int { return cmp.Compare(y.Score, x.Score) })
	out = out[:min(Limit, len(out))]
	for i := range out {
		out[i].Rank = i + 1
	}
	return out, nil
}

// dense adds the leg of the vectors and returns their model: need.Lexical where
// there is no embedder or it does not answer.
func (f *NeedFinder) dense(ctx context.Context, a need.Achievement, list []*need.Need, legs []Legs) (string, error) {
	if f.embedder == nil || len(list) == 0 {
		return need.Lexical, nil
	}
	passages := make([]string, len(list))
	for i, n := range list {
		passages[i] = QueryOf(n).passage()
	}
	embedder := embeddings.Serving(f.embedder)
	queries, err := embedInTime(ctx, embedder, embeddings.Query, passages)
	var sides [][]float32
	if err == nil {
		sides, err = embedInTime(ctx, embedder, embeddings.Passage, slices.Collect(maps.Values(fields(a))))
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return "", err
	case err != nil:
		f.log.WarnContext(ctx, "needs are found by words alone: the embedder failed", "error", err)
		return need.Lexical, nil
	}
	for i, q := range queries {
		legs[i].Dense = meanDot(q, sides)
	}
	return embedder.Model().ID, nil
}
