package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Centre is one node of the tree.
type Centre struct {
	Path   need.CentrePath `db:"centre_path"`
	Kind   string          `db:"kind"` // "province", "city" or "institute"
	NameZH string          `db:"name_zh"`
	NameEN string          `db:"name_en"`
}

// PutCentre adds a centre, or gives it other names.
func (s *Store) PutCentre(ctx context.Context, scope need.Scope, c Centre) error {
	if !c.Path.Valid() {
		return need.Errorf(need.Invalid, "centre_path", "centre %q is no path", c.Path)
	}
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			INSERT INTO centres (centre_path, kind, name_zh, name_en)
			VALUES (@path, @kind, @name_zh, @name_en)
			ON CONFLICT (centre_path) DO UPDATE
			SET kind = excluded.kind, name_zh = excluded.name_zh, name_en = excluded.name_en`,
			pgx.NamedArgs{"path": string(c.Path), "kind": c.Kind, "name_zh": c.NameZH, "name_en": c.NameEN})
		if err != nil {
			return fmt.Errorf("put centre %s: %w", c.Path, err)
		}
		return nil
	})
}

// Centres returns the centres of the scope in the order of the tree.
func (s *Store) Centres(ctx context.Context, scope need.Scope) ([]Centre, error) {
	var list []Centre
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT centre_path, kind, name_zh, name_en FROM centres ORDER BY centre_path`)
		if err != nil {
			return fmt.Errorf("list centres: %w", err)
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[Centre])
		return err
	})
	return list, err
}

// Centre returns one centre, NotFound if it is not in the scope.
func (s *Store) Centre(ctx context.Context, scope need.Scope, path need.CentrePath) (Centre, error) {
	var c Centre
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx,
			`SELECT centre_path, kind, name_zh, name_en FROM centres WHERE centre_path = $1`, string(path))
		if err != nil {
			return fmt.Errorf("read centre %s: %w", path, err)
		}
		c, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Centre])
		return found(err, "centre", path)
	})
	return c, err
}
