package rag

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"

	"tanxu/need"
)

// Matches is where runs of matching are kept.
type Matches interface {
	// FinishedCases returns, the newest first, how it went with other needs that
	// the scope sees; given achievements, with these only.
	FinishedCases(ctx context.Context, scope need.Scope, other need.ID, of []need.AchievementID, limit int) ([]need.FinishedCase, error)
	Matches(ctx context.Context, scope need.Scope, id need.ID) (need.MatchRun, error)
	PutMatches(ctx context.Context, scope need.Scope, id need.ID, run need.MatchRun) (need.MatchRun, error)
	PutCardLines(ctx context.Context, scope need.Scope, m need.Match, list []need.CardLine) error
}

// Matcher ranks achievements for needs and keeps what it found.
type Matcher struct {
	search  *Searcher
	matches Matches
	writer  *CardWriter // nil: cards are worded by rule
	log     *slog.Logger
}

// NewMatcher returns a Matcher.
func NewMatcher(s *Searcher, m Matches) *Matcher { return &Matcher{search: s, matches: m, log: s.log} }

// WithWriter returns a Matcher whose best matches a model writes about.
func (m *Matcher) WithWriter(w *CardWriter) *Matcher {
	with := *m
	with.writer = w
	return &with
}

// Limit is the number of matches of a run.
const Limit = 10

// written is how many matches of a run a model writes about, with a call each:
// further down brokers seldom look.
const written = 5

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
	if m.writer != nil {
		run.Write = written
	}
	stats, err := m.statsOf(ctx, scope, n, found.Hits)
	if err != nil {
		return need.MatchRun{}, fmt.Errorf("match need %s: %w", n.ID, err)
	}
	query := QueryOf(n).words()
	gains, mean := gainsOf(found.stats, query), found.stats.MeanWords
	self := max(gains.score(query, mean), 1)
	for _, hit := range found.Hits {
		match := need.Match{Need: n.ID, Score: hit.Score, Achievement: hit.Achievement, Model: found.Model}
		match.Share = gains.score(count(Lexemes(fullText(hit.Achievement))), mean) / self
		match.Reasons, match.Gaps = Explain(n, hit.Achievement, stats)
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

// statsOf are the statistics of all words on both sides: where a word ends in
// an achievement, the words of the need do not tell.
func (m *Matcher) statsOf(ctx context.Context, scope need.Scope, n *need.Need, hits []Hit) (need.LexemeStats, error) {
	all := map[string]bool{}
	for _, text := range append(textsOf(needSides(n)), fullTexts(hits)...) {
		for _, l := range Lexemes(upTo(text, longestText)) {
			all[l] = true
		}
	}
	return m.search.library.LexemeStats(ctx, scope, slices.Collect(maps.Keys(all)))
}

func textsOf(list []side) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = s.text
	}
	return out
}

func fullTexts(hits []Hit) []string {
	out := make([]string, len(hits))
	for i, h := range hits {
		out[i] = fullText(h.Achievement)
	}
	return out
}

// leastMatched is the share of a need's words, weighed by rarity, under which a
// match is called weak: what ranks first in a library that has nothing may share
// no more than a common word.
const leastMatched = 0.12

// Weak reports whether a match is probably only the best of a library that has
// nothing: few words in common, and no figure that meets a target.
func Weak(m need.Match) bool {
	met := slices.ContainsFunc(m.Reasons, func(r need.Reason) bool { return r.Kind == need.ReasonIndicatorMet })
	return m.Share < leastMatched && !met
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

// WriteCards has the model write what it is to write of the last run for a need
// and keeps what holds. Where the model fails, the card stays worded by rule:
// it is not asked again before the need is matched anew.
func (m *Matcher) WriteCards(ctx context.Context, scope need.Scope, n *need.Need) error {
	run, err := m.matches.Matches(ctx, scope, n.ID)
	if err != nil {
		return fmt.Errorf("write the cards of need %s: %w", n.ID, err)
	}
	for i := range run.Matches {
		match := &run.Matches[i]
		if !match.Unwritten {
			continue
		}
		var lines []need.CardLine
		if m.writer != nil {
			lines, err = m.writer.Write(ctx, n, match)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			m.log.WarnContext(ctx, "a card stays worded by rule", "match", match.ID, "error", err)
		}
		if err := m.matches.PutCardLines(ctx, scope, *match, lines); err != nil {
			return fmt.Errorf("write the cards of need %s: %w", n.ID, err)
		}
	}
	return nil
}
