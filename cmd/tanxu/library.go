package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"tanxu/document"
	"tanxu/library"
	"tanxu/need"
	"tanxu/postgres"
	"tanxu/rag"
)

// newLibrary moves a centre's libraries in and out of the database.
func newLibrary() *cobra.Command {
	cmd := &cobra.Command{Use: "library", Short: "Import and export achievements, experts, service providers, finance products and organisations"}
	cmd.AddCommand(newLibraryImport(), newLibraryExport())
	return cmd
}

// shelf is one library of one centre.
type shelf struct {
	centre need.CentrePath
	kind   need.Library
}

func (s *shelf) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar((*string)(&s.centre), "centre", "", "path of the centre, such as jx/gz/")
	cmd.Flags().StringVar((*string)(&s.kind), "kind", "", "achievements, experts, providers, finance-products or organisations")
	for _, name := range []string{"centre", "kind"} {
		if err := cmd.MarkFlagRequired(name); err != nil {
			panic(err) // cannot happen: the flags are above
		}
	}
}

// scope is the centre's own, once it is known to be there.
func (s *shelf) scope(ctx context.Context, store *postgres.Store) (need.Scope, error) {
	scope := need.Scope{Path: s.centre, Actor: "operator"}
	if !s.kind.Valid() {
		return scope, fmt.Errorf("no library %q: %v", s.kind, need.Libraries())
	}
	if err := scope.Valid(); err != nil {
		return scope, err
	}
	list, err := store.Centres(ctx, scope)
	if err != nil {
		return scope, err
	}
	for _, c := range list {
		if c.Path == s.centre {
			return scope, nil
		}
	}
	return scope, fmt.Errorf("there is no centre %s", s.centre)
}

// delivery is one import of a file.
type delivery struct {
	shelf

	asked  asked
	strict bool
	said   io.Writer // for what is not taken
}

func newLibraryImport() *cobra.Command {
	var l delivery
	cmd := &cobra.Command{
		Use: "import FILE", Short: "Import a sheet, a form or a library file", Args: cobra.ExactArgs(1),
		Long: "Import an .xlsx, .csv, .docx, .json or .jsonl file (docs/library-format.md). A row updates the record with its code,\n" +
			"or with its name and owner; what is not taken is told row by row. Words and vectors are made by the running service.",
	}
	l.flags(cmd)
	l.asked.flags(cmd)
	cmd.Flags().BoolVar(&l.strict, "strict", false, "take the file whole or not at all")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		l.said = cmd.ErrOrStderr()
		doc, err := readLibraryFile(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		if l.asked.show {
			return writeMapping(cmd.OutOrStdout(), document.GuessFor(doc, library.Subject(l.kind)))
		}
		return withShelf(cmd, &l.shelf, func(ctx context.Context, a *app, scope need.Scope) error {
			done, err := l.put(ctx, a.store, scope, doc)
			if err == nil {
				fmt.Fprintf(cmd.OutOrStdout(), "%d added, %d updated, %d unchanged, %d left out\n", done["added"], done["updated"], done["unchanged"], done[""])
			}
			return err
		})
	}
	return cmd
}

// largeFile bounds what an operator imports, which may be more than what comes
// over HTTP.
func largeFile() (document.Options, document.Bounds) {
	return document.Options{MaxBytes: 128 << 20, MaxRows: 200_000, MaxCells: 5_000_000, MaxText: 256 << 20}, document.Bounds{Memory: 2 << 30}
}

// readLibraryFile reads a file in a process of its own. One that is too large is
// refused before it is read.
func readLibraryFile(ctx context.Context, name string) (*document.Document, error) {
	o, b := largeFile()
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("open the library file: %w", err)
	}
	if info.Size() > o.MaxBytes {
		return nil, need.Errorf(need.Invalid, document.CodeSize, "%s has %d bytes, over %d: import it in parts", name, info.Size(), o.MaxBytes)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read the library file: %w", err)
	}
	child, err := childWith(o, b)
	if err != nil {
		return nil, err
	}
	return child.Read(ctx, filepath.Base(name), data)
}

