package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"tanxu/internal/devpg"
	"tanxu/postgres"
)

func newUp() *cobra.Command {
	return &cobra.Command{
		Use: "up", Short: "Serve with a private database beside the binary: what `make up` runs", Args: cobra.NoArgs,
		Long: "Serve with a private PostgreSQL under the state folder, unless DATABASE_URL names one; bring the schema\n" +
			"up to date; with TANXU_DEMO=1 load the demo centre once. Ctrl-C stops all of it.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, log, err := configured(cmd.ErrOrStderr(), "warn")
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			cluster, err := devpg.Start(cmd.Context(), devpg.Options{
				StateDir: filepath.Join(cfg.State, "pg"), DatabaseURL: cfg.DatabaseURL,
				Log: func(format string, args ...any) { fmt.Fprintf(out, format+"\n", args...) },
			})
			if err != nil {
				return fmt.Errorf("start the database: %w", err)
			}
			defer cluster.Stop()
			// The private database knows one login only, its superuser.
			cfg.Dev = cfg.Dev || cfg.DatabaseURL == ""
			cfg.DatabaseURL = cluster.URL()
			if err := postgres.Migrate(cmd.Context(), cfg.DatabaseURL); err != nil {
				return fmt.Errorf("bring the schema up to date: %w", err)
			}
			return withApp(cmd.Context(), cfg, log, func(ctx context.Context, a *app) error { return a.up(ctx, out) })
		},
	}
}

// up serves, and says where once the pages can be opened.
func (a *app) up(ctx context.Context, out io.Writer) error {
	signIn := ""
	if a.cfg.Demo {
		password, err := a.loadDemo(ctx)
		if err != nil {
			return fmt.Errorf("load the demo centre: %w", err)
		}
		signIn = fmt.Sprintf(", user %s, password %s", demoLogin, password)
	}
	return a.serve(ctx, func(ctx context.Context, addr string) error {
		base := "http://" + addr
		if a.cfg.Demo {
			if err := a.interviewDemo(ctx, base); err != nil {
				return err
			}
		}
		fmt.Fprintf(out, "Tanxu is ready: %s/ (chat %s/c/demo, console %s/console%s)\n", base, base, base, signIn)
		return nil
	})
}
