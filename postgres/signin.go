package postgres

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// NewUserLink returns the token of a link by which a user of the scope chooses
// a password until it ends. It takes the place of an earlier one.
func (s *Store) NewUserLink(ctx context.Context, scope need.Scope, id string, ends time.Time) (token string, err error) {
	if err := known("user", id); err != nil {
		return "", err
	}
	var secret [32]byte
	rand.Read(secret[:]) // never fails: crypto/rand ends the program instead
	token = base64.RawURLEncoding.EncodeToString(secret[:])
	sum := sha256.Sum256([]byte(token))
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			INSERT INTO user_links (token_hash, centre_path, user_id, expires_at)
			SELECT $1, centre_path, id, $3 FROM users WHERE id = $2
			ON CONFLICT (user_id) DO UPDATE SET
				token_hash = excluded.token_hash, centre_path = excluded.centre_path, expires_at = excluded.expires_at`,
			sum[:], id, ends)
		if err == nil && tag.RowsAffected() == 0 {
			err = pgx.ErrNoRows
		}
		return found(err, "user", id)
	})
	return token, err
}

// RedeemUserLink sets the password of who holds the link, which ends by that.
// It returns a NotFound error for a link that is unknown, used or over.
func (s *Store) RedeemUserLink(ctx context.Context, token, hash string) (User, error) {
	sum := sha256.Sum256([]byte(token))
	u, err := s.user(ctx, s.Root(), "of a link", `
		WITH link AS (DELETE FROM user_links WHERE token_hash = @token AND expires_at > clock_timestamp() RETURNING user_id),
			forgotten AS (DELETE FROM sign_in_failures f USING users u, link l WHERE u.id = l.user_id AND f.login = u.login)
		UPDATE users SET password = @hash, must_change = false, generation = generation + 1
		FROM link WHERE id = link.user_id AND disabled_at IS NULL
		RETURNING `+userColumns,
		pgx.NamedArgs{"token": sum[:], "hash": hash})
	if need.KindOf(err) == need.NotFound {
		return u, need.Errorf(need.NotFound, "link_over", "the link is unknown, used or over")
	}
	return u, err
}

// SetTOTP gives a user the second factor of this secret, the code of step being
// used by that; "" takes it away.
func (s *Store) SetTOTP(ctx context.Context, scope need.Scope, id, secret string, step int64) error {
	_, err := s.user(ctx, scope, id, `
		UPDATE users SET totp = @secret, totp_step = @step WHERE id = @id RETURNING `+userColumns,
		pgx.NamedArgs{"id": id, "secret": secret, "step": step})
	return err
}

// UseTOTP marks the code of a time step as used. It reports false if that one or
// a newer one was used before.
func (s *Store) UseTOTP(ctx context.Context, scope need.Scope, id string, step int64) (fresh bool, err error) {
	_, err = s.user(ctx, scope, id, `
		UPDATE users SET totp_step = @step WHERE id = @id AND totp_step < @step RETURNING `+userColumns,
		pgx.NamedArgs{"id": id, "step": step})
	if need.KindOf(err) == need.NotFound {
		return false, nil
	}
	return err == nil, err
}

// SignInLocked returns until when nobody may sign in by this login; the zero
// time if it is open.
func (s *Store) SignInLocked(ctx context.Context, login string) (until time.Time, err error) {
	err = s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `
			SELECT locked_until FROM sign_in_failures WHERE login = $1 AND locked_until > clock_timestamp()`,
			strings.ToLower(login)).Scan(&until)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("look for the lock of a login: %w", err)
		}
		return nil
	})
	return until, err
}

// SignInFailed counts a failure of this login. The limit-th in a row, none of
// them older than the time that a lock lasts, locks it.
func (s *Store) SignInFailed(ctx context.Context, login string, limit int, lock time.Duration) error {
	return s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			INSERT INTO sign_in_failures AS f (login, failures, at) VALUES ($1, 1, clock_timestamp())
			ON CONFLICT (login) DO UPDATE SET
				at = excluded.at,
				failures = CASE WHEN f.at > excluded.at - $3::interval AND f.failures < $2 THEN f.failures + 1 ELSE 1 END,
				locked_until = CASE WHEN f.at > excluded.at - $3::interval AND f.failures + 1 = $2 THEN excluded.at + $3::interval END`,
			strings.ToLower(login), limit, lock)
		if err == nil {
			_, err = tx.Exec(ctx, `
				DELETE FROM sign_in_failures WHERE login IN (
					SELECT login FROM sign_in_failures WHERE at < clock_timestamp() - interval '1 day' LIMIT 20 FOR UPDATE SKIP LOCKED)`)
		}
		if err != nil {
			return fmt.Errorf("count a failed sign-in: %w", err)
		}
		return nil
	})
}

// SignInWorked forgets the failures of a login.
func (s *Store) SignInWorked(ctx context.Context, login string) error {
	return s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM sign_in_failures WHERE login = $1`, strings.ToLower(login)); err != nil {
			return fmt.Errorf("forget failed sign-ins: %w", err)
		}
		return nil
	})
}
