package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Conversation is one chat of a contact with a centre.
type Conversation struct {
	ID          need.ConversationID `db:"id"`
	Centre      need.CentrePath     `db:"centre_path"`
	Channel     string              `db:"channel"`
	Bot         string              `db:"bot"`
	Chat        string              `db:"chat"`
	Lang        string              `db:"lang"`
	Status      string              `db:"status"`
	Owner       string              `db:"owner"`
	Org         string              `db:"org"`
	ContactName string              `db:"contact_name"`
	ContactRole string              `db:"contact_role"`
	Progress    Progress            `db:"progress"`
	Version     int64               `db:"version"` // grows with each change of owner
	Created     time.Time           `db:"created_at"`
	Updated     time.Time           `db:"updated_at"`
	Needs       []need.ID           `db:"needs"` // oldest first
}

// Progress is how many of the questions are settled.
type Progress struct {
	Done  int `json:"done"`
	Total int `json:"total"`
}

// Profile is what a contact has told of itself, outside of the interview.
type Profile struct{ Org, Name, Role string }

const conversationColumns = `
	c.id, c.centre_path, c.channel, c.bot, c.chat, c.lang, c.status, c.owner, c.org, c.contact_name, c.contact_role,
	c.progress, c.version, c.created_at, c.updated_at,
	ARRAY(SELECT n.id::text FROM needs n WHERE n.conversation_id = c.id ORDER BY n.created_at, n.id) AS needs`

// NewConversation is a conversation to be, for channels that open one before
// the first message.
type NewConversation struct {
	ID        need.ConversationID
	Channel   string
	Bot       string
	Chat      string
	Invite    string
	Lang      string
	TokenHash []byte // SHA-256 of the contact's bearer token; nil if there is none
	Profile   Profile
}

// CreateConversation opens a conversation in the centre of its invite; an
// unknown or expired invite gives NotFound, code "invite_unknown". The invite of
// a follow-up brings its need along; if the need has a conversation already,
// the token leads to that one.
func (s *Store) CreateConversation(ctx context.Context, c NewConversation) error {
	return s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		centre, err := invited(ctx, tx, c.Invite)
		if err != nil {
			return err
		}
		about, in, err := followed(ctx, tx, c.Invite)
		if err != nil {
			return err
		}
		if in != nil {
			return s.resume(ctx, tx, need.ConversationID(*in), c)
		}
		_, err = tx.Exec(ctx, `
			INSERT INTO conversations (id, centre_path, channel, bot, chat, lang, invite, token_hash, org, contact_name, contact_role)
			VALUES (@id, @centre, @channel, @bot, @chat, @lang, @invite, @token, @org, @name, @role)`,
			pgx.NamedArgs{
				"id": string(c.ID), "centre": string(centre), "channel": c.Channel, "bot": c.Bot, "chat": c.Chat,
				"lang": c.Lang, "invite": c.Invite, "token": c.TokenHash,
				"org": c.Profile.Org, "name": c.Profile.Name, "role": c.Profile.Role,
			})
		if err != nil {
			return fmt.Errorf("create conversation %s: %w", c.ID, err)
		}
		if about != "" {
			return attach(ctx, tx, about, c.ID)
		}
		return nil
	})
}

// Conversation returns one conversation, NotFound if the scope has none such.
func (s *Store) Conversation(ctx context.Context, scope need.Scope, id need.ConversationID) (Conversation, error) {
	var c Conversation
	if err := known("conversation", id); err != nil {
		return c, err
	}
	err := s.InScope(ctx, scope, func(tx pgx.Tx) (err error) {
		c, err = conversation(ctx, tx, id)
		return err
	})
	return c, err
}

func conversation(ctx context.Context, tx pgx.Tx, id need.ConversationID) (Conversation, error) {
	rows, err := tx.Query(ctx, `SELECT `+conversationColumns+` FROM conversations c WHERE c.id = $1`, string(id))
	if err != nil {
		return Conversation{}, fmt.Errorf("read conversation %s: %w", id, err)
	}
	c, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Conversation])
	return c, found(err, "conversation", id)
}

