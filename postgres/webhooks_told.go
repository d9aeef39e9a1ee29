package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Delivery is something that a webhook is told, or was.
type Delivery struct {
	ID      string          `db:"id"` // the receiver knows repetitions by it
	Event   string          `db:"event"`
	Payload json.RawMessage `db:"payload"` // without the id
	Status  string          `db:"status"`  // pending, sent or failed
	Tries   int             `db:"tries"`
	Next    time.Time       `db:"next_at"` // the next try of a pending one
	Code    *int            `db:"code"`    // of the last answer; nil where none came
	Answer  string          `db:"answer"`  // its beginning, or why none came
	At      time.Time       `db:"at"`
}

const deliveryColumns = `id, event, payload, status, tries, next_at, code, answer, at`

// Deliveries lists what a webhook of the scope was told, newest first; status
// "" is any.
func (s *Store) Deliveries(ctx context.Context, scope need.Scope, webhook, status string, p Page) (list []Delivery, next string, err error) {
	from, err := p.start()
	if err != nil {
		return nil, "", err
	}
	err = s.onWebhook(ctx, scope, webhook, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT `+deliveryColumns+` FROM webhook_deliveries
			WHERE webhook_id = @webhook AND (at, id) < (@at, @id) AND (@status = '' OR status = @status)
			ORDER BY at DESC, id DESC LIMIT @limit`,
			pgx.NamedArgs{"webhook": webhook, "at": from.at, "id": from.id, "status": status, "limit": p.limit() + 1})
		if err == nil {
			list, err = pgx.CollectRows(rows, pgx.RowToStructByName[Delivery])
		}
		if err != nil {
			return fmt.Errorf("list what webhook %s was told: %w", webhook, err)
		}
		return nil
	})
	list, next = cut(list, p.limit(), func(d Delivery) position { return position{d.At, d.ID} })
	return list, next, err
}

// Replay has something told again, under the same id, from its first try on.
func (s *Store) Replay(ctx context.Context, scope need.Scope, webhook, delivery string) (Delivery, error) {
	if err := known("delivery", delivery); err != nil {
		return Delivery{}, err
	}
	return s.tell(ctx, scope, webhook, delivery, `
		UPDATE webhook_deliveries SET status = 'pending', tries = 0, next_at = now()
		WHERE id = @id AND webhook_id = @webhook RETURNING `+deliveryColumns)
}

// TryWebhook has a webhook of the scope told that it is being tried.
func (s *Store) TryWebhook(ctx context.Context, scope need.Scope, webhook string) (Delivery, error) {
	id, err := newID()
	if err != nil {
		return Delivery{}, err
	}
	return s.tell(ctx, scope, webhook, id, `
		INSERT INTO webhook_deliveries (id, centre_path, webhook_id, key, event, payload)
		SELECT @id::uuid, centre_path, id, 'ping-' || @id::uuid, 'ping', jsonb_build_object('event', 'ping', 'at', now(), 'centre_path', centre_path)
		FROM webhooks WHERE id = @webhook RETURNING `+deliveryColumns)
}

// tell runs a statement that makes one delivery due; a disabled webhook is told nothing.
func (s *Store) tell(ctx context.Context, scope need.Scope, webhook, delivery, statement string) (Delivery, error) {
	var d Delivery
	err := s.onWebhook(ctx, scope, webhook, func(tx pgx.Tx) error {
		var disabled bool
		if err := tx.QueryRow(ctx, `SELECT disabled_at IS NOT NULL FROM webhooks WHERE id = $1 FOR SHARE`, webhook).Scan(&disabled); err != nil {
			return found(err, "webhook", webhook)
		}
		if disabled {
			return need.Errorf(need.Conflict, "webhook_disabled", "webhook %s is disabled", webhook)
		}
		rows, err := tx.Query(ctx, statement, pgx.NamedArgs{"id": delivery, "webhook": webhook})
		if err == nil {
			d, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Delivery])
		}
		return found(err, "delivery", delivery)
	})
	return d, err
}

// onWebhook runs fn in the scope if the webhook is there.
func (s *Store) onWebhook(ctx context.Context, scope need.Scope, webhook string, fn func(pgx.Tx) error) error {
	if err := known("webhook", webhook); err != nil {
		return err
	}
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		var there bool
		if err := tx.QueryRow(ctx, `SELECT true FROM webhooks WHERE id = $1`, webhook).Scan(&there); err != nil {
			return found(err, "webhook", webhook)
		}
		return fn(tx)
	})
}
