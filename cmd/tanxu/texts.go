package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tanxu/embeddings"
	"tanxu/need"
	"tanxu/need/record"
)

// files are the --in and --out of a command; "-" is standard input or output.
type files struct{ in, out string }

func (f *files) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.in, "in", "-", "file to read; - is standard input")
	cmd.Flags().StringVar(&f.out, "out", "-", "file to write; - is standard output")
}

// run reads all of the input, and writes the output only if do succeeds.
func (f *files) run(cmd *cobra.Command, do func(in io.Reader, out io.Writer) error) error {
	in, err := openInput(cmd, f.in)
	if err != nil {
		return err
	}
	defer in.Close()
	var out bytes.Buffer
	if err := do(in, &out); err != nil {
		return err
	}
	if f.out == "-" {
		_, err = cmd.OutOrStdout().Write(out.Bytes())
		return err
	}
	return os.WriteFile(f.out, out.Bytes(), 0o600)
}

func openInput(cmd *cobra.Command, path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(cmd.InOrStdin()), nil
	}
	in, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the input: %w", err)
	}
	return in, nil
}

// eachLine decodes the lines of a JSONL stream. Blank lines are passed over; a
// bad one is an error that names its number.
func eachLine[T any](in io.Reader, do func(T) error) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 64<<20)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		if err := do(v); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return lines.Err()
}

// text is one line of input.
type text struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

func newExtract() *cobra.Command {
	var f files
	var mode string
	var a asked
	cmd := &cobra.Command{
		Use: "extract", Short: "Read texts and documents into need records", Args: cobra.NoArgs,
		Example: `  echo '{"id":"1","title":"提高导电率","text":"导电率现在76%IACS，要到80%IACS以上"}' | tanxu extract
  tanxu extract --in 需求汇总表.xlsx --show-mapping
  tanxu extract --in 需求汇总表.xlsx --mapping columns.json --out needs.jsonl`,
		Long: "Read JSON Lines of {\"id\",\"title\",\"text\"}, or a document (.xlsx .csv .docx .pdf .txt), and write a record tanxu.need/1 a line.\n" +
			"--llm auto takes the model when one is configured; on makes its absence an error. Documents are read by rules, but a .txt of one need.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, _, err := configured(cmd.ErrOrStderr(), "warn")
			if err != nil {
				return err
			}
			read, err := newReader(cfg, mode, "", func(id string, err error) {
				fmt.Fprintf(cmd.ErrOrStderr(), "%s is read by rules: %v\n", id, err)
			})
			if err != nil {
				return err
			}
			read.asked, read.said = a, cmd.ErrOrStderr()
			return f.run(cmd, func(in io.Reader, out io.Writer) error { return read.all(cmd.Context(), f.in, in, out) })
		},
	}
	f.flags(cmd)
	a.flags(cmd)
	cmd.Flags().StringVar(&mode, "llm", "auto", "on, off or auto")
	return cmd
}

// reader turns texts and documents into records.
type reader struct {
	texts textReader
	now   time.Time
	asked asked     // how documents are read
	said  io.Writer // what people should know of a document
}

func newReader(cfg config, mode, cassette string, warn func(id string, err error)) (*reader, error) {
	zone, err := time.LoadLocation(cfg.Timezone)
	if err != nil {
		return nil, fmt.Errorf("load the zone: %w", err)
	}
	texts, err := newTextReader(cfg, mode, cassette, warn)
	if err != nil {
		return nil, err
	}
	return &reader{texts: texts, now: time.Now().In(zone)}, nil
}

// all reads lines of texts, or a document, by the name of the file.
func (r *reader) all(ctx context.Context, name string, in io.Reader, out io.Writer) error {
	switch strings.ToLower(filepath.Ext(name)) {
	case "", ".jsonl", ".json", ".ndjson":
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		return eachLine(in, func(t text) error { return r.one(ctx, enc, t) })
	default:
		return r.document(ctx, name, in, out)
	}
}

// one reads one text.
func (r *reader) one(ctx context.Context, enc *json.Encoder, t text) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	n, err := r.texts.read(ctx, t, r.now)
	if err != nil {
		return err
	}
	rec := record.Of(n)
	rec.ID = need.ID(t.ID)
	return enc.Encode(rec)
}

func newEmbed() *cobra.Command {
	var f files
	cmd := &cobra.Command{
		Use: "embed", Short: "Turn texts into vectors", Args: cobra.NoArgs,
		Long: "Read JSON Lines of {\"id\",\"text\",\"kind\":\"query|passage\"}, write {\"id\",\"embedding\",\"model\"}.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, _, err := configured(cmd.ErrOrStderr(), "warn")
			if err != nil {
				return err
			}
			e, err := newEmbedder(cmd.Context(), cfg)
			if err != nil {
				return err
			}
			return f.run(cmd, func(in io.Reader, out io.Writer) error { return embedAll(cmd.Context(), e, in, out) })
		},
	}
	f.flags(cmd)
	cmd.AddCommand(newEmbedLibrary())
	return cmd
}

func embedAll(ctx context.Context, e embeddings.Embedder, in io.Reader, out io.Writer) error {
	type line struct {
		ID   string          `json:"id"`
		Text string          `json:"text"`
		Kind embeddings.Kind `json:"kind"`
	}
	enc := json.NewEncoder(out)
	return eachLine(in, func(l line) error {
		if l.Kind != embeddings.Query && l.Kind != embeddings.Passage {
			return fmt.Errorf("kind is query or passage, not %q", l.Kind)
		}
		v, err := e.Embed(ctx, l.Kind, []string{l.Text})
		if err != nil {
			return fmt.Errorf("embed %s: %w", l.ID, err)
		}
		return enc.Encode(map[string]any{"id": l.ID, "embedding": v[0], "model": e.Model().ID})
	})
}
