package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// FinishedCases returns, the newest first, how it went with needs but one that
// the scope sees: cases that came to a contract or to their end, at most limit
// of them. Of achievements it returns those with one of them only.
func (s *Store) FinishedCases(ctx context.Context, scope need.Scope, other need.ID, of []need.AchievementID, limit int) ([]need.FinishedCase, error) {
	var list []need.FinishedCase
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT k.id::text, n.id::text, n.title, COALESCE(n.record #>> '{suggestions,problem_abstract,value}', ''),
				COALESCE((SELECT string_agg(v #>> '{}', E'\n') FROM jsonb_path_query(n.record, '$.fields.problem.value[*]') v), ''), k.library, k.entry_id::text, `+supplyName+`, k.stage, k.outcome,
				COALESCE((SELECT e.body ->> 'reason' FROM case_events e
					WHERE e.case_id = k.id AND k.stage = 'closed' AND e.kind IN ('declined', 'consented', 'followed_up', 'ended')
					ORDER BY e.seq DESC LIMIT 1), '')
			FROM cases k JOIN needs n ON n.id = k.need_id`+supplyTables+`
			WHERE (@all OR k.library = 'achievements' AND k.entry_id = ANY (@of::uuid[])) AND n.id::text <> @other
				AND k.stage IN ('contract', 'production', 'follow_up', 'closed')
			ORDER BY k.updated_at DESC, k.id LIMIT @limit`,
			pgx.NamedArgs{"all": of == nil, "of": plain(of), "other": string(other), "limit": limit})
		if err != nil {
			return fmt.Errorf("list finished cases: %w", err)
		}
		list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (c need.FinishedCase, err error) {
			err = row.Scan(&c.Case, &c.Need, &c.Title, &c.Abstract, &c.Problem, &c.Library, &c.Entry, &c.Supply, &c.Stage, &c.Outcome, &c.Reason)
			return c, err
		})
		return err
	})
	return list, err
}
