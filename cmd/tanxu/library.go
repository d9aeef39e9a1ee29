package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"tanxu/need"
	"tanxu/postgres"
	"tanxu/rag"
)

// newLibrary moves a centre's libraries in and out of the database.
func newLibrary() *cobra.Command {
	library := &cobra.Command{Use: "library", Short: "Import and export achievements, experts and finance products"}
	library.AddCommand(newLibraryImport(), newLibraryExport())
	return library
}

// shelf is one library of one centre.
type shelf struct {
	centre need.CentrePath
	kind   string
}

func (s *shelf) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar((*string)(&s.centre), "centre", "", "path of the centre, such as jx/gz/")
	cmd.Flags().StringVar(&s.kind, "kind", "", "achievements, experts or finance")
	for _, name := range []string{"centre", "kind"} {
		if err := cmd.MarkFlagRequired(name); err != nil {
			panic(err) // cannot happen: the flags are above
		}
	}
}

// scope is the centre's own, once it is known to be there.
func (s *shelf) scope(ctx context.Context, store *postgres.Store) (need.Scope, error) {
	scope := need.Scope{Path: s.centre, Actor: "operator"}
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

func newLibraryImport() *cobra.Command {
	var s shelf
	cmd := &cobra.Command{
		Use: "import FILE.jsonl", Short: "Import a library file; rows with the same code are updated", Args: cobra.ExactArgs(1),
		Long: "Import a file in the form of docs/library-format.md, whole or not at all; - reads standard input. Vectors are\n" +
			"made by the running service.",
	}
	s.flags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return withShelf(cmd, &s, func(ctx context.Context, a *app, scope need.Scope) error {
			in := cmd.InOrStdin()
			if args[0] != "-" {
				file, err := os.Open(args[0])
				if err != nil {
					return fmt.Errorf("open the library file: %w", err)
				}
				defer file.Close()
				in = file
			}
			n, err := s.load(ctx, a, scope, in)
			if err == nil {
				fmt.Fprintf(cmd.OutOrStdout(), "%d %s imported\n", n, s.kind)
			}
			return err
		})
	}
	return cmd
}

func (s *shelf) load(ctx context.Context, a *app, scope need.Scope, in io.Reader) (int, error) {
	switch s.kind {
	case "achievements":
		list, err := rag.ReadAchievements(in, s.centre)
		if err != nil {
			return 0, err
		}
		return len(list), a.library.Put(ctx, scope, list)
	case "experts":
		list, err := rag.ReadExperts(in, s.centre)
		if err != nil {
			return 0, err
		}
		return len(list), a.store.PutExperts(ctx, scope, list)
	case "finance":
		list, err := rag.ReadFinanceProducts(in, s.centre)
		if err != nil {
			return 0, err
		}
		return len(list), a.store.PutFinanceProducts(ctx, scope, list)
	default:
		return 0, fmt.Errorf("no library %q: achievements, experts or finance", s.kind)
	}
}

func newLibraryExport() *cobra.Command {
	var s shelf
	cmd := &cobra.Command{Use: "export", Short: "Write a centre's own rows as a library file to standard output", Args: cobra.NoArgs}
	s.flags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return withShelf(cmd, &s, func(ctx context.Context, a *app, scope need.Scope) error {
			return s.save(ctx, a.store, scope, cmd.OutOrStdout())
		})
	}
	return cmd
}

func (s *shelf) save(ctx context.Context, store *postgres.Store, scope need.Scope, out io.Writer) error {
	switch s.kind {
	case "achievements":
		return saveAll(ctx, scope, store.ListAchievements, func(a need.Achievement) need.CentrePath { return a.Centre },
			func(list []need.Achievement) error { return rag.WriteAchievements(out, list) })
	case "experts":
		return saveAll(ctx, scope, store.Experts, func(e need.Expert) need.CentrePath { return e.Centre },
			func(list []need.Expert) error { return rag.WriteExperts(out, list) })
	case "finance":
		return saveAll(ctx, scope, store.FinanceProducts, func(p need.FinanceProduct) need.CentrePath { return p.Centre },
			func(list []need.FinanceProduct) error { return rag.WriteFinanceProducts(out, list) })
	default:
		return fmt.Errorf("no library %q: achievements, experts or finance", s.kind)
	}
}

// saveAll writes page by page what belongs to the centre itself; what is shared
// with it from above, or lies below, is left out.
func saveAll[T any](ctx context.Context, scope need.Scope,
	list func(context.Context, need.Scope, postgres.LibraryFilter, postgres.Page) ([]T, string, error),
	centre func(T) need.CentrePath, write func([]T) error,
) error {
	for cursor := ""; ; {
		rows, next, err := list(ctx, scope, postgres.LibraryFilter{}, postgres.Page{Cursor: cursor, Limit: 100})
		if err != nil {
			return err
		}
		var own []T
		for _, row := range rows {
			if centre(row) == scope.Path {
				own = append(own, row)
			}
		}
		if err := write(own); err != nil {
			return err
		}
		if next == "" {
			return nil
		}
		cursor = next
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
