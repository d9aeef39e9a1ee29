package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Erase deletes a conversation and all that came of it: messages, events,
// needs, their vectors and matches, and what was to be sent. A turn that runs
// finds nothing to commit to. Turns and jobs lock the same rows, some of them
// child first, others parent first: where the server ends a deadlock at the cost
// of the erasure, it is done anew.
func (s *Store) Erase(ctx context.Context, scope need.Scope, id need.ConversationID) error {
	if err := known("conversation", id); err != nil {
		return err
	}
	err := s.erase(ctx, scope, id)
	for tries := 1; tries < eraseTries && need.CodeOf(err) == "database_race"; tries++ {
		err = s.erase(ctx, scope, id)
	}
	if err != nil {
		return fmt.Errorf("erase conversation %s: %w", id, err)
	}
	s.Notify(ctx, id)
	return nil
}

// eraseTries is how often an erasure is tried against what runs beside it.
const eraseTries = 5

func (s *Store) erase(ctx context.Context, scope need.Scope, id need.ConversationID) error {
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		// Jobs lock a need before its vectors and matches, so it is locked first here too.
		_, err := tx.Exec(ctx, `SELECT FROM needs WHERE conversation_id = $1 ORDER BY id FOR UPDATE`, string(id))
		if err != nil {
			return fmt.Errorf("lock needs: %w", err)
		}
		// Vectors name objects of several kinds, so no foreign key removes them.
		_, err = tx.Exec(ctx, `
			DELETE FROM vectors v USING needs n
			WHERE n.conversation_id = $1 AND v.object_kind = 'need' AND v.object_id = n.id`, string(id))
		if err != nil {
			return fmt.Errorf("delete vectors: %w", err)
		}
		tag, err := tx.Exec(ctx, `DELETE FROM conversations WHERE id = $1`, string(id))
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return need.Errorf(need.NotFound, "conversation_unknown", "conversation %s is not there", id)
		}
		return nil
	})
}
