package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// PutMatches stores a run of matching: it replaces the last one of the need,
// keeps the decisions, and returns the run as it stands then.
func (s *Store) PutMatches(ctx context.Context, scope need.Scope, id need.ID, run need.MatchRun) (need.MatchRun, error) {
	if err := known("need", id); err != nil {
		return need.MatchRun{}, err
	}
	var stored need.MatchRun
	err := s.InScope(ctx, scope, func(tx pgx.Tx) (err error) {
		var centre need.CentrePath
		// Locked, so that two runs at once do not mix.
		if err := tx.QueryRow(ctx, `SELECT centre_path FROM needs WHERE id = $1 FOR UPDATE`, string(id)).Scan(&centre); err != nil {
			return found(err, "need", id)
		}
		batch := &pgx.Batch{}
		// A decided match that the new run lacks is kept, out of the ranking.
		batch.Queue(`DELETE FROM matches WHERE need_id = $1 AND decision IS NULL AND achievement_id <> ALL ($2::uuid[])`, string(id), achievementsOf(run))
		batch.Queue(`UPDATE matches SET rank = 0 WHERE need_id = $1`, string(id))
		for _, m := range run.Matches {
			if err := queueMatch(batch, centre, id, run, m); err != nil {
				return err
			}
		}
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return fmt.Errorf("put matches of need %s: %w", id, err)
		}
		if stored, err = matchRun(ctx, tx, id); err != nil {
			return err
		}
		if s.opt.Matches == nil || !slices.ContainsFunc(stored.Matches, func(m need.Match) bool { return m.Unwritten }) {
			return nil
		}
		return s.opt.Matches.EnqueueCards(ctx, tx, MatchJob{Centre: centre, Need: id})
	})
	return stored, err
}

func achievementsOf(run need.MatchRun) []string {
	ids := make([]string, len(run.Matches))
	for i, m := range run.Matches {
		ids[i] = string(m.Achievement.ID)
	}
	return ids
}

func queueMatch(batch *pgx.Batch, centre need.CentrePath, id need.ID, run need.MatchRun, m need.Match) error {
	key, err := newID()
	if err != nil {
		return err
	}
	reasons, err := json.Marshal(storedReasons(m.Reasons))
	if err != nil {
		return fmt.Errorf("encode reasons: %w", err)
	}
	gaps, err := json.Marshal(storedReasons(m.Gaps))
	if err != nil {
		return fmt.Errorf("encode gaps: %w", err)
	}
	batch.Queue(`
		INSERT INTO matches AS m (id, centre_path, need_id, need_version, achievement_id, rank, score, reasons, gaps, model, unwritten, share)
		VALUES (@id, @centre, @need, @version, @achievement, @rank, @score, @reasons, @gaps, @model, @write, @share)
		ON CONFLICT (need_id, achievement_id) DO UPDATE SET
			need_version = excluded.need_version, rank = excluded.rank, score = excluded.score,
			reasons = excluded.reasons, gaps = excluded.gaps, model = excluded.model, share = excluded.share, created_at = now(),
			lines = CASE WHEN `+sameClaims+` THEN m.lines ELSE '[]' END,
			unwritten = excluded.unwritten AND NOT (`+sameClaims+` AND m.lines <> '[]')`,
		pgx.NamedArgs{
			"id": key, "centre": string(centre), "need": string(id), "version": run.Version, "achievement": string(m.Achievement.ID),
			"rank": m.Rank, "score": m.Score, "reasons": reasons, "gaps": gaps, "model": run.Model, "write": m.Rank <= run.Write, "share": m.Share,
		})
	return nil
}

// sameClaims: what was written of a match still rests on what is claimed now.
const sameClaims = `m.reasons = excluded.reasons AND m.gaps = excluded.gaps`

// Matches returns the last run for a need, best first. NotFound if the scope
// does not hold the need; no model and no matches before the first run.
func (s *Store) Matches(ctx context.Context, scope need.Scope, id need.ID) (need.MatchRun, error) {
	if err := known("need", id); err != nil {
		return need.MatchRun{}, err
	}
	var run need.MatchRun
	err := s.InScope(ctx, scope, func(tx pgx.Tx) (err error) {
		var there bool
		if err := tx.QueryRow(ctx, `SELECT true FROM needs WHERE id = $1`, string(id)).Scan(&there); err != nil {
			return found(err, "need", id)
		}
		run, err = matchRun(ctx, tx, id)
		return err
	})
	return run, err
}

