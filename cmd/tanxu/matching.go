package main

import (
	"context"

	"tanxu/llm/endpoint"
	"tanxu/need"
	"tanxu/postgres"
	"tanxu/prompts"
	"tanxu/rag"
)

// newMatcher returns a Matcher, whose cards a model writes where there is one.
func newMatcher(s *rag.Searcher, store *postgres.Store, m *endpoint.Model) (*rag.Matcher, error) {
	matcher := rag.NewMatcher(s, store)
	if m == nil {
		return matcher, nil
	}
	set, err := prompts.Default()
	if err != nil {
		return nil, err
	}
	w, err := rag.NewCardWriter(m, set)
	if err != nil {
		return nil, err
	}
	return matcher.WithWriter(w), nil
}

// stored returns a need as it stands, NotFound if the scope has none such.
func (a *app) stored(ctx context.Context, scope need.Scope, id need.ID) (*need.Need, error) {
	if _, err := a.store.Need(ctx, scope, id); err != nil {
		return nil, err
	}
	events, err := a.store.NeedEvents(ctx, scope, id)
	if err != nil {
		return nil, err
	}
	return need.Fold(id, events), nil
}

// Match ranks achievements for a stored need and keeps the run: what the API
// calls, and the job of an approved need.
func (a *app) Match(ctx context.Context, scope need.Scope, id need.ID) (need.MatchRun, error) {
	n, err := a.stored(ctx, scope, id)
	if err != nil {
		return need.MatchRun{}, err
	}
	return a.matcher.Run(ctx, scope, n)
}

// WriteCards has the model write of the best matches of a need: a job calls it.
func (a *app) WriteCards(ctx context.Context, scope need.Scope, id need.ID) error {
	n, err := a.stored(ctx, scope, id)
	if err != nil {
		return err
	}
	return a.matcher.WriteCards(ctx, scope, n)
}

// FindExperts finds experts for a stored need: what the API calls.
func (a *app) FindExperts(ctx context.Context, scope need.Scope, id need.ID) ([]need.ExpertMatch, string, error) {
	n, err := a.stored(ctx, scope, id)
	if err != nil {
		return nil, "", err
	}
	return a.experts.Find(ctx, scope, n)
}

// FindNeeds finds needs for a stored achievement: what the API calls.
func (a *app) FindNeeds(ctx context.Context, scope need.Scope, id need.AchievementID) ([]need.NeedMatch, error) {
	achievement, err := a.store.Achievement(ctx, scope, id)
	if err != nil {
		return nil, err
	}
	return a.needs.Find(ctx, scope, achievement)
}

// FindCases finds how it went with needs like a stored one: what the API calls.
func (a *app) FindCases(ctx context.Context, scope need.Scope, id need.ID) ([]need.FinishedCase, error) {
	n, err := a.stored(ctx, scope, id)
	if err != nil {
		return nil, err
	}
	return a.cases.Find(ctx, scope, n)
}