// Seat is a conversation as one token opens it.
type Seat struct {
	Conversation

	// Since is the seq after which a guest of a follow-up sees what is said; 0
	// for whoever began the conversation. The names are those of the guest.
	Since int64 `db:"since"`
}

// ConversationByToken finds the conversation of a contact's bearer token by its
// SHA-256, which is no secret's substitute: nobody can compute one in order.
func (s *Store) ConversationByToken(ctx context.Context, hash []byte) (Seat, error) {
	var c Seat
	err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT `+conversationColumns+`, 0::bigint AS since FROM conversations c WHERE c.token_hash = $1`, hash)
		if err != nil {
			return fmt.Errorf("find conversation by token: %w", err)
		}
		c, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Seat])
		if errors.Is(err, pgx.ErrNoRows) {
			c, err = guest(ctx, tx, hash)
		}
		if errors.Is(err, pgx.ErrNoRows) {
			return need.Errorf(need.NotFound, "token_unknown", "no conversation has this token")
		}
		return err
	})
	return c, err
}

// guest finds the conversation that a follow-up has let a token into.
func guest(ctx context.Context, tx pgx.Tx, hash []byte) (Seat, error) {
	rows, err := tx.Query(ctx, `
		SELECT c.*, g.since FROM guests g
		JOIN LATERAL (SELECT `+conversationColumns+` FROM conversations c WHERE c.id = g.conversation_id) c ON true
		WHERE g.token_hash = $1`, hash)
	if err != nil {
		return Seat{}, fmt.Errorf("find guest by token: %w", err)
	}
	c, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Seat])
	if err != nil {
		return c, err
	}
	err = tx.QueryRow(ctx, `SELECT name, role FROM guests WHERE token_hash = $1`, hash).Scan(&c.ContactName, &c.ContactRole)
	return c, err
}

// ConversationFilter narrows a list; zero fields narrow nothing.
type ConversationFilter struct {
	Status string
	Owner  string
	Query  string // in the names of organisation and contact
}

// ConversationRow is a conversation in a list, with the last thing said.
type ConversationRow struct {
	Conversation
	LastFrom *string    `db:"last_from"` // nil before the first message
	LastText *string    `db:"last_text"` // its beginning
	LastAt   *time.Time `db:"last_at"`
}

// Conversations lists conversations, the one that changed last first, and
// returns the cursor of the next page.
func (s *Store) Conversations(ctx context.Context, scope need.Scope, f ConversationFilter, p Page) ([]ConversationRow, string, error) {
	from, err := p.start()
	if err != nil {
		return nil, "", err
	}
	var list []ConversationRow
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT `+conversationColumns+`, l.author AS last_from, l.text AS last_text, l.at AS last_at
			FROM conversations c
			LEFT JOIN LATERAL (
				SELECT m.author, left(m.text, 120) AS text, m.at FROM messages m
				WHERE m.conversation_id = c.id ORDER BY m.seq DESC LIMIT 1
			) l ON true
			WHERE (c.updated_at, c.id) < (@at, @id::uuid)
			  AND (@status = '' OR c.status = @status)
			  AND (@owner = '' OR c.owner = @owner)
			  AND (@q = '' OR c.org ILIKE @q OR c.contact_name ILIKE @q)
			ORDER BY c.updated_at DESC, c.id DESC
			LIMIT @limit`,
			pgx.NamedArgs{
				"at": from.at, "id": from.id, "status": f.Status, "owner": f.Owner,
				"q": pattern(f.Query), "limit": p.limit() + 1,
			})
		if err != nil {
			return fmt.Errorf("list conversations: %w", err)
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[ConversationRow])
		return err
	})
	list, next := cut(list, p.limit(), func(c ConversationRow) position { return position{c.Updated, string(c.ID)} })
	return list, next, err
}

// pattern returns what LIKE looks for to find q anywhere, "" for no q.
func pattern(q string) string {
	if q = strings.TrimSpace(q); q == "" {
		return ""
	}
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(q) + "%"
}
