package postgres

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// How needs that say something similar are looked for: by their rarest pairs
// of characters. Common ones stand in all needs.
const (
	rarest = 32
	kin    = 200 // needs of one organisation that are compared
	// nearRead is how many are looked at to show the most similar ones.
	nearRead = 60
)

// NearNeeds returns the print of a need and those of the needs in scope that
// share most of the rarest pairs of what it is about, at most limit of them,
// with those of its organisation before them. A need that has no print yet has
// none near.
func (s *Store) NearNeeds(ctx context.Context, scope need.Scope, id need.ID, limit int) (self *need.Print, near []*need.Print, err error) {
	if err := known("need", id); err != nil {
		return nil, nil, err
	}
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		self, err = printOf(ctx, tx, id)
		if err != nil || self == nil {
			return err
		}
		var pairs []int64
		for _, pair := range need.Pairs([]rune(self.Core)).Unique() {
			pairs = append(pairs, int64(pair))
		}
		rows, err := tx.Query(ctx, `
			WITH rare AS MATERIALIZED (
				SELECT pair FROM need_pairs WHERE pair = ANY (@pairs) GROUP BY pair HAVING sum(total) > 1 ORDER BY sum(total), pair LIMIT @rarest
			), hits AS MATERIALIZED (
				SELECT u.no, count(*) AS shared FROM need_pairs JOIN rare USING (pair), unnest(needs) u(no) GROUP BY u.no ORDER BY shared DESC, u.no LIMIT @limit
			)
			(SELECT `+printColumns+` FROM need_prints p JOIN needs n ON n.id = p.need_id
			 WHERE p.org = @org AND @org <> '' AND p.need_id <> @id AND `+comparableNeeds+` LIMIT @kin)
			UNION ALL
			(SELECT `+printColumns+` FROM hits h JOIN need_prints p ON p.no = h.no JOIN needs n ON n.id = p.need_id
			 WHERE p.need_id <> @id AND (p.org <> @org OR @org = '') AND `+comparableNeeds+` ORDER BY h.shared DESC, h.no)`,
			pgx.NamedArgs{"pairs": pairs, "rarest": rarest, "limit": limit, "org": self.Org, "id": string(id), "kin": kin})
		if err != nil {
			return fmt.Errorf("look for needs near %s: %w", id, err)
		}
		near, err = pgx.CollectRows(rows, scanPrint)
		return err
	})
	return self, near, err
}

// printOf returns the print of a need that is in scope, nil if it has none yet.
func printOf(ctx context.Context, tx pgx.Tx, id need.ID) (*need.Print, error) {
	if _, err := centreOfNeed(ctx, tx, id); err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, `SELECT `+printColumns+` FROM need_prints p WHERE p.need_id = $1`, string(id))
	if err != nil {
		return nil, fmt.Errorf("read the print of need %s: %w", id, err)
	}
	list, err := pgx.CollectRows(rows, scanPrint)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// centreOfNeed returns whose a need is, NotFound if the scope has none such.
func centreOfNeed(ctx context.Context, tx pgx.Tx, id need.ID) (need.CentrePath, error) {
	var centre need.CentrePath
	err := tx.QueryRow(ctx, `SELECT centre_path FROM needs WHERE id = $1`, string(id)).Scan(&centre)
	return centre, found(err, "need", id)
}

// Similar is a need that asks for something similar as another one.
type Similar struct {
	Need     Need
	Likeness float64
	Figures  float64
	SameOrg  bool
	Twin     bool // they are probably one
}

// leastSimilar is the likeness from which people see what two needs have in
// common.
const leastSimilar = 0.12

// SimilarNeeds returns the needs of the scope that are most like this one, at
// most limit of them.
func (s *Store) SimilarNeeds(ctx context.Context, scope need.Scope, id need.ID, limit int) ([]Similar, error) {
	self, near, err := s.NearNeeds(ctx, scope, id, nearRead)
	if err != nil || self == nil {
		return nil, err
	}
	var list []Similar
	for _, other := range near {
		t, twin := need.TwinOf(self, other)
		likeness := need.Pairs([]rune(self.Core)).Likeness(need.Pairs([]rune(other.Core)))
		if likeness >= leastSimilar {
			list = append(list, Similar{
				Need: Need{ID: other.ID}, Likeness: likeness, Figures: need.Agreement(self.Figures, other.Figures), SameOrg: t.SameOrg, Twin: twin,
			})
		}
	}
	slices.SortStableFunc(list, func(a, b Similar) int { return cmp.Compare(b.Likeness, a.Likeness) })
	list = list[:min(limit, len(list))]
	ids := make([]need.ID, len(list))
	for i, l := range list {
		ids[i] = l.Need.ID
	}
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		byID, err := needsByID(ctx, tx, ids)
		for i := range list {
			list[i].Need = byID[list[i].Need.ID]
		}
		return err
	})
	return slices.DeleteFunc(list, func(l Similar) bool { return l.Need.ID == "" }), err // erased meanwhile
}
