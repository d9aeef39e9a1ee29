package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"tanxu/embeddings"
	"tanxu/postgres"
	"tanxu/rag"
)

// nextEmbedder is the one that is to take over from now, nil where none is
// wanted or it is the same.
func nextEmbedder(ctx context.Context, cfg config, now embeddings.Embedder) (embeddings.Embedder, error) {
	if cfg.EmbedderNext == "" || now == nil {
		return nil, nil //nolint:nilnil // nobody takes over
	}
	cfg.Embedder = cfg.EmbedderNext
	if cfg.Embedder == "endpoint" {
		cfg.Embedder = "auto" // whose first choice it is
	}
	next, err := newEmbedder(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("open the next embedder: %w", err)
	}
	if next.Model() == now.Model() {
		return nil, nil //nolint:nilnil // it has taken over already
	}
	return next, nil
}

// openEmbedders opens the embedder that serves and the one that is to take over.
func (a *app) openEmbedders(ctx context.Context) {
	closing := func(e embeddings.Embedder) {
		if closer, ok := e.(interface{ Close() error }); ok {
			a.closers = append(a.closers, func() { _ = closer.Close() })
		}
	}
	now, err := newEmbedder(ctx, a.cfg)
	if err != nil {
		a.log.WarnContext(ctx, "no embedding model: search is lexical", "reason", err)
		return
	}
	a.embed = now
	closing(now)
	next, err := nextEmbedder(ctx, a.cfg, now)
	switch {
	case err != nil:
		a.log.WarnContext(ctx, "nothing is made ready", "reason", err)
	case next != nil:
		a.change = embeddings.NewSwitch(now, next)
		a.embed = a.change
		closing(next)
	}
}

// EmbedLibrary makes the vectors that the library lacks: those that serve first,
// then those of the model that is to take over.
func (a *app) EmbedLibrary(ctx context.Context) error {
	n, err := rag.EmbedAll(ctx, a.store, a.embed, a.store.Root())
	if err == nil && a.change != nil {
		var more int
		more, err = rag.MakeReady(ctx, a.store, a.change, a.store.Root())
		n += more
	}
	if n > 0 {
		a.log.InfoContext(ctx, "library embedded", "vectors", n)
	}
	return err
}

// turnEvery is how long replicas may search by different models at a change;
// each search is by one of them.
const turnEvery = 5 * time.Second

// turn follows the model that has taken over.
func (a *app) turn(ctx context.Context) error {
	if a.change == nil {
		return nil
	}
	tick := time.NewTicker(turnEvery)
	defer tick.Stop()
	for {
		if err := rag.Turn(ctx, a.store, a.change); err != nil && ctx.Err() == nil {
			a.log.WarnContext(ctx, "follow the serving model", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func newEmbedLibrary() *cobra.Command {
	var status bool
	cmd := &cobra.Command{
		Use: "library", Short: "Make the vectors that the library lacks, and say how far each model is", Args: cobra.NoArgs,
		Long: "Make the vectors that the library lacks, as workers do all the time, and with TANXU_EMBEDDER_NEXT those of the model\n" +
			"that is to take over, which it does once none are missing. What is made stands, so that it may be broken off.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, log, err := configured(cmd.ErrOrStderr(), "info")
			if err != nil {
				return err
			}
			return withApp(cmd.Context(), cfg, log, func(ctx context.Context, a *app) error {
				if !status {
					if a.embed == nil {
						return errors.New("there is no embedding model; `tanxu doctor` says why")
					}
					if err := a.EmbedLibrary(ctx); err != nil {
						return err
					}
				}
				return printProgress(ctx, a.store, cmd.OutOrStdout())
			})
		},
	}
	cmd.Flags().BoolVar(&status, "status", false, "make nothing, only say how far each model is")
	return cmd
}

func printProgress(ctx context.Context, s *postgres.Store, w io.Writer) error {
	list, err := s.ModelProgress(ctx)
	if err != nil {
		return err
	}
	for _, p := range list {
		fmt.Fprintf(w, "%s: %d of %d records%s\n", p.Name, p.Embedded, p.All, map[bool]string{true: ", has taken over"}[p.Serving])
	}
	if len(list) == 0 {
		fmt.Fprintln(w, "no model has made vectors yet")
	}
	return nil
}
