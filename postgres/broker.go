package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// TakeOver makes the broker who acts in scope the one who answers. What the bot
// has decided and not sent is dropped, and a turn that runs is overtaken.
func (s *Store) TakeOver(ctx context.Context, scope need.Scope, id need.ConversationID) (Conversation, error) {
	return s.setOwner(ctx, scope, id, "broker")
}

// Release hands a conversation back to the bot, which answers what came in
// between.
func (s *Store) Release(ctx context.Context, scope need.Scope, id need.ConversationID) (Conversation, error) {
	return s.setOwner(ctx, scope, id, "bot")
}

// setOwner changes the owner; if the conversation has it already, nothing. The
// status follows as the fold of interview has it.
func (s *Store) setOwner(ctx context.Context, scope need.Scope, id need.ConversationID, owner string) (Conversation, error) {
	if err := known("conversation", id); err != nil {
		return Conversation{}, err
	}
	var c Conversation
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		t, err := s.overtake(ctx, tx, id)
		if err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, `
			UPDATE conversations SET
				owner = @owner, version = version + 1, updated_at = clock_timestamp(),
				status = CASE
					WHEN @owner = 'broker' AND status <> 'done' THEN 'handed_over'
					WHEN @owner = 'bot' AND status = 'handed_over' THEN 'interviewing'
					ELSE status END
			WHERE id = @id AND owner <> @owner`,
			pgx.NamedArgs{"id": string(id), "owner": owner})
		if err != nil {
			return fmt.Errorf("change the owner: %w", err)
		}
		if tag.RowsAffected() > 0 {
			changed := need.Event{Kind: need.OwnerChanged, At: time.Now(), By: scope.Actor, To: owner}
			b := &pgx.Batch{}
			if err := appendEvents(b, t.Centre, id, []need.Event{changed}); err != nil {
				return err
			}
			if err := tx.SendBatch(ctx, b).Close(); err != nil {
				return fmt.Errorf("record the new owner: %w", err)
			}
		}
		c, err = conversation(ctx, tx, id)
		return err
	})
	if err != nil {
		return c, fmt.Errorf("give conversation %s to the %s: %w", id, owner, err)
	}
	s.Notify(ctx, id)
	return c, nil
}

// BrokerSay writes a message to the contact for the broker who acts in scope.
// Unless a broker owns the conversation it returns Conflict, code
// "not_taken_over".
func (s *Store) BrokerSay(ctx context.Context, scope need.Scope, id need.ConversationID, text string) (Message, error) {
	if err := known("conversation", id); err != nil {
		return Message{}, err
	}
	raw, err := newID()
	if err != nil {
		return Message{}, err
	}
	message := need.MessageID(raw)
	var m Message
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		t, at, err := speak(ctx, tx, id)
		if err != nil {
			return err
		}
		b := &pgx.Batch{}
		sayAs(b, t, at, 0, message, "broker", Say{Text: text})
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return fmt.Errorf("store the message: %w", err)
		}
		if err := s.opt.Queue.EnqueueTurn(ctx, tx, t); err != nil {
			return err
		}
		m, err = oneMessage(ctx, tx, message)
		return err
	})
	if err != nil {
		return m, fmt.Errorf("say to conversation %s: %w", id, err)
	}
	s.Notify(ctx, id)
	return m, nil
}

// speak takes the next place in a conversation that a broker owns.
func speak(ctx context.Context, tx pgx.Tx, id need.ConversationID) (Turn, place, error) {
	t := Turn{Conversation: id}
	var at place
	var owner string
	err := tx.QueryRow(ctx, `
		UPDATE conversations SET turn = turn + 1, updated_at = clock_timestamp() WHERE id = $1
		RETURNING centre_path, owner, turn, version, channel, bot`, string(id)).
		Scan(&t.Centre, &owner, &at.turn, &at.version, &at.channel, &at.bot)
	if err := found(err, "conversation", id); err != nil {
		return t, at, err
	}
	if owner != "broker" {
		return t, at, need.Errorf(need.Conflict, "not_taken_over", "conversation %s belongs to the bot", id)
	}
	return t, at, nil
}

func oneMessage(ctx context.Context, tx pgx.Tx, id need.MessageID) (Message, error) {
	rows, err := tx.Query(ctx, `SELECT `+messageColumns+` FROM messages m WHERE m.id = $1`, string(id))
	if err != nil {
		return Message{}, fmt.Errorf("read message %s: %w", id, err)
	}
	m, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Message])
	return m, found(err, "message", id)
}

// overtake locks a conversation for somebody who writes events to it: a turn
// that runs on what stood before cannot commit any more, and is run again if
// there is something to read.
func (s *Store) overtake(ctx context.Context, tx pgx.Tx, id need.ConversationID) (Turn, error) {
	t := Turn{Conversation: id}
	var waits bool
	err := tx.QueryRow(ctx, `
		UPDATE conversations SET fence = fence + 1, lease_until = NULL, tries = 0 WHERE id = $1
		RETURNING centre_path, unread_since IS NOT NULL`, string(id)).Scan(&t.Centre, &waits)
	if errors.Is(err, pgx.ErrNoRows) {
		return t, found(err, "conversation", id)
	}
	if err != nil {
		return t, fmt.Errorf("overtake turns of %s: %w", id, err)
	}
	if !waits {
		return t, nil
	}
	return t, s.opt.Queue.EnqueueTurn(ctx, tx, t)
}
