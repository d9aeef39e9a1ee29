// Package postgres is all SQL of Tanxu: one file for each noun, the text of a
// statement beside the function that runs it. A transaction sees only the
// centres of its scope, by row level security. The package knows no channel,
// no interview and no HTTP.
package postgres

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	pgxvec "github.com/pgvector/pgvector-go/pgx"

	"tanxu/need"
)

// Queue is what the store asks of the job queue: to have a turn run once the
// transaction commits.
type Queue interface {
	EnqueueTurn(ctx context.Context, tx pgx.Tx, job Turn) error
}

// Turn names a conversation that has something to read.
type Turn struct {
	Centre       need.CentrePath
	Conversation need.ConversationID
}

// Options say how a store works. Root is required: the path under which all
// centres of this service lie.
type Options struct {
	Root    need.CentrePath
	Default need.CentrePath // of chats that come without an invite; "" refuses them
	Queue   Queue           // required by whatever writes messages
	Imports ImportQueue     // required by whatever takes documents in
	// Libraries is required by whatever changes records of libraries, Lexemes where
	// achievements are to be found by words.
	Libraries LibraryQueue
	Lexemes   func(*need.Entry) []string
	Matches   MatchQueue // nil: nobody matches a need when it is approved
	// AllowSuperuser lets a login that bypasses row level security in, since
	// every session works as tanxu_app anyway. For development only.
	AllowSuperuser bool
	MaxConns       int32        // 0 means 16
	Log            *slog.Logger // nil means slog.Default
	// Changed is called after a conversation has changed, in this replica or in
	// another one that Listen hears; it must not block. May be nil.
	Changed func(need.ConversationID)
}

// Store is the database. It is safe for concurrent use.
type Store struct {
	pool    *pgxpool.Pool
	opt     Options
	hub     *hub
	replica string // tells its own notifications from those of others
}

// Open connects to a migrated database. It returns an Invalid error for one
// that cannot keep what the store promises, and an Unavailable one if it
// cannot be reached.
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	if !o.Root.Valid() {
		return nil, need.Errorf(need.Invalid, "root", "root %q is no path of a centre", o.Root)
	}
	o.Log = cmp.Or(o.Log, slog.Default())
	pool, err := connect(ctx, url, "tanxu_app", o)
	if err != nil {
		return nil, err
	}
	return &Store{pool: pool, opt: o, hub: newHub(), replica: rand.Text()}, nil
}

// JobsPool returns a pool for the job queue, whose tables belong to no centre.
// It works as tanxu_jobs and, without a scope, sees no row of any centre.
func JobsPool(ctx context.Context, url string, o Options) (*pgxpool.Pool, error) {
	return connect(ctx, url, "tanxu_jobs", o)
}

func connect(ctx context.Context, url, role string, o Options) (*pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, need.Errorf(need.Invalid, "database_url", "read the database URL: %w", err)
	}
	cfg.MaxConns = cmp.Or(o.MaxConns, 16)
	params := cfg.ConnConfig.RuntimeParams
	params["application_name"] = cmp.Or(params["application_name"], "tanxu")
	params["plan_cache_mode"] = "force_custom_plan" // a generic plan would not see how many rows a scope has
	params["jit"] = "off"                           // compiling costs more than any query here takes
	params["timezone"] = "UTC"
	params["standard_conforming_strings"] = "on" // literal relies on it
	cfg.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		if err := checkLogin(ctx, conn, o.AllowSuperuser); err != nil {
			return err
		}
		if err := pgxvec.RegisterTypes(ctx, conn); err != nil {
			return fmt.Errorf("register vector types: %w", err)
		}
		if _, err := conn.Exec(ctx, "SET ROLE "+role); err != nil {
			return fmt.Errorf("become %s: %w", role, err)
		}
		return nil
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", kindly(err))
	}
	if err := probe(ctx, pool); err != nil {
		pool.Close()
		return nil, fmt.Errorf("open database: %w", kindly(err))
	}
	return pool, nil
}

// probe connects once and looks at the server.
func probe(ctx context.Context, pool *pgxpool.Pool) error {
	return pool.AcquireFunc(ctx, func(c *pgxpool.Conn) error { return checkServer(ctx, c.Conn()) })
}

// checkLogin refuses a login for which row level security does not hold: it
// could leave the role that it works as at any time.
func checkLogin(ctx context.Context, conn *pgx.Conn, allow bool) error {
	var above bool
	err := conn.QueryRow(ctx, `SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user`).Scan(&above)
	if err != nil {
		return fmt.Errorf("look at the login: %w", err)
	}
	if above && !allow {
		return need.Errorf(need.Invalid, "database_superuser",
			"the login is a superuser or bypasses row level security: use one that is only a member of tanxu_app and tanxu_jobs")
	}
	return nil
}

// Close waits for running transactions and closes all connections.
func (s *Store) Close() { s.pool.Close() }

// Ping returns an Unavailable error if the database does not answer.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.pool.Ping(ctx); err != nil {
		return need.Errorf(need.Unavailable, "database_down", "ping the database: %w", err)
	}
	return nil
}

// Root returns the scope of the service itself, over all its centres. Only
// what has no centre yet works in it: incoming messages, keys, sweepers.
func (s *Store) Root() need.Scope { return need.Scope{Path: s.opt.Root, Actor: need.System} }

// InScope runs fn in one transaction that sees the rows of scope only. It is
// the only way to a transaction. The transaction commits if fn returns nil;
// the error is fn's, with a kind if it comes from the server.
func (s *Store) InScope(ctx context.Context, scope need.Scope, fn func(pgx.Tx) error) error {
	if err := scope.Valid(); err != nil {
		return err
	}
	// Local to the transaction, so that it cannot leak to the next user of the
	// connection; in one message with BEGIN, because every transaction pays it.
	begin := `BEGIN; SELECT set_config('app.path', ` + literal(string(scope.Path)) + `, true), set_config('app.actor', ` +
		literal(string(scope.Actor)) + `, true)`
	return kindly(pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{BeginQuery: begin}, fn))
}

// literal quotes a text for SQL, for the one place that takes no parameters.
// Connections have standard_conforming_strings on, so that only quotes count.
func literal(text string) string { return `'` + strings.ReplaceAll(text, `'`, `''`) + `'` }

// kindly gives an error of the server its kind: Unavailable if a later try can
// help, Conflict if reading again can. Others stay as they are.
func kindly(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*need.Error](err); ok {
		return err
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch {
		case strings.HasPrefix(e.Code, "08"), strings.HasPrefix(e.Code, "53"), strings.HasPrefix(e.Code, "57P"):
			return need.Errorf(need.Unavailable, "database_down", "%w", err)
		case strings.HasPrefix(e.Code, "40"):
			return need.Errorf(need.Conflict, "database_race", "%w", err)
		}
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	_, unreached := errors.AsType[*pgconn.ConnectError](err)
	var network net.Error
	if unreached || errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) ||
		strings.Contains(err.Error(), "conn closed") || strings.Contains(err.Error(), "closed pool") {
		return need.Errorf(need.Unavailable, "database_down", "%w", err)
	}
	return err
}

// Away reports whether an error of a pool means that the database cannot be
// reached now, so that the same may work later.
func Away(err error) bool { return need.KindOf(kindly(err)) == need.Unavailable }

// isCode reports whether the server refused with this SQLSTATE.
func isCode(err error, code string) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && e.Code == code
}

// The codes that statements here can meet.
const (
	uniqueViolation = "23505"
	outOfScope      = "42501" // a row outside of the scope, or a missing grant
)
