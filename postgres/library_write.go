package postgres

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// LibraryQueue is what the store asks of the job queue: to have a library looked
// after once the transaction commits, since some of its records have changed.
type LibraryQueue interface {
	EnqueueLibrary(ctx context.Context, tx pgx.Tx, job LibraryJob) error
}

// LibraryJob names a library of a centre that has changed.
type LibraryJob struct {
	Centre  need.CentrePath
	Library need.Library
}

// AddEntry adds a record to the scope's own centre. A code, or a credit code,
// that is there already is a Conflict error.
func (s *Store) AddEntry(ctx context.Context, scope need.Scope, e need.Entry) (need.Entry, error) {
	e.Centre = scope.Path
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		id, err := s.insertEntry(ctx, tx, &e, nil)
		if err != nil {
			return err
		}
		if e, err = storedEntry(ctx, tx, e.Library, id); err != nil {
			return err
		}
		return s.libraryChanged(ctx, tx, &e)
	})
	return e, err
}

// insertEntry writes a new record; said is what a file said of it, nil if it
// comes from no file.
func (s *Store) insertEntry(ctx context.Context, tx pgx.Tx, e *need.Entry, said need.Values) (need.EntryID, error) {
	err := s.insertEntries(ctx, tx, []*need.Entry{e}, []need.Values{imported(said)})
	return e.ID, err
}