// check returns nil if corrections name fields of the library.
func (l *delivery) check(o document.Overrides) error {
	for header, target := range o {
		if target != "" && !slices.Contains(library.Targets(l.kind), string(target)) {
			return need.Errorf(need.Invalid, "mapping_target", "%s: %s have no %q", header, l.kind, target)
		}
	}
	return nil
}

// put stores the records of a document and counts what came of its rows; those
// of which nothing came stand under "".
func (l *delivery) put(ctx context.Context, store *postgres.Store, scope need.Scope, doc *document.Document) (map[string]int, error) {
	corrections, err := l.asked.overrides(l.check)
	if err != nil {
		return nil, err
	}
	subject, done := library.Subject(l.kind), map[string]int{}
	m := document.GuessFor(doc, subject).With(corrections)
	reader := library.NewReader(l.kind, rag.CheckRules)
	var rows []postgres.EntryRow
	for d := range document.Records(ctx, doc, m, subject) {
		row := reader.Read(d)
		for _, i := range row.Issues {
			fmt.Fprintf(l.said, "%s: %s: %s\n", i.Place, i.Code, i.Text)
		}
		if row.Entry == nil {
			fmt.Fprintf(l.said, "%s: left out: %s\n", d.Place, row.Reason)
			done[""]++
			if row.Failed && l.strict {
				return nil, need.Errorf(need.Invalid, "library_line", "%s: %s", d.Place, row.Reason)
			}
			continue
		}
		rows = append(rows, postgres.EntryRow{Put: row.Entry})
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := store.PutEntries(ctx, scope, l.kind, rows); err != nil {
		return nil, err
	}
	for _, r := range rows {
		done[r.Outcome]++
	}
	return done, nil
}

func newLibraryExport() *cobra.Command {
	var s shelf
	var format string
	var contacts bool
	cmd := &cobra.Command{Use: "export", Short: "Write a centre's own records as a file to standard output", Args: cobra.NoArgs}
	s.flags(cmd)
	cmd.Flags().StringVar(&format, "format", "jsonl", "jsonl, csv or xlsx")
	cmd.Flags().BoolVar(&contacts, "contacts", false, "with names and numbers of contacts")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return withShelf(cmd, &s, func(ctx context.Context, a *app, scope need.Scope) error {
			return library.Write(cmd.OutOrStdout(), library.Format(format), s.kind, s.own(ctx, a.store, scope, contacts))
		})
	}
	return cmd
}

// own reads page by page what belongs to the centre itself; what is shared with
// it from above, or lies below, is left out.
func (s *shelf) own(ctx context.Context, store *postgres.Store, scope need.Scope, contacts bool) iter.Seq2[need.Entry, error] {
	return func(yield func(need.Entry, error) bool) {
		for p := (postgres.Page{Limit: 100}); ; {
			list, next, err := store.Entries(ctx, scope, s.kind, postgres.EntryFilter{Own: true}, p)
			if err != nil {
				yield(need.Entry{}, err)
				return
			}
			for _, e := range list {
				if !contacts {
					e = e.Redacted()
				}
				if e.Centre == scope.Path && !yield(e, nil) {
					return
				}
			}
			if p.Cursor = next; next == "" {
				return
			}
		}
	}
}

// withShelf runs on the service's database as the centre.
func withShelf(cmd *cobra.Command, s *shelf, run func(context.Context, *app, need.Scope) error) error {
	cfg, log, err := configured(cmd.ErrOrStderr(), "error")
	if err != nil {
		return err
	}
	return withApp(cmd.Context(), cfg, log, func(ctx context.Context, a *app) error {
		scope, err := s.scope(ctx, a.store)
		if err != nil {
			return err
		}
		return run(ctx, a, scope)
	})
}
