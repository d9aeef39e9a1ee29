package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Invite is a link or code by which contacts reach a centre.
type Invite struct {
	Token   string
	Centre  need.CentrePath
	Label   string
	Expires *time.Time // nil: never
}

// PutInvite adds an invite, or moves the end of one that the scope has.
func (s *Store) PutInvite(ctx context.Context, scope need.Scope, i Invite) error {
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			INSERT INTO invites (token, centre_path, label, expires_at)
			VALUES (@token, @centre, @label, @expires)
			ON CONFLICT (token) DO UPDATE SET label = excluded.label, expires_at = excluded.expires_at
			WHERE invites.centre_path = excluded.centre_path`,
			pgx.NamedArgs{"token": i.Token, "centre": string(i.Centre), "label": i.Label, "expires": i.Expires})
		switch {
		case isCode(err, outOfScope), err == nil && tag.RowsAffected() == 0:
			return need.Errorf(need.Conflict, "invite_taken", "invite %s belongs to another centre", i.Token)
		case err != nil:
			return fmt.Errorf("put invite %s: %w", i.Token, err)
		}
		return nil
	})
}

// invited returns the centre that a token leads to. An expired one is as
// unknown as one that never was.
func invited(ctx context.Context, tx pgx.Tx, token string) (need.CentrePath, error) {
	var path need.CentrePath
	err := tx.QueryRow(ctx, `
		SELECT centre_path FROM invites
		WHERE token = $1 AND (expires_at IS NULL OR expires_at > clock_timestamp())`, token).Scan(&path)
	if err := found(err, "invite", token); err != nil {
		return "", fmt.Errorf("follow invite: %w", err)
	}
	return path, nil
}
