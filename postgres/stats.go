package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Stats are the counts of one scope.
type Stats struct {
	NeedsByStatus           map[string]int `db:"needs_by_status"`
	NeedsByChain            map[string]int `db:"needs_by_chain"` // without those of no chain
	NeedsNew                int            `db:"needs_new"`      // of the last seven days
	NeedsMeanScore          float64        `db:"needs_mean_score"`
	ConversationsByStatus   map[string]int `db:"conversations_by_status"`
	ConversationsWithBroker int            `db:"conversations_with_broker"`
	Achievements            int            `db:"achievements"`
	Experts                 int            `db:"experts"`
	FinanceProducts         int            `db:"finance_products"`
}

// Stats counts what the scope sees.
func (s *Store) Stats(ctx context.Context, scope need.Scope) (Stats, error) {
	var st Stats
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT
				(SELECT COALESCE(jsonb_object_agg(status, n), '{}') FROM
					(SELECT status, count(*) AS n FROM needs GROUP BY status) g) AS needs_by_status,
				(SELECT COALESCE(jsonb_object_agg(chain, n), '{}') FROM
					(SELECT chain, count(*) AS n FROM needs WHERE chain <> '' GROUP BY chain) g) AS needs_by_chain,
				(SELECT count(*) FROM needs WHERE created_at > now() - interval '7 days') AS needs_new,
				(SELECT COALESCE(avg(score), 0)::float8 FROM needs) AS needs_mean_score,
				(SELECT COALESCE(jsonb_object_agg(status, n), '{}') FROM
					(SELECT status, count(*) AS n FROM conversations GROUP BY status) g) AS conversations_by_status,
				(SELECT count(*) FROM conversations WHERE owner = 'broker') AS conversations_with_broker,
				(SELECT count(*) FROM achievements WHERE archived_at IS NULL) AS achievements,
				(SELECT count(*) FROM experts WHERE archived_at IS NULL) AS experts,
				(SELECT count(*) FROM finance_products WHERE archived_at IS NULL) AS finance_products`)
		if err != nil {
			return fmt.Errorf("count: %w", err)
		}
		st, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Stats])
		return err
	})
	return st, err
}

// Change says that a need, a conversation or an import is not as it was.
type Change struct {
	Kind string    `db:"kind"` // "need", "conversation" or "import"
	ID   string    `db:"id"`
	At   time.Time `db:"at"`
}

// MaxChanges is how many changes are read at a time.
const MaxChanges = 500

// Changes returns the needs, conversations and imports of the scope that have changed
// after a time, oldest change first, at most MaxChanges.
func (s *Store) Changes(ctx context.Context, scope need.Scope, after time.Time) ([]Change, error) {
	var list []Change
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT 'need' AS kind, id::text, updated_at AS at FROM needs WHERE updated_at > $1
			UNION ALL
			SELECT 'conversation', id::text, updated_at FROM conversations WHERE updated_at > $1
			UNION ALL
			SELECT 'import', i.id::text, i.updated_at FROM imports i JOIN documents d ON d.id = i.document_id
			WHERE i.updated_at > $1 AND d.conversation_id IS NULL
			ORDER BY at, id LIMIT $2`, after, MaxChanges)
		if err != nil {
			return fmt.Errorf("look for changes: %w", err)
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[Change])
		return err
	})
	return list, err
}
