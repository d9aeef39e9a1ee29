package devpg_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/internal/devpg"
	"tanxu/need"
)

// childState names the state folder to the copy of this program that stands in
// for another process.
const childState = "DEVPG_TEST_CHILD"

func TestMain(m *testing.M) {
	if state := os.Getenv(childState); state != "" {
		os.Exit(child(state))
	}
	os.Exit(m.Run())
}

// child starts a cluster, says so, and waits for an interrupt or its death.
func child(state string) int {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	defer cancel()
	c, err := devpg.Start(ctx, devpg.Options{StateDir: state, Root: root()})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("ready")
	<-ctx.Done()
	c.Stop()
	return 0
}

// root is where the repository keeps fetched programs, so that they are fetched
// once.
func root() string {
	path, err := filepath.Abs("../../.local/pg/root")
	if err != nil {
		panic(err)
	}
	return path
}

// spawn runs child, and returns when its cluster is ready.
func spawn(t *testing.T, state string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childState+"="+state)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if line != "ready\n" {
		t.Fatalf("child said %q, %v", line, err)
	}
	return cmd
}

// start starts a cluster that stops with the test. It skips where no programs
// can be had.
func start(t *testing.T, o devpg.Options) *devpg.Cluster {
	t.Helper()
	o.Root, o.Log = root(), t.Logf
	c, err := devpg.Start(t.Context(), o)
	skipWithout(t, err)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Stop)
	return c
}

func skipWithout(t *testing.T, err error) {
	t.Helper()
	if need.CodeOf(err) == "database_missing" && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
}

// query runs one statement and returns its only value as text.
func query(ctx context.Context, url, sql string) (string, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	var v string
	err = conn.QueryRow(ctx, sql).Scan(&v)
	return v, err
}

func mustQuery(t *testing.T, url, sql string) string {
	t.Helper()
	v, err := query(t.Context(), url, sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return v
}

// eventually asks again until ok, or fails after 20 s.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(20 * time.Second); !ok(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatalf("in vain: %s", what)
		}
	}
}

const write = `WITH made AS (INSERT INTO kept VALUES ('江西') RETURNING word) SELECT word FROM made`

func TestDataOutlivesARestart(t *testing.T) {
	t.Parallel()

	state := t.TempDir()
	c := start(t, devpg.Options{StateDir: state})
	if c.Shared() {
		t.Error("the only process shares the server")
	}
	mustQuery(t, c.URL(), `SELECT current_setting('server_encoding') || current_setting('fsync')`)
	if got := mustQuery(t, c.URL(), `SELECT current_setting('server_encoding') || ' ' || current_setting('fsync') || ' ' || current_database()`); got != "UTF8 on tanxu" {
		t.Errorf("settings: %s", got)
	}
	for _, sql := range []string{"CREATE EXTENSION vector", "CREATE TABLE kept (word text)"} {
		exec1(t, c.URL(), sql)
	}
	mustQuery(t, c.URL(), write)
	c.Stop()
	c.Stop()
	if _, err := query(t.Context(), c.URL(), "SELECT 'x'"); err == nil {
		t.Error("the server answers after Stop")
	}
	again := start(t, devpg.Options{StateDir: state})
	if got := mustQuery(t, again.URL(), "SELECT word FROM kept"); got != "江西" {
		t.Errorf("kept %q", got)
	}
}

func exec1(t *testing.T, url, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func TestAKilledProcessTakesItsServerAlong(t *testing.T) {
	t.Parallel()

	state := t.TempDir()
	probe := start(t, devpg.Options{StateDir: state}) // skips where there are no programs
	url := probe.URL()
	exec1(t, url, "CREATE TABLE kept (word text)")
	probe.Stop()

	first := spawn(t, state)
	mustQuery(t, url, write)
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	// At once: the old server may still be shutting down.
	c := start(t, devpg.Options{StateDir: state})
	if got := mustQuery(t, c.URL(), "SELECT word FROM kept"); got != "江西" {
		t.Errorf("kept %q", got)
	}
}

func TestAKilledProcessLeavesNoServer(t *testing.T) {
	t.Parallel()

	state := t.TempDir()
	c := start(t, devpg.Options{StateDir: state})
	c.Stop()
	first := spawn(t, state)
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the server of a killed process ends", func() bool {
		_, err := os.Stat(filepath.Join(state, "data", "postmaster.pid"))
		return errors.Is(err, os.ErrNotExist)
	})
}

func TestProcessesShareAServer(t *testing.T) {
	t.Parallel()

	for name, end := range map[string]os.Signal{"first is killed": syscall.SIGKILL, "first stops": os.Interrupt} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			state := t.TempDir()
			start(t, devpg.Options{StateDir: state}).Stop()
			first := spawn(t, state)
			c := start(t, devpg.Options{StateDir: state})
			if !c.Shared() {
				t.Fatal("the second process does not share the server")
			}
			exec1(t, c.URL(), "CREATE TABLE kept (word text)")
			mustQuery(t, c.URL(), write)

			if err := first.Process.Signal(end); err != nil {
				t.Fatal(err)
			}
			eventually(t, "the second process takes over", func() bool { return !c.Shared() })
			if got := mustQuery(t, c.URL(), "SELECT word FROM kept"); got != "江西" {
				t.Errorf("kept %q", got)
			}
		})
	}
}

