package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"tanxu/eval"
	"tanxu/need"
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
	var texts, gold, mode, records, kept string
	var asJSON bool
	cmd := &cobra.Command{
		Use: "extract", Short: "Read texts and compare with what people marked in them", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, _, err := configured(cmd.ErrOrStderr(), "warn")
			if err != nil {
				return err
			}
			var failed error
			r, err := newReader(cfg, mode, kept, func(id string, err error) { failed = fmt.Errorf("text %s: %w", id, err) })
			if err != nil {
				return err
			}
			read := func(t eval.Text) *need.Need {
				n, err := r.texts.read(cmd.Context(), text{ID: t.ID, Title: t.Title, Text: t.Text}, r.now)
				if err != nil {
					// The others are read all the same, so that --cassette keeps their answers.
					failed = errors.Join(failed, fmt.Errorf("text %s: %w", t.ID, err))
					return need.Fold("", nil)
				}
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
	cassetteFlag(cmd, &kept)
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
