package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tanxu/bot/telegram"
	"tanxu/embeddings/static"
	"tanxu/llm"
	"tanxu/postgres"
	"tanxu/web"
)

// finding is what doctor says of one thing.
type finding struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
}

func newDoctor() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "doctor", Short: "Check database, models, channels and clock; exit 1 if something is wrong", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, _, err := configured(cmd.ErrOrStderr(), "warn")
			if err != nil {
				return err
			}
			ctx, cancel := context.WithTimeout(cmd.Context(), time.Minute)
			defer cancel()
			return report(cmd.OutOrStdout(), examine(ctx, cfg), asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func examine(ctx context.Context, cfg config) []finding {
	return []finding{
		checkDatabase(ctx, cfg),
		checkModel(ctx, cfg),
		checkEmbedder(ctx, cfg),
		checkVectors(ctx, cfg),
		checkReranker(ctx, cfg),
		checkTelegram(ctx, cfg),
		checkPages(),
		checkClock(cfg),
	}
}

func report(w io.Writer, list []finding, asJSON bool) error {
	bad := 0
	for _, f := range list {
		mark := "ok  "
		if !f.OK {
			mark, bad = "BAD ", bad+1
		}
		if !asJSON {
			fmt.Fprintf(w, "%s %-10s %s\n", mark, f.Name, f.Detail)
		}
	}
	if asJSON {
		if err := json.NewEncoder(w).Encode(map[string]any{"ok": bad == 0, "checks": list}); err != nil {
			return fmt.Errorf("encode findings: %w", err)
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d checks failed", bad, len(list))
	}
	return nil
}

func found(name string, err error, detail string, args ...any) finding {
	if err != nil {
		return finding{name, false, err.Error()}
	}
	return finding{name, true, fmt.Sprintf(detail, args...)}
}

// checkDatabase also checks encoding, extension and login: Open refuses what
// cannot keep the store's promises.
func checkDatabase(ctx context.Context, cfg config) finding {
	if cfg.DatabaseURL == "" {
		return found("database", nil, "none configured: `tanxu up` brings a private one")
	}
	have, want, err := postgres.SchemaVersion(ctx, cfg.DatabaseURL)
	if err != nil {
		return found("database", err, "")
	}
	if have != want {
		return found("database", fmt.Errorf("the schema is at version %d, this binary wants %d: run `tanxu migrate`", have, want), "")
	}
	s, err := postgres.Open(ctx, cfg.DatabaseURL, postgres.Options{Root: cfg.root(), AllowSuperuser: cfg.Dev || cfg.Demo})
	if err != nil {
		return found("database", err, "")
	}
	defer s.Close()
	return found("database", s.Ping(ctx), "schema version %d", have)
}

func checkModel(ctx context.Context, cfg config) finding {
	model, err := newModel(cfg, nil, nil)
	if err != nil {
		return found("model", err, "")
	}
	if model == nil {
		return found("model", nil, "none configured: the interview runs by rules")
	}
	_, err = model.Complete(ctx, llm.Request{
		Name: "doctor", MaxTokens: 8, Messages: []llm.Message{{Role: llm.UserRole, Text: "请只回答：好"}},
	})
	return found("model", err, "%s answers", cfg.LLMModel)
}

func checkEmbedder(ctx context.Context, cfg config) finding {
	e, err := newEmbedder(ctx, cfg)
	if errors.Is(err, errLexical) {
		return found("embedder", nil, "lexical search only: %v", err)
	}
	if err != nil {
		return found("embedder", err, "")
	}
	_, err = e.Embed(ctx, "query", []string{"导电率"})
	if _, builtIn := e.(*static.Embedder); builtIn && cfg.Embedder == "auto" {
		return found("embedder", err, "%s, the table in the binary; `make model` fetches a better one", e.Model().ID)
	}
	return found("embedder", err, "%s", e.Model().ID)
}

// checkVectors says how much of the library each model has embedded.
func checkVectors(ctx context.Context, cfg config) finding {
	if cfg.DatabaseURL == "" {
		return found("vectors", nil, "no database is set")
	}
	s, err := postgres.Open(ctx, cfg.DatabaseURL, postgres.Options{Root: cfg.root(), AllowSuperuser: cfg.Dev || cfg.Demo})
	if err != nil {
		return found("vectors", nil, "not known without the database")
	}
	defer s.Close()
	var lines strings.Builder
	err = printProgress(ctx, s, &lines)
	return found("vectors", err, "%s", strings.ReplaceAll(strings.TrimSpace(lines.String()), "\n", "; "))
}

func checkTelegram(ctx context.Context, cfg config) finding {
	if cfg.TelegramToken == "" {
		return found("telegram", nil, "off")
	}
	ch, err := telegram.New(telegram.Config{Token: cfg.TelegramToken, API: cfg.TelegramAPI}, nil)
	if err == nil {
		err = ch.Check(ctx)
	}
	return found("telegram", err, "the bot answers, updates by %s", cfg.TelegramMode)
}

func checkPages() finding {
	if !web.Built() {
		return found("pages", errors.New("the web pages are not in this binary: `make build` puts them in"), "")
	}
	return found("pages", nil, "built in")
}

// checkClock looks at the zone only: leases and order use the database's clock.
func checkClock(cfg config) finding {
	zone, err := time.LoadLocation(cfg.Timezone)
	if err != nil {
		return found("clock", err, "")
	}
	now := time.Now().In(zone)
	if now.Year() < 2026 {
		return found("clock", fmt.Errorf("it says %s", now.Format(time.RFC3339)), "")
	}
	return found("clock", nil, "%s", now.Format(time.RFC3339))
}