const matchColumns = `m.id, m.need_id, m.rank, m.score, m.share, m.reasons, m.gaps, m.lines, m.unwritten, m.model, m.need_version, m.created_at,
	m.decision, m.decision_reason, m.decision_note, m.decided_by, m.decided_at, ` + achievementColumns

func matchRun(ctx context.Context, tx pgx.Tx, id need.ID) (need.MatchRun, error) {
	rows, err := tx.Query(ctx, `
		SELECT `+matchColumns+` FROM matches m JOIN achievements a ON a.id = m.achievement_id
		WHERE m.need_id = $1 AND m.rank > 0 ORDER BY m.rank`, string(id))
	if err != nil {
		return need.MatchRun{}, fmt.Errorf("read matches of need %s: %w", id, err)
	}
	var run need.MatchRun
	run.Matches, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (need.Match, error) {
		m, version, err := scanMatch(row)
		run.Model, run.Version = m.Model, version
		return m, err
	})
	if err != nil {
		return need.MatchRun{}, fmt.Errorf("read matches of need %s: %w", id, err)
	}
	return run, nil
}

func scanMatch(row pgx.CollectableRow) (m need.Match, version int, err error) {
	var reasons, gaps []byte
	var lines []cardLine
	var decision *string
	var at *time.Time
	var d need.Decision
	targets := []any{
		&m.ID, &m.Need, &m.Rank, &m.Score, &m.Share, &reasons, &gaps, &lines, &m.Unwritten, &m.Model, &version, &m.Created,
		&decision, &d.Reason, &d.Note, &d.By, &at,
	}
	if err := row.Scan(append(targets, achievementTargets(&m.Achievement)...)...); err != nil {
		return m, 0, err
	}
	if decision != nil && at != nil {
		d.Recommended, d.At = *decision == "recommended", *at
		m.Decision = &d
	}
	for _, l := range lines {
		m.Lines = append(m.Lines, need.CardLine(l))
	}
	if m.Reasons, err = readReasons(reasons); err == nil {
		m.Gaps, err = readReasons(gaps)
	}
	return m, version, err
}

// DecideMatch stores what the scope's actor made of a match, over any decision
// before, and returns the match.
func (s *Store) DecideMatch(ctx context.Context, scope need.Scope, id need.MatchID, d need.Decision) (need.Match, error) {
	if err := known("match", id); err != nil {
		return need.Match{}, err
	}
	word := "recommended"
	if !d.Recommended {
		word = "rejected"
		if !slices.Contains(need.DeclineReasons(), d.Reason) {
			return need.Match{}, need.Errorf(need.Invalid, "decision_reason", "a rejection needs a reason, not %.40q", d.Reason)
		}
	}
	var m need.Match
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		// Before the match itself, since a need is locked before its matches.
		if err := s.followDecision(ctx, tx, scope, id, d); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, `
			UPDATE matches SET decision = @word, decision_reason = @reason, decision_note = @note, decided_by = @by, decided_at = now()
			WHERE id = @id`,
			pgx.NamedArgs{"id": string(id), "word": word, "reason": d.Reason, "note": d.Note, "by": string(scope.Actor)})
		if err != nil {
			return fmt.Errorf("decide match %s: %w", id, err)
		}
		if tag.RowsAffected() == 0 {
			return found(pgx.ErrNoRows, "match", id)
		}
		rows, err := tx.Query(ctx, `SELECT `+matchColumns+` FROM matches m JOIN achievements a ON a.id = m.achievement_id WHERE m.id = $1`, string(id))
		if err != nil {
			return fmt.Errorf("read match %s: %w", id, err)
		}
		m, err = pgx.CollectExactlyOneRow(rows, func(row pgx.CollectableRow) (need.Match, error) {
			m, _, err := scanMatch(row)
			return m, err
		})
		return found(err, "match", id)
	})
	return m, err
}
