package rag

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"tanxu/need"
)

// Matches is where runs of matching are kept.
type Matches interface {
	// FinishedCases returns, the newest first, other needs that the scope sees and
	// that came to a contract with one of the achievements.
	FinishedCases(ctx context.Context, scope need.Scope, other need.ID, list []need.AchievementID) ([]need.FinishedCase, error)
	PutMatches(ctx context.Context, scope need.Scope, id need.ID, run need.MatchRun) (need.MatchRun, error)
}

// Matcher ranks achievements for needs and keeps what it found.
type Matcher struct {
	search  *Searcher
	matches Matches
}

// NewMatcher returns a Matcher.
func NewMatcher(s *Searcher, m Matches) *Matcher { return &Matcher{search: s, matches: m} }

// Limit is the number of matches of a run.
const Limit = 10

const (
	// considered is how many hits are looked at closely for a run.
	considered = 3 * Limit
	// indicatorWeight is by how much a score grows when every target is stated
	// as reached, and shrinks when every one is stated as missed: enough to
	// decide between achievements on one subject. It is a judgement; no judged
	// pairs with indicators are there to tune it on.
	indicatorWeight = 0.1
)

// Match ranks the library for a need. Every reason and gap of a match cites
// words that stand in the need and in the achievement; there are fewer than
// Limit matches only where the library is smaller, or knows no word of the need.
func (m *Matcher) Match(ctx context.Context, scope need.Scope, n *need.Need) (need.MatchRun, error) {
	found, err := m.search.Search(ctx, scope, QueryOf(n), considered)
	if err != nil {
		return need.MatchRun{}, fmt.Errorf("match need %s: %w", n.ID, err)
	}
	run := need.MatchRun{Model: found.Model, Version: n.Version}
	for _, hit := range found.Hits {
		match := need.Match{Need: n.ID, Score: hit.Score, Achievement: hit.Achievement, Model: found.Model}
		match.Reasons, match.Gaps = Explain(n, hit.Achievement, found.stats)
		match.Score *= 1 + indicatorWeight*verdicts(match.Reasons, match.Gaps)/float64(max(len(n.Indicators), 1))
		run.Matches = append(run.Matches, match)
	}
	slices.SortStableFunc(run.Matches, func(a, b need.Match) int { return cmp.Compare(b.Score, a.Score) })
	run.Matches = run.Matches[:min(Limit, len(run.Matches))]
	for i := range run.Matches {
		run.Matches[i].Rank = i + 1
	}
	if err := m.addFinished(ctx, scope, &run, n.ID); err != nil {
		return need.MatchRun{}, fmt.Errorf("match need %s: %w", n.ID, err)
	}
	return run, nil
}

// verdicts counts the targets that are stated as reached, less those missed.
func verdicts(reasons, gaps []need.Reason) float64 {
	sum := 0.0
	for _, r := range reasons {
		if r.Kind == need.ReasonIndicatorMet {
			sum++
		}
	}
	for _, r := range gaps {
		if r.Kind == need.GapIndicatorShort {
			sum--
		}
	}
	return sum
}

// Run matches a need as it stands now and keeps the result in place of the last
// one; decisions stay. It returns the run as it is kept.
func (m *Matcher) Run(ctx context.Context, scope need.Scope, n *need.Need) (need.MatchRun, error) {
	run, err := m.Match(ctx, scope, n)
	if err != nil {
		return need.MatchRun{}, err
	}
	kept, err := m.matches.PutMatches(ctx, scope, n.ID, run)
	if err != nil {
		return need.MatchRun{}, fmt.Errorf("keep the matches of need %s: %w", n.ID, err)
	}
	return kept, nil
}
