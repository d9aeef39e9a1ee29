package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// EntryFilter narrows a list of records; zero fields narrow nothing.
type EntryFilter struct {
	Query  string // each of its words must stand in the record
	Chain  string
	Region string // a city; what is open to all regions is shown too
	Stage  string // of achievements
	Kind   string // of finance products, organisations and providers
	Org    string // part of a name
	State  EntryState
	Own    bool // of the scope's centres only, not what is shared with them
}

// EntryState says which records a list is about.
type EntryState string

// The states of records.
const (
	EntriesActive   EntryState = ""
	EntriesStale    EntryState = "stale" // active, and to be confirmed
	EntriesArchived EntryState = "archived"
)

// Entries lists the records of a library that the scope may read, the last
// changed first, and returns the cursor of the next page.
func (s *Store) Entries(ctx context.Context, scope need.Scope, l need.Library, f EntryFilter, p Page) ([]need.Entry, string, error) {
	from, err := p.start()
	if err != nil {
		return nil, "", err
	}
	where, args := f.where(tableOf(l))
	args["at"], args["id"], args["limit"] = from.at, from.id, p.limit()+1
	var list []need.Entry
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		from, err := f.shelf(ctx, tx, l, args)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, from.with+`
			SELECT `+entryColumns+` FROM `+from.table+`
			WHERE (x.updated_at, x.id) < (@at, @id::uuid) AND `+from.where+` AND `+where+`
			ORDER BY x.updated_at DESC, x.id DESC LIMIT @limit`, args)
		if err != nil {
			return fmt.Errorf("list %s: %w", l, err)
		}
		list, err = pgx.CollectRows(rows, scanEntry(l))
		return err
	})
	list, next := cut(list, p.limit(), func(e need.Entry) position { return position{e.Updated, string(e.ID)} })
	return list, next, err
}

// where is the condition that a filter, but for its words, puts on a row x.
func (f EntryFilter) where(t libraryTable) (string, pgx.NamedArgs) {
	args := pgx.NamedArgs{}
	var all []string
	add := func(given, name, condition string) {
		if given != "" {
			args[name] = given
			all = append(all, condition)
		}
	}
	add(f.Chain, "chain", t.chain)
	add(f.Region, "region", t.region)
	add(f.Stage, "stage", `to_jsonb(x) ->> 'stage' = @stage`)
	add(f.Kind, "kind", `(to_jsonb(x) ->> 'kind' = @kind OR to_jsonb(x) -> 'kinds' ? @kind)`)
	add(f.Org, "org", `position(plain_key(@org) IN plain_key(`+t.org+`)) > 0`)
	if f.Own {
		all = append(all, `in_scope(x.centre_path)`)
	}
	switch f.State {
	case EntriesArchived:
		all = append(all, `x.archived_at IS NOT NULL`)
	case EntriesStale:
		all = append(all, `x.archived_at IS NULL AND is_stale(x.confirmed_at, x.detail)`)
	default:
		all = append(all, `x.archived_at IS NULL`)
	}
	return strings.Join(all, " AND "), args
}

// Entry returns one record, NotFound if the scope may not read it.
func (s *Store) Entry(ctx context.Context, scope need.Scope, l need.Library, id need.EntryID) (need.Entry, error) {
	var e need.Entry
	if err := known("entry", id); err != nil {
		return e, err
	}
	err := s.InScope(ctx, scope, func(tx pgx.Tx) (err error) {
		e, err = storedEntry(ctx, tx, l, id)
		return err
	})
	return e, err
}

func storedEntry(ctx context.Context, tx pgx.Tx, l need.Library, id need.EntryID) (need.Entry, error) {
	return oneEntry(ctx, tx, l, `x.id = @id`, pgx.NamedArgs{"id": string(id)}, string(id))
}

