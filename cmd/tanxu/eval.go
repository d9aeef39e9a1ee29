package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"tanxu/eval"
	"tanxu/need"
	"tanxu/rag"
)

func newEval() *cobra.Command {
	cmd := &cobra.Command{Use: "eval", Short: "Score the service against labelled data"}
	cmd.AddCommand(newEvalExtract(), newEvalInterview(), newEvalMatch())
	return cmd
}

// printed writes a report as JSON or by its own table.
func printed(w io.Writer, asJSON bool, report any, table func(io.Writer) error) error {
	if !asJSON {
		return table(w)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(report); err != nil {
		return fmt.Errorf("encode the report: %w", err)
	}
	return nil
}

func newEvalExtract() *cobra.Command {
	var texts, gold, mode, records string
	var asJSON bool
	cmd := &cobra.Command{
		Use: "extract", Short: "Read texts and compare with what people marked in them", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, _, err := configured(cmd.ErrOrStderr(), "warn")
			if err != nil {
				return err
			}
			var failed error
			r, err := newReader(cfg, mode, func(id string, err error) { failed = fmt.Errorf("text %s: %w", id, err) })
			if err != nil {
				return err
			}
			read := func(t eval.Text) *need.Need {
				n, err := r.texts.read(cmd.Context(), text{ID: t.ID, Title: t.Title, Text: t.Text}, r.now)
				failed = errors.Join(failed, err)
				return n
			}
			paths := []string{gold, texts}
			if records != "" {
				paths = append(paths, records)
			}
			var report eval.Report
			err = withFiles(paths, func(f []io.Reader) (err error) {
				if records != "" {
					if read, err = eval.Records(f[2]); err != nil {
						return err
					}
				}
				report, err = eval.Extract(cmd.Context(), read, f[0], f[1])
				return err
			})
			if err = errors.Join(err, failed); err != nil {
				return err
			}
			return printed(cmd.OutOrStdout(), asJSON, report, report.Print)
		},
	}
	cmd.Flags().StringVar(&texts, "texts", "", "JSONL of {id,title,text}")
	cmd.Flags().StringVar(&gold, "gold", "", "JSONL of what they hold")
	cmd.Flags().StringVar(&records, "records", "", "JSONL of tanxu.need/1 to score in place of what is read here")
	cmd.Flags().StringVar(&mode, "llm", "off", "on, off or auto")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func withFiles(paths []string, do func([]io.Reader) error) error {
	readers := make([]io.Reader, len(paths))
	for i, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("open the data: %w", err)
		}
		defer f.Close()
		readers[i] = f
	}
	return do(readers)
}

func newEvalMatch() *cobra.Command {
	var needs, titles, pairs string
	var asJSON bool
	cmd := &cobra.Command{
		Use: "match", Short: "Rank achievements for needs and compare with graded pairs", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, log, err := configured(cmd.ErrOrStderr(), "warn")
			if err != nil {
				return err
			}
			var data eval.MatchData
			err = withFiles([]string{needs, titles, pairs}, func(f []io.Reader) (err error) {
				data, err = eval.ReadMatchData(f[0], f[1], f[2])
				return err
			})
			if err != nil {
				return err
			}
			e, err := newEmbedder(cmd.Context(), cfg)
			if err != nil {
				log.Warn("no embedding model: ranked by words alone", "reason", err)
			}
			pool := make([]rag.Document, len(data.Titles))
			for i, t := range data.Titles {
				pool[i] = rag.Document{ID: t.ID, Title: t.Title}
			}
			ranker, err := rag.NewRanker(cmd.Context(), e, pool)
			if err != nil {
				return err
			}
			figures, err := eval.Match(cmd.Context(), rankBy(ranker, pool), data)
			if err != nil {
				return err
			}
			return printed(cmd.OutOrStdout(), asJSON, figures, func(w io.Writer) error {
				for _, f := range figures {
					fmt.Fprintln(w, f)
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&needs, "needs", "", "JSONL of {id,title,text}")
	cmd.Flags().StringVar(&titles, "titles", "", "JSONL of {id,title_tokens}")
	cmd.Flags().StringVar(&pairs, "pairs", "", "JSONL of {need,achievement,level}")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func rankBy(r *rag.Ranker, pool []rag.Document) eval.Rank {
	byID := make(map[string]rag.Document, len(pool))
	for _, d := range pool {
		byID[d.ID] = d
	}
	return func(ctx context.Context, n eval.MatchNeed, ids []string) ([]string, error) {
		var some []rag.Document // nil: all
		for _, id := range ids {
			some = append(some, byID[id])
		}
		list, err := r.Rank(ctx, rag.Query{Title: n.Title, Text: n.Text}, some)
		order := make([]string, len(list))
		for i, d := range list {
			order[i] = d.ID
		}
		return order, err
	}
}
