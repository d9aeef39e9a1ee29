package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// ImportQueue is what the store asks of the job queue: to have an import worked
// on once the transaction commits.
type ImportQueue interface {
	EnqueueImport(ctx context.Context, tx pgx.Tx, job ImportJob) error
}

// ImportJob names an import that has something to do.
type ImportJob struct {
	Centre need.CentrePath
	Import string
}

// ImportState says where an import stands.
type ImportState string

// The states of an import.
const (
	ImportReading   ImportState = "reading" // the file is read, and its columns are guessed
	ImportReady     ImportState = "ready"   // somebody looks at the mapping
	ImportRunning   ImportState = "running"
	ImportDone      ImportState = "done"
	ImportFailed    ImportState = "failed" // Problem says why
	ImportCancelled ImportState = "cancelled"
)

// Import is what is made of a document.
type Import struct {
	ID       string          `db:"id"`
	Centre   need.CentrePath `db:"centre_path"`
	Library  need.Library    `db:"library"` // that it goes into, "" for needs
	Document string          `db:"document_id"`
	Name     string          `db:"name"` // of the file
	Size     int64           `db:"size"`
	State    ImportState     `db:"state"`
	Mapping  json.RawMessage `db:"mapping"` // nil until the file is read, and in lists
	Done     int             `db:"done"`
	Total    int             `db:"total"`
	Problem  string          `db:"problem"`
	Needs    int             `db:"needs"` // rows by what came of them
	Added    int             `db:"added"`
	Changed  int             `db:"changed"`
	Same     int             `db:"same"`
	Repeats  int             `db:"repeats"`
	Skipped  int             `db:"skipped"`
	Failed   int             `db:"failed"`
	Created  time.Time       `db:"created_at"`
	Updated  time.Time       `db:"updated_at"`
}

const importColumns = `
	i.id::text AS id, i.centre_path, i.library, i.document_id::text AS document_id, d.name, d.size, i.state, i.done, i.total, i.problem,
	i.created_at, i.updated_at, k.needs, k.added, k.changed, k.same, k.repeats, k.skipped, k.failed`

const importTables = `
	imports i JOIN documents d ON d.id = i.document_id
	CROSS JOIN LATERAL (
		SELECT count(*) FILTER (WHERE outcome = 'need') AS needs, count(*) FILTER (WHERE outcome = 'duplicate') AS repeats,
		       count(*) FILTER (WHERE outcome = 'added') AS added, count(*) FILTER (WHERE outcome = 'updated') AS changed,
		       count(*) FILTER (WHERE outcome = 'unchanged') AS same,
		       count(*) FILTER (WHERE outcome = 'skipped') AS skipped, count(*) FILTER (WHERE outcome = 'failed') AS failed
		FROM import_rows r WHERE r.import_id = i.id AND r.ordinal > 0) k`

