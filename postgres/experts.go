package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

const expertColumns = `e.id, e.centre_path, e.code, e.name, e.title, e.org, e.region, e.chain, e.summary,
	e.keywords, e.shared, e.detail, e.updated_at`

func scanExpert(row pgx.CollectableRow) (need.Expert, error) {
	var e need.Expert
	err := row.Scan(expertTargets(&e)...)
	return e, err
}

// PutExperts adds experts to their centre, or updates those whose code is
// there; all of them or none.
func (s *Store) PutExperts(ctx context.Context, scope need.Scope, list []need.Expert) error {
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		batch, centres := &pgx.Batch{}, map[need.CentrePath]bool{}
		for _, e := range list {
			id, err := newID()
			if err != nil {
				return err
			}
			centres[e.Centre] = true
			batch.Queue(`
				INSERT INTO experts (id, centre_path, code, name, title, org, region, chain, summary, keywords, shared, detail)
				VALUES (@id, @centre, @code, @name, @title, @org, @region, @chain, @summary, @keywords, @shared, @detail)
				ON CONFLICT (centre_path, code) DO UPDATE SET
					name = excluded.name, title = excluded.title, org = excluded.org, region = excluded.region,
					chain = excluded.chain, summary = excluded.summary, keywords = excluded.keywords,
					shared = excluded.shared, detail = excluded.detail, updated_at = now()`,
				pgx.NamedArgs{
					"id": id, "centre": string(e.Centre), "code": e.Code, "name": e.Name, "title": e.Title, "org": e.Org,
					"region": e.Region, "chain": e.Chain, "summary": e.Summary, "keywords": texts(e.Keywords),
					"shared": e.Shared, "detail": object(e.Detail),
				})
		}
		for centre := range centres {
			batch.Queue(`
				UPDATE vectors v SET shared = e.shared FROM experts e
				WHERE v.object_kind = 'expert' AND v.object_id = e.id AND e.centre_path = $1 AND v.shared <> e.shared`, string(centre))
		}
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return fmt.Errorf("put %d experts: %w", len(list), err)
		}
		return nil
	})
}

// Experts lists what the scope may read, the last changed first, and returns
// the cursor of the next page.
func (s *Store) Experts(ctx context.Context, scope need.Scope, f LibraryFilter, p Page) ([]need.Expert, string, error) {
	from, err := p.start()
	if err != nil {
		return nil, "", err
	}
	var list []need.Expert
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT `+expertColumns+` FROM experts e
			WHERE (e.updated_at, e.id) < (@at, @id::uuid) AND e.archived_at IS NULL
			  AND (@q = '' OR e.name ILIKE @q OR e.org ILIKE @q OR e.summary ILIKE @q)
			  AND (@chain = '' OR e.chain = @chain) AND (@region = '' OR e.region = @region)
			ORDER BY e.updated_at DESC, e.id DESC
			LIMIT @limit`, f.args(from, p))
		if err != nil {
			return fmt.Errorf("list experts: %w", err)
		}
		list, err = pgx.CollectRows(rows, scanExpert)
		return err
	})
	list, next := cut(list, p.limit(), func(e need.Expert) position { return position{e.Updated, string(e.ID)} })
	return list, next, err
}
