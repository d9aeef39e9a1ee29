package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"tanxu/need"
)

// Uncompared returns records of a library, in all centres, that have not been
// compared with others since they changed: by words, archived ones too, or, with
// PairByVector, those whose vector is there by now.
func (s *Store) Uncompared(ctx context.Context, l need.Library, by PairReason, limit int) ([]need.Entry, error) {
	where := `x.compared_at IS NULL AND $2 = $2`
	if l == need.Achievements { // what came after the words were counted waits for the next time
		where += ` AND EXISTS (SELECT FROM lexeme_counted c WHERE c.entry_id = x.id AND c.version = x.version)`
	}
	if by == PairByVector {
		where = `x.archived_at IS NULL AND x.likened_at IS NULL AND x.id IN (
			SELECT v.object_id FROM vectors v WHERE v.object_kind = $2 AND v.field = 'text')`
	}
	var list []need.Entry
	err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT `+entryColumns+` FROM `+tableOf(l).name+` x WHERE `+where+` ORDER BY x.id LIMIT $1`, limit, vectorKind(l))
		if err != nil {
			return fmt.Errorf("list %s to compare: %w", l, err)
		}
		list, err = pgx.CollectRows(rows, scanEntry(l))
		return err
	})
	return list, err
}

// lockWords lets one transaction at a time count words.
const lockWords = `SELECT pg_advisory_xact_lock(7421005)`

// lockedWords waits for that turn, and gives the transaction the memory to sort
// words of a whole centre in: one alone has it at a time.
func lockedWords(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, lockWords+`; SET LOCAL work_mem = '256MB'`); err != nil {
		return fmt.Errorf("wait to count words: %w", err)
	}
	return nil
}

// countedAtOnce is how many achievements have their words counted in one
// transaction: each rewrites the lists of nearly all common words.
const countedAtOnce = 10_000

// CountWords counts the words of achievements, by which they are found, of those
// that have changed.
func (s *Store) CountWords(ctx context.Context) error {
	for {
		n := 0
		err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
			if err := lockedWords(ctx, tx); err != nil {
				return err
			}
			if err := tx.QueryRow(ctx, `SELECT count_lexemes('', $1)`, countedAtOnce).Scan(&n); err != nil {
				return fmt.Errorf("count the words of achievements: %w", err)
			}
			return nil
		})
		if err != nil || n < countedAtOnce {
			return err
		}
	}
}

// mostMeeting bounds the records that one is compared with.
const mostMeeting = 40

// Meet keeps the bands of a record and returns active ones, in all centres, that
// share its key or a band.
func (s *Store) Meet(ctx context.Context, e *need.Entry, bands []int64) (sameKey, sameBand []need.Entry, err error) {
	err = s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		b := &pgx.Batch{}
		b.Queue(`DELETE FROM library_bands WHERE entry_id = $1`, string(e.ID))
		b.Queue(`INSERT INTO library_bands (centre_path, library, entry_id, band) SELECT $1, $2, $3, unnest($4::bigint[])`,
			string(e.Centre), string(e.Library), string(e.ID), bands)
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return fmt.Errorf("keep the bands of %s: %w", e.ID, err)
		}
		t, args := tableOf(e.Library), pgx.NamedArgs{"id": string(e.ID), "library": string(e.Library), "bands": bands, "limit": mostMeeting}
		same := `x.match_key = (SELECT match_key FROM ` + t.name + ` WHERE id = @id)`
		if e.Values.Given("uscc") {
			same, args["uscc"] = `(`+same+` OR x.uscc = @uscc)`, e.Values.Text("uscc")
		}
		if sameKey, err = readEntries(ctx, tx, e.Library, same, args); err != nil {
			return err
		}
		sameBand, err = readEntries(ctx, tx, e.Library, `x.id IN (SELECT entry_id FROM library_bands
			WHERE library = @library AND band = ANY (@bands) GROUP BY entry_id ORDER BY count(*) DESC, entry_id LIMIT @limit)`, args)
		return err
	})
	return sameKey, sameBand, err
}

func readEntries(ctx context.Context, tx pgx.Tx, l need.Library, where string, args pgx.NamedArgs) ([]need.Entry, error) {
	rows, err := tx.Query(ctx, `SELECT `+entryColumns+` FROM `+tableOf(l).name+` x
		WHERE x.id <> @id AND x.archived_at IS NULL AND `+where+` ORDER BY x.id LIMIT @limit`, args)
	if err != nil {
		return nil, fmt.Errorf("read %s that meet: %w", l, err)
	}
	return pgx.CollectRows(rows, scanEntry(l))
}

// Likened is a record with its cosine to another.
type Likened struct {
	Entry  need.Entry
	Cosine float64
}

// Liken returns the active records nearest to one by the vectors of its whole
// text, at most limit.
func (s *Store) Liken(ctx context.Context, e *need.Entry, limit int) ([]Likened, error) {
	var list []Likened
	err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		var model, dims int
		var vector pgvector.HalfVector
		err := tx.QueryRow(ctx, `
			SELECT m.id, m.dims, v.embedding FROM vectors v JOIN embedding_models m ON m.id = v.model_id AND m.active
			WHERE v.object_kind = $1 AND v.object_id = $2 AND v.field = 'text' ORDER BY m.id DESC LIMIT 1`,
			vectorKind(e.Library), string(e.ID)).Scan(&model, &dims, &vector)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the vector of %s: %w", e.ID, err)
		}
		// The expression is that of the model's index.
		near := fmt.Sprintf(`(v.embedding::halfvec(%d)) <#> @q::halfvec(%d)`, dims, dims)
		rows, err := tx.Query(ctx, `
			WITH near AS MATERIALIZED (
				SELECT v.object_id, -(`+near+`) AS cosine FROM vectors v
				WHERE v.model_id = @model AND v.object_kind = @kind AND v.field = 'text' AND v.object_id <> @id
				ORDER BY `+near+` LIMIT @limit)
			SELECT `+entryColumns+`, near.cosine FROM near JOIN `+tableOf(e.Library).name+` x ON x.id = near.object_id
			WHERE x.archived_at IS NULL ORDER BY near.cosine DESC`,
			pgx.NamedArgs{"model": model, "kind": vectorKind(e.Library), "id": string(e.ID), "q": vector, "limit": limit})
		if err != nil {
			return fmt.Errorf("search what is like %s: %w", e.ID, err)
		}
		list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (Likened, error) {
			w := Likened{Entry: need.Entry{Library: e.Library}}
			err := row.Scan(append(entryTargets(&w.Entry), &w.Cosine)...)
			return w, err
		})
		return err
	})
	return list, err
}

