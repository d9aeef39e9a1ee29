package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// segment is how many needs one list of need_pairs covers.
const segment = 16384

// printLock keeps replicas from printing needs at once: their lists would wait
// for each other in any order.
const printLock = 7421004

// Unprinted is a need that has changed since it was printed.
type Unprinted struct {
	ID     need.ID         `db:"id"`
	Centre need.CentrePath `db:"centre_path"`
	Org    string          `db:"org"`
	Type   string          `db:"type"`
	Record json.RawMessage `db:"record"`
}

// An interview changes a need with each answer; it is printed in the pauses.
const unprinted = `need_unprinted u JOIN needs n ON n.id = u.need_id AND (n.status <> 'interviewing' OR u.changed_at < clock_timestamp() - interval '30 seconds')`

// AnyUnprinted reports whether some need has changed since it was printed.
func (s *Store) AnyUnprinted(ctx context.Context) (any bool, err error) {
	err = s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM `+unprinted+`)`).Scan(&any)
	})
	if err != nil {
		return false, fmt.Errorf("look for needs to print: %w", err)
	}
	return any, nil
}

// UnprintedNeeds returns needs that have changed since they were printed, at
// most limit of them, those that have waited longest first.
func (s *Store) UnprintedNeeds(ctx context.Context, limit int) ([]Unprinted, error) {
	var list []Unprinted
	err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT n.id, n.centre_path, COALESCE(NULLIF(c.org, ''), n.org) AS org,
				COALESCE(n.record #>> '{fields,need_type,value}', '') AS type, n.record
			FROM `+unprinted+` LEFT JOIN conversations c ON c.id = n.conversation_id
			ORDER BY u.changed_at LIMIT $1`, limit)
		if err != nil {
			return fmt.Errorf("read needs to print: %w", err)
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[Unprinted])
		return err
	})
	return list, err
}

