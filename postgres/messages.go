package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Message is one message of either side.
type Message struct {
	Seq      int64          `db:"seq"` // order of arrival, over all conversations
	ID       need.MessageID `db:"id"`
	From     string         `db:"author"` // "contact", "bot", "broker" or "system"
	Kind     string         `db:"kind"`   // as bot.InboundKind
	At       time.Time      `db:"at"`
	Text     string         `db:"text"` // the original, untouched
	Choice   *string        `db:"choice"`
	EditOf   *string        `db:"edit_of"`
	Document *string        `db:"document_id"` // of a file that was sent
	Asks     []need.Key     `db:"asks"`
	Probe    bool           `db:"probe"`
	Choices  []Choice       `db:"choices"`
	Card     *Card          `db:"card"`
	AI       bool           `db:"ai"`
	Delivery *string        `db:"delivery"` // of the outbox; nil for what came in
}

// Choice is a quick reply.
type Choice struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// Card is the read-back.
type Card struct {
	Title string     `json:"title"`
	Lines []CardLine `json:"lines"`
}

// CardLine is one line of a card.
type CardLine struct {
	Number int              `json:"number"`
	Key    string           `json:"key"`
	Label  string           `json:"label"`
	Value  string           `json:"value"`
	Status need.FieldStatus `json:"status"`
}

const messageColumns = `
	m.seq, m.id, m.author, m.kind, m.at, m.text, m.choice, m.edit_of::text, m.document_id::text, m.asks, m.probe, m.choices, m.card, m.ai,
	(SELECT o.status FROM outbox o WHERE o.message_id = m.id) AS delivery`

// View is a conversation, or the later part of it, as one moment saw it.
type View struct {
	Conversation Conversation
	Messages     []Message        // oldest first
	Unread       []need.MessageID // of the contact, that no turn has read yet
}

// View reads a conversation from the message after the given one on, from its
// beginning if that is "". What was dropped because a broker took over before
// it was sent is left out: the contact has not seen it.
func (s *Store) View(ctx context.Context, scope need.Scope, id need.ConversationID, after need.MessageID) (View, error) {
	return s.ViewSince(ctx, scope, id, after, 0)
}

// ViewSince is View for a guest, who sees nothing up to the given seq.
func (s *Store) ViewSince(ctx context.Context, scope need.Scope, id need.ConversationID, after need.MessageID, since int64) (View, error) {
	var v View
	if err := known("conversation", id); err != nil {
		return v, err
	}
	err := s.InScope(ctx, scope, func(tx pgx.Tx) (err error) {
		from, err := seqOf(ctx, tx, id, after)
		if err != nil {
			return err
		}
		// The conversation is read last: a turn that commits in between then
		// shows as messages still unread with their answers, never as messages
		// read without them.
		if v.Unread, err = unread(ctx, tx, id); err != nil {
			return err
		}
		if v.Messages, err = messages(ctx, tx, id, max(from, since), 0); err != nil {
			return err
		}
		v.Messages = spoken(v.Messages)
		v.Conversation, err = conversation(ctx, tx, id)
		return err
	})
	return v, err
}

// Messages returns what was said in a conversation, oldest first, and the
// cursor of the next page, which is the id of its last message.
func (s *Store) Messages(ctx context.Context, scope need.Scope, id need.ConversationID, p Page) ([]Message, string, error) {
	if err := known("conversation", id); err != nil {
		return nil, "", err
	}
	var list []Message
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		if _, err := conversation(ctx, tx, id); err != nil {
			return err
		}
		from, err := seqOf(ctx, tx, id, need.MessageID(p.Cursor))
		if err != nil {
			return err
		}
		list, err = messages(ctx, tx, id, from, p.limit()+1)
		return err
	})
	if err != nil || len(list) <= p.limit() {
		return list, "", err
	}
	list = list[:p.limit()]
	return list, string(list[len(list)-1].ID), nil
}

// messages reads those with a seq over from; limit 0 means all.
func messages(ctx context.Context, tx pgx.Tx, id need.ConversationID, from int64, limit int) ([]Message, error) {
	rows, err := tx.Query(ctx, `
		SELECT `+messageColumns+` FROM messages m
		WHERE m.conversation_id = @id AND m.seq > @from
		ORDER BY m.seq LIMIT NULLIF(@limit, 0)`,
		pgx.NamedArgs{"id": string(id), "from": from, "limit": limit})
	if err != nil {
		return nil, fmt.Errorf("read messages of %s: %w", id, err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[Message])
	if err != nil {
		return nil, fmt.Errorf("read messages of %s: %w", id, err)
	}
	return list, nil
}

// KeepTranscript has the words of a voice note stand as the text of its
// message, once; from then on it is what evidence points into. A Conflict
// error says that the lease is lost.
func (s *Store) KeepTranscript(ctx context.Context, l Lease, message need.MessageID, text string) error {
	err := s.InScope(ctx, l.scope(), func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			UPDATE messages SET kind = 'voice', text = @text
			WHERE id = @id AND conversation_id = @conversation AND kind = 'file'
			  AND EXISTS (SELECT FROM conversations c WHERE c.id = @conversation AND c.fence = @fence)`,
			pgx.NamedArgs{"id": string(message), "text": text, "conversation": string(l.Conversation), "fence": l.Fence})
		if err == nil && tag.RowsAffected() == 0 {
			return l.lost()
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("keep the words of message %s: %w", message, err)
	}
	return nil
}

// seqOf returns the place of a message in its conversation, 0 for no message.
func seqOf(ctx context.Context, tx pgx.Tx, id need.ConversationID, message need.MessageID) (int64, error) {
	if message == "" {
		return 0, nil
	}
	if err := known("message", message); err != nil {
		return 0, err
	}
	var seq int64
	err := tx.QueryRow(ctx, `SELECT seq FROM messages WHERE conversation_id = $1 AND id = $2`,
		string(id), string(message)).Scan(&seq)
	if err := found(err, "message", message); err != nil {
		return 0, fmt.Errorf("find message: %w", err)
	}
	return seq, nil
}

func unread(ctx context.Context, tx pgx.Tx, id need.ConversationID) ([]need.MessageID, error) {
	rows, err := tx.Query(ctx, `
		SELECT m.id FROM messages m JOIN conversations c ON c.id = m.conversation_id
		WHERE c.id = $1 AND m.author = 'contact' AND m.seq > c.cursor ORDER BY m.seq`, string(id))
	if err != nil {
		return nil, fmt.Errorf("read unread messages of %s: %w", id, err)
	}
	return pgx.CollectRows(rows, pgx.RowTo[need.MessageID])
}

func spoken(list []Message) []Message {
	kept := list[:0]
	for _, m := range list {
		if m.Delivery == nil || *m.Delivery != "dropped" {
			kept = append(kept, m)
		}
	}
	return kept
}
