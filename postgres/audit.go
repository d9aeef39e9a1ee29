package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Audit is something that somebody did, or tried to do, over the API.
type Audit struct {
	ID        string          `db:"id"`
	Centre    need.CentrePath `db:"centre_path"` // of who did it
	At        time.Time       `db:"at"`
	Actor     string          `db:"actor"` // "user ID", "api_key ID", or "login NAME" of somebody who was not let in
	Name      string          `db:"name"`
	Operation string          `db:"operation"` // of the API document
	Object    string          `db:"object"`    // path, such as /needs/ID/approve
	Status    int             `db:"status"`    // of the answer, as HTTP has it
	Address   string          `db:"address"`
}

// PutAudit adds one. It is never changed afterwards.
func (s *Store) PutAudit(ctx context.Context, a Audit) error {
	id, err := newID()
	if err != nil {
		return err
	}
	scope := need.Scope{Path: a.Centre, Actor: need.System}
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			INSERT INTO audit (id, centre_path, actor, name, operation, object, status, address)
			VALUES (@id, @centre, @actor, @name, @operation, @object, @status, @address)`,
			pgx.NamedArgs{
				"id": id, "centre": string(a.Centre), "actor": a.Actor, "name": a.Name,
				"operation": a.Operation, "object": a.Object, "status": a.Status, "address": a.Address,
			})
		if err != nil {
			return fmt.Errorf("write the audit of %s: %w", a.Operation, err)
		}
		return nil
	})
}

// AuditFilter narrows a list of audits; zero values do not.
type AuditFilter struct {
	Query     string // in the actor, the name, the object or the address
	Operation string
	Refused   bool // only what was not let through
	From, To  time.Time
}

// ListAudit lists what was done, newest first.
func (s *Store) ListAudit(ctx context.Context, scope need.Scope, f AuditFilter, p Page) (list []Audit, next string, err error) {
	from, err := p.start()
	if err != nil {
		return nil, "", err
	}
	if f.To.IsZero() {
		f.To = from.at
	}
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT id, centre_path, at, actor, name, operation, object, status, address FROM audit
			WHERE (at, id) < (@at, @id) AND at >= @from AND at < @to
				AND (@operation = '' OR operation = @operation) AND (NOT @refused OR status >= 400)
				AND (@query = '' OR strpos(lower(concat_ws(' ', actor, name, object, address)), lower(@query)) > 0)
			ORDER BY at DESC, id DESC LIMIT @limit`,
			pgx.NamedArgs{
				"at": from.at, "id": from.id, "from": f.From, "to": f.To, "operation": f.Operation,
				"refused": f.Refused, "query": f.Query, "limit": p.limit() + 1,
			})
		if err == nil {
			list, err = pgx.CollectRows(rows, pgx.RowToStructByName[Audit])
		}
		if err != nil {
			return fmt.Errorf("list audits: %w", err)
		}
		return nil
	})
	if err != nil {
		return nil, "", err
	}
	list, next = cut(list, p.limit(), func(a Audit) position { return position{at: a.At, id: a.ID} })
	return list, next, nil
}
