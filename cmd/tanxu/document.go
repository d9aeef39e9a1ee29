package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"tanxu/document"
	"tanxu/need"
	"tanxu/need/record"
)

// parseDocument is the name of the subcommand that reads one file of a stranger
// in a process of its own.
const parseDocument = "parse-document"

// newParseDocument is run by this binary itself, see document.Child.
func newParseDocument() *cobra.Command {
	return &cobra.Command{
		Use: parseDocument, Short: "Read one file in this process, for another one", Hidden: true, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return document.Serve(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
}

// newDocumentReader returns a reader that runs this binary for each file.
func newDocumentReader() (*document.Child, error) {
	return childWith(document.Options{}, document.Bounds{})
}

// childWith is newDocumentReader with these bounds.
func childWith(o document.Options, b document.Bounds) (*document.Child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	return document.NewChild([]string{self, parseDocument}, os.TempDir(), o, b), nil
}

// writeMapping writes what the columns of a document mean.
func writeMapping(out io.Writer, m document.Mapping) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(m)
}

// asked says how a document is to be read.
type asked struct {
	mapping string // file of corrections, "" for none
	show    bool   // write the mapping instead of records
}

func (a *asked) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.mapping, "mapping", "", "JSON file {\"column\":\"target\"} that corrects what the columns of a document mean")
	cmd.Flags().BoolVar(&a.show, "show-mapping", false, "write what the columns of a document mean, and no records")
}

// overrides reads the file of corrections, whose targets must be known.
func (a *asked) overrides(check func(document.Overrides) error) (document.Overrides, error) {
	if a.mapping == "" {
		return nil, nil
	}
	data, err := os.ReadFile(a.mapping)
	if err != nil {
		return nil, fmt.Errorf("read the mapping: %w", err)
	}
	var o document.Overrides
	if err := json.Unmarshal(data, &o); err != nil {
		return nil, fmt.Errorf("read the mapping %s: %w", a.mapping, err)
	}
	return o, check(o)
}

// document writes a record for each need of a document, and to said what was
// left out and should be looked at.
func (r *reader) document(ctx context.Context, name string, in io.Reader, out io.Writer) error {
	o, err := r.asked.overrides(document.Overrides.Check)
	if err != nil {
		return err
	}
	data, err := io.ReadAll(in)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	child, err := newDocumentReader()
	if err != nil {
		return err
	}
	base := filepath.Base(name)
	doc, err := child.Read(ctx, base, data)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	m := document.Guess(doc).With(o)
	if r.asked.show {
		return writeMapping(out, m)
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, n := range doc.Notes {
		fmt.Fprintf(r.said, "%s %s: %s\n", base, n.Place, n.Code)
	}
	if m.Plain() && doc.Kind == document.Text {
		return r.one(ctx, enc, text{ID: base, Text: doc.Blocks[0].Text})
	}
	drafted := 0
	src := document.Source{ID: base, Now: r.now, NewID: func() need.ID { drafted++; return need.ID(base + "#" + strconv.Itoa(drafted)) }}
	for d := range document.Needs(ctx, doc, m, r.texts.rules, src) {
		if err := r.draft(enc, base, d); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (r *reader) draft(enc *json.Encoder, base string, d document.Draft) error {
	for _, i := range d.Issues {
		fmt.Fprintf(r.said, "%s %s: %s: %s\n", base, i.Place, i.Code, i.Text)
	}
	if d.Need == nil {
		fmt.Fprintf(r.said, "%s %s: no need: %s\n", base, d.Place, d.Skipped)
		return nil
	}
	rec := record.Of(d.Need)
	rec.ID = need.ID(base + "#" + d.Place)
	rec.Org = d.Facts[document.OrgName].Text
	return enc.Encode(rec)
}
