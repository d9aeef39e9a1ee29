package postgres

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// FollowUp is a link by which a contact is asked for what one need lacks.
type FollowUp struct {
	Token        string
	Expires      time.Time
	Conversation *string // that the link resumes; nil if it opens the first
}

const (
	followUpDays    = 30
	followUpChannel = "webchat" // where links lead
)

// FollowUp returns the link of a need, which it makes at the first call and
// renews at later ones. A need that is past review is not asked about any more
// (Conflict, code "status_transition"), nor one whose conversation goes on in
// another channel ("follow_up_elsewhere").
func (s *Store) FollowUp(ctx context.Context, scope need.Scope, id need.ID) (FollowUp, error) {
	var f FollowUp
	if err := known("need", id); err != nil {
		return f, err
	}
	var secret [18]byte
	rand.Read(secret[:]) // never fails: crypto/rand ends the program instead
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		n, err := storedNeed(ctx, tx, id)
		if err != nil {
			return err
		}
		switch n.Status {
		case need.StatusDraft, need.StatusInterviewing, need.StatusReview, need.StatusReturned:
		default:
			return need.Errorf(need.Conflict, "status_transition", "need %s is %s: no more is asked", id, n.Status)
		}
		if f.Conversation = n.Conversation; f.Conversation != nil {
			c, err := conversation(ctx, tx, need.ConversationID(*f.Conversation))
			if err != nil {
				return err
			}
			if c.Channel != followUpChannel {
				return need.Errorf(need.Conflict, "follow_up_elsewhere", "the conversation of need %s is in %s", id, c.Channel)
			}
		}
		err = tx.QueryRow(ctx, `
			INSERT INTO invites (token, centre_path, label, need_id, expires_at)
			VALUES (@token, @centre, @label, @need, clock_timestamp() + make_interval(days => @days))
			ON CONFLICT (need_id) WHERE need_id IS NOT NULL DO UPDATE SET expires_at = excluded.expires_at
			RETURNING token, expires_at`,
			pgx.NamedArgs{
				"token": base64.RawURLEncoding.EncodeToString(secret[:]), "centre": string(n.Centre), "label": "补问：" + n.Title,
				"need": string(id), "days": followUpDays,
			}).Scan(&f.Token, &f.Expires)
		if err != nil {
			return fmt.Errorf("make the link of need %s: %w", id, err)
		}
		return nil
	})
	return f, err
}

// followed returns the need that an invite asks about, "" for other invites,
// and the conversation that the need has already.
func followed(ctx context.Context, tx pgx.Tx, token string) (n need.ID, in *string, err error) {
	err = tx.QueryRow(ctx, `
		SELECT n.id::text, n.conversation_id::text FROM invites i JOIN needs n ON n.id = i.need_id WHERE i.token = $1`, token).Scan(&n, &in)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil, nil
	}
	if err != nil {
		return "", nil, fmt.Errorf("look for the need of an invite: %w", err)
	}
	return n, in, nil
}

// attach brings a need into the conversation that its link has opened, with all
// that has happened to it, so that the conversation begins with what is known.
// Somebody who was quicker gives a Conflict error.
func attach(ctx context.Context, tx pgx.Tx, id need.ID, to need.ConversationID) error {
	args := pgx.NamedArgs{"need": string(id), "conversation": string(to)}
	tag, err := tx.Exec(ctx, `
		UPDATE needs SET conversation_id = @conversation::uuid, record = record || jsonb_build_object('conversation_id', @conversation::uuid)
		WHERE id = @need AND conversation_id IS NULL`, args)
	if err != nil {
		return fmt.Errorf("attach need %s: %w", id, err)
	}
	if tag.RowsAffected() == 0 {
		return need.Errorf(need.Conflict, "database_race", "need %s has a conversation by now", id)
	}
	if _, err := tx.Exec(ctx, `UPDATE events SET conversation_id = @conversation::uuid WHERE need_id = @need AND conversation_id IS NULL`, args); err != nil {
		return fmt.Errorf("attach the events of need %s: %w", id, err)
	}
	_, err = tx.Exec(ctx, `
		UPDATE conversations c SET org = n.org FROM needs n WHERE c.id = @conversation::uuid AND n.id = @need::uuid AND c.org = ''`, args)
	if err != nil {
		return fmt.Errorf("name the organisation of %s: %w", to, err)
	}
	return nil
}

// resume lets the token of a new session into a conversation that is there.
// Whoever opens the link may be somebody else than who spoke before: the token
// is a guest's, and the bot asks for consent again before it goes on.
func (s *Store) resume(ctx context.Context, tx pgx.Tx, id need.ConversationID, c NewConversation) error {
	t, err := s.overtake(ctx, tx, id)
	if err != nil {
		return err
	}
	tag, err := tx.Exec(ctx, `
		UPDATE conversations SET owner = 'bot', broker = NULL, status = 'consent', version = version + 1, updated_at = clock_timestamp()
		WHERE id = $1 AND channel = $2`, string(id), followUpChannel)
	if err != nil {
		return fmt.Errorf("resume conversation %s: %w", id, err)
	}
	if tag.RowsAffected() == 0 {
		return need.Errorf(need.Conflict, "follow_up_elsewhere", "conversation %s is in another channel", id)
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO guests (token_hash, conversation_id, centre_path, since, name, role)
		VALUES (@token, @id, @centre, (SELECT COALESCE(max(seq), 0) FROM messages WHERE conversation_id = @id), @name, @role)`,
		pgx.NamedArgs{"token": c.TokenHash, "id": string(id), "centre": string(t.Centre), "name": c.Profile.Name, "role": c.Profile.Role})
	if err != nil {
		return fmt.Errorf("let a guest into %s: %w", id, err)
	}
	now, b := time.Now(), &pgx.Batch{}
	err = appendEvents(b, t.Centre, id, []need.Event{
		{Kind: need.OwnerChanged, At: now, By: need.System, To: "bot"},
		{Kind: need.PhaseChanged, At: now, By: need.System, To: "consent"},
	})
	if err != nil {
		return err
	}
	if err := tx.SendBatch(ctx, b).Close(); err != nil {
		return fmt.Errorf("ask for consent again in %s: %w", id, err)
	}
	return nil
}
