// Command pgrun runs a command with a private PostgreSQL: pgrun -test -- go test ./...
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"tanxu/internal/devpg"
)

// grace is how long an interrupted command may take to end.
const grace = 20 * time.Second

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "pgrun:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// run returns the exit code of the command that args name.
func run(args []string) (int, error) {
	flags := flag.NewFlagSet("pgrun", flag.ExitOnError)
	test := flags.Bool("test", false, "use the throw-away cluster and set TEST_DATABASE_URL, not DATABASE_URL")
	dir := flags.String("dir", ".local", "folder of the clusters and programs")
	if err := flags.Parse(args); err != nil {
		return 2, err
	}
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()

	o, variable := options(*dir, *test)
	cluster, err := devpg.Start(ctx, o)
	if err != nil {
		return 1, err
	}
	defer cluster.Stop()
	if flags.NArg() == 0 {
		return 0, nil // the programs are there and the server starts: that was the question
	}
	cmd := exec.CommandContext(ctx, flags.Arg(0), flags.Args()[1:]...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = grace
	cmd.Env = append(os.Environ(), variable+"="+cluster.URL())
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if *test {
		// A group of its own, so that a signal to us alone ends all of it: `go test`
		// leaves that to the terminal. Such a group may not read from the terminal.
		cmd.Stdin, cmd.SysProcAttr = nil, &syscall.SysProcAttr{Setpgid: true}
		cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }
	}
	err = cmd.Run()
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		return max(failed.ExitCode(), 1), nil // it has said why itself
	}
	return 0, err
}

// options returns the cluster to use, and the variable that names it to the
// command.
func options(dir string, test bool) (devpg.Options, string) {
	o := devpg.Options{
		StateDir:    filepath.Join(dir, "pg"),
		Root:        filepath.Join(dir, "pg", "root"),
		DatabaseURL: os.Getenv("DATABASE_URL"),
		Log:         func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) },
	}
	if !test {
		return o, "DATABASE_URL"
	}
	o.StateDir, o.Test = filepath.Join(dir, "pg-test"), true
	o.DatabaseURL = os.Getenv("TEST_DATABASE_URL") // never the one with people's data
	return o, "TEST_DATABASE_URL"
}
