package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tanxu/eval"
	"tanxu/jobs"
	"tanxu/need"
	"tanxu/need/record"
	"tanxu/postgres"
)

// newNeeds looks after the library of needs.
func newNeeds() *cobra.Command {
	needs := &cobra.Command{Use: "needs", Short: "Look after the library of needs"}
	needs.AddCommand(newNeedsDedupe(), newNeedsJudgements())
	return needs
}

func newNeedsDedupe() *cobra.Command {
	cmd := adminCommand("dedupe", "Compare all needs with each other and list those that may be one", func(ctx context.Context, cmd *cobra.Command, s *postgres.Store, _ need.Scope) error {
		d, err := jobs.Dedupe(ctx, s)
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%d needs read anew in %s, %d compared in %s: %d pairs\n",
			d.Printed, d.Printing.Round(time.Millisecond), d.Compared, d.Comparing.Round(time.Millisecond), d.Twins)
		return nil
	})
	cmd.Long = "Compare all needs with each other. The running service does it for each need that changes; this finds what it\nmissed. What brokers have decided on stays."
	return cmd
}

// judgementPage is how many judgements are read at a time.
const judgementPage = 1000

func newNeedsJudgements() *cobra.Command {
	var out string
	cmd := adminCommand("judgements", "Write what brokers made of matches as data for tanxu eval match", func(ctx context.Context, cmd *cobra.Command, s *postgres.Store, scope need.Scope) error {
		var list []postgres.Judgement
		for {
			page, err := s.Judgements(ctx, scope, len(list), judgementPage)
			if err != nil {
				return err
			}
			if list = append(list, page...); len(page) < judgementPage {
				break
			}
		}
		return writeJudgements(ctx, s, scope, eval.Judge(list), out)
	})
	cmd.Flags().StringVar(&out, "out", "", "folder for needs.jsonl, titles.jsonl and pairs.jsonl")
	if err := cmd.MarkFlagRequired("out"); err != nil {
		panic(err) // cannot happen: the flag is above
	}
	return cmd
}

func writeJudgements(ctx context.Context, s *postgres.Store, scope need.Scope, pairs []eval.JudgedPair, folder string) error {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	var needs, titles, rows []any
	seen := map[string]bool{}
	for _, p := range pairs {
		rows = append(rows, p)
		if !seen[p.Need] {
			seen[p.Need] = true
			n, err := s.Need(ctx, scope, need.ID(p.Need))
			if err != nil {
				return err
			}
			text, err := textOf(n)
			if err != nil {
				return err
			}
			needs = append(needs, eval.MatchNeed{ID: p.Need, Title: n.Title, Text: text})
		}
		if !seen[p.Achievement] {
			seen[p.Achievement] = true
			a, err := s.Achievement(ctx, scope, need.AchievementID(p.Achievement))
			if err != nil {
				return err
			}
			titles = append(titles, map[string]string{"id": p.Achievement, "title_tokens": a.Title})
		}
	}
	for name, lines := range map[string][]any{"needs.jsonl": needs, "titles.jsonl": titles, "pairs.jsonl": rows} {
		if err := writeLines(filepath.Join(folder, name), lines); err != nil {
			return err
		}
	}
	return nil
}

// textOf is what a need says, in one text.
func textOf(n postgres.Need) (string, error) {
	var r record.Record
	if err := json.Unmarshal(n.Record, &r); err != nil {
		return "", fmt.Errorf("decode the record of need %s: %w", n.ID, err)
	}
	var texts []string
	for _, k := range []need.Key{need.KeyProblem, need.KeyExpectedGoal, need.KeyKeyTech, need.KeyScene} {
		if said, ok := r.Fields[k].Value.(string); ok {
			texts = append(texts, said)
		}
	}
	return strings.Join(texts, "\n"), nil
}

func writeLines(path string, lines []any) error {
	f, err := os.Create(path) //nolint:gosec // the operator names the folder
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, line := range lines {
		if err := enc.Encode(line); err != nil {
			return fmt.Errorf("write %s: %w", path, err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return f.Close()
}
