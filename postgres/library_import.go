package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// EntryRow is a row of a file with the record that it states, nil if it states
// none.
type EntryRow struct {
	ImportRow
	Put *need.Entry
}

// CommitEntries settles rows of an import into a library: their records, what is
// said of them and the progress, all or nothing. It writes what came of each row
// into it: "added", "updated", "unchanged" or, for a record that somebody has
// archived, "skipped".
func (s *Store) CommitEntries(ctx context.Context, l ImportLease, rows []EntryRow) error {
	if len(rows) == 0 {
		return nil
	}
	return s.holding(ctx, l, `done = @done, total = greatest(total, @done), tries = 0, updated_at = clock_timestamp()`,
		pgx.NamedArgs{"done": rows[len(rows)-1].Ordinal}, func(tx pgx.Tx) error {
			// What people have uploaded is theirs in the history.
			if _, err := tx.Exec(ctx, `SELECT set_config('app.import', $1, true), set_config('app.actor', (
				SELECT d.uploaded_by FROM imports i JOIN documents d ON d.id = i.document_id WHERE i.id = $2), true)`, l.Import, l.Import); err != nil {
				return fmt.Errorf("note whose records come: %w", err)
			}
			if err := s.putRows(ctx, tx, l.Centre, rows); err != nil {
				return err
			}
			b := &pgx.Batch{}
			for i := range rows {
				putImportRow(b, l.ImportJob, rows[i].ImportRow)
			}
			if err := tx.SendBatch(ctx, b).Close(); err != nil {
				return fmt.Errorf("settle rows: %w", err)
			}
			return nil
		})
}

// entryPage is how many records are put in one transaction.
const entryPage = 500

