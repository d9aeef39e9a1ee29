package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"tanxu/need"
)

// UseModel returns the store's id of an embedding model. The first use makes
// its index, so that a search never runs without one.
func (s *Store) UseModel(ctx context.Context, scope need.Scope, name string, dims int) (need.VectorModel, error) {
	m := need.VectorModel{Name: name, Dims: dims}
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		// The look-up first: the function waits for everybody who makes an index.
		err := tx.QueryRow(ctx, `
			SELECT coalesce((SELECT id FROM embedding_models WHERE name = $1 AND dims = $2 AND active), use_model($1, $2))`,
			name, dims).Scan(&m.ID)
		if err != nil {
			return fmt.Errorf("use embedding model %s: %w", name, err)
		}
		return nil
	})
	return m, err
}

// UnembeddedAchievements returns, in the order of their ids and after one of
// them, achievements of the scope's own centres with the hashes of the texts
// that the model has embedded.
func (s *Store) UnembeddedAchievements(ctx context.Context, scope need.Scope, m need.VectorModel, after need.AchievementID, limit int) ([]need.Unembedded, error) {
	var list []need.Unembedded
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT `+achievementColumns+`,
				array(SELECT v.field FROM vectors v WHERE v.object_kind = 'achievement' AND v.object_id = a.id AND v.model_id = @model ORDER BY v.field),
				array(SELECT v.text_hash FROM vectors v WHERE v.object_kind = 'achievement' AND v.object_id = a.id AND v.model_id = @model ORDER BY v.field)
			FROM achievements a
			WHERE in_scope(a.centre_path) AND a.archived_at IS NULL AND (@after = '' OR a.id > nullif(@after, '')::uuid)
			ORDER BY a.id LIMIT @limit`,
			pgx.NamedArgs{"model": m.ID, "after": string(after), "limit": limit})
		if err != nil {
			return fmt.Errorf("list achievements to embed: %w", err)
		}
		list, err = pgx.CollectRows(rows, scanUnembedded)
		return err
	})
	return list, err
}

func scanUnembedded(row pgx.CollectableRow) (need.Unembedded, error) {
	var u need.Unembedded
	var fields []string
	var hashes [][]byte
	if err := row.Scan(append(achievementTargets(&u.Achievement), &fields, &hashes)...); err != nil {
		return u, err
	}
	u.Hashes = make(map[string][]byte, len(fields))
	for i, field := range fields {
		u.Hashes[field] = hashes[i]
	}
	return u, nil
}

// PutVectors stores vectors of achievements, replacing those of the same field
// and model. Vectors of achievements that are gone meanwhile are left out.
func (s *Store) PutVectors(ctx context.Context, scope need.Scope, m need.VectorModel, list []need.Vector) error {
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		batch := &pgx.Batch{}
		for _, v := range list {
			batch.Queue(`
				INSERT INTO vectors (centre_path, object_kind, object_id, field, model_id, text_hash, embedding, shared)
				SELECT a.centre_path, 'achievement', a.id, @field, @model, @hash, @embedding, a.shared
				FROM achievements a WHERE a.id = @id AND in_scope(a.centre_path)
				ON CONFLICT (object_kind, object_id, field, model_id)
				DO UPDATE SET text_hash = excluded.text_hash, embedding = excluded.embedding, shared = excluded.shared`,
				pgx.NamedArgs{
					"id": string(v.Achievement), "field": v.Field, "model": m.ID, "hash": v.Hash,
					"embedding": pgvector.NewHalfVector(v.Values),
				})
		}
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return fmt.Errorf("put %d vectors: %w", len(list), err)
		}
		return nil
	})
}