func oneEntry(ctx context.Context, tx pgx.Tx, l need.Library, where string, args pgx.NamedArgs, called string) (need.Entry, error) {
	rows, err := tx.Query(ctx, `SELECT `+entryColumns+` FROM `+tableOf(l).name+` x WHERE `+where, args)
	if err != nil {
		return need.Entry{}, fmt.Errorf("read %s of %s: %w", called, l, err)
	}
	e, err := pgx.CollectExactlyOneRow(rows, scanEntry(l))
	return e, found(err, "entry", called)
}

// EntryCounts are how many records of each library the scope has of its own,
// and how many of them are stale.
type EntryCounts struct {
	Library need.Library
	Active  int
	Stale   int
	Pairs   int // that may be one record, not decided
}

// CountEntries counts the records of each library.
func (s *Store) CountEntries(ctx context.Context, scope need.Scope) ([]EntryCounts, error) {
	var list []EntryCounts
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		for _, l := range need.Libraries() {
			c := EntryCounts{Library: l}
			err := tx.QueryRow(ctx, `
				SELECT count(*), count(*) FILTER (WHERE is_stale(x.confirmed_at, x.detail)),
				       (SELECT count(*) FROM library_pairs p WHERE p.library = $1 AND p.state = 'open')
				FROM `+tableOf(l).name+` x WHERE in_scope(x.centre_path) AND x.archived_at IS NULL`, string(l)).Scan(&c.Active, &c.Stale, &c.Pairs)
			if err != nil {
				return fmt.Errorf("count %s: %w", l, err)
			}
			list = append(list, c)
		}
		return nil
	})
	return list, err
}

// owned returns nil if the scope may change a record that it may read.
func owned(scope need.Scope, e *need.Entry) error {
	if !strings.HasPrefix(string(e.Centre), string(scope.Path)) {
		return need.Errorf(need.Denied, "entry_foreign", "%s belongs to %s, above %s", e.ID, e.Centre, scope.Path)
	}
	return nil
}

// OrganisationNeed is a need of an organisation in the register.
type OrganisationNeed struct {
	ID     need.ID     `db:"id"`
	Title  string      `db:"title"`
	Status need.Status `db:"status"`
	Org    string      `db:"org"` // as it is called there
}

// OrganisationNeeds returns needs of an organisation by any of its names, the
// last changed first.
func (s *Store) OrganisationNeeds(ctx context.Context, scope need.Scope, id need.EntryID, limit int) ([]OrganisationNeed, error) {
	var list []OrganisationNeed
	if err := known("entry", id); err != nil {
		return nil, err
	}
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		if _, err := storedEntry(ctx, tx, need.Organisations, id); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `
			SELECT n.id::text AS id, n.title, n.status, COALESCE(NULLIF(c.org, ''), n.org) AS org
			FROM organisations o, needs n LEFT JOIN conversations c ON c.id = n.conversation_id
			WHERE o.id = $1 AND plain_key(COALESCE(NULLIF(c.org, ''), n.org)) = ANY (o.keys)
			ORDER BY n.updated_at DESC, n.id LIMIT $2`, string(id), limit)
		if err != nil {
			return fmt.Errorf("read the needs of organisation %s: %w", id, err)
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[OrganisationNeed])
		return err
	})
	return list, err
}

// NeedOrganisation returns the organisation in the register that has a need,
// false if none is called so.
func (s *Store) NeedOrganisation(ctx context.Context, scope need.Scope, id need.ID) (need.Entry, bool, error) {
	var e need.Entry
	if err := known("need", id); err != nil {
		return e, false, err
	}
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT `+entryColumns+` FROM needs n LEFT JOIN conversations c ON c.id = n.conversation_id
			JOIN organisations x ON plain_key(COALESCE(NULLIF(c.org, ''), n.org)) = ANY (x.keys)
			WHERE n.id = $1 AND x.archived_at IS NULL
			ORDER BY starts_with(n.centre_path, x.centre_path) DESC, length(x.centre_path) DESC, x.id LIMIT 1`, string(id))
		if err != nil {
			return fmt.Errorf("read the organisation of need %s: %w", id, err)
		}
		e, err = pgx.CollectExactlyOneRow(rows, scanEntry(need.Organisations))
		return err
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return e, false, nil
	}
	return e, err == nil, err
}