// PutEntries adds or updates records of the scope's own centre, page by page, and
// writes what came of each into its row, as CommitEntries does.
func (s *Store) PutEntries(ctx context.Context, scope need.Scope, l need.Library, rows []EntryRow) error {
	for page := range slices.Chunk(rows, entryPage) {
		err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
			if err := s.putRows(ctx, tx, scope.Path, page); err != nil {
				return err
			}
			return s.opt.Libraries.EnqueueLibrary(ctx, tx, LibraryJob{scope.Path, l})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// putRow adds or updates the record that a row states.
func (s *Store) putRow(ctx context.Context, tx pgx.Tx, r *EntryRow) error {
	old, before, err := s.sameEntry(ctx, tx, r.Put)
	id, said := old.ID, r.Put.Values
	if err == nil && old.MergedInto != "" {
		if old, err = s.lastOf(ctx, tx, old); err == nil {
			id, before, said = old.ID, having(r.Put.Values, old.Values), nil
		}
	}
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		r.Outcome = "added"
		id, err = s.insertEntry(ctx, tx, r.Put, r.Put.Values)
	case err != nil:
	case old.Archived != nil:
		r.Outcome, r.Reason = "skipped", "archived"
	case old.Take(before, r.Put):
		r.Outcome = "updated"
		err = s.updateEntry(ctx, tx, &old, said)
	default:
		r.Outcome = "unchanged"
		err = confirm(ctx, tx, &old, said)
	}
	if err != nil {
		return err
	}
	r.Entry = (*string)(&id)
	return nil
}

// putRows adds or updates the records that rows of one library state: those of
// which nothing is there yet together, the others one after the other.
func (s *Store) putRows(ctx context.Context, tx pgx.Tx, centre need.CentrePath, rows []EntryRow) error {
	var put []*EntryRow
	for i := range rows {
		if rows[i].Put != nil {
			rows[i].Put.Centre = centre
			put = append(put, &rows[i])
		}
	}
	if len(put) == 0 {
		return nil
	}
	known, err := knownRows(ctx, tx, put)
	if err != nil {
		return err
	}
	var fresh []*need.Entry
	var said []need.Values
	for i, r := range put {
		if !known[i] {
			fresh, said = append(fresh, r.Put), append(said, imported(r.Put.Values))
		}
	}
	if err := s.insertEntries(ctx, tx, fresh, said); err != nil {
		return err
	}
	for i, r := range put {
		if !known[i] {
			r.Outcome, r.Entry = "added", (*string)(&r.Put.ID)
		} else if err := s.putRow(ctx, tx, r); err != nil {
			return err
		}
	}
	return nil
}

// knownRows says of each row whether its record may be there already, or stands
// in another row too: sameEntry has to look.
func knownRows(ctx context.Context, tx pgx.Tx, put []*EntryRow) ([]bool, error) {
	l := put[0].Put.Library
	codes, usccs, names, orgs := make([]string, len(put)), make([]string, len(put)), make([]string, len(put)), make([]string, len(put))
	for i, r := range put {
		codes[i], names[i], orgs[i] = r.Put.Code, r.Put.Name(), r.Put.Values.Text(l.OrgField())
		if l == need.Organisations || l == need.Providers {
			usccs[i] = r.Put.Values.Text("uscc")
		}
	}
	key, uscc := `plain_key(g.name)`, `false`
	if l.OrgField() != "" {
		key += ` || '|' || plain_key(g.org)`
	}
	if l == need.Organisations || l == need.Providers {
		uscc = `(SELECT count(*) FROM ` + tableOf(l).name + ` x WHERE x.centre_path = @centre AND x.uscc = q.uscc AND q.uscc <> '') > 0`
	}
	// An import makes its table large while it runs. With EXISTS, or by the plan of
	// an earlier page, each page would read all of the table.
	rows, err := tx.Query(ctx, `
		WITH q AS MATERIALIZED (
			SELECT g.*, `+key+` AS key FROM unnest(@codes::text[], @usccs::text[], @names::text[], @orgs::text[]) WITH ORDINALITY g(code, uscc, name, org, i)
		)
		SELECT count(*) OVER (PARTITION BY q.key) > 1
			OR q.code <> '' AND count(*) OVER (PARTITION BY q.code) > 1
			OR q.uscc <> '' AND count(*) OVER (PARTITION BY q.uscc) > 1
			OR (SELECT count(*) FROM `+tableOf(l).name+` x WHERE x.centre_path = @centre AND x.code = q.code) > 0
			OR (SELECT count(*) FROM `+tableOf(l).name+` x WHERE x.centre_path = @centre AND x.match_key = q.key) > 0
			OR `+uscc+`
		FROM q ORDER BY q.i`,
		pgx.QueryExecModeCacheDescribe, pgx.NamedArgs{"centre": string(put[0].Put.Centre), "codes": codes, "usccs": usccs, "names": names, "orgs": orgs})
	if err != nil {
		return nil, fmt.Errorf("look which records are there: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowTo[bool])
}

// sameEntry finds and locks the record of its centre that a row speaks of, with
// what the last file said of it: by the code or the credit code, or else by name
// and owner, where the codes don't say that they are two. The error is
// pgx.ErrNoRows if there is none.
func (s *Store) sameEntry(ctx context.Context, tx pgx.Tx, put *need.Entry) (old need.Entry, before need.Values, err error) {
	t := tableOf(put.Library)
	uscc := `(false AND @uscc = '')`
	if put.Values.Given("uscc") && (put.Library == need.Organisations || put.Library == need.Providers) {
		uscc = `x.uscc = @uscc`
	}
	key := `plain_key(@name)`
	if put.Library.OrgField() != "" {
		key += ` || '|' || plain_key(@org)`
	}
	rows, err := tx.Query(ctx, `
		SELECT `+entryColumns+`, x.imported FROM `+t.name+` x WHERE x.centre_path = @centre AND (
			@code <> '' AND x.code = @code OR `+uscc+`
			OR x.match_key = `+key+` AND (@code = '' OR starts_with(x.code, @made)))
		ORDER BY x.code = @code DESC, `+uscc+` DESC, x.archived_at IS NULL DESC, x.id LIMIT 1 FOR UPDATE OF x`,
		pgx.NamedArgs{
			"centre": string(put.Centre), "code": put.Code, "uscc": put.Values.Text("uscc"), "made": need.MadeCode,
			"name": put.Name(), "org": put.Values.Text(put.Library.OrgField()),
		})
	if err != nil {
		return old, nil, fmt.Errorf("look for %s: %w", put.Name(), err)
	}
	old, err = pgx.CollectExactlyOneRow(rows, func(row pgx.CollectableRow) (need.Entry, error) {
		e := need.Entry{Library: put.Library}
		err := row.Scan(append(entryTargets(&e), &before)...)
		return e, err
	})
	return old, before, err
}

// having are the values of a file for which a record has some of its own: a file
// that speaks of a merged record only adds to the one in its place.
func having(file, own need.Values) need.Values {
	out := need.Values{}
	for key, v := range file {
		if own.Given(key) {
			out[key] = v
		}
	}
	return out
}

// longestChain of merges that is followed.
const longestChain = 10

// lastOf is the record that has taken a merged one's place in the end.
func (s *Store) lastOf(ctx context.Context, tx pgx.Tx, e need.Entry) (need.Entry, error) {
	for range longestChain {
		if e.MergedInto == "" {
			break
		}
		var err error
		if e, err = storedEntry(ctx, tx, e.Library, e.MergedInto); err != nil {
			return e, err
		}
	}
	return e, nil
}

// FinishEntries ends an import into a library all of whose rows are settled, and
// has the library looked after.
func (s *Store) FinishEntries(ctx context.Context, l ImportLease) error {
	return s.holding(ctx, l, `state = 'done', total = done, lease_until = NULL, updated_at = clock_timestamp()`, nil, func(tx pgx.Tx) error {
		if err := s.nextImport(ctx, tx, l); err != nil {
			return err
		}
		return s.opt.Libraries.EnqueueLibrary(ctx, tx, LibraryJob{l.Centre, l.Library})
	})
}
