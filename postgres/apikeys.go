package postgres

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// APIKey is a key of the API, without its secret, which is kept nowhere.
type APIKey struct {
	ID      string          `db:"id"`
	Centre  need.CentrePath `db:"centre_path"`
	Name    string          `db:"name"`
	Prefix  string          `db:"prefix"`
	Scopes  []string        `db:"scopes"`
	Created time.Time       `db:"created_at"`
	Expires *time.Time      `db:"expires_at"`
	Revoked *time.Time      `db:"revoked_at"`
}

const apiKeyColumns = `id, centre_path, name, prefix, scopes, created_at, expires_at, revoked_at`

// CreateAPIKey makes a key of k's name, centre, scopes and end. It returns the
// stored key and, this once, what the client has to send: tx_PREFIX_SECRET.
func (s *Store) CreateAPIKey(ctx context.Context, scope need.Scope, k APIKey) (APIKey, string, error) {
	id, err := newID()
	if err != nil {
		return APIKey{}, "", err
	}
	var prefix [5]byte
	var secret [32]byte
	rand.Read(prefix[:]) // never fails: crypto/rand ends the program instead
	rand.Read(secret[:])
	k.Prefix = hex.EncodeToString(prefix[:])
	token := "tx_" + k.Prefix + "_" + base64.RawURLEncoding.EncodeToString(secret[:])
	sum := sha256.Sum256([]byte(token))

	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			INSERT INTO api_keys (id, centre_path, name, prefix, hash, scopes, expires_at)
			VALUES (@id, @centre, @name, @prefix, @hash, @scopes, @expires)
			RETURNING `+apiKeyColumns,
			pgx.NamedArgs{
				"id": id, "centre": string(k.Centre), "name": k.Name, "prefix": k.Prefix, "hash": sum[:],
				"scopes": k.Scopes, "expires": k.Expires,
			})
		if err == nil {
			k, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[APIKey])
		}
		if err != nil {
			return fmt.Errorf("create key %q: %w", k.Name, err)
		}
		return nil
	})
	return k, token, err
}

// Authenticate returns the key that a client has sent. Any other token, a
// revoked or expired one included, gives a Denied error.
func (s *Store) Authenticate(ctx context.Context, token string) (APIKey, error) {
	denied := need.Errorf(need.Denied, "key_unknown", "no such key")
	prefix, _, ok := strings.Cut(strings.TrimPrefix(token, "tx_"), "_")
	if !ok || !strings.HasPrefix(token, "tx_") || len(prefix) > 32 {
		return APIKey{}, denied
	}
	type row struct {
		APIKey
		Hash []byte `db:"hash"`
		Live bool   `db:"live"`
	}
	var list []row
	err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT `+apiKeyColumns+`, hash,
			       revoked_at IS NULL AND (expires_at IS NULL OR expires_at > clock_timestamp()) AS live
			FROM api_keys WHERE prefix = $1`, prefix)
		if err != nil {
			return fmt.Errorf("find key %s: %w", prefix, err)
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[row])
		return err
	})
	if err != nil {
		return APIKey{}, err
	}
	sum := sha256.Sum256([]byte(token))
	for _, r := range list {
		if subtle.ConstantTimeCompare(r.Hash, sum[:]) == 1 && r.Live {
			return r.APIKey, nil
		}
	}
	return APIKey{}, denied
}

// APIKeys returns the keys of the scope, newest first.
func (s *Store) APIKeys(ctx context.Context, scope need.Scope) ([]APIKey, error) {
	var list []APIKey
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT `+apiKeyColumns+` FROM api_keys ORDER BY created_at DESC, id LIMIT 1000`)
		if err != nil {
			return fmt.Errorf("list keys: %w", err)
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[APIKey])
		return err
	})
	return list, err
}

// RevokeAPIKey ends a key for good. Revoking one twice changes nothing.
func (s *Store) RevokeAPIKey(ctx context.Context, scope need.Scope, id string) error {
	if err := known("key", id); err != nil {
		return err
	}
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			UPDATE api_keys SET revoked_at = COALESCE(revoked_at, clock_timestamp()) WHERE id = $1`, id)
		if err != nil {
			return fmt.Errorf("revoke key %s: %w", id, err)
		}
		if tag.RowsAffected() == 0 {
			return need.Errorf(need.NotFound, "key_unknown", "key %s is not there", id)
		}
		return nil
	})
}
