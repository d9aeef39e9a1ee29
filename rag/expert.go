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

// Staff is the part of storage that finding experts needs.
type Staff interface {
	UseModel(ctx context.Context, scope need.Scope, name string, dims int) (need.VectorModel, error)
	LexemeStats(ctx context.Context, scope need.Scope, lexemes []string) (need.LexemeStats, error)
	ExpertsByLexemes(ctx context.Context, scope need.Scope, lexemes []string, limit int) ([]need.Expert, error)
	NearestExperts(ctx context.Context, scope need.Scope, m need.VectorModel, vector []float32, limit int) (map[need.ExpertID]float64, error)
	ExpertsByID(ctx context.Context, scope need.Scope, ids []need.ExpertID) ([]need.Expert, error)
}

// ExpertFinder finds the experts whose work is near a need.
type ExpertFinder struct {
	staff    Staff
	embedder embeddings.Embedder
	log      *slog.Logger
}

// NewExpertFinder returns an ExpertFinder; without an embedder (nil) words
// decide alone.
func NewExpertFinder(s Staff, e embeddings.Embedder, log *slog.Logger) *ExpertFinder {
	return &ExpertFinder{staff: s, embedder: e, log: cmp.Or(log, slog.Default())}
}

// Find returns the Limit best experts, and the embedder that took part or
// need.Lexical. Who has no word in common with the need is left out, however
// near: a broker would see no reason.
func (f *ExpertFinder) Find(ctx context.Context, scope need.Scope, n *need.Need) ([]need.ExpertMatch, string, error) {
	q := QueryOf(n)
	query := q.words()
	// How rare a word is in the trade is counted over the achievements: there
	// are more of them.
	stats, err := f.staff.LexemeStats(ctx, scope, slices.Collect(maps.Keys(query)))
	if err != nil {
		return nil, "", fmt.Errorf("find experts for need %s: %w", n.ID, err)
	}
	list, err := f.staff.ExpertsByLexemes(ctx, scope, telling(stats, query), lexicalLimit)
	if err != nil {
		return nil, "", fmt.Errorf("find experts for need %s: %w", n.ID, err)
	}
	candidates := map[need.ExpertID]need.Expert{}
	for _, e := range list {
		candidates[e.ID] = e
	}
	near, err := f.near(ctx, scope, q, candidates)
	if err != nil {
		return nil, "", fmt.Errorf("find experts for need %s: %w", n.ID, err)
	}
	return rankExperts(n, query, stats, candidates, near), near.model, nil
}

// leastOfExpert is the share of a need's words, weighed by rarity, that the work
// of an expert has to have. It stands between the demo's experts of the same
// trade and those who share a common word; no judged pairs are there to tune it.
const leastOfExpert = 0.05

// telling are the lexemes that experts are fetched by: those that say most,
// known to the library or not.
func telling(stats need.LexemeStats, query words) []string {
	const most = 64
	list := slices.SortedFunc(maps.Keys(query), func(a, b string) int {
		return cmp.Or(cmp.Compare(query[b]*rarity(stats, b), query[a]*rarity(stats, a)), cmp.Compare(a, b))
	})
	return list[:min(most, len(list))]
}

// nearExperts are scores by the vectors of a model; none by need.Lexical.
type nearExperts struct {
	scores map[need.ExpertID]float64
	model  string
}

// near scores experts by vectors, and adds those to the candidates that only
// the vectors found.
func (f *ExpertFinder) near(ctx context.Context, scope need.Scope, q Query, candidates map[need.ExpertID]need.Expert) (nearExperts, error) {
	byWords := nearExperts{model: need.Lexical}
	if f.embedder == nil || q.passage() == "" {
		return byWords, nil
	}
	embedder := embeddings.Serving(f.embedder)
	vector, err := queryVector(ctx, embedder, q)
	if err != nil {
		if ctx.Err() != nil {
			return byWords, err
		}
		f.log.WarnContext(ctx, "experts are found by words alone: the embedder failed", "error", err)
		return byWords, nil
	}
	if vector == nil {
		return byWords, nil // no word of the need is known to the model
	}
	info := embedder.Model()
	model, err := f.staff.UseModel(ctx, scope, info.ID, info.Dims)
	if err != nil {
		return byWords, err
	}
	near, err := f.staff.NearestExperts(ctx, scope, model, vector, denseLimit)
	if err != nil {
		return byWords, err
	}
	if len(near) == 0 {
		return byWords, nil
	}
	var missing []need.ExpertID
	for id := range near {
		if _, there := candidates[id]; !there {
			missing = append(missing, id)
		}
	}
	list, err := f.staff.ExpertsByID(ctx, scope, missing)
	for _, e := range list {
		candidates[e.ID] = e
	}
	return nearExperts{near, info.ID}, err
}

// rankExperts scores the candidates and keeps those whose work can be cited.
func rankExperts(n *need.Need, query words, stats need.LexemeStats, candidates map[need.ExpertID]need.Expert, near nearExperts) []need.ExpertMatch {
	ids := slices.Sorted(maps.Keys(candidates))
	documents := make([]words, len(ids))
	for i, id := range ids {
		documents[i] = count(Lexemes(expertText(candidates[id])))
	}
	stats.MeanWords = statsOf(documents).MeanWords
	gains := gainsOf(stats, query)
	legs := make([]Legs, len(ids))
	for i, id := range ids {
		legs[i].Words = gains.score(documents[i], stats.MeanWords)
		if len(near.scores) > 0 {
			score, ok := near.scores[id]
			if !ok {
				score = slices.Min(slices.Collect(maps.Values(near.scores)))
			}
			legs[i].Dense = score
		}
	}
	var out []need.ExpertMatch
	self := max(gains.score(query, stats.MeanWords), 1)
	for i, score := range Fuse(WeightsFor(near.model), legs) {
		if legs[i].Words/self >= leastOfExpert {
			out = append(out, need.ExpertMatch{Score: score, Expert: candidates[ids[i]]})
		}
	}
	slices.SortStableFunc(out, func(a, b need.ExpertMatch) int { return cmp.Compare(b.Score, a.Score) })
	var kept []need.ExpertMatch
	for _, m := range out {
		if m.Reasons = explainExpert(n, m.Expert, stats); len(m.Reasons) > 0 && len(kept) < Limit {
			m.Rank = len(kept) + 1
			kept = append(kept, m)
		}
	}
	return kept
}
