package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// printedAtOnce is how many records get their words listed in one transaction.
const printedAtOnce = 4000

// unlisted are records x whose words are not listed as they are now. Whatever
// changes what a record says takes compared_at from it, of which an index knows.
const unlisted = `x.compared_at IS NULL AND NOT EXISTS (SELECT FROM library_prints p WHERE p.entry_id = x.id AND p.version = x.version AND p.shared = x.shared)`

// ListWords lists the words of the records of a library, in all centres, that
// have changed. Until then they are found without.
func (s *Store) ListWords(ctx context.Context, l need.Library) error {
	for {
		n := 0
		err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) (err error) {
			if err := lockedWords(ctx, tx); err != nil {
				return err
			}
			n, err = listWords(ctx, tx, l)
			return err
		})
		if err != nil || n < printedAtOnce {
			return err
		}
	}
}

// listWords lists the words of a page of records and returns their number.
func listWords(ctx context.Context, tx pgx.Tx, l need.Library) (int, error) {
	rows, err := tx.Query(ctx, `
		WITH page AS MATERIALIZED (
			SELECT x.id, x.centre_path, x.shared, x.version, x.search FROM `+tableOf(l).name+` x WHERE `+unlisted+` LIMIT $2
		), put AS (
			INSERT INTO library_prints AS p (entry_id, library, centre_path, shared, version)
			SELECT id, $1, centre_path, shared, version FROM page
			ON CONFLICT (entry_id) DO UPDATE SET shared = excluded.shared, version = excluded.version
			RETURNING entry_id, no, xmax <> 0 AS again
		)
		SELECT put.no, put.again, page.centre_path, page.shared, page.search FROM page JOIN put ON put.entry_id = page.id ORDER BY put.no`,
		string(l), printedAtOnce)
	if err != nil {
		return 0, fmt.Errorf("read the words of %s: %w", l, err)
	}
	type shelf struct {
		centre        string
		shared, again bool
	}
	lists := map[shelf]*tokenLists{}
	var no int32
	var at shelf
	var text string
	n := 0
	_, err = pgx.ForEachRow(rows, []any{&no, &at.again, &at.centre, &at.shared, &text}, func() error {
		if lists[at] == nil {
			lists[at] = &tokenLists{}
		}
		for _, token := range need.Tokens(text) {
			lists[at].add(no, token)
		}
		n++
		return nil
	})
	if err != nil {
		return n, fmt.Errorf("read the words of %s: %w", l, err)
	}
	for at, list := range lists {
		come := `excluded.entries`
		if at.again { // some of its tokens are listed
			come = `(SELECT COALESCE(array_agg(no), '{}') FROM unnest(excluded.entries) no WHERE no <> ALL (w.entries))`
		}
		_, err := tx.Exec(ctx, `
			INSERT INTO library_tokens AS w (library, token, segment, centre_path, shared, entries)
			SELECT $1, token, segment, $2, $3, array_agg(no) FROM unnest($4::bigint[], $5::int[], $6::int[]) u(token, segment, no) GROUP BY 2, 3 ORDER BY 2, 3
			ON CONFLICT (library, token, segment, centre_path, shared)
			DO UPDATE SET entries = w.entries || `+come,
			string(l), at.centre, at.shared, list.tokens, list.segments, list.entries)
		if err != nil {
			return n, fmt.Errorf("list the words of %s: %w", l, err)
		}
	}
	return n, nil
}

// tokenLists are tokens with the records that hold them, as columns.
type tokenLists struct {
	tokens            []int64
	segments, entries []int32
}

func (t *tokenLists) add(no int32, token int64) {
	t.tokens, t.segments, t.entries = append(t.tokens, token), append(t.segments, no/segment), append(t.entries, no)
}
