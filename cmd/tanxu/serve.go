package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"tanxu/postgres"
)

func newServe() *cobra.Command {
	return &cobra.Command{
		Use: "serve", Short: "Serve the chat, the API and the console, and run the jobs", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, log, err := configured(cmd.ErrOrStderr(), "info")
			if err != nil {
				return err
			}
			return withApp(cmd.Context(), cfg, log, func(ctx context.Context, a *app) error { return a.serve(ctx, nil) })
		},
	}
}

func newWorker() *cobra.Command {
	return &cobra.Command{
		Use: "worker", Short: "Run the jobs only, beside replicas that serve", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, log, err := configured(cmd.ErrOrStderr(), "info")
			if err != nil {
				return err
			}
			return withApp(cmd.Context(), cfg, log, func(ctx context.Context, a *app) error { return a.work(ctx) })
		},
	}
}

func newMigrate() *cobra.Command {
	return &cobra.Command{
		Use: "migrate", Short: "Bring the database's schema up to date", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, _, err := configured(cmd.ErrOrStderr(), "info")
			if err != nil {
				return err
			}
			if cfg.DatabaseURL == "" {
				return errNoDatabase
			}
			if err := postgres.Migrate(cmd.Context(), cfg.DatabaseURL); err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), "the schema is up to date")
			return nil
		},
	}
}

var errNoDatabase = errors.New("DATABASE_URL is not set; `tanxu up` brings a private database with it")

// configured reads the settings and makes the log that they ask for, of the
// given level where they ask for none.
func configured(w io.Writer, level string) (config, *slog.Logger, error) {
	cfg, err := loadConfig(os.Environ())
	if err != nil {
		return cfg, nil, err
	}
	var least slog.Level
	if err := least.UnmarshalText([]byte(cmp.Or(cfg.LogLevel, level))); err != nil {
		return cfg, nil, fmt.Errorf("TANXU_LOG_LEVEL: %w", err)
	}
	return cfg, slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: least})), nil
}

// withApp builds the service on the database of the configuration, runs it and
// frees it.
func withApp(ctx context.Context, cfg config, log *slog.Logger, run func(context.Context, *app) error) error {
	if cfg.DatabaseURL == "" {
		return errNoDatabase
	}
	a, err := newApp(ctx, cfg, cfg.DatabaseURL, log)
	if err != nil {
		return err
	}
	defer a.Close()
	return run(ctx, a)
}

// work runs jobs until ctx ends.
func (a *app) work(ctx context.Context) error {
	j, err := a.worker()
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return j.Run(ctx) })
	g.Go(func() error { return a.listen(ctx) })
	g.Go(func() error { return a.turn(ctx) })
	return g.Wait()
}

// serve answers requests and runs jobs until ctx ends: then it takes nothing
// new, ends the streams, and lets what runs finish. ready, if any, is called
// with the address while the service runs.
func (a *app) serve(ctx context.Context, ready func(ctx context.Context, addr string) error) error {
	stop := make(chan struct{})
	h, err := a.handler(stop)
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.cfg.Addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", a.cfg.Addr, err)
	}
	server := &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelWarn),
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return a.work(ctx) })
	g.Go(func() error {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve: %w", err)
		}
		return nil
	})
	g.Go(func() error {
		<-ctx.Done()
		close(stop)
		a.chat.Close()
		drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.cfg.DrainTime)
		defer cancel()
		if err := server.Shutdown(drain); err != nil {
			return fmt.Errorf("stop serving: %w", errors.Join(err, server.Close()))
		}
		return nil
	})
	if a.tg != nil {
		g.Go(func() error { return a.telegram(ctx) })
	}
	a.log.InfoContext(ctx, "serving", "addr", listener.Addr().String(), "version", version, "model", a.modelName(), "embedder", a.embedderName())
	if ready != nil {
		g.Go(func() error { return ready(ctx, listener.Addr().String()) })
	}
	return g.Wait()
}

func (a *app) listen(ctx context.Context) error {
	if err := a.store.Listen(ctx); err != nil && ctx.Err() == nil {
		return err
	}
	return nil
}

// telegram polls, or tells Telegram where its updates go.
func (a *app) telegram(ctx context.Context) error {
	if a.cfg.TelegramMode == "poll" {
		return a.tg.Run(ctx)
	}
	if err := a.tg.SetUp(ctx); err != nil {
		a.log.WarnContext(ctx, "telegram webhook is not set", "error", err)
	}
	return nil
}

func (a *app) modelName() string {
	if a.model == nil {
		return "rules only"
	}
	return a.cfg.LLMModel
}

func (a *app) embedderName() string {
	if a.embed == nil {
		return "lexical only"
	}
	return a.embed.Model().ID
}
