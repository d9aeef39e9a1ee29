package postgres

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// MatchQueue is what the store asks of the job queue about matches.
type MatchQueue interface {
	// EnqueueMatch has achievements ranked for a need once tx commits.
	EnqueueMatch(ctx context.Context, tx pgx.Tx, job MatchJob) error
	// EnqueueCards has a model write what it is to write of a need's matches.
	EnqueueCards(ctx context.Context, tx pgx.Tx, job MatchJob) error
}

// MatchJob names a need whose matches have something to do.
type MatchJob struct {
	Centre need.CentrePath
	Need   need.ID
}

// cardLine is how a need.CardLine stands in the database.
type cardLine struct {
	Part   need.CardPart `json:"part"`
	Text   string        `json:"text"`
	Claims []string      `json:"claims"`
}

// PutCardLines stores what a model has written of a match: nothing, if all of
// it was dropped. A match that was ranked anew meanwhile keeps what it has.
func (s *Store) PutCardLines(ctx context.Context, scope need.Scope, m need.Match, list []need.CardLine) error {
	if err := known("match", m.ID); err != nil {
		return err
	}
	stored := make([]cardLine, len(list))
	for i, l := range list {
		stored[i] = cardLine(l)
	}
	body, err := json.Marshal(stored)
	if err != nil {
		return fmt.Errorf("encode lines: %w", err)
	}
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE matches SET lines = $2, unwritten = false WHERE id = $1 AND unwritten AND created_at = $3`, string(m.ID), body, m.Created)
		if err != nil {
			return fmt.Errorf("store the lines of match %s: %w", m.ID, err)
		}
		return nil
	})
}
