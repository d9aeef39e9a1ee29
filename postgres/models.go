package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// ServingModel returns the name of the model that has taken over from another,
// "" where none ever has.
func (s *Store) ServingModel(ctx context.Context) (string, error) {
	var name string
	err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		if err := tx.QueryRow(ctx, `SELECT coalesce((SELECT name FROM embedding_models WHERE serving), '')`).Scan(&name); err != nil {
			return fmt.Errorf("read the serving model: %w", err)
		}
		return nil
	})
	return name, err
}

// ServeModel makes a model the one that all replicas search by.
func (s *Store) ServeModel(ctx context.Context, m need.VectorModel) error {
	return s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE embedding_models SET serving = false WHERE serving AND id <> $1`, m.ID)
		if err == nil {
			_, err = tx.Exec(ctx, `UPDATE embedding_models SET serving = true WHERE id = $1`, m.ID)
		}
		if err != nil {
			return fmt.Errorf("let model %s serve: %w", m.Name, err)
		}
		return nil
	})
}

// ModelProgress is how much of the library a model has embedded.
type ModelProgress struct {
	Name     string
	Serving  bool // it has taken over from another
	Embedded int  // achievements and experts with a vector
	All      int
}

// ModelProgress tells of each model that was used, by name.
func (s *Store) ModelProgress(ctx context.Context) ([]ModelProgress, error) {
	var list []ModelProgress
	err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT m.name, m.serving, (SELECT count(DISTINCT (v.object_kind, v.object_id))::int FROM vectors v
					WHERE v.model_id = m.id AND v.object_kind IN ('achievement', 'expert')),
				(SELECT count(*)::int FROM achievements) + (SELECT count(*)::int FROM experts)
			FROM embedding_models m WHERE m.active ORDER BY m.name`)
		if err != nil {
			return fmt.Errorf("read the progress of models: %w", err)
		}
		list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (p ModelProgress, err error) {
			err = row.Scan(&p.Name, &p.Serving, &p.Embedded, &p.All)
			return p, err
		})
		return err
	})
	return list, err
}
