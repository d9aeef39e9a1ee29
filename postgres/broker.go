package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Line is what a contact reads, in the language of the conversation.
type Line func(lang string) string

// TakeOver makes the broker who acts in scope the one who answers. What the bot
// has decided and not sent is dropped, and a turn that runs is overtaken. joined
// is said to the contact, once for each broker who comes.
func (s *Store) TakeOver(ctx context.Context, scope need.Scope, id need.ConversationID, joined Line) (Conversation, error) {
	return s.setOwner(ctx, scope, id, "broker", joined)
}

// Release hands a conversation back to the bot, which goes on where the broker
// has stopped. left is said to the contact.
func (s *Store) Release(ctx context.Context, scope need.Scope, id need.ConversationID, left Line) (Conversation, error) {
	return s.setOwner(ctx, scope, id, "bot", left)
}

// setOwner changes the owner; if the conversation has it already, nothing. The
// status follows as the fold of interview has it.
func (s *Store) setOwner(ctx context.Context, scope need.Scope, id need.ConversationID, owner string, line Line) (Conversation, error) {
	if err := known("conversation", id); err != nil {
		return Conversation{}, err
	}
	var c Conversation
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		t, err := s.overtake(ctx, tx, id)
		if err != nil {
			return err
		}
		at, changed, err := passTo(ctx, tx, id, owner, scope.Actor)
		switch {
		case errors.Is(err, pgx.ErrNoRows): // the same person asks again
		case err != nil:
			return fmt.Errorf("change the owner: %w", err)
		default:
			if err := s.announce(ctx, tx, t, at, changed, need.Event{Kind: need.OwnerChanged, At: time.Now(), By: scope.Actor, To: owner}, line); err != nil {
				return err
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

// passTo writes down who speaks from now on, and reports whether the owner is
// another one than before: a broker may also relieve a broker.
func passTo(ctx context.Context, tx pgx.Tx, id need.ConversationID, owner string, by need.Actor) (at place, changed bool, err error) {
	err = tx.QueryRow(ctx, `
		UPDATE conversations c SET
			owner = @owner, broker = CASE WHEN @owner = 'broker' THEN @actor END, turn = c.turn + 1, updated_at = clock_timestamp(),
			version = c.version + CASE WHEN was.owner <> @owner THEN 1 ELSE 0 END,
			status = CASE
				WHEN was.owner = @owner THEN c.status
				WHEN @owner = 'broker' AND c.status <> 'done' THEN 'handed_over'
				WHEN @owner = 'bot' AND c.status = 'handed_over' THEN 'interviewing'
				ELSE c.status END
		FROM (SELECT owner, broker FROM conversations WHERE id = @id) was
		WHERE c.id = @id AND (was.owner <> @owner OR @owner = 'broker' AND was.broker IS DISTINCT FROM @actor)
		RETURNING c.turn, c.version, c.channel, c.bot, c.lang, was.owner <> @owner`,
		pgx.NamedArgs{"id": string(id), "owner": owner, "actor": string(by)}).
		Scan(&at.turn, &at.version, &at.channel, &at.bot, &at.lang, &changed)
	return at, changed, err
}

// announce tells the contact who speaks from now on, and records a new owner. A
// turn then sends the line; where the bot is the new owner, it goes on.
func (s *Store) announce(ctx context.Context, tx pgx.Tx, t Turn, at place, changed bool, e need.Event, line Line) error {
	b := &pgx.Batch{}
	if err := say(b, t, at, []Say{{Text: line(at.lang), System: true}}); err != nil {
		return err
	}
	if changed {
		if err := appendEvents(b, t.Centre, t.Conversation, []need.Event{e}); err != nil {
			return err
		}
	}
	if err := tx.SendBatch(ctx, b).Close(); err != nil {
		return fmt.Errorf("record the new owner: %w", err)
	}
	if e.To == "bot" {
		return s.wake(ctx, tx, t)
	}
	return s.opt.Queue.EnqueueTurn(ctx, tx, t)
}

// wake has a turn run on what has happened, though no message has come.
func (s *Store) wake(ctx context.Context, tx pgx.Tx, t Turn) error {
	_, err := tx.Exec(ctx, `
		UPDATE conversations SET unread_since = COALESCE(unread_since, clock_timestamp()) WHERE id = $1`, string(t.Conversation))
	if err != nil {
		return fmt.Errorf("wake conversation %s: %w", t.Conversation, err)
	}
	return s.opt.Queue.EnqueueTurn(ctx, tx, t)
}

// BrokerSay writes a message to the contact for the broker who acts in scope,
// behind joined if it is this broker's first. Unless a broker owns the
// conversation it returns Conflict, code "not_taken_over".
func (s *Store) BrokerSay(ctx context.Context, scope need.Scope, id need.ConversationID, text string, joined Line) (Message, error) {
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
		t, at, first, err := speak(ctx, tx, id, scope.Actor)
		if err != nil {
			return err
		}
		b := &pgx.Batch{}
		if first {
			if err := say(b, t, at, []Say{{Text: joined(at.lang), System: true}}); err != nil {
				return err
			}
		}
		sayAs(b, t, at, 1, message, "broker", Say{Text: text})
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

// speak takes the next place in a conversation that a broker owns, and reports
// whether this one has not been announced.
func speak(ctx context.Context, tx pgx.Tx, id need.ConversationID, by need.Actor) (t Turn, at place, first bool, err error) {
	t.Conversation = id
	var owner string
	err = tx.QueryRow(ctx, `
		UPDATE conversations c SET turn = c.turn + 1, broker = @actor, updated_at = clock_timestamp()
		FROM (SELECT broker FROM conversations WHERE id = @id FOR UPDATE) was
		WHERE c.id = @id
		RETURNING c.centre_path, c.owner, c.turn, c.version, c.channel, c.bot, c.lang, was.broker IS DISTINCT FROM @actor`,
		pgx.NamedArgs{"id": string(id), "actor": string(by)}).
		Scan(&t.Centre, &owner, &at.turn, &at.version, &at.channel, &at.bot, &at.lang, &first)
	if err := found(err, "conversation", id); err != nil {
		return t, at, false, err
	}
	if owner != "broker" {
		return t, at, false, need.Errorf(need.Conflict, "not_taken_over", "conversation %s belongs to the bot", id)
	}
	return t, at, first, nil
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
