package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Sessions keeps the console's sessions in the form that scs asks for. Tokens
// arrive hashed.
type Sessions struct{ store *Store }

// Sessions returns the sessions of the store.
func (s *Store) Sessions() *Sessions { return &Sessions{s} }

// FindCtx returns the data of a session that has not expired.
func (s *Sessions) FindCtx(ctx context.Context, token string) (data []byte, ok bool, err error) {
	err = s.store.InScope(ctx, s.store.Root(), func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `
			SELECT data FROM sessions WHERE token_hash = $1 AND expires_at > clock_timestamp()`, token).Scan(&data)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("find session: %w", err)
		}
		ok = true
		return nil
	})
	return data, ok, err
}

// CommitCtx stores a session, and clears away those that have expired.
func (s *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.store.InScope(ctx, s.store.Root(), func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			INSERT INTO sessions (token_hash, data, expires_at) VALUES ($1, $2, $3)
			ON CONFLICT (token_hash) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at`,
			token, data, expiry)
		if err != nil {
			return fmt.Errorf("store session: %w", err)
		}
		if _, err := tx.Exec(ctx, `
			DELETE FROM sessions WHERE token_hash IN (
				SELECT token_hash FROM sessions WHERE expires_at < clock_timestamp() LIMIT 20 FOR UPDATE SKIP LOCKED)`); err != nil {
			return fmt.Errorf("clear sessions: %w", err)
		}
		return nil
	})
}

// DeleteCtx ends a session.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.store.InScope(ctx, s.store.Root(), func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM sessions WHERE token_hash = $1`, token); err != nil {
			return fmt.Errorf("delete session: %w", err)
		}
		return nil
	})
}

// Find is FindCtx without a deadline; scs wants it to be there.
func (s *Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a deadline; scs wants it to be there.
func (s *Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a deadline; scs wants it to be there.
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
