package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// OpenNeedsByLexemes returns the scope's needs that wait for an achievement
// and in whose record any of the lexemes stands, at most limit of them, those
// with more of them first.
func (s *Store) OpenNeedsByLexemes(ctx context.Context, scope need.Scope, lexemes []string, limit int) ([]need.ID, error) {
	var ids []need.ID
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			WITH hits AS MATERIALIZED (
				SELECT n.id, (SELECT count(*) FROM unnest($1::text[]) l WHERE strpos(n.words, l) > 0) AS lexemes
				FROM (
					SELECT id, lower(title || ' ' || (record->'fields')::text || ' ' || (record->'indicators')::text) AS words
					FROM needs WHERE status IN ('review', 'published', 'matching')
				) n
			)
			SELECT id::text FROM hits WHERE lexemes > 0 ORDER BY lexemes DESC, id LIMIT $2`, texts(lexemes), limit)
		if err != nil {
			return fmt.Errorf("search needs by words: %w", err)
		}
		ids, err = pgx.CollectRows(rows, pgx.RowTo[need.ID])
		return err
	})
	return ids, err
}
