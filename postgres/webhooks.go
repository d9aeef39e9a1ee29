package postgres

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Webhook is an address that is told what happens, without its secret.
type Webhook struct {
	ID       string          `db:"id"`
	Centre   need.CentrePath `db:"centre_path"` // it is told of this centre and those below
	Name     string          `db:"name"`
	URL      string          `db:"url"`
	Events   []string        `db:"events"` // need.STATUS and case.KIND
	Created  time.Time       `db:"created_at"`
	Disabled *time.Time      `db:"disabled_at"`
}

const webhookColumns = `id, centre_path, name, url, events, created_at, disabled_at`

// CreateWebhook makes a webhook of w's name, centre, address and events. It
// returns the stored one and, this once, the secret that it signs with.
func (s *Store) CreateWebhook(ctx context.Context, scope need.Scope, w Webhook) (Webhook, string, error) {
	id, err := newID()
	if err != nil {
		return Webhook{}, "", err
	}
	var key [32]byte
	rand.Read(key[:]) // never fails: crypto/rand ends the program instead
	secret := "whsec_" + base64.StdEncoding.EncodeToString(key[:])
	made, err := s.webhook(ctx, scope, id, `
		INSERT INTO webhooks (id, centre_path, name, url, events, secret)
		VALUES (@id, @centre, @name, @url, @events, @secret) RETURNING `+webhookColumns,
		pgx.NamedArgs{"id": id, "centre": string(w.Centre), "name": w.Name, "url": w.URL, "events": w.Events, "secret": secret})
	return made, secret, err
}

// Webhooks returns the webhooks of the scope, newest first.
func (s *Store) Webhooks(ctx context.Context, scope need.Scope) ([]Webhook, error) {
	var list []Webhook
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT `+webhookColumns+` FROM webhooks ORDER BY created_at DESC, id LIMIT 1000`)
		if err == nil {
			list, err = pgx.CollectRows(rows, pgx.RowToStructByName[Webhook])
		}
		if err != nil {
			return fmt.Errorf("list webhooks: %w", err)
		}
		return nil
	})
	return list, err
}

// WebhookChange is what changes of a webhook; nil stays as it is.
type WebhookChange struct {
	Name     *string
	URL      *string
	Events   []string
	Disabled *bool
}

// ChangeWebhook changes a webhook of the scope. What waits for one that is
// disabled counts as failed: weeks later it would be told as if it were news.
// One that is enabled again hears of what happens from then on.
func (s *Store) ChangeWebhook(ctx context.Context, scope need.Scope, id string, c WebhookChange) (Webhook, error) {
	if err := known("webhook", id); err != nil {
		return Webhook{}, err
	}
	return s.webhook(ctx, scope, id, `
		WITH dropped AS (
			UPDATE webhook_deliveries SET status = 'failed', answer = 'the webhook was disabled'
			WHERE webhook_id = @id AND status = 'pending' AND @disabled::boolean IS true
		)
		UPDATE webhooks SET
			name = coalesce(@name, name), url = coalesce(@url, url), events = coalesce(@events, events),
			disabled_at = CASE @disabled::boolean WHEN true THEN coalesce(disabled_at, now()) WHEN false THEN NULL ELSE disabled_at END,
			since = CASE WHEN @disabled::boolean IS false AND disabled_at IS NOT NULL THEN now() ELSE since END
		WHERE id = @id RETURNING `+webhookColumns,
		pgx.NamedArgs{"id": id, "name": c.Name, "url": c.URL, "events": c.Events, "disabled": c.Disabled})
}

// DeleteWebhook removes a webhook of the scope with all that it was told.
func (s *Store) DeleteWebhook(ctx context.Context, scope need.Scope, id string) error {
	if err := known("webhook", id); err != nil {
		return err
	}
	_, err := s.webhook(ctx, scope, id, `DELETE FROM webhooks WHERE id = @id RETURNING `+webhookColumns, pgx.NamedArgs{"id": id})
	return err
}

// webhook runs a statement that gives one webhook.
func (s *Store) webhook(ctx context.Context, scope need.Scope, id, statement string, args pgx.NamedArgs) (Webhook, error) {
	var w Webhook
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, statement, args)
		if err == nil {
			w, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Webhook])
		}
		return found(err, "webhook", id)
	})
	return w, err
}