// insertEntries writes new records of one library and centre in one statement
// and gives them their ids.
func (s *Store) insertEntries(ctx context.Context, tx pgx.Tx, list []*need.Entry, said []need.Values) error {
	if len(list) == 0 {
		return nil
	}
	t := tableOf(list[0].Library)
	var ids, codes, lexemes []string
	var shared []bool
	var records, details []json.RawMessage
	for _, e := range list {
		id, err := newID()
		if err != nil {
			return err
		}
		e.ID, e.Code = need.EntryID(id), cmp.Or(e.Code, madeCode(e))
		row, detail, err := t.stored(e)
		if err != nil {
			return err
		}
		ids, codes, shared = append(ids, id), append(codes, e.Code), append(shared, e.Shared)
		records, details = append(records, row), append(details, detail)
		lexemes = append(lexemes, strings.Join(s.lexemesOf(e), " ")) // none has a blank in it
	}
	column, words := "", ""
	if t.lexemes {
		column, words = ", lexemes", ", array_to_tsvector(string_to_array(q.lexemes, ' '))"
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO `+t.name+` (id, centre_path, code, shared, confirmed_by, imported, detail`+column+`, `+t.list("")+`)
		SELECT q.id, @centre, q.code, q.shared, current_setting('app.actor'), q.said, q.detail`+words+`, `+t.list("r.")+`
		FROM unnest(@ids::uuid[], @codes::text[], @shared::boolean[], @said::jsonb[], @details::jsonb[], @lexemes::text[], @records::jsonb[])
			q(id, code, shared, said, detail, lexemes, record), jsonb_populate_record(NULL::`+t.name+`, q.record) r`,
		pgx.NamedArgs{
			"centre": string(list[0].Centre), "ids": ids, "codes": codes, "shared": shared, "said": said, "details": details,
			"lexemes": lexemes, "records": records,
		})
	return takenOr(err, list[0])
}

// takenOr names what is there twice.
func takenOr(err error, e *need.Entry) error {
	switch {
	case err == nil:
		return nil
	case isCode(err, uniqueViolation) && strings.Contains(err.Error(), "organisations_uscc"):
		return need.Errorf(need.Conflict, "uscc_taken", "credit code of %s: %w", e.ID, err)
	case isCode(err, uniqueViolation):
		return need.Errorf(need.Conflict, "code_taken", "code %q of %s: %w", e.Code, e.Library, err)
	default:
		return fmt.Errorf("write %s of %s: %w", e.ID, e.Library, err)
	}
}

// madeCode is the code of a record that came without one: by what it is called,
// so that it can't be there twice.
func madeCode(e *need.Entry) string {
	sum := sha256.Sum256([]byte(e.Name() + "\x00" + e.Values.Text(e.Library.OrgField())))
	return need.MadeCode + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:])[:12]
}

func imported(said need.Values) need.Values {
	if said == nil {
		return need.Values{}
	}
	return said
}

func (s *Store) lexemesOf(e *need.Entry) []string {
	if e.Library != need.Achievements || s.opt.Lexemes == nil {
		return []string{}
	}
	return texts(s.opt.Lexemes(e))
}

// ChangeEntry lets change alter a record that was read at this version, and
// returns it anew; note says why, for the history. A newer version is a
// Conflict error.
func (s *Store) ChangeEntry(ctx context.Context, scope need.Scope, l need.Library, id need.EntryID, version int, note string,
	change func(*need.Entry) error,
) (need.Entry, error) {
	return s.lockedEntry(ctx, scope, l, id, note, func(tx pgx.Tx, e *need.Entry) error {
		if e.Version != version {
			return need.Errorf(need.Conflict, "version_stale", "%s is at version %d, not %d", id, e.Version, version)
		}
		if e.Archived != nil {
			return need.Errorf(need.Conflict, "entry_archived", "%s is archived", id)
		}
		if err := change(e); err != nil {
			return err
		}
		if err := s.updateEntry(ctx, tx, e, nil); err != nil {
			return err
		}
		return s.libraryChanged(ctx, tx, e)
	})
}

// lockedEntry locks a record that the scope may change, lets act work on it and
// returns it anew.
func (s *Store) lockedEntry(ctx context.Context, scope need.Scope, l need.Library, id need.EntryID, note string,
	act func(pgx.Tx, *need.Entry) error,
) (need.Entry, error) {
	var e need.Entry
	if err := known("entry", id); err != nil {
		return e, err
	}
	err := s.InScope(ctx, scope, func(tx pgx.Tx) (err error) {
		if err := noted(ctx, tx, note, ""); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `SELECT FROM `+tableOf(l).name+` WHERE id = $1 FOR UPDATE`, string(id)); err != nil {
			return fmt.Errorf("lock %s of %s: %w", id, l, err)
		}
		if e, err = storedEntry(ctx, tx, l, id); err != nil {
			return err
		}
		if err := owned(scope, &e); err != nil {
			return err
		}
		if err := act(tx, &e); err != nil {
			return err
		}
		e, err = storedEntry(ctx, tx, l, id)
		return err
	})
	return e, err
}

// noted tells the history of this transaction why records change, and the
// import that they come from.
func noted(ctx context.Context, tx pgx.Tx, note, imported string) error {
	if _, err := tx.Exec(ctx, `SELECT set_config('app.note', $1, true), set_config('app.import', $2, true)`, note, imported); err != nil {
		return fmt.Errorf("note why records change: %w", err)
	}
	return nil
}

// updateEntry writes what a record says now. A change by people or by a file
// confirms it; with said, that is what the file says from now on.
func (s *Store) updateEntry(ctx context.Context, tx pgx.Tx, e *need.Entry, said need.Values) error {
	t := tableOf(e.Library)
	row, detail, err := t.stored(e)
	if err != nil {
		return err
	}
	set := ""
	if t.lexemes {
		set = ", lexemes = array_to_tsvector(@lexemes)"
	}
	if said != nil {
		set += ", imported = @imported"
	}
	_, err = tx.Exec(ctx, `
		UPDATE `+t.name+` x SET code = @code, shared = @shared, detail = @detail, updated_at = clock_timestamp(), confirmed_at = clock_timestamp(),
			confirmed_by = current_setting('app.actor')`+set+`,
			(`+t.list("")+`) = (SELECT `+t.list("r.")+` FROM jsonb_populate_record(NULL::`+t.name+`, @row) r)
		WHERE x.id = @id`,
		pgx.NamedArgs{
			"id": string(e.ID), "code": e.Code, "shared": e.Shared, "detail": detail, "row": row, "lexemes": s.lexemesOf(e), "imported": said,
		})
	return takenOr(err, e)
}

// libraryChanged has the library looked after, and lets vectors be read by those
// who may read what they stand for.
func (s *Store) libraryChanged(ctx context.Context, tx pgx.Tx, e *need.Entry) error {
	if kind := vectorKind(e.Library); kind != "" {
		_, err := tx.Exec(ctx, `UPDATE vectors SET shared = $3 WHERE object_kind = $1 AND object_id = $2 AND shared <> $3`, kind, string(e.ID), e.Shared)
		if err != nil {
			return fmt.Errorf("share the vectors of %s: %w", e.ID, err)
		}
	}
	return s.opt.Libraries.EnqueueLibrary(ctx, tx, LibraryJob{e.Centre, e.Library})
}

// vectorKind is what vectors of a library are kept under, "" if it has none.
func vectorKind(l need.Library) string {
	switch l {
	case need.Achievements:
		return "achievement"
	case need.Experts:
		return "expert"
	default:
		return ""
	}
}
