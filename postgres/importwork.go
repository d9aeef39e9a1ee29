package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// ImportLease is the right to work on an import. It ends by itself; the fence
// tells a later one apart.
type ImportLease struct {
	ImportJob
	Fence    int64
	Tries    int // claims since the last page, this one included
	State    ImportState
	Library  need.Library // that it goes into, "" for needs
	Document string
	Mapping  json.RawMessage
	Done     int // rows that are settled already
}

func (j ImportJob) scope() need.Scope { return need.Scope{Path: j.Centre, Actor: need.System} }

// ClaimImport takes the lease of an import that has something to do. It reports
// false if it has not, if another worker has the lease, or if another import of
// the centre is making its rows: whoever ends that one has this one go on.
func (s *Store) ClaimImport(ctx context.Context, j ImportJob, d time.Duration) (ImportLease, bool, error) {
	l := ImportLease{ImportJob: j}
	err := s.InScope(ctx, j.scope(), func(tx pgx.Tx) error {
		if err := takeTurns(ctx, tx, j.Centre); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `
			UPDATE imports SET fence = fence + 1, tries = tries + 1, lease_until = clock_timestamp() + @lease::interval
			WHERE id = @id AND state IN ('reading', 'running') AND (lease_until IS NULL OR lease_until < clock_timestamp())
			  AND (state = 'reading' OR NOT EXISTS (`+othersRun+`))
			RETURNING fence, tries, state, library, document_id::text, mapping, done`,
			pgx.NamedArgs{"id": j.Import, "lease": d}).Scan(&l.Fence, &l.Tries, &l.State, &l.Library, &l.Document, &l.Mapping, &l.Done)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return l, false, nil
	}
	if err != nil {
		return l, false, fmt.Errorf("claim import %s: %w", j.Import, err)
	}
	return l, true, nil
}

// RenewImport makes a lease end later; a Conflict error says that it is lost.
func (s *Store) RenewImport(ctx context.Context, l ImportLease, d time.Duration) error {
	return s.holding(ctx, l, `lease_until = clock_timestamp() + @lease::interval`, pgx.NamedArgs{"lease": d}, nil)
}

// ReadyImport keeps what was guessed of a file.
func (s *Store) ReadyImport(ctx context.Context, l ImportLease, mapping json.RawMessage, fingerprint string, total int) error {
	return s.holding(ctx, l, `
		state = 'ready', mapping = @mapping, fingerprint = @fingerprint, total = @total, tries = 0, lease_until = NULL,
		updated_at = clock_timestamp()`,
		pgx.NamedArgs{"mapping": mapping, "fingerprint": fingerprint, "total": total}, nil)
}

// FailImport ends an import whose file cannot be read.
func (s *Store) FailImport(ctx context.Context, l ImportLease, code string) error {
	return s.holding(ctx, l, `state = 'failed', problem = @code, lease_until = NULL, updated_at = clock_timestamp()`,
		pgx.NamedArgs{"code": code}, nil)
}

// FinishImport ends an import all of whose rows are settled.
func (s *Store) FinishImport(ctx context.Context, l ImportLease) error {
	return s.holding(ctx, l, `state = 'done', total = done, lease_until = NULL, updated_at = clock_timestamp()`, nil,
		func(tx pgx.Tx) error { return s.nextImport(ctx, tx, l) })
}

// GiveImportBack ends a lease without a page; a lost one is no error.
func (s *Store) GiveImportBack(ctx context.Context, l ImportLease) error {
	if err := s.holding(ctx, l, `lease_until = NULL`, nil, nil); err != nil && !LeaseLost(err) {
		return err
	}
	return nil
}

// NewNeed is a need to be, by its events.
type NewNeed struct {
	ID     need.ID
	Org    string
	Events []need.Event
}

// SettledRow is a row with the need that was made of it, or that follows it;
// nil if there is none.
type SettledRow struct {
	ImportRow
	Make      *NewNeed
	Following *Following
}

