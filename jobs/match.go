package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"tanxu/need"
	"tanxu/postgres"
)

// matchQueue holds the ranking of achievements for needs that were approved, and
// what a model writes of the best.
const matchQueue = "match"

// cardsTimeout is for the calls of one need's cards.
const cardsTimeout = 5 * time.Minute

// MatchArgs name a need that was approved.
type MatchArgs struct {
	Centre need.CentrePath `json:"centre"`
	Need   need.ID         `json:"need"`
}

// Kind is stored with every job: never change it.
func (MatchArgs) Kind() string { return "match_need" }

// CardsArgs name a need of whose matches a model has to write.
type CardsArgs struct {
	Centre need.CentrePath `json:"centre"`
	Need   need.ID         `json:"need"`
}

// Kind is stored with every job: never change it.
func (CardsArgs) Kind() string { return "write_cards" }

// EnqueueMatch implements postgres.MatchQueue.
func (q *Queue) EnqueueMatch(ctx context.Context, tx pgx.Tx, j postgres.MatchJob) error {
	return q.insertMatch(ctx, tx, MatchArgs{Centre: j.Centre, Need: j.Need})
}

// EnqueueCards implements postgres.MatchQueue. A second job finds nothing
// unwritten, and costs no call.
func (q *Queue) EnqueueCards(ctx context.Context, tx pgx.Tx, j postgres.MatchJob) error {
	return q.insertMatch(ctx, tx, CardsArgs{Centre: j.Centre, Need: j.Need})
}

func (q *Queue) insertMatch(ctx context.Context, tx pgx.Tx, args river.JobArgs) error {
	if _, err := q.client.InsertTx(ctx, tx, args, &river.InsertOpts{Queue: matchQueue, MaxAttempts: 5}); err != nil {
		return fmt.Errorf("enqueue %s: %w", args.Kind(), err)
	}
	return nil
}

// Matching ranks achievements for a stored need, keeps the run, and writes of
// its best matches.
type Matching interface {
	Match(ctx context.Context, scope need.Scope, id need.ID) (need.MatchRun, error)
	WriteCards(ctx context.Context, scope need.Scope, id need.ID) error
}

// matchWorker matches needs that were approved.
type matchWorker struct {
	river.WorkerDefaults[MatchArgs]

	matching Matching
}

// Work runs one job.
func (w *matchWorker) Work(ctx context.Context, job *river.Job[MatchArgs]) error {
	_, err := w.matching.Match(ctx, need.Scope{Path: job.Args.Centre, Actor: need.System}, job.Args.Need)
	return unlessGone(err)
}

// cardsWorker has cards written.
type cardsWorker struct {
	river.WorkerDefaults[CardsArgs]

	matching Matching
}

// Timeout implements river.Worker: a model takes its time.
func (*cardsWorker) Timeout(*river.Job[CardsArgs]) time.Duration { return cardsTimeout }

// Work runs one job.
func (w *cardsWorker) Work(ctx context.Context, job *river.Job[CardsArgs]) error {
	return unlessGone(w.matching.WriteCards(ctx, need.Scope{Path: job.Args.Centre, Actor: need.System}, job.Args.Need))
}

// unlessGone gives up on a need that was erased meanwhile.
func unlessGone(err error) error {
	if need.KindOf(err) == need.NotFound {
		return river.JobCancel(err)
	}
	return err
}
