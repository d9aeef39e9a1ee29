package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/internal/pgtest"
	"tanxu/need"
	"tanxu/postgres"
)

// scoped are all tables that belong to centres, as the catalogue has them.
const scoped = `
	SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
	WHERE a.attname = 'centre_path' AND NOT a.attisdropped AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
	ORDER BY 1`

func tables(t *testing.T, s *postgres.Store) []string {
	t.Helper()
	var list []string
	must(t, s.InScope(t.Context(), s.Root(), func(tx pgx.Tx) error {
		rows, err := tx.Query(t.Context(), scoped)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	}))
	return list
}

// count returns how many rows of a table a scope sees.
func count(t *testing.T, s *postgres.Store, scope need.Scope, table string) int {
	t.Helper()
	var n int
	must(t, s.InScope(t.Context(), scope, func(tx pgx.Tx) error {
		return tx.QueryRow(t.Context(), `SELECT count(*) FROM `+pgx.Identifier{table}.Sanitize()).Scan(&n)
	}))
	return n
}

func TestAScopeSeesItsOwnRowsOnly(t *testing.T) {
	t.Parallel()
	s := open(t)
	withNeed(t, s) // of Ganzhou
	neighbour := need.Scope{Path: nanchang, Actor: "broker:8"}
	for _, table := range []string{"conversations", "messages", "events", "needs", "outbox", "invites"} {
		if own, other := count(t, s, broker, table), count(t, s, neighbour, table); own == 0 || other != 0 {
			t.Errorf("%s: its own centre sees %d rows, the neighbour %d", table, own, other)
		}
	}
	if n := count(t, s, broker, "centres"); n != 1 {
		t.Errorf("a city sees %d centres", n)
	}
	err := s.PutInvite(t.Context(), neighbour, postgres.Invite{Token: "gz", Centre: nanchang})
	wantKind(t, err, need.Conflict, "invite_taken")
	err = s.PutCentre(t.Context(), neighbour, postgres.Centre{Path: "jx/gz/lab/", Kind: "institute", NameZH: "所", NameEN: "lab"})
	if err == nil {
		t.Error("a city has put a centre under another city")
	}
}

func TestNoScopeSeesNothing(t *testing.T) {
	t.Parallel()
	url := pgtest.DB(t)
	s := openAs(t, url)
	withNeed(t, s)
	for _, scope := range []need.Scope{{}, {Path: "", Actor: need.System}, {Path: "jx", Actor: need.System}, {Path: "jx/"}} {
		err := s.InScope(t.Context(), scope, func(pgx.Tx) error { t.Errorf("scope %+v got a transaction", scope); return nil })
		wantKind(t, err, need.Denied, "scope")
	}
	// The pool of the jobs has no scope: it is the raw role that is looked at.
	pool, err := postgres.JobsPool(t.Context(), url, postgres.Options{AllowSuperuser: true, MaxConns: 2})
	must(t, err)
	t.Cleanup(pool.Close)
	for _, table := range tables(t, s) {
		var n int
		must(t, pool.QueryRow(t.Context(), `SELECT count(*) FROM `+pgx.Identifier{table}.Sanitize()).Scan(&n))
		if n != 0 {
			t.Errorf("%s: %d rows without a scope", table, n)
		}
	}
}

func TestTheScopeEndsWithItsTransaction(t *testing.T) {
	t.Parallel()
	s, err := postgres.Open(t.Context(), pgtest.DB(t), postgres.Options{Root: province, Queue: queue{}, AllowSuperuser: true, MaxConns: 1})
	must(t, err)
	t.Cleanup(s.Close)
	read := func(tx pgx.Tx) (path string) {
		must(t, tx.QueryRow(t.Context(), `SELECT current_setting('app.path', true)`).Scan(&path))
		return path
	}
	must(t, s.InScope(t.Context(), s.Root(), func(tx pgx.Tx) error { read(tx); return nil }))
	must(t, s.InScope(t.Context(), broker, func(tx pgx.Tx) error { // the same connection
		if got := read(tx); got != string(ganzhou) {
			t.Errorf("scope %q", got)
		}
		return nil
	}))
}

func TestAnActorIsOnlyAText(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, actor := range []need.Actor{`broker:'`, `\'; RESET ROLE; --`, `', true); RESET ROLE; SELECT set_config('app.path', 'jx/`, `张三"$1`} {
		scope := need.Scope{Path: ganzhou, Actor: actor}
		must(t, s.InScope(t.Context(), scope, func(tx pgx.Tx) error {
			var got, path, role string
			err := tx.QueryRow(t.Context(), `SELECT current_setting('app.actor'), current_setting('app.path'), current_user`).Scan(&got, &path, &role)
			if got != string(actor) || path != string(ganzhou) || role != "tanxu_app" {
				t.Errorf("actor %q became %q at %q as %s", actor, got, path, role)
			}
			return err
		}))
	}
}

func TestASuperuserIsRefused(t *testing.T) {
	t.Parallel()
	url := pgtest.DB(t)
	_, err := postgres.Open(t.Context(), url, postgres.Options{Root: province, Queue: queue{}})
	wantKind(t, err, need.Invalid, "database_superuser")
	_, err = postgres.Open(t.Context(), url, postgres.Options{Root: "", Queue: queue{}})
	wantKind(t, err, need.Invalid, "root")
}

func TestADatabaseThatIsAwayIsUnavailable(t *testing.T) {
	t.Parallel()
	url := "postgres://nobody@127.0.0.1:1/none?connect_timeout=2"
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	_, err := postgres.Open(ctx, url, postgres.Options{Root: province, Queue: queue{}})
	wantKind(t, err, need.Unavailable, "database_down")
}

func TestEventsCannotBeChanged(t *testing.T) {
	t.Parallel()
	s := open(t)
	withNeed(t, s)
	for _, sql := range []string{`UPDATE events SET kind = 'x'`, `DELETE FROM events`} {
		err := s.InScope(t.Context(), s.Root(), func(tx pgx.Tx) error {
			_, err := tx.Exec(t.Context(), sql)
			return err
		})
		if err == nil {
			t.Errorf("%s went through", sql)
		}
	}
}
