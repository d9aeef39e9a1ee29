package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Erase deletes a conversation and all that came of it: messages, events,
// needs, their vectors and matches, and what was to be sent. A turn that runs
// finds nothing to commit to.
func (s *Store) Erase(ctx context.Context, scope need.Scope, id need.ConversationID) error {
	if err := known("conversation", id); err != nil {
		return err
	}
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		// Vectors name objects of several kinds, so no foreign key removes them.
		_, err := tx.Exec(ctx, `
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
	if err != nil {
		return fmt.Errorf("erase conversation %s: %w", id, err)
	}
	s.Notify(ctx, id)
	return nil
}
