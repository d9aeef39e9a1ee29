package postgres

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// ReopenImport has an import that is over looked at once more: its mapping can
// be corrected, and when it runs again each row meets what came of it before.
// The rows of needs stay, below all ordinals, until new ones take their place:
// evidence points into them.
func (s *Store) ReopenImport(ctx context.Context, scope need.Scope, id string) (Import, error) {
	return s.changeImport(ctx, scope, id, func(tx pgx.Tx, i Import) error {
		switch {
		case i.State == ImportReady:
			return nil // asked twice
		case i.Mapping == nil || i.State != ImportDone && i.State != ImportCancelled:
			return need.Errorf(need.Conflict, "import_state", "import %s is %s", id, i.State)
		}
		b := &pgx.Batch{}
		b.Queue(`DELETE FROM import_rows WHERE import_id = $1 AND ordinal > 0 AND (need_id IS NULL OR outcome = 'duplicate' AND NOT `+filled+`)`, id)
		b.Queue(`
			UPDATE import_rows SET ordinal = (SELECT least(min(ordinal), 0) FROM import_rows WHERE import_id = $1) - ordinal
			WHERE import_id = $1 AND ordinal > 0`, id)
		b.Queue(`UPDATE imports SET state = 'ready', done = 0, tries = 0, lease_until = NULL, updated_at = clock_timestamp() WHERE id = $1`, id)
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return fmt.Errorf("reopen import %s: %w", id, err)
		}
		return nil
	})
}

// filled is true of a row from which a need took something.
const filled = `issues @> '[{"code": "filled"}]'`

// FormerRow is a row of an earlier run of an import, and the need that was made of it.
type FormerRow struct {
	Sheet  string  `db:"sheet"`
	Number int     `db:"number"`
	Cells  []Cell  `db:"cells"`
	Need   need.ID `db:"need_id"`
}

// FormerRows returns what an import made before it was reopened.
func (s *Store) FormerRows(ctx context.Context, j ImportJob) ([]FormerRow, error) {
	var list []FormerRow
	err := s.InScope(ctx, j.scope(), func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT sheet, number, cells, need_id FROM import_rows WHERE import_id = $1 AND ordinal < 0 AND need_id IS NOT NULL AND outcome <> 'duplicate'
			ORDER BY ordinal DESC`, j.Import)
		if err != nil {
			return fmt.Errorf("read the former rows of import %s: %w", j.Import, err)
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[FormerRow])
		return err
	})
	return list, err
}

// Following is what a need that is there already takes from a row.
type Following struct {
	Need   need.ID
	Org    string
	Own    bool // the need was made of this row
	Follow func(n *need.Need, past []need.Event) []need.Event
}

// follow has a need follow a row, and writes what came of it into the row.
func (s *Store) follow(ctx context.Context, tx pgx.Tx, l ImportLease, r *SettledRow) error {
	f := r.Following
	stored, err := storedNeed(ctx, tx, f.Need)
	if err != nil {
		return err
	}
	if err := s.lockNeed(ctx, tx, stored); err != nil {
		return err
	}
	past, err := events(ctx, tx, `need_id = $1`, string(f.Need))
	if err != nil {
		return err
	}
	n := need.Fold(f.Need, past)
	list := f.Follow(n, past)
	moves := f.Org != "" && f.Org != stored.Org && stored.Conversation == nil && (f.Own || stored.Org == "")
	if f.Own {
		r.Outcome = "unchanged"
		if _, err := tx.Exec(ctx, `DELETE FROM import_rows WHERE import_id = $1 AND ordinal < 0 AND need_id = $2 AND outcome <> 'duplicate'`, l.Import, string(f.Need)); err != nil {
			return fmt.Errorf("replace a former row: %w", err)
		}
	}
	if len(list) == 0 && !moves {
		return nil
	}
	if f.Own {
		r.Outcome = "updated"
	}
	for _, e := range list {
		for _, at := range placesOf(e) {
			if issue := (RowIssue{Code: "filled", Place: at}); !slices.Contains(r.Issues, issue) {
				r.Issues = append(r.Issues, issue)
			}
		}
	}
	return s.storeFollowing(ctx, tx, stored, n, list, moves, f.Org)
}

func (s *Store) storeFollowing(ctx context.Context, tx pgx.Tx, stored Need, n *need.Need, list []need.Event, moves bool, org string) error {
	if moves {
		stored.Org = org
		if _, err := tx.Exec(ctx, `UPDATE needs SET org = $2 WHERE id = $1`, string(n.ID), org); err != nil {
			return fmt.Errorf("say whose need %s is: %w", n.ID, err)
		}
	}
	for _, e := range list {
		n.Apply(e)
	}
	var conversation need.ConversationID
	if stored.Conversation != nil {
		conversation = need.ConversationID(*stored.Conversation)
	}
	b := &pgx.Batch{}
	if err := appendEvents(b, stored.Centre, conversation, list); err != nil {
		return err
	}
	if err := putNeed(b, stored.Centre, conversation, stored.Org, n); err != nil {
		return err
	}
	if err := tx.SendBatch(ctx, b).Close(); err != nil {
		return fmt.Errorf("store what need %s takes from a row: %w", n.ID, err)
	}
	return nil
}

// placesOf are the parts of documents that an event rests on.
func placesOf(e need.Event) []string {
	var list []need.Evidence
	if e.Item != nil {
		list = append(list, e.Item.Evidence...)
	}
	if e.Row != nil {
		list = append(list, e.Row.Evidence...)
	}
	var places []string
	for _, ev := range list {
		if _, place, ok := strings.Cut(ev.Ref, "#"); ok {
			places = append(places, place)
		}
	}
	return places
}