// Imports lists the imports of uploaded files, into one library or ("") into
// all and needs, newest first, and returns the cursor of the next page.
func (s *Store) Imports(ctx context.Context, scope need.Scope, into need.Library, p Page) ([]Import, string, error) {
	from, err := p.start()
	if err != nil {
		return nil, "", err
	}
	var list []Import
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT `+importColumns+`, NULL::jsonb AS mapping FROM `+importTables+`
			WHERE d.conversation_id IS NULL AND (i.created_at, i.id) < (@at, @id::uuid) AND @library IN ('', i.library)
			ORDER BY i.created_at DESC, i.id DESC LIMIT @limit`,
			pgx.NamedArgs{"library": string(into), "at": from.at, "id": from.id, "limit": p.limit() + 1})
		if err != nil {
			return fmt.Errorf("list imports: %w", err)
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[Import])
		return err
	})
	list, next := cut(list, p.limit(), func(i Import) position { return position{i.Created, i.ID} })
	return list, next, err
}

// Import returns one import, NotFound if the scope has none such.
func (s *Store) Import(ctx context.Context, scope need.Scope, id string) (Import, error) {
	var i Import
	if err := known("import", id); err != nil {
		return i, err
	}
	err := s.InScope(ctx, scope, func(tx pgx.Tx) (err error) {
		i, err = storedImport(ctx, tx, `i.id = $1`, id)
		return err
	})
	return i, err
}

func storedImport(ctx context.Context, tx pgx.Tx, where, id string, more ...any) (Import, error) {
	rows, err := tx.Query(ctx, `SELECT `+importColumns+`, i.mapping FROM `+importTables+` WHERE `+where, append([]any{id}, more...)...)
	if err != nil {
		return Import{}, fmt.Errorf("read import %s: %w", id, err)
	}
	i, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Import])
	return i, found(err, "import", id)
}

// ImportRow is one row of a file and what came of it.
type ImportRow struct {
	Ordinal int             `db:"ordinal"` // place among all rows of the file, from 1; below 0 for rows of an earlier run
	Sheet   string          `db:"sheet"`
	Number  int             `db:"number"`  // as people count; 0 for a form or a text
	Outcome string          `db:"outcome"` // need, added, updated, unchanged, duplicate, skipped or failed
	Reason  string          `db:"reason"`  // code, where nothing came of it
	Title   string          `db:"title"`
	Need    *string         `db:"need_id"`  // made of it, or the one that it repeats
	Entry   *string         `db:"entry_id"` // the record of a library that it speaks of
	Issues  []RowIssue      `db:"issues"`
	Cells   []Cell          `db:"cells"`
	Facts   map[string]Cell `db:"-"`
}

// RowIssue is something in a row that a broker should look at.
type RowIssue struct {
	Code  string `json:"code"`
	Place string `json:"place"`
	Text  string `json:"text"`
}

// RowFilter narrows a report; zero fields narrow nothing.
type RowFilter struct {
	Problems bool // only rows of which nothing came, or with issues
	After    int  // ordinal of the last row of the page before
	Limit    int  // 0 means 50
}

// ImportRows returns what came of the rows of an import, in the order of the
// file, and whether there are more.
func (s *Store) ImportRows(ctx context.Context, scope need.Scope, id string, f RowFilter) (list []ImportRow, more bool, err error) {
	if err := known("import", id); err != nil {
		return nil, false, err
	}
	limit := Page{Limit: f.Limit}.limit()
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		if _, err := storedImport(ctx, tx, `i.id = $1`, id); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `
			SELECT ordinal, sheet, number, outcome, reason, title, need_id::text AS need_id, entry_id::text AS entry_id, issues, cells FROM import_rows
			WHERE import_id = @id AND ordinal > @after AND (NOT @problems OR outcome IN ('skipped', 'failed') OR jsonb_path_exists(issues, '$[*] ? (@.code != "filled")'))
			ORDER BY ordinal LIMIT @limit`,
			pgx.NamedArgs{"id": id, "after": f.After, "problems": f.Problems, "limit": limit + 1})
		if err != nil {
			return fmt.Errorf("read the rows of import %s: %w", id, err)
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[ImportRow])
		return err
	})
	if len(list) > limit {
		return list[:limit], true, err
	}
	return list, false, err
}

// ChangeMapping lets change correct the mapping of an import that has not been
// run, and keeps the overrides for the next file with the same headers.
func (s *Store) ChangeMapping(ctx context.Context, scope need.Scope, id string,
	change func(mapping json.RawMessage) (changed json.RawMessage, overrides map[string]string, err error),
) (Import, error) {
	return s.changeImport(ctx, scope, id, func(tx pgx.Tx, i Import) error {
		if i.State != ImportReady {
			return need.Errorf(need.Conflict, "import_state", "import %s is %s: its mapping stands", id, i.State)
		}
		changed, overrides, err := change(i.Mapping)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE imports SET mapping = $2, updated_at = clock_timestamp() WHERE id = $1`, id, changed); err != nil {
			return fmt.Errorf("store the mapping: %w", err)
		}
		_, err = tx.Exec(ctx, `
			INSERT INTO import_mappings (centre_path, fingerprint, overrides)
			SELECT centre_path, fingerprint, @overrides FROM imports WHERE id = @id AND fingerprint <> ''
			ON CONFLICT (centre_path, fingerprint) DO UPDATE SET
				overrides = import_mappings.overrides || excluded.overrides, updated_at = clock_timestamp()`,
			pgx.NamedArgs{"id": id, "overrides": overrides})
		if err != nil {
			return fmt.Errorf("keep the corrections: %w", err)
		}
		return nil
	})
}

