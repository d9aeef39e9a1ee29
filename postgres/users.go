package postgres

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// User is somebody who signs in to the console.
type User struct {
	ID       string          `db:"id"`
	Centre   need.CentrePath `db:"centre_path"`
	Login    string          `db:"login"` // lower case
	Name     string          `db:"name"`
	Role     string          `db:"role"`     // "broker", "manager" or "admin"
	Password string          `db:"password"` // argon2id hash
	Created  time.Time       `db:"created_at"`
	Disabled *time.Time      `db:"disabled_at"`
}

const userColumns = `id, centre_path, login, name, role, password, created_at, disabled_at`

// CreateUser adds u, whose password is hashed already. It returns a Conflict
// error for a login that somebody has.
func (s *Store) CreateUser(ctx context.Context, scope need.Scope, u User) (User, error) {
	id, err := newID()
	if err != nil {
		return User{}, err
	}
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			INSERT INTO users (id, centre_path, login, name, role, password)
			VALUES (@id, @centre, @login, @name, @role, @password)
			RETURNING `+userColumns,
			pgx.NamedArgs{
				"id": id, "centre": string(u.Centre), "login": strings.ToLower(u.Login),
				"name": u.Name, "role": u.Role, "password": u.Password,
			})
		if err == nil {
			u, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[User])
		}
		if isCode(err, uniqueViolation) {
			return need.Errorf(need.Conflict, "login_taken", "create user: login %q is taken", u.Login)
		}
		if err != nil {
			return fmt.Errorf("create user %q: %w", u.Login, err)
		}
		return nil
	})
	return u, err
}

// User returns one user of the scope.
func (s *Store) User(ctx context.Context, scope need.Scope, id string) (User, error) {
	if err := known("user", id); err != nil {
		return User{}, err
	}
	return s.user(ctx, scope, `SELECT `+userColumns+` FROM users WHERE id = $1`, id)
}

// UserByLogin returns the user of the scope who signs in by this name.
func (s *Store) UserByLogin(ctx context.Context, scope need.Scope, login string) (User, error) {
	return s.user(ctx, scope, `SELECT `+userColumns+` FROM users WHERE login = $1`, strings.ToLower(login))
}

func (s *Store) user(ctx context.Context, scope need.Scope, query, arg string) (User, error) {
	var u User
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, query, arg)
		if err != nil {
			return fmt.Errorf("read user: %w", err)
		}
		u, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[User])
		return found(err, "user", arg)
	})
	return u, err
}

// SetPassword replaces the hash of a user's password.
func (s *Store) SetPassword(ctx context.Context, scope need.Scope, id, hash string) error {
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `UPDATE users SET password = $2 WHERE id = $1`, id, hash); err != nil {
			return fmt.Errorf("set the password of user %s: %w", id, err)
		}
		return nil
	})
}
