package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"tanxu/need"
	"tanxu/postgres"
)

// chatQueue holds what contacts wait for. Other work gets other queues, so that
// it can never stand in front of a chat.
const chatQueue = "chat"

// importQueue holds files that are read: heavy work, a file at a time.
const importQueue = "import"

// libraryQueue holds the upkeep of libraries: nobody waits for it.
const libraryQueue = "library"

// vectorsQueue holds the making of vectors, which may take hours.
const vectorsQueue = "vectors"

// TurnArgs name a conversation that has something to read or to send.
type TurnArgs struct {
	Centre       need.CentrePath     `json:"centre"`
	Conversation need.ConversationID `json:"conversation"`
}

// Kind is stored with every job: never change it.
func (TurnArgs) Kind() string { return "turn" }

// ImportArgs name an import that has something to do.
type ImportArgs struct {
	Centre need.CentrePath `json:"centre"`
	Import string          `json:"import"`
}

// Kind is stored with every job: never change it.
func (ImportArgs) Kind() string { return "import" }

// Queue enqueues turns and imports within the transactions of the store. It works no jobs
// and needs no connection of its own.
type Queue struct {
	client *river.Client[pgx.Tx]
}

// NewQueue returns a Queue.
func NewQueue() (*Queue, error) {
	client, err := river.NewClient(riverpgxv5.New(nil), &river.Config{
		// Between two signals to the workers. River's default of 100 ms would
		// leave the message in between to the next poll.
		FetchCooldown: time.Millisecond,
		Logger:        slog.New(slog.DiscardHandler), // every failure is returned
	})
	if err != nil {
		return nil, fmt.Errorf("make the job queue: %w", err)
	}
	return &Queue{client: client}, nil
}

// EnqueueTurn has a turn run once tx commits. Turns of one conversation are not
// unique, since a running one may have passed the newest message already: what
// is left for a second one to do is found out when it starts.
func (q *Queue) EnqueueTurn(ctx context.Context, tx pgx.Tx, t postgres.Turn) error {
	return q.insert(ctx, tx, t, river.UniqueOpts{})
}

// again enqueues a turn that a sweep has found to be missing, at most once a
// period however many replicas sweep.
func (q *Queue) again(ctx context.Context, tx pgx.Tx, t postgres.Turn, period time.Duration) error {
	return q.insert(ctx, tx, t, river.UniqueOpts{ByArgs: true, ByPeriod: max(period, time.Second)})
}

func (q *Queue) insert(ctx context.Context, tx pgx.Tx, t postgres.Turn, unique river.UniqueOpts) error {
	args := TurnArgs{Centre: t.Centre, Conversation: t.Conversation}
	if _, err := q.client.InsertTx(ctx, tx, args, &river.InsertOpts{Queue: chatQueue, UniqueOpts: unique}); err != nil {
		return fmt.Errorf("enqueue a turn of %s: %w", t.Conversation, err)
	}
	return nil
}

// EnqueueImport has an import worked on once tx commits.
func (q *Queue) EnqueueImport(ctx context.Context, tx pgx.Tx, j postgres.ImportJob) error {
	return q.insertImport(ctx, tx, j, river.UniqueOpts{})
}

// importAgain enqueues an import that a sweep has found without a worker.
func (q *Queue) importAgain(ctx context.Context, tx pgx.Tx, j postgres.ImportJob, period time.Duration) error {
	return q.insertImport(ctx, tx, j, river.UniqueOpts{ByArgs: true, ByPeriod: max(period, time.Second)})
}

func (q *Queue) insertImport(ctx context.Context, tx pgx.Tx, j postgres.ImportJob, unique river.UniqueOpts) error {
	args := ImportArgs{Centre: j.Centre, Import: j.Import}
	if _, err := q.client.InsertTx(ctx, tx, args, &river.InsertOpts{Queue: importQueue, UniqueOpts: unique}); err != nil {
		return fmt.Errorf("enqueue import %s: %w", j.Import, err)
	}
	return nil
}

// LibraryArgs name a library of a centre that has changed.
type LibraryArgs struct {
	Centre  need.CentrePath `json:"centre"`
	Library need.Library    `json:"library"`
}

// Kind is stored with every job: never change it.
func (LibraryArgs) Kind() string { return "library" }

// unfinished are the states of a job that has still to run, or runs.
func unfinished() []rivertype.JobState {
	return []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateRunning, rivertype.JobStateScheduled,
	}
}

// EnqueueLibrary has a library looked after once tx commits, once however many
// changes come. What changes while that runs is left for the next minute.
func (q *Queue) EnqueueLibrary(ctx context.Context, tx pgx.Tx, j postgres.LibraryJob) error {
	_, err := q.client.InsertTx(ctx, tx, LibraryArgs{Centre: j.Centre, Library: j.Library}, &river.InsertOpts{
		Queue: libraryQueue, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: unfinished()},
	})
	if err != nil {
		return fmt.Errorf("enqueue the upkeep of %s: %w", j.Library, err)
	}
	return nil
}
