package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

const financeColumns = `f.id, f.centre_path, f.code, f.name, f.org, f.kind, f.summary, f.shared, f.detail, f.updated_at`

func scanFinance(row pgx.CollectableRow) (need.FinanceProduct, error) {
	var f need.FinanceProduct
	err := row.Scan(&f.ID, &f.Centre, &f.Code, &f.Name, &f.Org, &f.Kind, &f.Summary, &f.Shared, &f.Detail, &f.Updated)
	return f, err
}

// PutFinanceProducts adds products to their centre, or updates those whose code
// is there; all of them or none.
func (s *Store) PutFinanceProducts(ctx context.Context, scope need.Scope, list []need.FinanceProduct) error {
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		batch := &pgx.Batch{}
		for _, f := range list {
			id, err := newID()
			if err != nil {
				return err
			}
			batch.Queue(`
				INSERT INTO finance_products (id, centre_path, code, name, org, kind, summary, shared, detail)
				VALUES (@id, @centre, @code, @name, @org, @kind, @summary, @shared, @detail)
				ON CONFLICT (centre_path, code) DO UPDATE SET
					name = excluded.name, org = excluded.org, kind = excluded.kind, summary = excluded.summary,
					shared = excluded.shared, detail = excluded.detail, updated_at = now()`,
				pgx.NamedArgs{
					"id": id, "centre": string(f.Centre), "code": f.Code, "name": f.Name, "org": f.Org, "kind": f.Kind,
					"summary": f.Summary, "shared": f.Shared, "detail": object(f.Detail),
				})
		}
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return fmt.Errorf("put %d finance products: %w", len(list), err)
		}
		return nil
	})
}

// FinanceProducts lists what the scope may read, the last changed first, and
// returns the cursor of the next page. Chain, region and stage narrow nothing:
// a product is open to several of each.
func (s *Store) FinanceProducts(ctx context.Context, scope need.Scope, f LibraryFilter, p Page) ([]need.FinanceProduct, string, error) {
	from, err := p.start()
	if err != nil {
		return nil, "", err
	}
	var list []need.FinanceProduct
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT `+financeColumns+` FROM finance_products f
			WHERE (f.updated_at, f.id) < (@at, @id::uuid) AND f.archived_at IS NULL
			  AND (@q = '' OR f.name ILIKE @q OR f.org ILIKE @q OR f.kind ILIKE @q)
			ORDER BY f.updated_at DESC, f.id DESC
			LIMIT @limit`, f.args(from, p))
		if err != nil {
			return fmt.Errorf("list finance products: %w", err)
		}
		list, err = pgx.CollectRows(rows, scanFinance)
		return err
	})
	list, next := cut(list, p.limit(), func(f need.FinanceProduct) position { return position{f.Updated, string(f.ID)} })
	return list, next, err
}

// AllFinanceProducts returns every product that the scope may read, by code:
// what a need is eligible for is decided on all of them.
func (s *Store) AllFinanceProducts(ctx context.Context, scope need.Scope) ([]need.FinanceProduct, error) {
	var list []need.FinanceProduct
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT `+financeColumns+` FROM finance_products f WHERE f.archived_at IS NULL ORDER BY f.code, f.id`)
		if err != nil {
			return fmt.Errorf("read finance products: %w", err)
		}
		list, err = pgx.CollectRows(rows, scanFinance)
		return err
	})
	return list, err
}
