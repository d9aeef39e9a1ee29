package devpg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// superuser owns the cluster; nobody but the user of the folder can be it.
const superuser = "tanxu"

// server is a postgres that this process has started.
type server struct {
	cmd  *exec.Cmd
	exit chan struct{} // closed when it has ended
}

// command returns a program of progs, wherever they are, to be run as u.
func (c *Cluster) command(progs programs, u user, name string, args ...string) *exec.Cmd {
	if progs.bin == "" {
		return c.dockerCommand(u, name, args)
	}
	return exec.Command(progs.path(name), args...)
}

// initdb makes the data beside its place and moves it there whole, so that a
// process killed on the way leaves nothing that looks like a cluster.
func (c *Cluster) initdb(progs programs) error {
	if majorOf(c.data) != 0 {
		return nil
	}
	start := time.Now()
	fresh := c.data + ".new"
	if err := os.RemoveAll(fresh); err != nil {
		return fmt.Errorf("clear %s: %w", fresh, err)
	}
	if err := os.RemoveAll(c.data); err != nil { // without PG_VERSION it holds nothing
		return fmt.Errorf("clear %s: %w", c.data, err)
	}
	args := []string{"-D", fresh, "-U", superuser, "-A", "trust", "-E", "UTF8"}
	args = append(args, localeArgs(progs.major)...)
	if c.opt.Test {
		args = append(args, "--no-sync")
	}
	out, err := as(progs.users, func(u user) ([]byte, error) {
		if err := u.own(fresh, c.socket); err != nil {
			return nil, err
		}
		cmd := c.command(progs, u, "initdb", args...)
		cmd.SysProcAttr = u.attr(false)
		return cmd.CombinedOutput()
	})
	if err != nil {
		return need.Errorf(need.Unavailable, "database_down", "initdb in %s: %w\n%s", fresh, err, tail(out))
	}
	if err := os.Rename(fresh, c.data); err != nil {
		return fmt.Errorf("publish the new cluster: %w", err)
	}
	c.opt.Log("database: made a new cluster in %s (%d ms)", c.data, time.Since(start).Milliseconds())
	return nil
}

// localeArgs asks for UTF-8 with rules that are the same on every machine.
func localeArgs(major int) []string {
	switch {
	case major >= 17:
		return []string{"--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"}
	case runtime.GOOS == "darwin":
		return []string{"--locale=en_US.UTF-8"} // it has no C.UTF-8
	default:
		return []string{"--locale=C.UTF-8"}
	}
}

// serve starts postgres and waits until it answers.
func (c *Cluster) serve(ctx context.Context, progs programs) (*server, error) {
	start := time.Now()
	if err := c.endOrphan(ctx); err != nil {
		return nil, err
	}
	logPath := filepath.Join(c.opt.StateDir, "pg.log")
	logFile, err := os.Create(logPath)
	if err != nil {
		return nil, fmt.Errorf("make the server's log: %w", err)
	}
	defer logFile.Close()

	srv, err := c.spawn(progs, logFile)
	if err != nil {
		return nil, need.Errorf(need.Unavailable, "database_down", "start PostgreSQL %s: %w", progs.version, err)
	}
	if err := srv.ready(ctx, socketURL(c.socket, "postgres")); err != nil {
		srv.stop()
		text, _ := os.ReadFile(logPath) // the wait's error counts, the log explains it
		return nil, need.Errorf(need.Unavailable, "database_down", "wait for the server in %s: %w\n%s", c.data, err, tail(text))
	}
	c.opt.Log("database: PostgreSQL %s serves %s (%d ms)", progs.version, c.socket, time.Since(start).Milliseconds())
	return srv, nil
}

// spawn starts the server; stop ends it, not a context.
func (c *Cluster) spawn(progs programs, logFile *os.File) (*server, error) {
	args := []string{"-D", c.data, "-k", c.socket, "-p", "5432"}
	for _, s := range c.settings(progs) {
		args = append(args, "-c", s)
	}
	return as(progs.users, func(u user) (*server, error) {
		if err := u.own(c.data, c.socket); err != nil {
			return nil, err
		}
		cmd := c.command(progs, u, "postgres", args...)
		cmd.SysProcAttr = u.attr(true)
		cmd.Stdout, cmd.Stderr = logFile, logFile
		return startServer(cmd)
	})
}

