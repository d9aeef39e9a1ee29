package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Sending is a message that is being sent: its row is marked, and whoever
// holds it has to say how it went.
type Sending struct {
	ID      int64          `db:"id"`
	Attempt int            `db:"attempts"`
	Message need.MessageID `db:"message_id"`
	Channel string         `db:"channel"`
	Bot     string         `db:"bot"`
	Chat    string         `db:"chat"`
	Lang    string         `db:"lang"`
	Text    string         `db:"text"`
	Choices []Choice       `db:"choices"`
	Card    *Card          `db:"card"`
}

// Outcome is how a try to send ended.
type Outcome struct {
	Status  string        // "sent", "retry", "ambiguous" or "terminal"
	Receipt string        // the channel's id of the message, with "sent"
	After   time.Duration // how long to wait, with "retry"
	Error   string        // for brokers and operators; no secrets
}

// NextSend marks the oldest unsent message of a conversation as being sent and
// returns it; false if none is due, or an older one is still on its way. What
// the bot wrote before somebody else became owner is dropped here, at the last
// moment before sending.
func (s *Store) NextSend(ctx context.Context, t Turn) (Sending, bool, error) {
	var list []Sending
	err := s.InScope(ctx, t.scope(), func(tx pgx.Tx) error {
		id := pgx.NamedArgs{"id": string(t.Conversation)}
		if _, err := tx.Exec(ctx, dropOvertaken, id); err != nil {
			return fmt.Errorf("drop what was overtaken: %w", err)
		}
		rows, err := tx.Query(ctx, markNext, id)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[Sending])
		return err
	})
	if err != nil {
		return Sending{}, false, fmt.Errorf("next message to send in %s: %w", t.Conversation, err)
	}
	if len(list) == 0 {
		return Sending{}, false, nil
	}
	return list[0], true, nil
}

// dropOvertaken gives up what the bot wrote under another owner. What a broker
// wrote is sent whoever owns the conversation now.
const dropOvertaken = `
	UPDATE outbox o SET status = 'dropped', error = 'owner changed', updated_at = clock_timestamp()
	FROM conversations c, messages m
	WHERE o.conversation_id = @id AND o.status = 'pending'
	  AND c.id = o.conversation_id AND m.id = o.message_id
	  AND m.author = 'bot' AND o.owner_version <> c.version`

// markNext takes the first row that is not done, if it is due: messages of one
// chat are never sent at the same time or out of order.
const markNext = `
	WITH next AS (
		SELECT o.id FROM outbox o
		WHERE o.conversation_id = @id AND o.status IN ('pending', 'sending')
		ORDER BY o.turn, o.part LIMIT 1 FOR UPDATE
	)
	UPDATE outbox o SET status = 'sending', attempts = o.attempts + 1, updated_at = clock_timestamp()
	FROM next, conversations c, messages m
	WHERE o.id = next.id AND o.status = 'pending' AND o.next_at <= clock_timestamp()
	  AND c.id = o.conversation_id AND m.id = o.message_id
	  AND (m.author <> 'bot' OR o.owner_version = c.version)
	RETURNING o.id, o.attempts, o.message_id, c.channel, c.bot, c.chat, c.lang, m.text, m.choices, m.card`

// Sent records how a try ended. A try that was given up in between, because it
// took too long, is not revived.
func (s *Store) Sent(ctx context.Context, t Turn, m Sending, o Outcome) error {
	status := o.Status
	if status == "retry" {
		status = "pending"
	}
	err := s.InScope(ctx, t.scope(), func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			UPDATE outbox SET
				status = @status, error = left(@error, 500), updated_at = clock_timestamp(),
				next_at = clock_timestamp() + @after::interval
			WHERE id = @id AND attempts = @attempt AND status = 'sending'`,
			pgx.NamedArgs{"id": m.ID, "attempt": m.Attempt, "status": status, "error": o.Error, "after": o.After})
		if err != nil || tag.RowsAffected() == 0 || o.Receipt == "" {
			return err
		}
		// Our own messages have a space of external ids apart from the contact's.
		_, err = tx.Exec(ctx, `
			UPDATE messages m SET external_id = @external
			WHERE m.id = @message AND NOT EXISTS (
				SELECT FROM messages x WHERE x.channel = m.channel AND x.bot = m.bot AND x.external_id = @external)`,
			pgx.NamedArgs{"message": string(m.Message), "external": "out:" + m.Chat + ":" + o.Receipt})
		return err
	})
	if err != nil {
		return fmt.Errorf("record how message %s was sent: %w", m.Message, err)
	}
	return nil
}

// GiveUpSends marks messages whose sender has been silent for longer than d as
// ambiguous: it may have died before or after the message went out. It returns
// how many.
func (s *Store) GiveUpSends(ctx context.Context, d time.Duration) (int64, error) {
	var n int64
	err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			UPDATE outbox SET status = 'ambiguous', error = 'the sender was lost', updated_at = clock_timestamp()
			WHERE status = 'sending' AND updated_at < clock_timestamp() - $1::interval`, d)
		n = tag.RowsAffected()
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("give up lost sends: %w", err)
	}
	return n, nil
}

// Unsent returns conversations whose next message is due and that nobody has
// taken up for d.
func (s *Store) Unsent(ctx context.Context, d time.Duration, limit int) ([]Turn, error) {
	return s.turns(ctx, `
		SELECT o.centre_path, o.conversation_id FROM outbox o
		WHERE o.status = 'pending' AND o.next_at <= clock_timestamp() - $1::interval AND NOT EXISTS (
			SELECT FROM outbox b
			WHERE b.conversation_id = o.conversation_id AND b.status IN ('pending', 'sending')
			  AND (b.turn, b.part) < (o.turn, o.part))
		ORDER BY o.next_at LIMIT $2`, d, limit)
}

// Overdue returns conversations that have waited for longer than d for a turn
// that nobody runs: its worker, or the process that should have started one,
// is gone.
func (s *Store) Overdue(ctx context.Context, d time.Duration, limit int) ([]Turn, error) {
	return s.turns(ctx, `
		SELECT c.centre_path, c.id FROM conversations c
		WHERE c.unread_since < clock_timestamp() - $1::interval
		  AND (c.lease_until IS NULL OR c.lease_until < clock_timestamp())
		ORDER BY c.unread_since LIMIT $2`, d, limit)
}

func (s *Store) turns(ctx context.Context, sql string, d time.Duration, limit int) ([]Turn, error) {
	var list []Turn
	err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sql, d, limit)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Turn])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look for work that was left: %w", err)
	}
	return list, nil
}
