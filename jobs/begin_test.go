package jobs_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"tanxu/jobs"
	"tanxu/postgres"
)

// beginning returns a replica that has not run yet, whose queue connects only
// when ok returns nil.
func beginning(t *testing.T, ok func() error) *service {
	t.Helper()
	s := &service{url: database(t)}
	queue, err := jobs.NewQueue()
	must(t, err)
	opt := postgres.Options{Root: province, Queue: queue, Imports: queue, Libraries: queue, AllowSuperuser: true, MaxConns: 12}
	s.store, err = postgres.Open(t.Context(), s.url, opt)
	must(t, err)
	t.Cleanup(s.store.Close)
	ready, err := postgres.JobsPool(t.Context(), s.url, opt)
	must(t, err)
	cfg := ready.Config()
	ready.Close()
	cfg.BeforeConnect = func(context.Context, *pgx.ConnConfig) error { return ok() }
	s.pool, err = pgxpool.NewWithConfig(t.Context(), cfg)
	must(t, err)
	t.Cleanup(s.pool.Close)
	s.inbox = jobs.Inbox{Store: s.store}
	s.jobs, err = jobs.New(s.pool, jobs.Deps{Store: s.store, Queue: queue, Engine: newEcho(), Sender: newOutlet(), Files: rowFiles{}},
		jobs.Options{Sweep: 20 * time.Millisecond})
	must(t, err)
	return s
}

// A replica that starts while the database is away takes up its work when the
// database is back.
func TestTheDatabaseIsAwayAtTheStart(t *testing.T) {
	t.Parallel()
	var tries atomic.Int64
	s := beginning(t, func() error {
		if tries.Add(1) <= 3 {
			return syscall.ECONNREFUSED
		}
		return nil
	})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.jobs.Run(ctx) }()
	got := s.write(t, "早到", 1, "你好")
	s.until(t, got.Conversation, func(v postgres.View) bool { return len(v.Messages) > 1 })
	cancel()
	if err := <-done; err != nil || tries.Load() <= 3 {
		t.Errorf("Run = %v after %d tries", err, tries.Load())
	}
}

func TestTheEndComesBeforeTheDatabase(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := beginning(t, func() error {
		cancel()
		return syscall.ECONNREFUSED
	})
	if err := s.jobs.Run(ctx); err != nil {
		t.Errorf("Run = %v", err)
	}
}

func TestNoWaitMendsAWrongPassword(t *testing.T) {
	t.Parallel()
	s := beginning(t, func() error { return errors.New("wrong password") })
	if err := s.jobs.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "start the job client") {
		t.Errorf("Run = %v", err)
	}
}
