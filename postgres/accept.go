package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Inbound is one message from a contact, as a channel hands it in.
type Inbound struct {
	Channel string
	Bot     string
	Chat    string
	ID      string // unique per channel and bot
	Kind    string // as bot.InboundKind
	Text    string
	Choice  string
	EditOf  string // ID of the message that this one replaces
	// Document is the id of a kept file that the message brings, "" for none.
	Document string
	Invite   string
	Lang     string
	Name     string
	At       time.Time
}

// Accepted says where a message went.
type Accepted struct {
	Centre       need.CentrePath
	Conversation need.ConversationID
	Message      need.MessageID
	Duplicate    bool
}

// Accept stores a message and enqueues its turn, both or neither; when it
// returns nil the message is safe. One that is there already is no error. A
// chat without a conversation goes to the centre of its invite, else to the
// default one; NotFound, code "invite_unknown", if there is none. A text that
// cannot be kept as it is gives Invalid, code "text_encoding".
func (s *Store) Accept(ctx context.Context, in Inbound) (Accepted, error) {
	if err := in.storable(); err != nil {
		return Accepted{}, err
	}
	var got Accepted
	err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) (err error) {
		// The row of the conversation is locked first: messages of one chat
		// then commit in the order of their seq, and none can slip in behind a
		// cursor that has passed it.
		if got, err = s.lockChat(ctx, tx, in); err != nil {
			return err
		}
		stored, err := insertInbound(ctx, tx, &got, in)
		if err != nil || !stored {
			return err
		}
		if err := markUnread(ctx, tx, got, in); err != nil {
			return err
		}
		return s.opt.Queue.EnqueueTurn(ctx, tx, Turn{Centre: got.Centre, Conversation: got.Conversation})
	})
	if err != nil {
		return Accepted{}, fmt.Errorf("accept %s message %s: %w", in.Channel, in.ID, err)
	}
	return got, nil
}

// storable refuses what PostgreSQL would refuse or change.
func (in Inbound) storable() error {
	for _, text := range []string{in.Channel, in.Bot, in.Chat, in.ID, in.Text, in.Choice, in.EditOf, in.Invite, in.Name} {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return need.Errorf(need.Invalid, "text_encoding", "message %q of %s is no text", in.ID, in.Channel)
		}
	}
	if in.Channel == "" || in.Chat == "" || in.ID == "" {
		return need.Errorf(need.Invalid, "message_incomplete", "a message without channel, chat or id")
	}
	return nil
}

// lockChat finds the conversation of a chat, or opens it, and locks its row.
func (s *Store) lockChat(ctx context.Context, tx pgx.Tx, in Inbound) (Accepted, error) {
	got, err := selectChat(ctx, tx, in)
	if !errors.Is(err, pgx.ErrNoRows) {
		return got, err
	}
	centre := s.opt.Default
	if in.Invite != "" {
		if centre, err = invited(ctx, tx, in.Invite); err != nil {
			return got, err
		}
	}
	if centre == "" {
		return got, need.Errorf(need.NotFound, "invite_unknown", "chat %s has neither a conversation nor an invite", in.Chat)
	}
	id, err := newID()
	if err != nil {
		return got, err
	}
	lang := "zh"
	if strings.HasPrefix(in.Lang, "en") {
		lang = "en"
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO conversations (id, centre_path, channel, bot, chat, lang, invite, contact_name)
		VALUES (@id, @centre, @channel, @bot, @chat, @lang, NULLIF(@invite, ''), @name)
		ON CONFLICT (channel, bot, chat) DO NOTHING`,
		pgx.NamedArgs{
			"id": id, "centre": string(centre), "channel": in.Channel, "bot": in.Bot, "chat": in.Chat,
			"lang": lang, "invite": in.Invite, "name": in.Name,
		})
	if err != nil {
		return got, fmt.Errorf("open conversation of chat %s: %w", in.Chat, err)
	}
	if got, err = selectChat(ctx, tx, in); err != nil {
		return got, found(err, "conversation", in.Chat)
	}
	if in.Invite == "" || string(got.Conversation) != id {
		return got, nil
	}
	about, taken, err := followed(ctx, tx, in.Invite)
	if err == nil && about != "" && taken == nil {
		err = attach(ctx, tx, about, got.Conversation)
	}
	return got, err
}

func selectChat(ctx context.Context, tx pgx.Tx, in Inbound) (Accepted, error) {
	var got Accepted
	err := tx.QueryRow(ctx, `
		SELECT id, centre_path FROM conversations
		WHERE channel = $1 AND bot = $2 AND chat = $3 FOR UPDATE`, in.Channel, in.Bot, in.Chat).
		Scan(&got.Conversation, &got.Centre)
	if err != nil {
		return got, fmt.Errorf("find conversation of chat %s: %w", in.Chat, err)
	}
	return got, nil
}

// insertInbound stores the message and reports whether it is new.
func insertInbound(ctx context.Context, tx pgx.Tx, got *Accepted, in Inbound) (bool, error) {
	id, err := newID()
	if err != nil {
		return false, err
	}
	at := in.At
	if at.IsZero() {
		at = time.Now()
	}
	err = tx.QueryRow(ctx, `
		INSERT INTO messages (id, centre_path, conversation_id, author, kind, channel, bot, external_id, edit_of, text, choice, document_id, at)
		VALUES (@id, @centre, @conversation, 'contact', @kind, @channel, @bot, @external,
		        (SELECT m.id FROM messages m WHERE m.channel = @channel AND m.bot = @bot AND m.external_id = NULLIF(@edit_of, '')),
		        @text, NULLIF(@choice, ''), NULLIF(@document, '')::uuid, @at)
		ON CONFLICT (channel, bot, external_id) DO NOTHING
		RETURNING id`,
		pgx.NamedArgs{
			"id": id, "centre": string(got.Centre), "conversation": string(got.Conversation), "kind": cmp.Or(in.Kind, "text"),
			"channel": in.Channel, "bot": in.Bot, "external": in.ID, "edit_of": in.EditOf,
			"text": in.Text, "choice": in.Choice, "document": in.Document, "at": at,
		}).Scan(&got.Message)
	if err == nil {
		return true, nil
	}
	if !errors.Is(err, pgx.ErrNoRows) {
		return false, fmt.Errorf("store message %s: %w", in.ID, err)
	}
	got.Duplicate = true
	err = tx.QueryRow(ctx, `
		SELECT id FROM messages
		WHERE channel = $1 AND bot = $2 AND external_id = $3 AND conversation_id = $4`,
		in.Channel, in.Bot, in.ID, string(got.Conversation)).Scan(&got.Message)
	if err := found(err, "message", in.ID); err != nil {
		return false, fmt.Errorf("find the message that was there before: %w", err)
	}
	return false, nil
}

// markUnread says that the conversation waits for a turn.
func markUnread(ctx context.Context, tx pgx.Tx, got Accepted, in Inbound) error {
	_, err := tx.Exec(ctx, `
		UPDATE conversations SET
			unread_since = COALESCE(unread_since, clock_timestamp()),
			contact_name = CASE WHEN contact_name = '' THEN @name ELSE contact_name END,
			updated_at = clock_timestamp()
		WHERE id = @id`,
		pgx.NamedArgs{"id": string(got.Conversation), "name": in.Name})
	if err != nil {
		return fmt.Errorf("mark conversation %s unread: %w", got.Conversation, err)
	}
	return nil
}
