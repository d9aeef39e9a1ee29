package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"tanxu/migrations"
	"tanxu/need"
)

// migrateLock is the advisory lock under which one process at a time migrates.
const migrateLock = 7421000

// Migrate brings the database at url to the schema of this binary: our own
// migrations, then River's, then what the service's roles may do with River's
// tables. Replicas that start together may all call it. It returns an Invalid
// error for a server that cannot hold the schema, and a Conflict error for a
// database that a newer binary has migrated already.
func Migrate(ctx context.Context, url string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return need.Errorf(need.Unavailable, "database_down", "connect to migrate: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))

	if err := checkServer(ctx, conn); err != nil {
		return err
	}
	if err := lockMigrations(ctx, conn); err != nil {
		return err
	}
	if err := migrateOwn(ctx, conn.Config()); err != nil {
		return err
	}
	if err := migrateRiver(ctx, url); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, grantRiver); err != nil {
		return fmt.Errorf("grant river's tables: %w", err)
	}
	return nil
}

// SchemaVersion returns the schema version that the database at url has, and
// the one that this binary wants. An empty database has version 0.
func SchemaVersion(ctx context.Context, url string) (have, want int64, err error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return 0, 0, need.Errorf(need.Invalid, "database_url", "read the database URL: %w", err)
	}
	db := stdlib.OpenDB(*cfg)
	defer db.Close()

	p, err := provider(db)
	if err != nil {
		return 0, 0, err
	}
	want = newest(p)

	var table *string
	if err := db.QueryRowContext(ctx, "SELECT to_regclass('public.goose_db_version')::text").Scan(&table); err != nil {
		return 0, want, need.Errorf(need.Unavailable, "database_down", "read the schema version: %w", err)
	}
	if table == nil {
		return 0, want, nil // asking goose would make its table
	}
	have, err = p.GetDBVersion(ctx)
	if err != nil {
		return 0, want, fmt.Errorf("read the schema version: %w", err)
	}
	return have, want, nil
}

// checkServer refuses a server on which the schema would fail later, or lie.
func checkServer(ctx context.Context, conn *pgx.Conn) error {
	var (
		number            int
		encoding          string
		installed, onDisk *string
	)
	err := conn.QueryRow(ctx, `
		SELECT current_setting('server_version_num')::int, current_setting('server_encoding'),
		       (SELECT extversion FROM pg_extension WHERE extname = 'vector'),
		       (SELECT default_version FROM pg_available_extensions WHERE name = 'vector')`,
	).Scan(&number, &encoding, &installed, &onDisk)
	if err != nil {
		return need.Errorf(need.Unavailable, "database_down", "ask the server for its version: %w", err)
	}
	return supported(number, encoding, installed, onDisk)
}

// supported is the rule of checkServer: PostgreSQL 15, UTF-8, vector 0.8.0.
func supported(number int, encoding string, installed, onDisk *string) error {
	switch {
	case number < 150000:
		return need.Errorf(need.Invalid, "database_version",
			"PostgreSQL %d is too old: 15 or newer is needed", number/10000)
	case encoding != "UTF8":
		return need.Errorf(need.Invalid, "database_encoding",
			"the database's encoding is %s: make it with ENCODING 'UTF8' TEMPLATE template0", encoding)
	case installed != nil && !atLeast(*installed, 0, 8):
		return need.Errorf(need.Invalid, "database_vector",
			"extension vector %s is too old: install 0.8.0 or newer, then ALTER EXTENSION vector UPDATE", *installed)
	case installed == nil && onDisk == nil:
		return need.Errorf(need.Invalid, "database_vector",
			"the server has no extension vector: install pgvector 0.8.0 or newer")
	case installed == nil && !atLeast(*onDisk, 0, 8):
		return need.Errorf(need.Invalid, "database_vector",
			"the server's extension vector %s is too old: install pgvector 0.8.0 or newer", *onDisk)
	}
	return nil
}

// atLeast says whether version, such as "0.8.5", is major.minor or newer.
func atLeast(version string, major, minor int) bool {
	parts := strings.SplitN(version, ".", 3)
	a, err := strconv.Atoi(parts[0])
	if err != nil || len(parts) < 2 {
		return false
	}
	b, err := strconv.Atoi(parts[1])
	return err == nil && (a > major || a == major && b >= minor)
}

// lockMigrations waits for its turn by asking again, because a session that
// waits inside the server would hold up CREATE INDEX CONCURRENTLY of the one
// that migrates. The lock ends with conn.
func lockMigrations(ctx context.Context, conn *pgx.Conn) error {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		var got bool
		if err := conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1)", migrateLock).Scan(&got); err != nil {
			return fmt.Errorf("lock the migrations: %w", err)
		}
		if got {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for another process that migrates: %w", ctx.Err())
		case <-tick.C:
		}
	}
}

// provider reads the embedded migrations.
func provider(db *sql.DB) (*goose.Provider, error) {
	p, err := goose.NewProvider(goose.DialectPostgres, db, migrations.FS)
	if err != nil {
		return nil, fmt.Errorf("read the embedded migrations: %w", err)
	}
	return p, nil
}

// newest returns the version of the last embedded migration.
func newest(p *goose.Provider) int64 {
	sources := p.ListSources()
	return sources[len(sources)-1].Version
}

// migrateOwn applies the embedded migrations that the database lacks.
func migrateOwn(ctx context.Context, cfg *pgx.ConnConfig) (err error) {
	db := stdlib.OpenDB(*cfg)
	defer func() { err = errors.Join(err, db.Close()) }()

	p, err := provider(db)
	if err != nil {
		return err
	}
	have, err := p.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("read the schema version: %w", err)
	}
	if have > newest(p) {
		return need.Errorf(need.Conflict, "schema_newer",
			"the database has schema %d, this binary knows %d: use the newer binary", have, newest(p))
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate from schema %d: %w", have, err)
	}
	return nil
}

// migrateRiver applies the migrations of the job queue.
func migrateRiver(ctx context.Context, url string) error {
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		return fmt.Errorf("connect to migrate river: %w", err)
	}
	defer pool.Close()

	m, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Schema: "public"})
	if err != nil {
		return fmt.Errorf("read river's migrations: %w", err)
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("migrate river: %w", err)
	}
	return nil
}

// grantRiver lets both roles insert and work jobs. The tables are listed by
// the catalogue, because River adds some from version to version; the record
// of its migrations stays read-only.
const grantRiver = `
DO $$
DECLARE tbl regclass;
BEGIN
    FOR tbl IN SELECT oid FROM pg_class WHERE relkind IN ('r', 'p') AND relname LIKE 'river\_%'
               AND relnamespace = 'public'::regnamespace LOOP
        IF tbl = 'public.river_migration'::regclass THEN
            EXECUTE format('GRANT SELECT ON %s TO tanxu_app, tanxu_jobs', tbl);
        ELSE
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO tanxu_app, tanxu_jobs', tbl);
        END IF;
    END LOOP;
    FOR tbl IN SELECT oid FROM pg_class WHERE relkind = 'S' AND relname LIKE 'river\_%'
               AND relnamespace = 'public'::regnamespace LOOP
        EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %s TO tanxu_app, tanxu_jobs', tbl);
    END LOOP;
END $$`
