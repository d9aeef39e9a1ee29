package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// TurnResult is what a turn decided.
type TurnResult struct {
	Events   []need.Event
	Needs    []*need.Need // as they stand after Events; only those that changed
	Say      []Say
	Cursor   int64 // seq of the last message that the turn has read
	Status   string
	Owner    string // "bot" or "broker"
	Lang     string
	Progress Progress
	// Discard blanks what the contact has written so far: it has not agreed
	// that anything be kept.
	Discard bool
}

// Say is one message to the contact.
type Say struct {
	Text    string
	Asks    []need.Key
	Probe   bool
	Choices []Choice
	Card    *Card
	AI      bool
	System  bool // by the service: sent whoever owns the conversation
}

// CommitTurn stores all that a turn decided, or nothing: events, needs,
// messages with their outbox rows, the cursor and the state of the
// conversation; it ends the lease, enqueues the next turn if newer messages
// are there, and calls complete, which may end the job, in the same
// transaction. If the lease was lost it stores nothing and returns a Conflict
// error, code "lease_lost".
func (s *Store) CommitTurn(ctx context.Context, l Lease, r TurnResult, complete func(context.Context, pgx.Tx) error) error {
	err := s.InScope(ctx, l.scope(), func(tx pgx.Tx) error {
		at, err := advance(ctx, tx, l, r)
		if err != nil {
			return err
		}
		b := &pgx.Batch{}
		if err := appendEvents(b, l.Centre, l.Conversation, r.Events); err != nil {
			return err
		}
		for _, n := range r.Needs {
			if err := putNeed(b, l.Centre, l.Conversation, at.org, n); err != nil {
				return err
			}
		}
		if err := say(b, l.Turn, at, r.Say); err != nil {
			return err
		}
		if r.Discard {
			discard(b, l.Turn, r.Cursor)
		}
		if b.Len() > 0 {
			if err := tx.SendBatch(ctx, b).Close(); err != nil {
				return fmt.Errorf("store the turn: %w", err)
			}
		}
		if err := s.goOn(ctx, tx, l.Turn, r.Cursor); err != nil {
			return err
		}
		if complete == nil {
			return nil
		}
		return complete(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("commit turn of %s: %w", l.Conversation, err)
	}
	return nil
}

// place is where in a conversation messages are written.
type place struct {
	turn    int64
	version int64
	channel string
	bot     string
	org     string
	lang    string
}

// advance moves the conversation on, if l still holds. It takes the lock of
// the row, so that what follows sees all messages accepted before.
func advance(ctx context.Context, tx pgx.Tx, l Lease, r TurnResult) (place, error) {
	var at place
	err := tx.QueryRow(ctx, `
		UPDATE conversations SET
			cursor = greatest(cursor, @cursor), turn = turn + 1,
			status = @status, lang = @lang, progress = @progress,
			version = version + CASE WHEN owner <> @owner THEN 1 ELSE 0 END, owner = @owner,
			tries = 0, lease_until = NULL, unread_since = NULL, updated_at = clock_timestamp()
		WHERE id = @id AND fence = @fence
		RETURNING turn, version, channel, bot, org`,
		pgx.NamedArgs{
			"id": string(l.Conversation), "fence": l.Fence, "cursor": r.Cursor,
			"status": r.Status, "owner": r.Owner, "lang": r.Lang, "progress": r.Progress,
		}).Scan(&at.turn, &at.version, &at.channel, &at.bot, &at.org)
	if errors.Is(err, pgx.ErrNoRows) {
		return at, l.lost()
	}
	if err != nil {
		return at, fmt.Errorf("advance the conversation: %w", err)
	}
	return at, nil
}

// lastGuest is the seq after which the last guest has written, 0 for no guest.
const lastGuest = `SELECT COALESCE(max(since), 0) FROM guests WHERE conversation_id = @id`

// discard blanks the contact's words and name, and throws files away; of a
// conversation that a guest came into, what was written from then on.
func discard(b *pgx.Batch, t Turn, cursor int64) {
	args := pgx.NamedArgs{"id": string(t.Conversation), "cursor": cursor}
	b.Queue(`
		DELETE FROM documents WHERE conversation_id = @id AND id IN (
			SELECT m.document_id FROM messages m
			WHERE m.conversation_id = @id AND m.author = 'contact' AND m.seq <= @cursor AND m.seq > (`+lastGuest+`))`, args)
	b.Queue(`
		UPDATE messages SET text = '', choice = NULL
		WHERE conversation_id = @id AND author = 'contact' AND seq <= @cursor AND seq > (`+lastGuest+`)`, args)
	b.Queue(`
		UPDATE conversations SET contact_name = ''
		WHERE id = @id AND NOT EXISTS (SELECT FROM guests WHERE conversation_id = @id)`, args)
}

// goOn has another turn run if messages arrived after the cursor. A statement
// of its own, after the lock: it must see what was accepted just before.
func (s *Store) goOn(ctx context.Context, tx pgx.Tx, t Turn, cursor int64) error {
	tag, err := tx.Exec(ctx, `
		UPDATE conversations SET unread_since = clock_timestamp()
		WHERE id = @id AND EXISTS (
			SELECT FROM messages m WHERE m.conversation_id = @id AND m.author = 'contact' AND m.seq > @cursor)`,
		pgx.NamedArgs{"id": string(t.Conversation), "cursor": cursor})
	if err != nil {
		return fmt.Errorf("look for newer messages: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return nil
	}
	return s.opt.Queue.EnqueueTurn(ctx, tx, t)
}

// say adds messages to a batch, each with its row of the outbox.
func say(b *pgx.Batch, t Turn, at place, list []Say) error {
	for part, m := range list {
		id, err := newID()
		if err != nil {
			return err
		}
		author := "bot"
		if m.System {
			author = "system"
		}
		sayAs(b, t, at, part, need.MessageID(id), author, m)
	}
	return nil
}

func sayAs(b *pgx.Batch, t Turn, at place, part int, id need.MessageID, author string, m Say) {
	var choices any // NULL for none, not the JSON null
	if len(m.Choices) > 0 {
		choices = m.Choices
	}
	b.Queue(`
		INSERT INTO messages (id, centre_path, conversation_id, author, channel, bot, text, asks, probe, choices, card, ai)
		VALUES (@id, @centre, @conversation, @author, @channel, @bot, @text, COALESCE(@asks::text[], '{}'), @probe, @choices, @card, @ai)`,
		pgx.NamedArgs{
			"id": string(id), "centre": string(t.Centre), "conversation": string(t.Conversation), "author": author,
			"channel": at.channel, "bot": at.bot, "text": m.Text, "asks": m.Asks, "probe": m.Probe,
			"choices": choices, "card": m.Card, "ai": m.AI,
		})
	b.Queue(`
		INSERT INTO outbox (centre_path, conversation_id, turn, part, message_id, owner_version)
		VALUES (@centre, @conversation, @turn, @part, @message, @version)`,
		pgx.NamedArgs{
			"centre": string(t.Centre), "conversation": string(t.Conversation), "turn": at.turn, "part": part,
			"message": string(id), "version": at.version,
		})
}

// label returns what a need is listed under: what the contact said, else what
// was inferred.
func label(n *need.Need, k need.Key) string {
	if f := n.Fields[k]; f != nil && len(f.Items) > 0 {
		return f.Items[len(f.Items)-1].Value.Text
	}
	return n.Suggested[k].Value
}
