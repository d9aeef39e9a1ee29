package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"tanxu/need"
)

func expertTargets(e *need.Expert) []any {
	return []any{
		&e.ID, &e.Centre, &e.Code, &e.Name, &e.Title, &e.Org, &e.Region, &e.Chain, &e.Summary,
		&e.Keywords, &e.Shared, &e.Detail, &e.Updated,
	}
}

// ExpertsByLexemes returns experts in whose work any of the lexemes stands, at
// most limit of them, those with more of them first. They are looked for by the
// lists of their words, with those that have changed since.
func (s *Store) ExpertsByLexemes(ctx context.Context, scope need.Scope, lexemes []string, limit int) ([]need.Expert, error) {
	return s.readExperts(ctx, scope, `
		WITH rare AS MATERIALIZED (
			SELECT token FROM library_tokens WHERE library = 'experts' AND token = ANY (@tokens) GROUP BY token ORDER BY sum(total), token LIMIT @told
		), hits AS MATERIALIZED (
			SELECT u.no, count(DISTINCT w.token) AS shared FROM library_tokens w JOIN rare USING (token), unnest(w.entries) u(no)
			WHERE w.library = 'experts' GROUP BY u.no
		), found AS MATERIALIZED (
			(SELECT x.id FROM hits JOIN library_prints p USING (no) JOIN experts x ON x.id = p.entry_id
			 WHERE x.archived_at IS NULL ORDER BY hits.shared DESC, x.id LIMIT @read)
			UNION
			SELECT x.id FROM experts x WHERE x.archived_at IS NULL AND `+unlisted+`
		), said AS MATERIALIZED (
			SELECT x.id, lower(x.summary || ' ' || array_to_string(x.keywords, ' ') || ' ' || x.detail::text) AS work FROM found JOIN experts x USING (id)
		), scored AS MATERIALIZED (
			SELECT id, (SELECT count(*) FROM unnest(@lexemes::text[]) l WHERE strpos(work, l) > 0) AS lexemes FROM said
		)
		SELECT `+expertColumns+` FROM scored JOIN experts e USING (id)
		WHERE scored.lexemes > 0 ORDER BY scored.lexemes DESC, e.id LIMIT @limit`,
		pgx.NamedArgs{"tokens": tokensOf(lexemes), "told": told, "lexemes": texts(lexemes), "limit": limit, "read": read * limit})
}

// ExpertsByID returns those of the ids that the scope may read, in any order.
func (s *Store) ExpertsByID(ctx context.Context, scope need.Scope, ids []need.ExpertID) ([]need.Expert, error) {
	return s.readExperts(ctx, scope, `SELECT `+expertColumns+` FROM experts e WHERE e.id = ANY ($1::uuid[])`, plain(ids))
}

func (s *Store) readExperts(ctx context.Context, scope need.Scope, sql string, args ...any) ([]need.Expert, error) {
	var list []need.Expert
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sql, args...)
		if err != nil {
			return fmt.Errorf("search experts: %w", err)
		}
		list, err = pgx.CollectRows(rows, scanExpert)
		return err
	})
	return list, err
}

// NearestExperts returns scores, the mean inner product over the fields, of the
// nearest experts, by id.
func (s *Store) NearestExperts(ctx context.Context, scope need.Scope, m need.VectorModel, vector []float32, limit int) (map[need.ExpertID]float64, error) {
	scores := map[need.ExpertID]float64{}
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, strings.ReplaceAll(nearestOfAll, "DIMS", fmt.Sprint(m.Dims)), pgx.NamedArgs{
			"path": string(scope.Path), "end": string(scope.Path) + "\U0010FFFF", "above": above(scope.Path),
			"kind": "expert", "q": pgvector.NewHalfVector(vector), "model": m.ID, "limit": limit, "also": []string{},
		})
		if err != nil {
			return fmt.Errorf("search experts by vector: %w", err)
		}
		var id need.ExpertID
		var score float64
		_, err = pgx.ForEachRow(rows, []any{&id, &score}, func() error {
			scores[id] = score
			return nil
		})
		return err
	})
	return scores, err
}

// UnembeddedExperts returns, in the order of their ids and after one of them,
// experts of the scope's own centres with the hashes of the texts that the
// model has embedded.
func (s *Store) UnembeddedExperts(ctx context.Context, scope need.Scope, m need.VectorModel, after need.ExpertID, limit int) ([]need.UnembeddedExpert, error) {
	var list []need.UnembeddedExpert
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT `+expertColumns+`,
				array(SELECT v.field FROM vectors v WHERE v.object_kind = 'expert' AND v.object_id = e.id AND v.model_id = @model ORDER BY v.field),
				array(SELECT v.text_hash FROM vectors v WHERE v.object_kind = 'expert' AND v.object_id = e.id AND v.model_id = @model ORDER BY v.field)
			FROM experts e
			WHERE in_scope(e.centre_path) AND e.archived_at IS NULL AND (@after = '' OR e.id > nullif(@after, '')::uuid)
			ORDER BY e.id LIMIT @limit`,
			pgx.NamedArgs{"model": m.ID, "after": string(after), "limit": limit})
		if err != nil {
			return fmt.Errorf("list experts to embed: %w", err)
		}
		list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (need.UnembeddedExpert, error) {
			var u need.UnembeddedExpert
			var fields []string
			var hashes [][]byte
			err := row.Scan(append(expertTargets(&u.Expert), &fields, &hashes)...)
			u.Hashes = make(map[string][]byte, len(fields))
			for i, field := range fields {
				u.Hashes[field] = hashes[i]
			}
			return u, err
		})
		return err
	})
	return list, err
}

// PutExpertVectors stores vectors of experts, replacing those of the same field
// and model. Vectors of experts that are gone meanwhile are left out.
func (s *Store) PutExpertVectors(ctx context.Context, scope need.Scope, m need.VectorModel, list []need.ExpertVector) error {
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		batch := &pgx.Batch{}
		for _, v := range list {
			batch.Queue(`
				INSERT INTO vectors (centre_path, object_kind, object_id, field, model_id, text_hash, embedding, shared)
				SELECT e.centre_path, 'expert', e.id, @field, @model, @hash, @embedding, e.shared
				FROM experts e WHERE e.id = @id AND in_scope(e.centre_path)
				ON CONFLICT (object_kind, object_id, field, model_id)
				DO UPDATE SET text_hash = excluded.text_hash, embedding = excluded.embedding, shared = excluded.shared`,
				pgx.NamedArgs{
					"id": string(v.Expert), "field": v.Field, "model": m.ID, "hash": v.Hash, "embedding": pgvector.NewHalfVector(v.Values),
				})
		}
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return fmt.Errorf("put %d vectors of experts: %w", len(list), err)
		}
		return nil
	})
}
