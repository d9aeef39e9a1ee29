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

// OpenCase brings a need and a record of a library together. Of a match only its
// id has to be given. Conflict, code "case_exists", says that they have a case.
func (s *Store) OpenCase(ctx context.Context, scope need.Scope, of need.CaseSubject) (Case, []need.CaseEvent, error) {
	var k Case
	var list []need.CaseEvent
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		subject, centre, err := subjectOf(ctx, tx, of)
		if err != nil {
			return err
		}
		id, err := openCase(ctx, tx, scope, subject, centre)
		if err != nil {
			return err
		}
		k, list, err = storedCase(ctx, tx, id)
		return err
	})
	if err != nil {
		return k, nil, fmt.Errorf("open a case: %w", err)
	}
	return k, list, nil
}

// subjectOf completes what a case is about, and returns whose need it is. What
// the scope does not see is NotFound.
func subjectOf(ctx context.Context, tx pgx.Tx, of need.CaseSubject) (need.CaseSubject, need.CentrePath, error) {
	var centre need.CentrePath
	if of.Match != "" {
		if err := known("match", of.Match); err != nil {
			return of, "", err
		}
		err := tx.QueryRow(ctx, `
			SELECT centre_path, need_id::text, need_version, achievement_id::text, rank, score, model FROM matches WHERE id = $1`, string(of.Match)).
			Scan(&centre, &of.Need, &of.Version, &of.Entry, &of.Rank, &of.Score, &of.Model)
		of.Library = need.Achievements
		return of, centre, found(err, "match", of.Match)
	}
	if err := known("need", of.Need); err != nil {
		return of, "", err
	}
	if !slices.Contains(need.CaseLibraries(), of.Library) {
		return of, "", need.Errorf(need.Invalid, "case_subject", "a case of %q", of.Library)
	}
	if err := known("entry", of.Entry); err != nil {
		return of, "", err
	}
	err := tx.QueryRow(ctx, `SELECT centre_path, version FROM needs WHERE id = $1`, string(of.Need)).Scan(&centre, &of.Version)
	if err != nil {
		return of, "", found(err, "need", of.Need)
	}
	var there bool
	err = tx.QueryRow(ctx, `SELECT true FROM `+tableOf(of.Library).name+` WHERE id = $1 AND archived_at IS NULL`, string(of.Entry)).Scan(&there)
	return of, centre, found(err, "entry", of.Entry)
}