// settings are for a small machine: one service or a few test programs.
func (c *Cluster) settings(progs programs) []string {
	set := []string{
		"listen_addresses=", "unix_socket_permissions=0700", "timezone=UTC", "max_connections=100",
		"shared_buffers=256MB", "maintenance_work_mem=512MB", "jit=off", "random_page_cost=1.1",
	}
	if progs.vector.less(vectorSafe) { // parallel HNSW builds overflow a buffer there
		set = append(set, "max_parallel_maintenance_workers=0")
	}
	if c.opt.Test {
		set = append(set, "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=400", "shared_buffers=128MB")
	}
	return set
}

// startServer starts cmd from a thread of its own: Linux ends the server when
// that thread ends, so it must live as long as the server.
func startServer(cmd *exec.Cmd) (*server, error) {
	srv := &server{cmd: cmd, exit: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer close(srv.exit)
		err := cmd.Start()
		started <- err
		if err == nil {
			cmd.Wait() // how it ended stands in its log
		}
	}()
	return srv, <-started
}

// ready waits until the server answers, or has ended.
func (s *server) ready(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 60*time.Second) // a crashed cluster first replays its log
	defer cancel()
	tick := time.NewTicker(30 * time.Millisecond)
	defer tick.Stop()
	for {
		err := ping(ctx, url)
		if err == nil {
			return nil
		}
		select {
		case <-s.exit:
			return errors.New("the server has ended")
		case <-ctx.Done():
			return err
		case <-tick.C:
		}
	}
}

// stop asks the server to end at once but cleanly, then with less patience.
func (s *server) stop() {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT, syscall.SIGKILL} {
		s.cmd.Process.Signal(sig) // fails only if it has ended
		select {
		case <-s.exit:
			return
		case <-time.After(10 * time.Second):
		}
	}
}

// endOrphan ends a server that lost its process a moment ago and still shuts
// down, or whose system does not end it by itself. Its number alone proves
// nothing, since a machine gives numbers again after a restart.
func (c *Cluster) endOrphan(ctx context.Context) error {
	text, err := os.ReadFile(filepath.Join(c.data, "postmaster.pid"))
	if err != nil {
		return nil // a clean stop removes it
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 1 || !strings.Contains(commandOf(pid), c.data) {
		return nil // stale: postgres removes it itself
	}
	c.opt.Log("database: an earlier server (process %d) is still there: waiting for its end", pid)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for i := 0; strings.Contains(commandOf(pid), c.data); i++ {
		switch i {
		case 0:
			syscall.Kill(pid, syscall.SIGINT)
		case 300: // 15 s
			syscall.Kill(pid, syscall.SIGQUIT)
		}
		select {
		case <-ctx.Done():
			return need.Errorf(need.Unavailable, "database_down", "wait for the end of process %d, an earlier server: %w", pid, ctx.Err())
		case <-tick.C:
		}
	}
	return nil
}

// prepare makes database tanxu. In a test cluster it first sweeps what the runs
// before have left, database tanxu with it: nobody else is connected yet.
func (c *Cluster) prepare(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, socketURL(c.socket, "postgres"))
	if err != nil {
		return fmt.Errorf("connect to the new server: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))

	var drop []string
	if c.opt.Test {
		rows, err := conn.Query(ctx, `SELECT datname FROM pg_database WHERE starts_with(datname, 'tanxu_test_') OR datname = 'tanxu'`)
		if err != nil {
			return fmt.Errorf("list old test databases: %w", err)
		}
		if drop, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
			return fmt.Errorf("list old test databases: %w", err)
		}
	}
	for _, name := range drop {
		if _, err := conn.Exec(ctx, "DROP DATABASE "+pgx.Identifier{name}.Sanitize()); err != nil {
			return fmt.Errorf("drop old test database %s: %w", name, err)
		}
	}
	var there bool
	if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = 'tanxu')").Scan(&there); err != nil {
		return fmt.Errorf("look for database tanxu: %w", err)
	}
	if there {
		return nil
	}
	if _, err := conn.Exec(ctx, "CREATE DATABASE tanxu"); err != nil {
		return fmt.Errorf("make database tanxu: %w", err)
	}
	return nil
}

// ping says whether the server behind url answers.
func ping(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// majorOf returns the PostgreSQL major that made the data, 0 if there is none.
func majorOf(data string) int {
	text, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if err != nil {
		return 0
	}
	n, err := strconv.Atoi(string(bytes.TrimSpace(text)))
	if err != nil {
		return 0
	}
	return n
}

// tail returns the end of a program's output, for an error's text.
func tail(out []byte) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return strings.Join(lines[max(0, len(lines)-12):], "\n")
}
