package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// tellWebhooks makes a delivery of each event that a webhook has not been told
// of. Events become visible out of the order of their times, so that each look
// goes back ten minutes behind the last one, longer than anything that writes
// events takes; what was found before meets its key and is passed over. What
// leaves names things and says nothing of them, nor who did it: receivers ask
// the API, with a key that has limits of its own.
const tellWebhooks = `
	WITH open AS MATERIALIZED (
		SELECT id, centre_path, events, greatest(since, seen_at - interval '10 minutes') AS after FROM webhooks WHERE disabled_at IS NULL
	), happened AS MATERIALIZED (
		SELECT 'need-' || e.seq AS key, e.centre_path, e.at, 'need.' || coalesce(e.status, 'unmerged') AS event,
		       jsonb_build_object('need_id', e.need_id, 'from', before.status, 'to', e.status) AS about
		FROM (SELECT *, ` + statusOf + ` AS status FROM events WHERE ` + moves + ` AND at >= (SELECT min(after) FROM open)) e
		LEFT JOIN LATERAL (
			SELECT ` + statusOf + ` AS status FROM events
			WHERE need_id = e.need_id AND seq < e.seq AND ` + moves + ` ORDER BY seq DESC LIMIT 1
		) before ON true
		UNION ALL
		SELECT 'case-' || e.seq, e.centre_path, e.at, 'case.' || e.kind, jsonb_build_object('case_id', e.case_id, 'need_id', c.need_id)
		FROM case_events e JOIN cases c ON c.id = e.case_id
		WHERE e.at >= (SELECT min(after) FROM open)
	), told AS (
		INSERT INTO webhook_deliveries (centre_path, webhook_id, key, event, payload)
		SELECT w.centre_path, w.id, h.key, h.event,
		       jsonb_strip_nulls(h.about || jsonb_build_object('event', h.event, 'at', h.at, 'centre_path', h.centre_path))
		FROM happened h JOIN open w ON starts_with(h.centre_path, w.centre_path) AND h.event = ANY (w.events) AND h.at >= w.after
		ORDER BY h.at, h.key
		ON CONFLICT (webhook_id, key) DO NOTHING
		RETURNING 1
	), looked AS (
		UPDATE webhooks SET seen_at = now() WHERE id IN (SELECT id FROM open)
	)
	SELECT count(*) FROM told`

// moves are the events that change the status of a need.
const moves = `kind IN ('status_changed', 'need_merged', 'need_superseded', 'merge_undone')`

// statusOf is the status after one of them; null where a merge was undone,
// after which it is what it was before.
const statusOf = `CASE kind WHEN 'status_changed' THEN body->>'to' WHEN 'need_merged' THEN 'merged' WHEN 'need_superseded' THEN 'superseded' END`

// TellWebhooks looks for what webhooks of all centres are to be told, and
// returns how many deliveries it has made.
func (s *Store) TellWebhooks(ctx context.Context) (n int, err error) {
	err = s.InScope(ctx, s.Root(), func(tx pgx.Tx) error { return tx.QueryRow(ctx, tellWebhooks).Scan(&n) })
	if err != nil {
		return 0, fmt.Errorf("look for what webhooks are to be told: %w", err)
	}
	return n, nil
}

// Due is a delivery that is being sent, with all that this takes.
type Due struct {
	ID     string `db:"id"`
	Try    int    `db:"tries"`
	URL    string `db:"url"`
	Secret string `db:"secret"`
	Body   []byte `db:"body"`
}

// DueDeliveries takes up what is due, at most so many of each webhook: one
// that never answers must not stand in front of others. Whoever takes them has
// to say how it went until the lease ends; then they are taken up again.
func (s *Store) DueDeliveries(ctx context.Context, each int, lease time.Duration) ([]Due, error) {
	var list []Due
	err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			WITH due AS MATERIALIZED (
				SELECT d.id, w.url, w.secret FROM webhooks w CROSS JOIN LATERAL (
					SELECT id FROM webhook_deliveries
					WHERE webhook_id = w.id AND status = 'pending' AND next_at <= clock_timestamp()
					ORDER BY next_at LIMIT $1 FOR UPDATE SKIP LOCKED
				) d WHERE w.disabled_at IS NULL
			)
			UPDATE webhook_deliveries d SET tries = d.tries + 1, next_at = clock_timestamp() + $2::interval
			FROM due WHERE d.id = due.id
			RETURNING d.id, d.tries, due.url, due.secret, convert_to((jsonb_build_object('id', d.id) || d.payload)::text, 'UTF8') AS body`,
			each, lease)
		if err == nil {
			list, err = pgx.CollectRows(rows, pgx.RowToStructByName[Due])
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("take up deliveries: %w", err)
	}
	return list, nil
}

// Told is how a try to tell a webhook ended.
type Told struct {
	Status string        // sent, pending or failed
	After  time.Duration // until the next try of a pending one
	Code   int           // of the answer; 0 where none came
	Answer string
}

// DeliveryTold records how a try ended, unless the delivery was taken up again,
// replayed or dropped meanwhile.
func (s *Store) DeliveryTold(ctx context.Context, d Due, t Told) error {
	err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			UPDATE webhook_deliveries SET status = @status, next_at = clock_timestamp() + @after::interval, code = NULLIF(@code, 0), answer = @answer
			WHERE id = @id AND tries = @try AND status = 'pending'`,
			pgx.NamedArgs{"id": d.ID, "try": d.Try, "status": t.Status, "after": t.After, "code": t.Code, "answer": t.Answer})
		return err
	})
	if err != nil {
		return fmt.Errorf("record how delivery %s went: %w", d.ID, err)
	}
	return nil
}

// ForgetDeliveries removes what was sent or given up longer than d ago, and
// returns how many there were.
func (s *Store) ForgetDeliveries(ctx context.Context, d time.Duration) (int64, error) {
	var n int64
	err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `DELETE FROM webhook_deliveries WHERE status <> 'pending' AND at < now() - $1::interval`, d)
		n = tag.RowsAffected()
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("forget old deliveries: %w", err)
	}
	return n, nil
}