func TestManyStartAtOnce(t *testing.T) {
	t.Parallel()

	state := t.TempDir()
	ready := make(chan *devpg.Cluster)
	const n = 4
	for range n {
		go func() {
			c, err := devpg.Start(t.Context(), devpg.Options{StateDir: state, Root: root()})
			if err != nil && need.CodeOf(err) != "database_missing" {
				t.Error(err)
			}
			ready <- c
		}()
	}
	var clusters []*devpg.Cluster
	for range n {
		if c := <-ready; c != nil {
			clusters = append(clusters, c)
		}
	}
	running := 0
	for _, c := range clusters {
		if !c.Shared() {
			running++
		}
		mustQuery(t, c.URL(), "SELECT 'x'")
	}
	if len(clusters) > 0 && running != 1 {
		t.Errorf("%d of %d run the server", running, n)
	}
	for _, c := range clusters {
		if c.Shared() {
			c.Stop()
		}
	}
	for _, c := range clusters {
		c.Stop()
	}
}

func TestTestClusters(t *testing.T) {
	t.Parallel()

	state := filepath.Join(t.TempDir(), "pg-test")
	a := start(t, devpg.Options{StateDir: state, Test: true})
	b := start(t, devpg.Options{StateDir: state, Test: true})
	if a.URL() == b.URL() {
		t.Error("two runs of the tests use one cluster")
	}
	if got := mustQuery(t, a.URL(), "SELECT current_setting('fsync')"); got != "off" {
		t.Errorf("fsync is %s", got)
	}
	exec1(t, a.URL(), "CREATE DATABASE tanxu_test_left")
	exec1(t, a.URL(), "CREATE TABLE written ()")
	a.Stop()
	a = start(t, devpg.Options{StateDir: state, Test: true})
	if got := mustQuery(t, a.URL(), "SELECT count(*)::text FROM pg_database WHERE datname = 'tanxu_test_left'"); got != "0" {
		t.Error("a database of killed tests is still there")
	}
	if got := mustQuery(t, a.URL(), "SELECT (to_regclass('written') IS NULL)::text"); got != "true" {
		t.Error("a run finds what the run before has written")
	}
	a.Stop()

	if err := os.WriteFile(filepath.Join(a.Data(), "global", "pg_control"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	a = start(t, devpg.Options{StateDir: state, Test: true})
	mustQuery(t, a.URL(), "SELECT 'x'")
}

func TestStaleStatesAreSurvived(t *testing.T) {
	t.Parallel()

	state := t.TempDir()
	half := filepath.Join(state, "data.new", "base")
	if err := os.MkdirAll(half, 0o755); err != nil {
		t.Fatal(err)
	}
	c := start(t, devpg.Options{StateDir: state})
	c.Stop()

	// The number of a process that lives, but is no server of ours.
	pid := fmt.Sprintf("%d\n%s\n1\n5432\n%s\n\n", os.Getpid(), c.Data(), state)
	if err := os.WriteFile(filepath.Join(c.Data(), "postmaster.pid"), []byte(pid), 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := devpg.Start(t.Context(), devpg.Options{StateDir: state, Root: root(), Log: t.Logf})
	if err != nil {
		t.Fatal(err)
	}
	again.Stop()
}

func TestRootWithoutUserNamespaces(t *testing.T) {
	t.Parallel()

	if os.Geteuid() != 0 {
		t.Skip("only root has to become somebody else")
	}
	state := t.TempDir() // only root may enter it
	c, err := devpg.StartAsNobody(t, devpg.Options{StateDir: state, Root: root(), Log: t.Logf})
	skipWithout(t, err)
	if err != nil {
		t.Fatal(err)
	}
	if got := mustQuery(t, c.URL(), "SELECT session_user"); got != "tanxu" {
		t.Errorf("user %s", got)
	}
	c.Stop()
	// And back, as when the machine changes.
	if got := mustQuery(t, start(t, devpg.Options{StateDir: state}).URL(), "SELECT session_user"); got != "tanxu" {
		t.Errorf("user %s", got)
	}
}

func TestURLIsUsedAsItIs(t *testing.T) {
	t.Parallel()

	const url = "postgres://u@db.invalid/x"
	c, err := devpg.Start(t.Context(), devpg.Options{DatabaseURL: url, StateDir: filepath.Join(t.TempDir(), "none")})
	if err != nil || c.URL() != url {
		t.Fatalf("Start() = %v, %v", c, err)
	}
	c.Stop()
}

func TestSocketPathsAreShort(t *testing.T) {
	t.Parallel()

	deep := "/srv/" + strings.Repeat("深", 40)
	for _, state := range []string{"/srv/tanxu/.local/pg", deep} {
		if dir := devpg.SocketDir(state); len(dir)+len("/.s.PGSQL.5432") > 100 {
			t.Errorf("SocketDir(%s) = %s: too long", state, dir)
		}
	}
	if devpg.SocketDir(deep) == devpg.SocketDir(deep+"2") {
		t.Error("two states share a socket")
	}
}
