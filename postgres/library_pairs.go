package postgres

import (
	"context"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Pair is two records that may be one.
type Pair struct {
	ID         string
	One, Other need.Entry
	Reason     PairReason
	Score      float64 // 0 to 1
}

// PairReason says why two records may be one.
type PairReason string

// The reasons, the surest first.
const (
	PairByKey    PairReason = "key"    // the same name of the same owner, or the same credit code
	PairByWords  PairReason = "near"   // nearly the same words
	PairByVector PairReason = "vector" // the same meaning
)

// Pairs lists the pairs of a library that nobody has decided, the likest first,
// and returns the cursor of the next page.
func (s *Store) Pairs(ctx context.Context, scope need.Scope, l need.Library, p Page) ([]Pair, string, error) {
	score, id, err := readPairCursor(p.Cursor)
	if err != nil {
		return nil, "", err
	}
	var list []Pair
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT p.id::text, p.reason, p.score, p.one::text, p.other::text FROM library_pairs p
			WHERE p.library = @library AND p.state = 'open' AND (p.score, p.id) < (@score, @id::uuid)
			ORDER BY p.score DESC, p.id DESC LIMIT @limit`,
			pgx.NamedArgs{"library": string(l), "score": score, "id": id, "limit": p.limit() + 1})
		if err != nil {
			return fmt.Errorf("list pairs of %s: %w", l, err)
		}
		if list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (pair Pair, err error) {
			err = row.Scan(&pair.ID, &pair.Reason, &pair.Score, &pair.One.ID, &pair.Other.ID)
			return pair, err
		}); err != nil {
			return err
		}
		return fillPairs(ctx, tx, l, list)
	})
	next := ""
	if len(list) > p.limit() {
		list = list[:p.limit()]
		last := list[len(list)-1]
		next = base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%g %s", last.Score, last.ID))
	}
	return list, next, err
}

// fillPairs reads the records of pairs.
func fillPairs(ctx context.Context, tx pgx.Tx, l need.Library, list []Pair) error {
	var ids []need.EntryID
	for _, p := range list {
		ids = append(ids, p.One.ID, p.Other.ID)
	}
	rows, err := tx.Query(ctx, `SELECT `+entryColumns+` FROM `+tableOf(l).name+` x WHERE x.id = ANY ($1::uuid[])`, plain(ids))
	if err != nil {
		return fmt.Errorf("read the records of pairs: %w", err)
	}
	entries, err := pgx.CollectRows(rows, scanEntry(l))
	if err != nil {
		return err
	}
	byID := map[need.EntryID]need.Entry{}
	for _, e := range entries {
		byID[e.ID] = e
	}
	for i := range list {
		list[i].One, list[i].Other = byID[list[i].One.ID], byID[list[i].Other.ID]
	}
	return nil
}

func readPairCursor(cursor string) (score float64, id string, err error) {
	if cursor == "" {
		return 2, "ffffffff-ffff-ffff-ffff-ffffffffffff", nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return 0, "", badCursor(cursor)
	}
	if _, err := fmt.Sscanf(string(raw), "%g %s", &score, &id); err != nil || known("cursor", id) != nil {
		return 0, "", badCursor(cursor)
	}
	return score, id, nil
}

// KeepPair notes that the records of a pair are two.
func (s *Store) KeepPair(ctx context.Context, scope need.Scope, l need.Library, id string) error {
	return s.decidePair(ctx, scope, l, id, "kept", func(pgx.Tx, pair) error { return nil })
}

// MergePair lets one record of a pair, stays, take the place of the other.
func (s *Store) MergePair(ctx context.Context, scope need.Scope, l need.Library, id string, stays need.EntryID) error {
	return s.decidePair(ctx, scope, l, id, "merged", func(tx pgx.Tx, p pair) error {
		goes := p.other
		switch stays {
		case p.one:
		case p.other:
			goes = p.one
		default:
			return need.Errorf(need.Invalid, "pair_stays", "%s is none of pair %s", stays, id)
		}
		if _, err := tx.Exec(ctx, `SELECT FROM `+tableOf(l).name+` WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE`, plain([]need.EntryID{stays, goes})); err != nil {
			return fmt.Errorf("lock pair %s: %w", id, err)
		}
		winner, err := storedEntry(ctx, tx, l, stays)
		if err != nil {
			return err
		}
		loser, err := storedEntry(ctx, tx, l, goes)
		if err != nil {
			return err
		}
		return s.merge(ctx, tx, scope, &winner, &loser)
	})
}

func (s *Store) merge(ctx context.Context, tx pgx.Tx, scope need.Scope, winner, loser *need.Entry) error {
	for _, e := range []*need.Entry{winner, loser} {
		if err := owned(scope, e); err != nil {
			return err
		}
		if e.Archived != nil {
			return need.Errorf(need.Conflict, "entry_archived", "%s is archived", e.ID)
		}
	}
	if err := noted(ctx, tx, loser.Code+" → "+winner.Code, ""); err != nil {
		return err
	}
	if err := s.archive(ctx, tx, loser, winner.ID); err != nil {
		return err
	}
	// The loser has given its credit code back by now: one centre has it once.
	if loser.Library == need.Organisations {
		if _, err := tx.Exec(ctx, `UPDATE organisations SET uscc = '' WHERE id = $1`, string(loser.ID)); err != nil {
			return fmt.Errorf("free the credit code of %s: %w", loser.ID, err)
		}
	}
	winner.Absorb(loser)
	if err := s.updateEntry(ctx, tx, winner, nil); err != nil {
		return err
	}
	return s.libraryChanged(ctx, tx, winner)
}

type pair struct{ one, other need.EntryID }

// decidePair locks an open pair, has act done and notes the decision. A pair
// that is decided is not found.
func (s *Store) decidePair(ctx context.Context, scope need.Scope, l need.Library, id, state string, act func(pgx.Tx, pair) error) error {
	if err := known("pair", id); err != nil {
		return err
	}
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		var p pair
		err := tx.QueryRow(ctx, `
			UPDATE library_pairs SET state = @state, decided_by = @by, decided_at = clock_timestamp()
			WHERE id = @id AND library = @library AND state = 'open' RETURNING one::text, other::text`,
			pgx.NamedArgs{"id": id, "library": string(l), "state": state, "by": string(scope.Actor)}).Scan(&p.one, &p.other)
		if err != nil {
			return found(err, "pair", id)
		}
		return act(tx, p)
	})
}

// Reminder says that records of a centre are to be confirmed.
type Reminder struct {
	Centre  need.CentrePath `db:"centre_path"`
	Library need.Library    `db:"library"`
	Records int             `db:"records"`
	Oldest  time.Time       `db:"oldest_at"` // when the first of them was last confirmed
	Since   time.Time       `db:"since"`
}

// Reminders returns those of the scope's centres, the oldest first.
func (s *Store) Reminders(ctx context.Context, scope need.Scope) ([]Reminder, error) {
	var list []Reminder
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT centre_path, library, records, oldest_at, since FROM library_reminders ORDER BY since, centre_path, library`)
		if err != nil {
			return fmt.Errorf("read reminders: %w", err)
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[Reminder])
		return err
	})
	return list, err
}

// Remind counts what is stale in each centre and library, and keeps what their
// people are reminded of.
func (s *Store) Remind(ctx context.Context) error {
	return s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		for _, l := range need.Libraries() {
			_, err := tx.Exec(ctx, `
				WITH stale AS (
					SELECT x.centre_path, count(*) AS records, min(x.confirmed_at) AS oldest_at FROM `+tableOf(l).name+` x
					WHERE x.archived_at IS NULL AND is_stale(x.confirmed_at, x.detail) GROUP BY x.centre_path
				), gone AS (
					DELETE FROM library_reminders r WHERE r.library = $1 AND NOT EXISTS (SELECT FROM stale WHERE stale.centre_path = r.centre_path)
				)
				INSERT INTO library_reminders (centre_path, library, records, oldest_at) SELECT centre_path, $1, records, oldest_at FROM stale
				ON CONFLICT (centre_path, library) DO UPDATE SET records = excluded.records, oldest_at = excluded.oldest_at`, string(l))
			if err != nil {
				return fmt.Errorf("remind of stale %s: %w", l, err)
			}
		}
		return nil
	})
}
