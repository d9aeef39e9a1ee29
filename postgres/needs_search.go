package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// told is how many pairs of characters of the lexemes are looked up, the rarest:
// common ones stand in all texts.
const told = 48

// read is how many records are read for each that is asked for.
const read = 4

// OpenNeedsByLexemes returns the scope's needs that wait for an achievement
// and in whose record any of the lexemes stands, at most limit of them, those
// with more of them first. They are looked for by the lists of their pairs, with
// those that have changed since.
func (s *Store) OpenNeedsByLexemes(ctx context.Context, scope need.Scope, lexemes []string, limit int) ([]need.ID, error) {
	pairs := []int64{}
	for _, lexeme := range lexemes {
		for _, pair := range need.Pairs(need.Plain(lexeme)).Unique() {
			pairs = append(pairs, int64(pair))
		}
	}
	var ids []need.ID
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			WITH rare AS MATERIALIZED (
				SELECT pair FROM need_pairs WHERE pair = ANY (@pairs) GROUP BY pair ORDER BY sum(total), pair LIMIT @told
			), hits AS MATERIALIZED (
				SELECT u.no, count(*) AS shared FROM need_pairs JOIN rare USING (pair), unnest(needs) u(no) GROUP BY u.no
			), found AS MATERIALIZED (
				(SELECT n.id FROM hits h JOIN need_prints p ON p.no = h.no JOIN needs n ON n.id = p.need_id
				 WHERE `+openNeeds+` ORDER BY h.shared DESC, n.id LIMIT @read)
				UNION
				SELECT n.id FROM need_unprinted u JOIN needs n ON n.id = u.need_id WHERE `+openNeeds+`
			), said AS MATERIALIZED (
				SELECT n.id, lower(n.title || ' ' || (n.record->'fields')::text || ' ' || (n.record->'indicators')::text) AS words
				FROM found JOIN needs n USING (id)
			), scored AS MATERIALIZED (
				SELECT id, (SELECT count(*) FROM unnest(@lexemes::text[]) l WHERE strpos(words, l) > 0) AS lexemes FROM said
			)
			SELECT id::text FROM scored WHERE lexemes > 0 ORDER BY lexemes DESC, id LIMIT @limit`,
			pgx.NamedArgs{"pairs": pairs, "told": told, "lexemes": texts(lexemes), "limit": limit, "read": read * limit})
		if err != nil {
			return fmt.Errorf("search needs by words: %w", err)
		}
		ids, err = pgx.CollectRows(rows, pgx.RowTo[need.ID])
		return err
	})
	return ids, err
}

// openNeeds are those that wait for an achievement.
const openNeeds = `n.status IN ('review', 'published', 'matching')`
