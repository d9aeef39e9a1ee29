package postgres

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// TwinState is what became of a pair of needs that are probably one.
type TwinState string

// The states of a pair.
const (
	TwinOpen       TwinState = "open"
	TwinMerged     TwinState = "merged"
	TwinSuperseded TwinState = "superseded"
	TwinApart      TwinState = "apart" // a broker has looked: they are two
)

// Twin is a pair of needs as it is stored, with both sides as lists show them.
type Twin struct {
	need.Twin

	State TwinState
	Found time.Time
	Sides [2]Need // A, B
}

// lowestAbove is the lowest centre above two needs, a and b.
const lowestAbove = `(SELECT c.centre_path FROM centres c WHERE starts_with(a.centre_path, c.centre_path) AND starts_with(b.centre_path, c.centre_path)
	ORDER BY length(c.centre_path) DESC LIMIT 1)`

// PutTwins stores pairs that were found, once or from both sides, and forgets open ones of the needs in
// of (all if it is nil) that were not found again. What brokers have decided
// stays.
func (s *Store) PutTwins(ctx context.Context, of []need.ID, list []need.Twin) error {
	return s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		var a, b, kinds []string
		var likeness, figures []float64
		var same []bool
		for _, t := range list {
			a, b, kinds = append(a, string(t.A)), append(b, string(t.B)), append(kinds, string(t.Kind))
			likeness, figures, same = append(likeness, t.Likeness), append(figures, t.Figures), append(same, t.SameOrg)
		}
		args := pgx.NamedArgs{
			"all": of == nil, "of": plain(of), "a": texts(a), "b": texts(b), "kinds": texts(kinds),
			"likeness": likeness, "figures": figures, "same": same,
		}
		_, err := tx.Exec(ctx, `
			DELETE FROM need_twins t WHERE t.state = 'open' AND (@all OR t.need_id = ANY (@of::uuid[]) OR t.other_id = ANY (@of::uuid[]))
			AND NOT EXISTS (SELECT FROM unnest(@a::uuid[], @b::uuid[]) f(a, b) WHERE f.a = t.need_id AND f.b = t.other_id)`, args)
		if err != nil {
			return fmt.Errorf("forget pairs of needs: %w", err)
		}
		_, err = tx.Exec(ctx, `
			INSERT INTO need_twins AS t (need_id, other_id, centre_path, kind, likeness, figures, same_org)
			SELECT DISTINCT ON (a.id, b.id) a.id, b.id, `+lowestAbove+`, f.kind, f.likeness, f.figures, f.same
			FROM unnest(@a::uuid[], @b::uuid[], @kinds::text[], @likeness::float8[], @figures::float8[], @same::bool[]) f(a, b, kind, likeness, figures, same)
			JOIN needs a ON a.id = f.a JOIN needs b ON b.id = f.b
			WHERE a.status NOT IN (`+aside+`) AND b.status NOT IN (`+aside+`)
			ON CONFLICT (need_id, other_id) DO UPDATE SET
				kind = excluded.kind, likeness = excluded.likeness, figures = excluded.figures, same_org = excluded.same_org`, args)
		if err != nil {
			return fmt.Errorf("put %d pairs of needs: %w", len(list), err)
		}
		return nil
	})
}

// Twins lists the open pairs of needs, newest first; of the pairs of one need
// all, whatever became of them, if id is not "". It returns the cursor of the
// next page.
func (s *Store) Twins(ctx context.Context, scope need.Scope, id need.ID, p Page) ([]Twin, string, error) {
	if id != "" {
		if err := known("need", id); err != nil {
			return nil, "", err
		}
	}
	from, err := p.start()
	if err != nil {
		return nil, "", err
	}
	var list []Twin
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		if id != "" {
			if _, err := centreOfNeed(ctx, tx, id); err != nil {
				return err
			}
		}
		rows, err := tx.Query(ctx, `
			SELECT t.need_id::text, t.other_id::text, t.kind, t.likeness, t.figures, t.same_org, t.state, t.found_at
			FROM need_twins t
			WHERE (@id = '' AND t.state = 'open' OR @id <> '' AND (t.need_id = NULLIF(@id, '')::uuid OR t.other_id = NULLIF(@id, '')::uuid))
			  AND (t.found_at, t.need_id) < (@at, @after::uuid)
			ORDER BY t.found_at DESC, t.need_id DESC LIMIT @limit`,
			pgx.NamedArgs{"id": string(id), "at": from.at, "after": from.id, "limit": p.limit() + 1})
		if err != nil {
			return fmt.Errorf("list pairs of needs: %w", err)
		}
		list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (t Twin, err error) {
			err = row.Scan(&t.A, &t.B, &t.Kind, &t.Likeness, &t.Figures, &t.SameOrg, &t.State, &t.Found)
			return t, err
		})
		if err != nil {
			return err
		}
		return withSides(ctx, tx, list)
	})
	if err != nil {
		return nil, "", err
	}
	list, next := cut(list, p.limit(), func(t Twin) position { return position{t.Found, string(t.A)} })
	return list, next, nil
}

func withSides(ctx context.Context, tx pgx.Tx, list []Twin) error {
	var ids []need.ID
	for _, t := range list {
		ids = append(ids, t.A, t.B)
	}
	sides, err := needsByID(ctx, tx, ids)
	if err != nil {
		return err
	}
	for i, t := range list {
		list[i].Sides = [2]Need{sides[t.A], sides[t.B]}
	}
	return nil
}

// needsByID returns needs as lists show them.
func needsByID(ctx context.Context, tx pgx.Tx, ids []need.ID) (map[need.ID]Need, error) {
	rows, err := tx.Query(ctx, `
		SELECT `+needColumns+`, NULL::jsonb AS record FROM needs n LEFT JOIN conversations c ON c.id = n.conversation_id
		WHERE n.id = ANY ($1::uuid[])`, plain(ids))
	if err != nil {
		return nil, fmt.Errorf("read needs: %w", err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[Need])
	if err != nil {
		return nil, fmt.Errorf("read needs: %w", err)
	}
	byID := make(map[need.ID]Need, len(list))
	for _, n := range list {
		byID[n.ID] = n
	}
	return byID, nil
}

// SetApart notes that the actor of the scope holds two needs to be two. NotFound
// if the scope does not see such a pair.
func (s *Store) SetApart(ctx context.Context, scope need.Scope, a, b need.ID) error {
	return s.InScope(ctx, scope, func(tx pgx.Tx) error { return settleTwin(ctx, tx, scope, a, b, TwinApart) })
}

// settleTwin notes what became of a pair that may or may not have been found
// by itself; only TwinApart needs one that was.
func settleTwin(ctx context.Context, tx pgx.Tx, scope need.Scope, a, b need.ID, state TwinState) error {
	if err := cmp.Or(known("need", a), known("need", b)); err != nil {
		return err
	}
	if a > b {
		a, b = b, a
	}
	tag, err := tx.Exec(ctx, `
		UPDATE need_twins SET state = $3, decided_by = $4, decided_at = clock_timestamp()
		WHERE need_id = $1 AND other_id = $2`, string(a), string(b), string(state), string(scope.Actor))
	if err != nil {
		return fmt.Errorf("settle needs %s and %s: %w", a, b, err)
	}
	if tag.RowsAffected() == 0 && state == TwinApart {
		return need.Errorf(need.NotFound, "twin_unknown", "needs %s and %s are no pair", a, b)
	}
	return nil
}