// Compared keeps the pairs that a comparison of e has found, and that it was
// made, unless e has changed meanwhile. A pair that is there stays as it is.
func (s *Store) Compared(ctx context.Context, e *need.Entry, by PairReason, pairs []Pair) error {
	column := "compared_at"
	if by == PairByVector {
		column = "likened_at"
	}
	return s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		b := &pgx.Batch{}
		b.Queue(`UPDATE `+tableOf(e.Library).name+` SET `+column+` = clock_timestamp() WHERE id = $1 AND version = $2`, string(e.ID), e.Version)
		for _, p := range pairs {
			id, err := newID()
			if err != nil {
				return err
			}
			one, other := p.One, p.Other
			if one.ID > other.ID {
				one, other = other, one
			}
			b.Queue(`
				INSERT INTO library_pairs (id, centre_path, library, one, other, reason, score)
				SELECT @id, c.centre_path, @library, @one, @other, @reason, @score FROM centres c
				WHERE starts_with(@first, c.centre_path) AND starts_with(@second, c.centre_path)
				ORDER BY length(c.centre_path) DESC LIMIT 1
				ON CONFLICT (library, one, other) DO UPDATE SET reason = excluded.reason, score = excluded.score
				WHERE library_pairs.state = 'open' AND library_pairs.score < excluded.score`,
				pgx.NamedArgs{
					"id": id, "library": string(e.Library), "one": string(one.ID), "other": string(other.ID), "reason": string(p.Reason),
					"score": p.Score, "first": string(one.Centre), "second": string(other.Centre),
				})
		}
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return fmt.Errorf("keep what %s was compared with: %w", e.ID, err)
		}
		return nil
	})
}