// RunImport has the rows of an import made into needs; one that was cancelled
// goes on where it stopped.
func (s *Store) RunImport(ctx context.Context, scope need.Scope, id string) (Import, error) {
	return s.changeImport(ctx, scope, id, func(tx pgx.Tx, i Import) error {
		switch i.State {
		case ImportRunning, ImportDone:
			return nil // asked twice
		case ImportReading, ImportFailed:
			return need.Errorf(need.Conflict, "import_state", "import %s is %s", id, i.State)
		}
		if i.Mapping == nil {
			return need.Errorf(need.Conflict, "import_state", "import %s was cancelled before it was read", id)
		}
		if _, err := tx.Exec(ctx, `UPDATE imports SET state = 'running', tries = 0, lease_until = NULL, updated_at = clock_timestamp() WHERE id = $1`, id); err != nil {
			return fmt.Errorf("run import %s: %w", id, err)
		}
		return s.opt.Imports.EnqueueImport(ctx, tx, ImportJob{Centre: i.Centre, Import: id})
	})
}

// CancelImport stops an import; what it has made stays.
func (s *Store) CancelImport(ctx context.Context, scope need.Scope, id string) (Import, error) {
	return s.changeImport(ctx, scope, id, func(tx pgx.Tx, i Import) error {
		switch i.State {
		case ImportDone, ImportFailed:
			return need.Errorf(need.Conflict, "import_state", "import %s is %s", id, i.State)
		case ImportCancelled:
			return nil
		}
		_, err := tx.Exec(ctx, `
			UPDATE imports SET state = 'cancelled', fence = fence + 1, lease_until = NULL, updated_at = clock_timestamp() WHERE id = $1`, id)
		if err != nil {
			return fmt.Errorf("cancel import %s: %w", id, err)
		}
		return nil
	})
}

// changeImport locks an import, lets change act on it and returns it anew.
func (s *Store) changeImport(ctx context.Context, scope need.Scope, id string, change func(pgx.Tx, Import) error) (Import, error) {
	var i Import
	if err := known("import", id); err != nil {
		return i, err
	}
	err := s.InScope(ctx, scope, func(tx pgx.Tx) (err error) {
		if _, err := tx.Exec(ctx, `SELECT FROM imports WHERE id = $1 FOR UPDATE`, id); err != nil {
			return fmt.Errorf("lock import %s: %w", id, err)
		}
		if i, err = storedImport(ctx, tx, `i.id = $1`, id); err != nil {
			return err
		}
		if err := change(tx, i); err != nil {
			return err
		}
		i, err = storedImport(ctx, tx, `i.id = $1`, id)
		return err
	})
	return i, err
}

// beginImport makes the import of a document and has the document read; it
// reports false if the document goes there already.
func (s *Store) beginImport(ctx context.Context, tx pgx.Tx, centre need.CentrePath, into need.Library, document string) (bool, error) {
	id, err := newID()
	if err != nil {
		return false, err
	}
	tag, err := tx.Exec(ctx, `INSERT INTO imports (id, centre_path, library, document_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		id, string(centre), string(into), document)
	if err != nil {
		return false, fmt.Errorf("begin the import of %s: %w", document, err)
	}
	if tag.RowsAffected() == 0 {
		return false, nil
	}
	return true, s.opt.Imports.EnqueueImport(ctx, tx, ImportJob{Centre: centre, Import: id})
}
