package postgres_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"tanxu/internal/pgtest"
	"tanxu/need"
)

// TestErasureOutlivesADeadlock has a transaction take the conversation first
// and its need afterwards, the other way round than an erasure that waits.
func TestErasureOutlivesADeadlock(t *testing.T) {
	t.Parallel()
	url := pgtest.DB(t)
	s := openAs(t, url)
	owner, err := pgx.Connect(t.Context(), url)
	must(t, err)
	t.Cleanup(func() { must(t, owner.Close(context.WithoutCancel(t.Context()))) })
	// The server ends whom it lets wait for a second, here the erasure alone.
	_, err = owner.Exec(t.Context(), `SET deadlock_timeout = '1min'`)
	must(t, err)
	a, id := withNeed(t, s)
	done := make(chan error, 1)
	must(t, pgx.BeginFunc(t.Context(), owner, func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), `SELECT FROM conversations WHERE id = $1 FOR UPDATE`, string(a.Conversation)); err != nil {
			return err
		}
		go func() { done <- s.Erase(t.Context(), s.Root(), a.Conversation) }()
		untilSomebodyWaits(t, tx)
		_, err := tx.Exec(t.Context(), `SELECT FROM needs WHERE id = $1 FOR UPDATE`, string(id))
		return err
	}))
	must(t, <-done)
	if _, err := s.Need(t.Context(), s.Root(), id); need.KindOf(err) != need.NotFound {
		t.Errorf("the need is still there: %v", err)
	}
}
