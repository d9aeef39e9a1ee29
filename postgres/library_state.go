package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// ConfirmEntry notes that a record still holds.
func (s *Store) ConfirmEntry(ctx context.Context, scope need.Scope, l need.Library, id need.EntryID) (need.Entry, error) {
	return s.lockedEntry(ctx, scope, l, id, "", func(tx pgx.Tx, e *need.Entry) error {
		if e.Archived != nil {
			return need.Errorf(need.Conflict, "entry_archived", "%s is archived", id)
		}
		return confirm(ctx, tx, e, nil)
	})
}

// confirm notes that a record still holds; said is what a file says of it, nil
// if none does.
func confirm(ctx context.Context, tx pgx.Tx, e *need.Entry, said need.Values) error {
	_, err := tx.Exec(ctx, `UPDATE `+tableOf(e.Library).name+`
		SET confirmed_at = clock_timestamp(), confirmed_by = current_setting('app.actor'), imported = COALESCE($2::jsonb, imported)
		WHERE id = $1`, string(e.ID), said)
	if err != nil {
		return fmt.Errorf("confirm %s: %w", e.ID, err)
	}
	return nil
}

// ArchiveEntry takes a record out of lists and searches; its history stays. It
// may be archived already.
func (s *Store) ArchiveEntry(ctx context.Context, scope need.Scope, l need.Library, id need.EntryID, note string) (need.Entry, error) {
	return s.lockedEntry(ctx, scope, l, id, note, func(tx pgx.Tx, e *need.Entry) error {
		if e.Archived != nil {
			return nil
		}
		return s.archive(ctx, tx, e, "")
	})
}

// archive takes a record out; into is the one that takes its place, "" for none.
// What it is searched by goes with it.
func (s *Store) archive(ctx context.Context, tx pgx.Tx, e *need.Entry, into need.EntryID) error {
	t := tableOf(e.Library)
	set := ""
	if t.lexemes {
		set = ", lexemes = ''"
	}
	_, err := tx.Exec(ctx, `UPDATE `+t.name+` SET archived_at = clock_timestamp(), updated_at = clock_timestamp(),
		merged_into = NULLIF($2, '')::uuid`+set+` WHERE id = $1`, string(e.ID), string(into))
	if err != nil {
		return fmt.Errorf("archive %s: %w", e.ID, err)
	}
	b := &pgx.Batch{}
	b.Queue(`DELETE FROM vectors WHERE object_kind = $1 AND object_id = $2`, vectorKind(e.Library), string(e.ID))
	b.Queue(`DELETE FROM library_bands WHERE entry_id = $1`, string(e.ID))
	b.Queue(`DELETE FROM library_pairs WHERE state = 'open' AND $1 IN (one, other)`, string(e.ID))
	if err := tx.SendBatch(ctx, b).Close(); err != nil {
		return fmt.Errorf("forget what %s is found by: %w", e.ID, err)
	}
	return s.libraryChanged(ctx, tx, e)
}

// RestoreEntry brings an archived record back.
func (s *Store) RestoreEntry(ctx context.Context, scope need.Scope, l need.Library, id need.EntryID) (need.Entry, error) {
	return s.lockedEntry(ctx, scope, l, id, "", func(tx pgx.Tx, e *need.Entry) error {
		if e.Archived == nil {
			return nil
		}
		if _, err := tx.Exec(ctx, `UPDATE `+tableOf(l).name+` SET archived_at = NULL, merged_into = NULL, compared_at = NULL WHERE id = $1`,
			string(id)); err != nil {
			return fmt.Errorf("restore %s: %w", id, err)
		}
		if err := s.updateEntry(ctx, tx, e, nil); err != nil { // with what it is searched by
			return err
		}
		return s.libraryChanged(ctx, tx, e)
	})
}

// EntryEvent is something that was done to a record.
type EntryEvent struct {
	Seq     int64           `db:"seq"`
	Entry   need.EntryID    `db:"entry_id"`
	Version int             `db:"version"`
	Kind    string          `db:"kind"`
	Changes json.RawMessage `db:"changes"` // list of {key, from, to}
	Actor   need.Actor      `db:"actor"`
	Name    string          `db:"name"` // of the user who did it, "" for others
	Note    string          `db:"note"`
	Import  *string         `db:"import_id"`
	At      time.Time       `db:"at"`
}

// EntryHistory returns what was done to a record and to those that were merged
// into it, newest first, before the event of this number (0 for the newest).
func (s *Store) EntryHistory(ctx context.Context, scope need.Scope, l need.Library, id need.EntryID, before int64, limit int) ([]EntryEvent, bool, error) {
	if err := known("entry", id); err != nil {
		return nil, false, err
	}
	var list []EntryEvent
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		if _, err := storedEntry(ctx, tx, l, id); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `
			WITH RECURSIVE all_of AS (
				SELECT id FROM `+tableOf(l).name+` WHERE id = @id
				UNION SELECT x.id FROM `+tableOf(l).name+` x JOIN all_of ON x.merged_into = all_of.id)
			SELECT e.seq, e.entry_id::text, e.version, e.kind, e.changes, e.actor, COALESCE(u.name, '') AS name, e.note, e.import_id::text, e.at
			FROM library_events e LEFT JOIN users u ON 'broker:' || u.id::text = e.actor
			WHERE e.entry_id IN (SELECT id FROM all_of) AND (@before = 0 OR e.seq < @before)
			ORDER BY e.seq DESC LIMIT @limit`, pgx.NamedArgs{"id": string(id), "before": before, "limit": limit + 1})
		if err != nil {
			return fmt.Errorf("read the history of %s: %w", id, err)
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[EntryEvent])
		return err
	})
	if len(list) > limit {
		return list[:limit], true, err
	}
	return list, false, err
}
