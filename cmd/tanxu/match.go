package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"tanxu/embeddings"
	"tanxu/rag"
)

func newMatch() *cobra.Command {
	match := &cobra.Command{Use: "match", Short: "Match texts without a database"}
	match.AddCommand(newMatchRank())
	return match
}

func newMatchRank() *cobra.Command {
	var f files
	var pool string
	var k int
	cmd := &cobra.Command{
		Use: "rank", Short: "Rank candidates for each need by the service's own scoring", Args: cobra.NoArgs,
		Long: "Read JSON Lines of {\"need\":{\"id\",\"title\",\"text\"},\"candidates\":[{\"id\",\"title\",\"text\"}]}, and write\n" +
			"{\"id\",\"ranking\":[{\"id\",\"score\"}]}, best first. With --pool the candidates are the lines of that file,\n" +
			"{\"id\",\"title\",\"text\"}, and the best --k of them are written.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, log, err := configured(cmd.ErrOrStderr(), "warn")
			if err != nil {
				return err
			}
			e, err := newEmbedder(cmd.Context(), cfg)
			if err != nil {
				log.Warn("no embedding model: ranked by words alone", "reason", err)
			}
			return f.run(cmd, func(in io.Reader, out io.Writer) error {
				return rankAll(cmd.Context(), e, pool, k, in, out)
			})
		},
	}
	f.flags(cmd)
	cmd.Flags().StringVar(&pool, "pool", "", "file of candidates for all needs")
	cmd.Flags().IntVar(&k, "k", 100, "how many to write, with --pool")
	return cmd
}

type ranked struct {
	ID    string  `json:"id"`
	Score float64 `json:"score"`
}

// rankAll reads all lines first: how common a word is, is counted over the
// candidates of all needs.
func rankAll(ctx context.Context, e embeddings.Embedder, pool string, k int, in io.Reader, out io.Writer) error {
	type line struct {
		Need       text   `json:"need"`
		Candidates []text `json:"candidates"`
	}
	var lines []line
	var all []rag.Document
	err := eachLine(in, func(l line) error {
		lines, all = append(lines, l), append(all, documents(l.Candidates)...)
		return nil
	})
	if err != nil {
		return err
	}
	if pool != "" {
		if all, err = readPool(pool); err != nil {
			return err
		}
	}
	ranker, err := rag.NewRanker(ctx, e, all)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(out)
	for _, l := range lines {
		candidates, limit := documents(l.Candidates), len(l.Candidates)
		if pool != "" {
			candidates, limit = nil, k
		}
		list, err := ranker.Rank(ctx, rag.Query{Title: l.Need.Title, Text: l.Need.Text}, candidates)
		if err != nil {
			return fmt.Errorf("rank for %s: %w", l.Need.ID, err)
		}
		ranking := make([]ranked, 0, len(list))
		for _, d := range list[:min(limit, len(list))] {
			ranking = append(ranking, ranked(d))
		}
		if err := enc.Encode(map[string]any{"id": l.Need.ID, "ranking": ranking}); err != nil {
			return fmt.Errorf("write the ranking: %w", err)
		}
	}
	return nil
}

func readPool(path string) ([]rag.Document, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the pool: %w", err)
	}
	defer f.Close()
	var list []text
	if err := eachLine(f, func(t text) error { list = append(list, t); return nil }); err != nil {
		return nil, fmt.Errorf("read the pool: %w", err)
	}
	return documents(list), nil
}

func documents(list []text) []rag.Document {
	out := make([]rag.Document, len(list))
	for i, t := range list {
		out[i] = rag.Document{ID: t.ID, Title: t.Title, Text: t.Text}
	}
	return out
}
