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
	ID         string          `db:"id"`
	Centre     need.CentrePath `db:"centre_path"`
	Login      string          `db:"login"` // lower case
	Name       string          `db:"name"`
	Role       string          `db:"role"`        // "broker", "manager", "admin" or "auditor"
	Password   string          `db:"password"`    // argon2id hash; "" while none was chosen
	Subject    *string         `db:"subject"`     // of single sign-on, "issuer|subject"
	TOTP       string          `db:"totp"`        // base32 secret of the second factor, "" without one
	MustChange bool            `db:"must_change"` // the password was chosen by somebody else
	Generation int             `db:"generation"`  // of sessions; older ones are over
	Created    time.Time       `db:"created_at"`
	Disabled   *time.Time      `db:"disabled_at"`
}

const userColumns = `id, centre_path, login, name, role, password, subject, totp, must_change, generation, created_at, disabled_at`

// CreateUser adds u, whose password is hashed already. It returns a Conflict
// error for a login that somebody has.
func (s *Store) CreateUser(ctx context.Context, scope need.Scope, u User) (User, error) {
	id, err := newID()
	if err != nil {
		return User{}, err
	}
	return s.user(ctx, scope, u.Login, `
		INSERT INTO users (id, centre_path, login, name, role, password, must_change)
		VALUES (@id, @centre, @login, @name, @role, @password, @must)
		RETURNING `+userColumns,
		pgx.NamedArgs{
			"id": id, "centre": string(u.Centre), "login": strings.ToLower(u.Login),
			"name": u.Name, "role": u.Role, "password": u.Password, "must": u.MustChange,
		})
}

// Users lists the users of the scope, those who are disabled last.
func (s *Store) Users(ctx context.Context, scope need.Scope) (list []User, err error) {
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT `+userColumns+` FROM users ORDER BY disabled_at IS NOT NULL, centre_path, login`)
		if err == nil {
			list, err = pgx.CollectRows(rows, pgx.RowToStructByName[User])
		}
		if err != nil {
			return fmt.Errorf("list users: %w", err)
		}
		return nil
	})
	return list, err
}

// User returns one user of the scope.
func (s *Store) User(ctx context.Context, scope need.Scope, id string) (User, error) {
	if err := known("user", id); err != nil {
		return User{}, err
	}
	return s.user(ctx, scope, id, `SELECT `+userColumns+` FROM users WHERE id = @id`, pgx.NamedArgs{"id": id})
}

// UserByLogin returns the user of the scope who signs in by this name.
func (s *Store) UserByLogin(ctx context.Context, scope need.Scope, login string) (User, error) {
	return s.user(ctx, scope, login, `SELECT `+userColumns+` FROM users WHERE login = @login`,
		pgx.NamedArgs{"login": strings.ToLower(login)})
}

// UserBySubject returns the user of the scope whom single sign-on knows by this
// subject. One who has none yet is found by the login, and keeps the subject.
func (s *Store) UserBySubject(ctx context.Context, scope need.Scope, subject, login string) (User, error) {
	return s.user(ctx, scope, subject, `
		UPDATE users SET subject = @subject
		WHERE subject = @subject OR subject IS NULL AND login = @login AND @login <> ''
			AND NOT EXISTS (SELECT FROM users WHERE subject = @subject)
		RETURNING `+userColumns,
		pgx.NamedArgs{"subject": subject, "login": strings.ToLower(login)})
}

// UserChange is what changes of a user; nil stays as it is.
type UserChange struct {
	Centre   *need.CentrePath
	Name     *string
	Role     *string
	Disabled *bool
	NoTOTP   bool // takes the second factor away, from who has lost it
}

// ChangeUser changes a user of the scope. Whoever is disabled, moved or given
// another role is signed out.
func (s *Store) ChangeUser(ctx context.Context, scope need.Scope, id string, c UserChange) (User, error) {
	if err := known("user", id); err != nil {
		return User{}, err
	}
	return s.user(ctx, scope, id, `
		UPDATE users SET
			centre_path = coalesce(@centre, centre_path), name = coalesce(@name, name), role = coalesce(@role, role),
			disabled_at = CASE @disabled::boolean WHEN true THEN coalesce(disabled_at, now()) WHEN false THEN NULL ELSE disabled_at END,
			totp = CASE WHEN @no_totp THEN '' ELSE totp END,
			generation = generation + (@centre IS NOT NULL OR @role IS NOT NULL OR @disabled IS true OR @no_totp)::int
		WHERE id = @id
		RETURNING `+userColumns,
		pgx.NamedArgs{
			"id": id, "centre": (*string)(c.Centre), "name": c.Name, "role": c.Role, "disabled": c.Disabled, "no_totp": c.NoTOTP,
		})
}

// SetPassword replaces the hash of a user's password, and ends the sessions.
func (s *Store) SetPassword(ctx context.Context, scope need.Scope, id, hash string) (User, error) {
	return s.user(ctx, scope, id, `
		UPDATE users SET password = @hash, must_change = false, generation = generation + 1 WHERE id = @id
		RETURNING `+userColumns,
		pgx.NamedArgs{"id": id, "hash": hash})
}

// user runs a query that gives one user, who is known to the caller as name.
func (s *Store) user(ctx context.Context, scope need.Scope, name, query string, args pgx.NamedArgs) (User, error) {
	var u User
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, query, args)
		if err == nil {
			u, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[User])
		}
		if isCode(err, uniqueViolation) {
			return need.Errorf(need.Conflict, "login_taken", "user %q: the login is taken", name)
		}
		return found(err, "user", name)
	})
	return u, err
}