// CommitRows settles rows of an import: their needs, what is said of them and
// the progress, all or nothing; what came of a row that a need follows is written
// into it. A row that is settled already makes the whole
// fail, so that none can be made twice.
func (s *Store) CommitRows(ctx context.Context, l ImportLease, rows []SettledRow) error {
	if len(rows) == 0 {
		return nil
	}
	return s.holding(ctx, l, `done = @done, total = greatest(total, @done), tries = 0, updated_at = clock_timestamp()`,
		pgx.NamedArgs{"done": rows[len(rows)-1].Ordinal}, func(tx pgx.Tx) error {
			b := &pgx.Batch{}
			for i := range rows {
				if rows[i].Following != nil {
					if err := sendRows(ctx, tx, b); err != nil { // the need may be of this page
						return err
					}
					b = &pgx.Batch{}
					if err := s.follow(ctx, tx, l, &rows[i]); err != nil {
						return err
					}
				}
				if err := settleRow(b, l, rows[i]); err != nil {
					return err
				}
			}
			return sendRows(ctx, tx, b)
		})
}

func sendRows(ctx context.Context, tx pgx.Tx, b *pgx.Batch) error {
	if err := tx.SendBatch(ctx, b).Close(); err != nil {
		return fmt.Errorf("settle rows: %w", err)
	}
	return nil
}

// settleRow adds one row, with its need, to a batch.
func settleRow(b *pgx.Batch, l ImportLease, r SettledRow) error {
	if m := r.Make; m != nil {
		if err := appendEvents(b, l.Centre, "", m.Events); err != nil {
			return err
		}
		if err := putNeed(b, l.Centre, "", m.Org, need.Fold(m.ID, m.Events)); err != nil {
			return err
		}
	}
	putImportRow(b, l.ImportJob, r.ImportRow)
	return nil
}

func putImportRow(b *pgx.Batch, j ImportJob, r ImportRow) {
	issues, cells, facts := r.Issues, r.Cells, r.Facts
	if issues == nil {
		issues = []RowIssue{}
	}
	if cells == nil {
		cells = []Cell{}
	}
	if facts == nil {
		facts = map[string]Cell{}
	}
	b.Queue(`
		INSERT INTO import_rows (import_id, ordinal, centre_path, sheet, number, outcome, reason, title, need_id, entry_id, issues, cells, facts)
		VALUES (@import, @ordinal, @centre, @sheet, @number, @outcome, @reason, @title, @need::uuid, @entry::uuid, @issues, @cells, @facts)`, pgx.NamedArgs{
		"import": j.Import, "ordinal": r.Ordinal, "centre": string(j.Centre), "sheet": r.Sheet, "number": r.Number,
		"outcome": r.Outcome, "reason": r.Reason, "title": r.Title, "need": r.Need, "entry": r.Entry, "issues": issues, "cells": cells, "facts": facts,
	})
}

