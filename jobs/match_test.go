package jobs_test

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"tanxu/jobs"
	"tanxu/need"
	"tanxu/postgres"
)

// ranking finds nothing, and says what it was asked for.
type ranking struct {
	store  *postgres.Store
	asked  chan need.ID
	failed atomic.Bool
}

func (r *ranking) Match(ctx context.Context, scope need.Scope, id need.ID) (need.MatchRun, error) {
	if r.failed.CompareAndSwap(false, true) {
		return need.MatchRun{}, need.Errorf(need.Unavailable, "database_down", "not yet")
	}
	r.asked <- id
	return r.store.PutMatches(ctx, scope, id, need.MatchRun{Model: need.Lexical, Version: 2, Write: 1, Matches: achievementsOf(ctx, r.store)})
}

func achievementsOf(ctx context.Context, s *postgres.Store) []need.Match {
	list, _, err := s.ListAchievements(ctx, s.Root(), postgres.LibraryFilter{}, postgres.Page{})
	if err != nil {
		return nil
	}
	var out []need.Match
	for i, a := range list {
		out = append(out, need.Match{Rank: i + 1, Achievement: a})
	}
	return out
}

func (r *ranking) WriteCards(ctx context.Context, scope need.Scope, id need.ID) error {
	run, err := r.store.Matches(ctx, scope, id)
	if err != nil {
		return err
	}
	for _, m := range run.Matches {
		if m.Unwritten {
			if err := r.store.PutCardLines(ctx, scope, m, []need.CardLine{{Part: need.CardAnswers, Text: "都谈到铜带。", Claims: []string{"r0"}}}); err != nil {
				return err
			}
			r.asked <- "card of " + id
		}
	}
	return nil
}

// TestAnApprovedNeedIsMatched: nobody has to ask, a first failure is tried
// again, and what a model writes follows and is kept.
func TestAnApprovedNeedIsMatched(t *testing.T) {
	t.Parallel()

	r := &ranking{asked: make(chan need.ID, 8)}
	s := startMatching(t, r)
	must(t, s.PutAchievements(t.Context(), s.Root(), []need.IndexedAchievement{
		{Achievement: need.Achievement{Centre: province, Code: "A", Title: "铜带"}}, {Achievement: need.Achievement{Centre: province, Code: "B", Title: "铝带"}},
	}))
	const id = need.ID("01a210f8-0000-7000-8000-000000000001")
	must(t, s.AddNeed(t.Context(), s.Root(), province, id, []need.Event{{Kind: need.NeedStarted, Need: id, At: time.Now(), Note: "铜带"}}))
	for _, to := range []need.Status{need.StatusReview, need.StatusPublished} {
		_, err := s.ChangeNeed(t.Context(), s.Root(), id, 0, func(*need.Need) ([]need.Event, error) {
			return []need.Event{{Kind: need.StatusChanged, Need: id, At: time.Now(), By: "broker:1", To: string(to)}}, nil
		})
		must(t, err)
	}
	if got := <-r.asked; got != id {
		t.Fatalf("asked for %q", got)
	}
	if got := <-r.asked; got != "card of "+id {
		t.Fatalf("asked for %q", got)
	}
	run, err := s.Matches(t.Context(), s.Root(), id)
	must(t, err)
	if len(run.Matches) != 2 || run.Matches[0].Unwritten || len(run.Matches[0].Lines) != 1 || run.Matches[1].Unwritten {
		t.Errorf("matches %+v", run.Matches)
	}
	// The same claims again: what was written stays, and no model is asked.
	again, err := s.PutMatches(t.Context(), s.Root(), id, need.MatchRun{Model: need.Lexical, Version: 3, Write: 1, Matches: run.Matches})
	must(t, err)
	if again.Matches[0].Unwritten || len(again.Matches[0].Lines) != 1 || again.Matches[0].ID != run.Matches[0].ID {
		t.Errorf("matched again: %+v", again.Matches[0])
	}
	changed := run.Matches[0]
	changed.Reasons = []need.Reason{{Kind: need.ReasonChain, Offered: "有色金属"}}
	other, err := s.PutMatches(t.Context(), s.Root(), id, need.MatchRun{Model: need.Lexical, Version: 3, Matches: []need.Match{changed}})
	must(t, err)
	if other.Matches[0].Unwritten || len(other.Matches[0].Lines) != 0 {
		t.Errorf("with other claims: %+v", other.Matches[0])
	}
}

// startMatching runs a replica whose approved needs are matched by r.
func startMatching(t *testing.T, r *ranking) *postgres.Store {
	t.Helper()
	url := database(t)
	queue, err := jobs.NewQueue()
	must(t, err)
	opt := postgres.Options{Root: province, Queue: queue, Imports: queue, Libraries: queue, Matches: queue, AllowSuperuser: true, MaxConns: 6}
	store, err := postgres.Open(t.Context(), url, opt)
	must(t, err)
	pool, err := postgres.JobsPool(t.Context(), url, opt)
	must(t, err)
	r.store = store
	deps := jobs.Deps{Store: store, Queue: queue, Engine: newEcho(), Sender: newOutlet(), Files: rowFiles{}, Matching: r}
	replica, err := jobs.New(pool, deps, jobs.Options{Log: slog.New(slog.DiscardHandler)})
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- replica.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run = %v", err)
		}
		store.Close()
		pool.Close()
	})
	return store
}
