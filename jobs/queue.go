package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"tanxu/need"
	"tanxu/postgres"
)

// chatQueue holds what contacts wait for. Other work gets other queues, so that
// it can never stand in front of a chat.
const chatQueue = "chat"

// importQueue holds files that are read: heavy work, a file at a time.
const importQueue = "import"

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
