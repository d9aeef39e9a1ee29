package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Judgement is what somebody made of a record that was shown for a need.
// Rank is where it stood in the list: what stands first is looked at first, so
// that a click says little of what stands below.
type Judgement struct {
	Need    need.ID
	Version int // of the need
	Library need.Library
	Entry   need.EntryID
	Kind    string // clicked, recommended, declined, agreed, refused, signed or solved
	Reason  string
	Rank    int // 0 where the machine had not ranked it
	Score   float64
	Model   string
	By      need.Actor
	At      time.Time
}

// Clicked notes that the actor of the scope has looked at a match.
func (s *Store) Clicked(ctx context.Context, scope need.Scope, id need.MatchID) error {
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		of, centre, err := subjectOf(ctx, tx, need.CaseSubject{Match: id})
		if err != nil {
			return err
		}
		return judge(ctx, tx, centre, of, need.CaseEvent{At: time.Now(), By: scope.Actor}, "clicked")
	})
}

func judge(ctx context.Context, tx pgx.Tx, centre need.CentrePath, of need.CaseSubject, e need.CaseEvent, kind string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO judgements (centre_path, need_id, need_version, library, entry_id, kind, reason, rank, score, model, actor, at)
		VALUES (@centre, @need, @version, @library, @entry, @kind, @reason, @rank, @score, @model, @actor, @at)`,
		pgx.NamedArgs{
			"centre": string(centre), "need": string(of.Need), "version": of.Version, "library": string(of.Library), "entry": string(of.Entry), "kind": kind,
			"reason": e.Reason, "rank": of.Rank, "score": of.Score, "model": of.Model, "actor": string(e.By), "at": e.At,
		})
	if err != nil {
		return fmt.Errorf("note a judgement: %w", err)
	}
	return nil
}

// judgeEvent notes what an event of a case says about the ranking, if it says
// something.
func judgeEvent(ctx context.Context, tx pgx.Tx, centre need.CentrePath, c *need.Case, e need.CaseEvent) error {
	kind := ""
	switch {
	case e.Kind == need.CaseRecommended, e.Kind == need.CaseDeclinedBy, e.Kind == need.CaseSigned:
		kind = string(e.Kind)
	case e.Kind == need.CaseConsented:
		kind = string(e.Consent)
	case c.Outcome == need.CaseSolved && (e.Kind == need.CaseFollowedUp || e.Kind == need.CaseEnded):
		kind = "solved"
	default:
		return nil
	}
	return judge(ctx, tx, centre, c.Of, e, kind)
}

// followDecision lets the decision on a match, made on its card, go on as its
// case: a recommended one is introduced to both sides. A rejected one without
// a case needs none.
func (s *Store) followDecision(ctx context.Context, tx pgx.Tx, scope need.Scope, match need.MatchID, d need.Decision) error {
	of, centre, err := subjectOf(ctx, tx, need.CaseSubject{Match: match})
	if err != nil {
		return err
	}
	e := need.CaseEvent{Kind: need.CaseRecommended, At: time.Now(), By: scope.Actor, Reason: d.Reason, Note: d.Note}
	if !d.Recommended {
		e.Kind = need.CaseDeclinedBy
	}
	var id need.CaseID
	var stage need.CaseStage
	err = tx.QueryRow(ctx, `SELECT id::text, stage FROM cases WHERE need_id = $1 AND library = $2 AND entry_id = $3`,
		string(of.Need), string(of.Library), string(of.Entry)).Scan(&id, &stage)
	switch {
	case err == nil && stage == need.CaseShortlist:
		return s.act(ctx, tx, scope, id, 0, e)
	case err == nil:
		return nil // the case has gone on: what happens there counts
	case found(err, "case", id) == err:
		return fmt.Errorf("look for a case: %w", err)
	case !d.Recommended:
		return judge(ctx, tx, centre, of, e, "declined")
	}
	if id, err = openCase(ctx, tx, scope, of, centre); err != nil {
		return err
	}
	return s.act(ctx, tx, scope, id, 0, e)
}

// Judgements returns what was judged in the scope, oldest first, after the
// first skip ones.
func (s *Store) Judgements(ctx context.Context, scope need.Scope, skip, limit int) ([]Judgement, error) {
	var list []Judgement
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT need_id::text, need_version, library, entry_id::text, kind, reason, rank, score, model, actor, at
			FROM judgements ORDER BY id OFFSET $1 LIMIT $2`, skip, limit)
		if err != nil {
			return fmt.Errorf("read judgements: %w", err)
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Judgement])
		return err
	})
	return list, err
}
