package postgres

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Answer is what a POST was answered with.
type Answer struct {
	Status int
	Body   []byte
}

// abandoned is how long a call may run before another one with its key takes
// its place: its process is gone.
const abandoned = 2 * time.Minute

// BeginCall looks a key of idempotency up. A key that is new is taken, and nil is
// returned: the caller runs the call and then calls FinishCall, or AbandonCall if it
// had no effect. The same key and body give the stored answer; another body or
// route gives Invalid, code "idempotency_mismatch"; a call that still runs gives
// Conflict, code "idempotency_in_flight".
func (s *Store) BeginCall(ctx context.Context, scope need.Scope, key, route string, hash []byte) (*Answer, error) {
	var answer *Answer
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		args := pgx.NamedArgs{
			"centre": string(scope.Path), "key": key, "route": route, "hash": hash, "abandoned": abandoned,
		}
		tag, err := tx.Exec(ctx, `
			INSERT INTO idempotency_keys (centre_path, key, route, body_hash) VALUES (@centre, @key, @route, @hash)
			ON CONFLICT (centre_path, key) DO UPDATE SET created_at = clock_timestamp()
			WHERE idempotency_keys.status IS NULL AND idempotency_keys.route = @route AND idempotency_keys.body_hash = @hash
			  AND idempotency_keys.created_at < clock_timestamp() - @abandoned::interval`, args)
		if err != nil || tag.RowsAffected() > 0 {
			return err
		}
		answer, err = storedAnswer(ctx, tx, args)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look up idempotency key: %w", err)
	}
	return answer, nil
}

func storedAnswer(ctx context.Context, tx pgx.Tx, args pgx.NamedArgs) (*Answer, error) {
	var status *int
	var body, hash []byte
	var route string
	err := tx.QueryRow(ctx, `
		SELECT route, body_hash, status, body FROM idempotency_keys WHERE centre_path = @centre AND key = @key`, args).
		Scan(&route, &hash, &status, &body)
	switch {
	case errors.Is(err, pgx.ErrNoRows): // abandoned in between
		return nil, need.Errorf(need.Conflict, "idempotency_in_flight", "the key was free a moment ago: try again")
	case err != nil:
		return nil, err
	case route != args["route"] || !bytes.Equal(hash, args["hash"].([]byte)):
		return nil, need.Errorf(need.Invalid, "idempotency_mismatch", "the key stands for another call")
	case status == nil:
		return nil, need.Errorf(need.Conflict, "idempotency_in_flight", "the first call with the key still runs")
	}
	return &Answer{Status: *status, Body: body}, nil
}

// FinishCall stores the answer of a call that BeginCall has let run.
func (s *Store) FinishCall(ctx context.Context, scope need.Scope, key string, a Answer) error {
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			UPDATE idempotency_keys SET status = @status, body = @body
			WHERE centre_path = @centre AND key = @key AND status IS NULL`,
			pgx.NamedArgs{"centre": string(scope.Path), "key": key, "status": a.Status, "body": a.Body})
		if err != nil {
			return fmt.Errorf("store the answer of a call: %w", err)
		}
		return nil
	})
}

// AbandonCall frees a key whose call had no effect, such as one that was refused.
func (s *Store) AbandonCall(ctx context.Context, scope need.Scope, key string) error {
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM idempotency_keys WHERE centre_path = $1 AND key = $2 AND status IS NULL`,
			string(scope.Path), key)
		if err != nil {
			return fmt.Errorf("free an idempotency key: %w", err)
		}
		return nil
	})
}

// ForgetCalls deletes keys that are older than d and returns how many.
func (s *Store) ForgetCalls(ctx context.Context, d time.Duration) (int64, error) {
	var n int64
	err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `DELETE FROM idempotency_keys WHERE created_at < clock_timestamp() - $1::interval`, d)
		n = tag.RowsAffected()
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("forget old idempotency keys: %w", err)
	}
	return n, nil
}
