// Package pgtest gives each test its own migrated database. The server comes
// from TEST_DATABASE_URL, which internal/devpg/cmd/pgrun sets; no container
// engine is needed.
package pgtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"tanxu/migrations"
	"tanxu/postgres"
)

// Prefix starts the names of all databases made here, the template's too, so
// that devpg can sweep what killed tests left behind.
const Prefix = "tanxu_test_"

// templateLock is the advisory lock under which the template is built.
const templateLock = 7421003

// DB returns the URL of a fresh database with the newest schema, as its owner.
// It is dropped when the test ends. Without TEST_DATABASE_URL the test is
// skipped, or fails where CI=true.
func DB(t testing.TB) string {
	t.Helper()

	server := os.Getenv("TEST_DATABASE_URL")
	if server == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("TEST_DATABASE_URL is not set: run the tests by `make test`")
		}
		t.Skip("needs PostgreSQL: run by `make test`, or by `go run ./internal/devpg/cmd/pgrun -test -- go test ./...`")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()

	name, err := create(ctx, server)
	if err != nil {
		t.Fatalf("make a test database: %v", err)
	}
	t.Cleanup(func() { drop(t, server, name) })
	return withDatabase(server, name)
}

// create clones the template, which it builds if this schema has none yet.
func create(ctx context.Context, server string) (string, error) {
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return "", fmt.Errorf("connect: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))

	template, err := ensureTemplate(ctx, conn, server)
	if err != nil {
		return "", fmt.Errorf("build the template: %w", err)
	}
	name := Prefix + strings.ReplaceAll(uuid.NewString(), "-", "")
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		return "", fmt.Errorf("clone %s: %w", template, err)
	}
	return name, nil
}

// ensureTemplate returns the name of a migrated database that nobody can
// connect to, as CREATE DATABASE … TEMPLATE requires. It gets its final name
// last: one that a killed test left half-built is thrown away.
func ensureTemplate(ctx context.Context, conn *pgx.Conn, server string) (string, error) {
	hash, err := schemaHash()
	if err != nil {
		return "", err
	}
	name := Prefix + "template_" + hash

	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", templateLock); err != nil {
		return "", err
	}
	defer conn.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", templateLock)

	var there bool
	if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&there); err != nil {
		return "", err
	}
	if there {
		return name, nil
	}
	half := name + "_new"
	for _, sql := range []string{
		"DROP DATABASE IF EXISTS " + half + " WITH (FORCE)",
		"CREATE DATABASE " + half + " ENCODING 'UTF8' TEMPLATE template0",
	} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return "", err
		}
	}
	if err := postgres.Migrate(ctx, withDatabase(server, half)); err != nil {
		return "", err
	}
	for _, sql := range []string{
		"ALTER DATABASE " + half + " ALLOW_CONNECTIONS false",
		"ALTER DATABASE " + half + " RENAME TO " + name,
	} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return "", err
		}
	}
	return name, nil
}

// schemaHash names a template by what it was made from: the migrations' texts
// and the number of River's.
func schemaHash() (string, error) {
	h := sha256.New()
	err := fs.WalkDir(migrations.FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(migrations.FS, path)
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "%s %d\n%s", path, len(text), text)
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("read the migrations: %w", err)
	}
	queue, err := rivermigrate.New(riverpgxv5.New(nil), nil)
	if err != nil {
		return "", fmt.Errorf("read river's migrations: %w", err)
	}
	fmt.Fprintln(h, "river", len(queue.AllVersions()))
	return hex.EncodeToString(h.Sum(nil)[:6]), nil
}

// drop removes a test's database, with the sessions that still hang on it.
func drop(t testing.TB, server, name string) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		t.Logf("connect to drop %s: %v", name, err)
		return
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
		t.Logf("drop %s: %v", name, err)
	}
}

// withDatabase returns server, a URL or a list of key=value, with another
// database name.
func withDatabase(server, name string) string {
	u, err := url.Parse(server)
	if err != nil || u.Scheme == "" {
		return server + " dbname=" + name // the last one counts
	}
	u.Path = "/" + name
	return u.String()
}