func openCase(ctx context.Context, tx pgx.Tx, scope need.Scope, of need.CaseSubject, centre need.CentrePath) (need.CaseID, error) {
	raw, err := newID()
	if err != nil {
		return "", err
	}
	id := need.CaseID(raw)
	c := need.FoldCase(id, nil)
	e := need.CaseEvent{Kind: need.CaseOpened, At: time.Now(), By: scope.Actor, Of: &of}
	if err := c.Next(e); err != nil {
		return "", err
	}
	c.Apply(e)
	tag, err := tx.Exec(ctx, `
		INSERT INTO cases (id, centre_path, need_id, library, entry_id, stage, version, stage_since, due_at)
		VALUES (@id, @centre, @need, @library, @entry, @stage, 1, @since, @due) ON CONFLICT (need_id, library, entry_id) DO NOTHING`,
		pgx.NamedArgs{
			"id": raw, "centre": string(centre), "need": string(of.Need), "library": string(of.Library), "entry": string(of.Entry),
			"stage": string(c.Stage), "since": c.Opened, "due": given(c.Due()),
		})
	if err != nil {
		return "", fmt.Errorf("store the case: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return "", need.Errorf(need.Conflict, "case_exists", "need %s and %s of %s have a case", of.Need, of.Entry, of.Library)
	}
	return id, appendCaseEvent(ctx, tx, id, centre, e)
}

func appendCaseEvent(ctx context.Context, tx pgx.Tx, id need.CaseID, centre need.CentrePath, e need.CaseEvent) error {
	body, err := json.Marshal(storedCaseEvent(e))
	if err != nil {
		return fmt.Errorf("encode %s: %w", e.Kind, err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO case_events (centre_path, case_id, kind, actor, at, body) VALUES ($1, $2, $3, $4, $5, $6)`,
		string(centre), string(id), string(e.Kind), string(e.By), e.At, body)
	if err != nil {
		return fmt.Errorf("store %s of case %s: %w", e.Kind, id, err)
	}
	return nil
}

// ActOnCase lets something happen to a case, if it may: the event, the case as
// it stands then, the status of its need and what it says about the ranking,
// all or nothing. If version is not the case's own it returns a Conflict error,
// code "version_stale"; 0 stands for any.
func (s *Store) ActOnCase(ctx context.Context, scope need.Scope, id need.CaseID, version int, e need.CaseEvent) (Case, []need.CaseEvent, error) {
	if err := known("case", id); err != nil {
		return Case{}, nil, err
	}
	var k Case
	var list []need.CaseEvent
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		if err := s.act(ctx, tx, scope, id, version, e); err != nil {
			return err
		}
		var err error
		k, list, err = storedCase(ctx, tx, id)
		return err
	})
	if err != nil {
		return k, nil, fmt.Errorf("act on case %s: %w", id, err)
	}
	return k, list, nil
}

func (s *Store) act(ctx context.Context, tx pgx.Tx, scope need.Scope, id need.CaseID, version int, e need.CaseEvent) error {
	var of need.ID
	var centre need.CentrePath
	if err := tx.QueryRow(ctx, `SELECT need_id::text, centre_path FROM cases WHERE id = $1`, string(id)).Scan(&of, &centre); err != nil {
		return found(err, "case", id)
	}
	// The need first, as whoever changes a need does; then the case.
	sides, err := s.lockBoth(ctx, tx, Pairing{Keep: of, Drop: of})
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `SELECT FROM cases WHERE id = $1 FOR UPDATE`, string(id)); err != nil {
		return fmt.Errorf("lock case %s: %w", id, err)
	}
	past, err := caseEvents(ctx, tx, id)
	if err != nil {
		return err
	}
	c := need.FoldCase(id, past)
	if version != 0 && version != c.Version {
		return need.Errorf(need.Conflict, "version_stale", "case %s has version %d, not %d", id, c.Version, version)
	}
	e.At, e.By = time.Now(), scope.Actor
	if err := c.Next(e); err != nil {
		return err
	}
	if e.Kind == need.CaseRecommended && !sides[of].Status.Approved() {
		return need.Errorf(need.Conflict, "need_unapproved", "need %s is %s: it is introduced to nobody yet", of, sides[of].Status)
	}
	c.Apply(e)
	if err := appendCaseEvent(ctx, tx, id, centre, e); err != nil {
		return err
	}
	if err := putCase(ctx, tx, c); err != nil {
		return err
	}
	if err := judgeEvent(ctx, tx, centre, c, e); err != nil {
		return err
	}
	return moveNeed(ctx, tx, sides[of], c.NeedStatus(), e)
}

func putCase(ctx context.Context, tx pgx.Tx, c *need.Case) error {
	var step need.CaseStep
	if c.Step != nil {
		step = *c.Step
	}
	_, err := tx.Exec(ctx, `
		UPDATE cases SET stage = @stage, outcome = @outcome, version = @version, stage_since = @since, due_at = @due, overdue = @overdue,
			step_text = @text, step_who = @who, step_due = @day, contract = @contract, updated_at = clock_timestamp()
		WHERE id = @id`,
		pgx.NamedArgs{
			"id": string(c.ID), "stage": string(c.Stage), "outcome": string(c.Outcome), "version": c.Version,
			"since": c.Stays[len(c.Stays)-1].From, "due": given(c.Due()), "overdue": c.Overdue,
			"text": step.Text, "who": step.Who, "day": given(step.Due), "contract": c.Contract,
		})
	if err != nil {
		return fmt.Errorf("store case %s: %w", c.ID, err)
	}
	return nil
}

// moveNeed takes the need along, where it may go there.
func moveNeed(ctx context.Context, tx pgx.Tx, n lockedSide, to need.Status, e need.CaseEvent) error {
	if to == "" || n.Status.Move(to) != nil {
		return nil
	}
	return n.store(ctx, tx, []need.Event{{Kind: need.StatusChanged, At: e.At, By: e.By, Need: n.ID, To: string(to)}})
}

// FlagOverdue notes on cases that something had to happen by now, and returns
// how many there were.
func (s *Store) FlagOverdue(ctx context.Context, limit int) (int, error) {
	var ids []need.CaseID
	err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT id::text FROM cases WHERE stage <> 'closed' AND NOT overdue AND due_at < clock_timestamp() ORDER BY due_at LIMIT $1`, limit)
		if err != nil {
			return fmt.Errorf("look for overdue cases: %w", err)
		}
		ids, err = pgx.CollectRows(rows, pgx.RowTo[need.CaseID])
		return err
	})
	if err != nil {
		return 0, err
	}
	for i, id := range ids {
		err := s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
			return s.act(ctx, tx, s.Root(), id, 0, need.CaseEvent{Kind: need.CaseWentOverdue})
		})
		if kind := need.KindOf(err); err != nil && kind != need.Conflict && kind != need.NotFound { // closed or erased meanwhile
			return i, fmt.Errorf("flag case %s: %w", id, err)
		}
	}
	return len(ids), nil
}
