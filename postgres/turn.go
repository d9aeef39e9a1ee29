package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Lease is the right to run the next turn of a conversation. It ends by
// itself, by the clock of the database; the fence tells a later one apart.
type Lease struct {
	Turn
	Fence int64
	Tries int // claims since the last commit, this one included
}

// Claim takes the lease of a conversation that has unread messages. It reports
// false if there is nothing to read or another worker has the lease: that one
// looks for newer messages when it commits.
func (s *Store) Claim(ctx context.Context, t Turn, d time.Duration) (Lease, bool, error) {
	l := Lease{Turn: t}
	err := s.InScope(ctx, t.scope(), func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `
			UPDATE conversations SET
				fence = fence + 1, tries = tries + 1, lease_until = clock_timestamp() + @lease::interval
			WHERE id = @id AND unread_since IS NOT NULL
			  AND (lease_until IS NULL OR lease_until < clock_timestamp())
			RETURNING fence, tries`,
			pgx.NamedArgs{"id": string(t.Conversation), "lease": d}).Scan(&l.Fence, &l.Tries)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return l, false, nil
	}
	if err != nil {
		return l, false, fmt.Errorf("claim conversation %s: %w", t.Conversation, err)
	}
	return l, true, nil
}

// Renew makes a lease end later. It returns a Conflict error if the lease is
// lost, so that its holder can stop early.
func (s *Store) Renew(ctx context.Context, l Lease, d time.Duration) error {
	return s.InScope(ctx, l.scope(), func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			UPDATE conversations SET lease_until = clock_timestamp() + @lease::interval
			WHERE id = @id AND fence = @fence AND lease_until IS NOT NULL`,
			pgx.NamedArgs{"id": string(l.Conversation), "fence": l.Fence, "lease": d})
		if err != nil {
			return fmt.Errorf("renew the lease of %s: %w", l.Conversation, err)
		}
		if tag.RowsAffected() == 0 {
			return l.lost()
		}
		return nil
	})
}

// GiveBack ends a lease without a turn. Unless the turn itself is to blame, the
// try does not count. A lease that is lost already is no error.
func (s *Store) GiveBack(ctx context.Context, l Lease, blame bool) error {
	return s.InScope(ctx, l.scope(), func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			UPDATE conversations SET lease_until = NULL, tries = CASE WHEN @blame THEN tries ELSE greatest(tries - 1, 0) END
			WHERE id = @id AND fence = @fence`,
			pgx.NamedArgs{"id": string(l.Conversation), "fence": l.Fence, "blame": blame})
		if err != nil {
			return fmt.Errorf("give the lease of %s back: %w", l.Conversation, err)
		}
		return nil
	})
}

func (t Turn) scope() need.Scope { return need.Scope{Path: t.Centre, Actor: need.Bot} }

func (l Lease) lost() error {
	return need.Errorf(need.Conflict, "lease_lost", "conversation %s: fence %d has been overtaken", l.Conversation, l.Fence)
}

// Work is what a turn starts from.
type Work struct {
	Events   []need.Event
	Unread   []Message // of the contact, oldest first, edits settled
	Recent   []Message // the last other ones, of both sides, oldest first
	Status   string
	Lang     string
	Owner    string
	Role     string // of the contact in the firm, as given at the start
	Progress Progress
	Cursor   int64 // seq of the last unread message
}

// LoadTurn reads the state of a conversation and at most limit of its unread
// messages (0: all), with up to recent other ones: an answer stands behind the
// message that it answers, and so behind the cursor. An edit of a message that
// is unread too takes its place.
func (s *Store) LoadTurn(ctx context.Context, l Lease, limit, recent int) (Work, error) {
	var w Work
	err := s.InScope(ctx, l.scope(), func(tx pgx.Tx) (err error) {
		var cursor, fence int64
		err = tx.QueryRow(ctx, `
			SELECT cursor, fence, status, lang, owner, contact_role, progress FROM conversations WHERE id = $1`, string(l.Conversation)).
			Scan(&cursor, &fence, &w.Status, &w.Lang, &w.Owner, &w.Role, &w.Progress)
		if err != nil {
			return found(err, "conversation", l.Conversation)
		}
		if fence != l.Fence {
			return l.lost()
		}
		if w.Events, err = events(ctx, tx, `conversation_id = $1`, string(l.Conversation)); err != nil {
			return err
		}
		if w.Unread, err = window(ctx, tx, l.Conversation, `m.seq > @cursor AND m.author = 'contact'`, "m.seq", cursor, limit); err != nil {
			return err
		}
		w.Cursor = max(cursor, last(w.Unread))
		w.Unread = settle(w.Unread)
		if err := former(ctx, tx, w.Unread, cursor); err != nil {
			return err
		}
		w.Recent, err = window(ctx, tx, l.Conversation, `(m.seq <= @cursor OR m.author <> 'contact')`, "m.seq DESC", cursor, max(recent, 1))
		return err
	})
	if err != nil {
		return w, fmt.Errorf("load turn of %s: %w", l.Conversation, err)
	}
	w.Recent = spoken(reversed(w.Recent))
	return w, nil
}

func window(ctx context.Context, tx pgx.Tx, id need.ConversationID, where, order string, cursor int64, limit int) ([]Message, error) {
	rows, err := tx.Query(ctx, `
		SELECT `+messageColumns+` FROM messages m
		WHERE m.conversation_id = @id AND `+where+` ORDER BY `+order+` LIMIT NULLIF(@limit, 0)`,
		pgx.NamedArgs{"id": string(id), "cursor": cursor, "limit": limit})
	if err != nil {
		return nil, fmt.Errorf("read messages: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Message])
}

func last(list []Message) int64 {
	if len(list) == 0 {
		return 0
	}
	return list[len(list)-1].Seq
}

func reversed(list []Message) []Message {
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
	return list
}

// settle puts an edit in the place of the unread version that it replaces, so
// that a turn reads what the contact meant, once.
func settle(list []Message) []Message {
	kept := make([]Message, 0, len(list))
	at := map[string]int{} // id of a message → place of its newest version
	for _, m := range list {
		first := string(m.ID)
		if m.EditOf != nil {
			first = *m.EditOf
		}
		if i, ok := at[first]; ok {
			m.Kind, m.EditOf = kept[i].Kind, kept[i].EditOf
			kept[i] = m
			continue
		}
		at[first] = len(kept)
		kept = append(kept, m)
	}
	return kept
}

// former has edits name the version that an earlier turn has read, which may
// itself be an edit.
func former(ctx context.Context, tx pgx.Tx, list []Message, cursor int64) error {
	for i, m := range list {
		if m.EditOf == nil {
			continue
		}
		err := tx.QueryRow(ctx, `
			SELECT m.id::text FROM messages m
			WHERE (m.id = @first OR m.edit_of = @first) AND m.seq <= @cursor ORDER BY m.seq DESC LIMIT 1`,
			pgx.NamedArgs{"first": *m.EditOf, "cursor": cursor}).Scan(&list[i].EditOf)
		if err != nil {
			return fmt.Errorf("find what message %s replaces: %w", m.ID, err)
		}
	}
	return nil
}

// LeaseLost reports whether err says that another claim has overtaken a lease,
// which leaves nothing to do.
func LeaseLost(err error) bool { return err != nil && need.CodeOf(err) == "lease_lost" }