// KeepReading keeps what is written in a file that a contact has sent, so that
// evidence can be looked up. Reading it again changes nothing.
func (s *Store) KeepReading(ctx context.Context, t Turn, document string, rows []ImportRow) error {
	id, err := newID()
	if err != nil {
		return err
	}
	return s.InScope(ctx, t.scope(), func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			INSERT INTO imports (id, centre_path, document_id, state, done, total) VALUES ($1, $2, $3, 'done', $4, $4)
			ON CONFLICT (document_id, library) DO NOTHING`, id, string(t.Centre), document, len(rows))
		if err != nil {
			return fmt.Errorf("keep what was read of %s: %w", document, err)
		}
		if tag.RowsAffected() == 0 {
			return nil
		}
		b := &pgx.Batch{}
		for _, r := range rows {
			putImportRow(b, ImportJob{Centre: t.Centre, Import: id}, r)
		}
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return fmt.Errorf("keep what was read of %s: %w", document, err)
		}
		return nil
	})
}

// holding changes an import if the lease still holds, together with what fn
// does.
func (s *Store) holding(ctx context.Context, l ImportLease, set string, args pgx.NamedArgs, fn func(pgx.Tx) error) error {
	if args == nil {
		args = pgx.NamedArgs{}
	}
	args["id"], args["fence"] = l.Import, l.Fence
	return s.InScope(ctx, l.scope(), func(tx pgx.Tx) error {
		if err := heldTurn(ctx, tx, l); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, `UPDATE imports SET `+set+` WHERE id = @id AND fence = @fence AND state IN ('reading', 'running')`, args)
		if err != nil {
			return fmt.Errorf("change import %s: %w", l.Import, err)
		}
		if tag.RowsAffected() == 0 {
			return need.Errorf(need.Conflict, "lease_lost", "import %s: fence %d has been overtaken", l.Import, l.Fence)
		}
		if fn == nil {
			return nil
		}
		return fn(tx)
	})
}

// Overrides returns the corrections that a centre made to files with these
// headers.
func (s *Store) Overrides(ctx context.Context, j ImportJob, fingerprint string) (map[string]string, error) {
	kept := map[string]string{}
	err := s.InScope(ctx, j.scope(), func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `SELECT overrides FROM import_mappings WHERE centre_path = $1 AND fingerprint = $2`,
			string(j.Centre), fingerprint).Scan(&kept)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the corrections of %s: %w", j.Centre, err)
	}
	return kept, nil
}

// NeedOrg says whose a need is.
type NeedOrg struct {
	ID  need.ID `db:"id"`
	Org string  `db:"org"`
}

// NeedOrgs returns whose each need of a centre is, oldest need first.
func (s *Store) NeedOrgs(ctx context.Context, j ImportJob) ([]NeedOrg, error) {
	var list []NeedOrg
	err := s.InScope(ctx, j.scope(), func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT n.id, COALESCE(NULLIF(c.org, ''), n.org) AS org FROM needs n LEFT JOIN conversations c ON c.id = n.conversation_id
			WHERE n.centre_path = $1 ORDER BY n.created_at, n.id`, string(j.Centre))
		if err != nil {
			return fmt.Errorf("read the organisations of %s: %w", j.Centre, err)
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[NeedOrg])
		return err
	})
	return list, err
}

// NeedSource is a need as it stands, and the row that it was made of.
type NeedSource struct {
	ID     need.ID         `db:"id"`
	Record json.RawMessage `db:"record"`
	Cells  []Cell          `db:"cells"` // nil if no import made it
}

// NeedSources returns what these needs say.
func (s *Store) NeedSources(ctx context.Context, j ImportJob, ids []need.ID) ([]NeedSource, error) {
	var list []NeedSource
	err := s.InScope(ctx, j.scope(), func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT n.id, n.record, (
				SELECT r.cells FROM import_rows r WHERE r.need_id = n.id AND r.outcome IN ('need', 'updated', 'unchanged')
				ORDER BY r.outcome = 'need' DESC, r.ordinal DESC LIMIT 1) AS cells
			FROM needs n WHERE n.id = ANY ($1::uuid[]) ORDER BY n.created_at, n.id`, plain(ids))
		if err != nil {
			return fmt.Errorf("read needs to compare: %w", err)
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[NeedSource])
		return err
	})
	return list, err
}

// OverdueImports finds imports whose worker has died.
func (s *Store) OverdueImports(ctx context.Context, age time.Duration, limit int) ([]ImportJob, error) {
	var list []ImportJob
	err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT centre_path, id::text FROM imports
			WHERE state IN ('reading', 'running') AND COALESCE(lease_until, updated_at + @age::interval) < clock_timestamp()
			ORDER BY updated_at LIMIT @limit`, pgx.NamedArgs{"age": age, "limit": limit})
		if err != nil {
			return fmt.Errorf("look for imports left: %w", err)
		}
		list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (j ImportJob, err error) {
			err = row.Scan(&j.Centre, &j.Import)
			return j, err
		})
		return err
	})
	return list, err
}
