package postgres

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

const achievementColumns = `a.id, a.centre_path, a.code, a.title, a.summary, a.indicators, a.chain, a.stage,
	coalesce(a.trl, 0) AS trl, a.owner_org, a.region, a.keywords, a.shared, a.detail, a.updated_at`

// scanAchievement reads achievementColumns.
func scanAchievement(row pgx.CollectableRow) (need.Achievement, error) {
	var a need.Achievement
	err := row.Scan(achievementTargets(&a)...)
	return a, err
}

func achievementTargets(a *need.Achievement) []any {
	return []any{
		&a.ID, &a.Centre, &a.Code, &a.Title, &a.Summary, &a.Indicators, &a.Chain, &a.Stage,
		&a.TRL, &a.Owner, &a.Region, &a.Keywords, &a.Shared, &a.Detail, &a.Updated,
	}
}

// PutAchievements adds achievements to their centre, or updates those whose
// code is there, and counts their words; all of it or nothing.
func (s *Store) PutAchievements(ctx context.Context, scope need.Scope, list []need.IndexedAchievement) error {
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		batch, centres := &pgx.Batch{}, map[need.CentrePath]bool{}
		for _, a := range list {
			id, err := newID()
			if err != nil {
				return err
			}
			centres[a.Centre] = true
			batch.Queue(`
				INSERT INTO achievements (id, centre_path, code, title, summary, indicators, chain, stage, trl,
					owner_org, region, keywords, shared, detail, lexemes)
				VALUES (@id, @centre, @code, @title, @summary, @indicators, @chain, @stage, nullif(@trl, 0),
					@owner, @region, @keywords, @shared, @detail, array_to_tsvector(@lexemes))
				ON CONFLICT (centre_path, code) DO UPDATE SET
					title = excluded.title, summary = excluded.summary, indicators = excluded.indicators,
					chain = excluded.chain, stage = excluded.stage, trl = excluded.trl, owner_org = excluded.owner_org,
					region = excluded.region, keywords = excluded.keywords, shared = excluded.shared,
					detail = excluded.detail, lexemes = excluded.lexemes, updated_at = now(), compared_at = NULL`,
				pgx.NamedArgs{
					"id": id, "centre": string(a.Centre), "code": a.Code, "title": a.Title, "summary": a.Summary,
					"indicators": a.Indicators, "chain": a.Chain, "stage": a.Stage, "trl": a.TRL, "owner": a.Owner,
					"region": a.Region, "keywords": texts(a.Keywords), "shared": a.Shared, "detail": object(a.Detail),
					"lexemes": texts(a.Lexemes),
				})
		}
		for centre := range centres {
			batch.Queue(`
				UPDATE vectors v SET shared = a.shared FROM achievements a
				WHERE v.object_kind = 'achievement' AND v.object_id = a.id AND a.centre_path = $1 AND v.shared <> a.shared`, string(centre))
			batch.Queue(lockWords) // whoever counts at the same time would write the same rows
			batch.Queue(`SELECT count_lexemes($1, NULL)`, string(centre))
		}
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return fmt.Errorf("put %d achievements: %w", len(list), err)
		}
		return nil
	})
}

// LibraryFilter narrows a list of achievements, experts or finance products;
// zero fields narrow nothing.
type LibraryFilter struct {
	Query  string // in name, organisation or code; of achievements in all their texts
	Chain  string
	Region string
	Stage  string
}

// ListAchievements lists what the scope may read, the last changed first, and
// returns the cursor of the next page.
func (s *Store) ListAchievements(ctx context.Context, scope need.Scope, f LibraryFilter, p Page) ([]need.Achievement, string, error) {
	from, err := p.start()
	if err != nil {
		return nil, "", err
	}
	var list []need.Achievement
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT `+achievementColumns+` FROM achievements a
			WHERE (a.updated_at, a.id) < (@at, @id::uuid) AND a.archived_at IS NULL
			  AND (@q = '' OR a.title ILIKE @q OR a.owner_org ILIKE @q OR a.code ILIKE @q
			       OR a.indicators ILIKE @q OR a.summary ILIKE @q OR array_to_string(a.keywords, ' ') ILIKE @q)
			  AND (@chain = '' OR a.chain = @chain) AND (@region = '' OR a.region = @region) AND (@stage = '' OR a.stage = @stage)
			ORDER BY a.updated_at DESC, a.id DESC
			LIMIT @limit`, f.args(from, p))
		if err != nil {
			return fmt.Errorf("list achievements: %w", err)
		}
		list, err = pgx.CollectRows(rows, scanAchievement)
		return err
	})
	list, next := cut(list, p.limit(), func(a need.Achievement) position { return position{a.Updated, string(a.ID)} })
	return list, next, err
}

func (f LibraryFilter) args(from position, p Page) pgx.NamedArgs {
	return pgx.NamedArgs{
		"at": from.at, "id": from.id, "limit": p.limit() + 1,
		"q": pattern(f.Query), "chain": f.Chain, "region": f.Region, "stage": f.Stage,
	}
}

// Achievement returns one achievement, NotFound if the scope may not read it.
func (s *Store) Achievement(ctx context.Context, scope need.Scope, id need.AchievementID) (need.Achievement, error) {
	if err := known("achievement", id); err != nil {
		return need.Achievement{}, err
	}
	list, err := s.Achievements(ctx, scope, []need.AchievementID{id})
	if err == nil && len(list) == 0 {
		err = found(pgx.ErrNoRows, "achievement", id)
	}
	if err != nil {
		return need.Achievement{}, err
	}
	return list[0], nil
}

// Achievements returns those of the ids that the scope may read, in any order.
func (s *Store) Achievements(ctx context.Context, scope need.Scope, ids []need.AchievementID) ([]need.Achievement, error) {
	var list []need.Achievement
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT `+achievementColumns+` FROM achievements a WHERE a.id = ANY ($1::uuid[])`, plain(ids))
		if err != nil {
			return fmt.Errorf("read achievements: %w", err)
		}
		list, err = pgx.CollectRows(rows, scanAchievement)
		return err
	})
	return list, err
}

// texts is never nil: the columns are NOT NULL.
func texts(list []string) []string { return append([]string{}, list...) }

// plain returns the ids as the driver takes them.
func plain[T ~string](ids []T) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

// object is never empty: the columns hold a JSON object.
func object(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 {
		return json.RawMessage("{}")
	}
	return raw
}