// PutPrints stores what needs are compared and searched by, in place of what
// was there. One that has changed meanwhile stays unprinted.
func (s *Store) PutPrints(ctx context.Context, list []need.Print, types map[need.ID]string) error {
	return s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock($1)`, printLock); err != nil {
			return fmt.Errorf("wait for other prints: %w", err)
		}
		before, err := pairsBefore(ctx, tx, list)
		if err != nil {
			return err
		}
		b, changes := &pgx.Batch{}, map[need.CentrePath]*pairChange{}
		for _, p := range list {
			b.Queue(`
				INSERT INTO need_prints (need_id, centre_path, version, org, said, core, figures)
				SELECT n.id, n.centre_path, @version, @org, @said, @core, @figures FROM needs n WHERE n.id = @id
				ON CONFLICT (need_id) DO UPDATE SET version = excluded.version, org = excluded.org, said = excluded.said, core = excluded.core, figures = excluded.figures
				RETURNING no, centre_path`, pgx.NamedArgs{"id": string(p.ID), "version": p.Version, "org": p.Org, "said": p.Said, "core": p.Core, "figures": texts(p.Figures)}).
				QueryRow(func(row pgx.Row) error {
					var no int32
					var centre need.CentrePath
					if err := row.Scan(&no, &centre); err != nil {
						return found(err, "need", p.ID)
					}
					if changes[centre] == nil {
						changes[centre] = &pairChange{}
					}
					changes[centre].add(no, before[p.ID], saidPairs(p.Said))
					return nil
				})
			b.Queue(`UPDATE needs SET need_type = $2 WHERE id = $1 AND need_type <> $2`, string(p.ID), types[p.ID])
			b.Queue(`DELETE FROM need_unprinted u USING needs n WHERE u.need_id = $1 AND n.id = u.need_id AND n.version = $2`, string(p.ID), p.Version)
		}
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return fmt.Errorf("put %d prints: %w", len(list), err)
		}
		for centre, c := range changes {
			if err := c.write(ctx, tx, centre); err != nil {
				return err
			}
		}
		return nil
	})
}

// saidPairs are the pairs of what a need says, so that each of its characters
// begins one.
func saidPairs(said string) need.Gist { return need.Pairs([]rune(said + "\n")).Unique() }

// pairsBefore are the pairs of the prints that are to be replaced.
func pairsBefore(ctx context.Context, tx pgx.Tx, list []need.Print) (map[need.ID]need.Gist, error) {
	ids := make([]string, len(list))
	for i, p := range list {
		ids[i] = string(p.ID)
	}
	rows, err := tx.Query(ctx, `SELECT need_id::text, said FROM need_prints WHERE need_id = ANY ($1::uuid[])`, ids)
	if err != nil {
		return nil, fmt.Errorf("read the prints before: %w", err)
	}
	before := map[need.ID]need.Gist{}
	var id need.ID
	var said string
	_, err = pgx.ForEachRow(rows, []any{&id, &said}, func() error {
		before[id] = saidPairs(said)
		return nil
	})
	return before, err
}

// pairChange is what prints do to the lists of one centre, as columns.
type pairChange struct {
	gone, come postings
}

type postings struct {
	pairs    []int64
	segments []int32
	needs    []int32
}

func (p *postings) add(no int32, pair uint32) {
	p.pairs, p.needs = append(p.pairs, int64(pair)), append(p.needs, no)
	p.segments = append(p.segments, no/segment)
}

// add compares two sorted sets of pairs.
func (c *pairChange) add(no int32, before, after need.Gist) {
	for _, pair := range before {
		if _, kept := slices.BinarySearch(after, pair); !kept {
			c.gone.add(no, pair)
		}
	}
	for _, pair := range after {
		if _, had := slices.BinarySearch(before, pair); !had {
			c.come.add(no, pair)
		}
	}
}

func (c *pairChange) write(ctx context.Context, tx pgx.Tx, centre need.CentrePath) error {
	_, err := tx.Exec(ctx, `
		UPDATE need_pairs w SET needs = (SELECT COALESCE(array_agg(no), '{}') FROM unnest(w.needs) no WHERE no <> ALL (g.needs))
		FROM (SELECT pair, segment, array_agg(no) AS needs FROM unnest($2::bigint[], $3::int[], $4::int[]) u(pair, segment, no) GROUP BY 1, 2) g
		WHERE w.pair = g.pair AND w.segment = g.segment AND w.centre_path = $1`,
		string(centre), c.gone.pairs, c.gone.segments, c.gone.needs)
	if err != nil {
		return fmt.Errorf("take pairs of %s out: %w", centre, err)
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO need_pairs AS w (pair, segment, centre_path, needs)
		SELECT pair, segment, $1, array_agg(no) FROM unnest($2::bigint[], $3::int[], $4::int[]) u(pair, segment, no) GROUP BY 1, 2
		ON CONFLICT (pair, segment, centre_path) DO UPDATE SET needs = w.needs || excluded.needs`,
		string(centre), c.come.pairs, c.come.segments, c.come.needs)
	if err != nil {
		return fmt.Errorf("put pairs of %s in: %w", centre, err)
	}
	return nil
}

const printColumns = `p.need_id::text, p.centre_path, p.org, p.said, p.core, p.figures`

func scanPrint(row pgx.CollectableRow) (*need.Print, error) {
	p := &need.Print{}
	err := row.Scan(&p.ID, &p.Centre, &p.Org, &p.Said, &p.Core, &p.Figures)
	return p, err
}

// aside are the statuses of needs that are compared with none: they are being
// asked for, or another one stands in their place.
const aside = `'interviewing', 'merged', 'superseded'`

const comparableNeeds = `n.status NOT IN (` + aside + `)`

// Prints returns the prints of all needs that can be compared.
func (s *Store) Prints(ctx context.Context) ([]*need.Print, error) {
	var list []*need.Print
	err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT `+printColumns+` FROM need_prints p JOIN needs n ON n.id = p.need_id WHERE `+comparableNeeds)
		if err != nil {
			return fmt.Errorf("read prints: %w", err)
		}
		list, err = pgx.CollectRows(rows, scanPrint)
		return err
	})
	return list, err
}
