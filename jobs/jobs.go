// Package jobs is all work that does not answer a request: turns of
// conversations, what is sent to contacts, the reading of documents, and the
// sweeps that find what a process that died has left behind. It knows no channel and no HTTP.
package jobs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"
	"golang.org/x/sync/errgroup"

	"tanxu/bot"
	"tanxu/postgres"
)

// Deps are what jobs work with; all are required, Files only where documents
// come in. Without a Transcriber, voice notes are kept and not heard; without a
// Viewer, the same of pictures.
type Deps struct {
	Store       *postgres.Store
	Queue       *Queue
	Engine      Engine
	Sender      bot.Sender
	Files       Files
	Transcriber Transcriber
	Vectors     Vectors // nil: none are made
	Viewer      Viewer
	Meaning     Meaning   // nil: needs are compared by words and figures alone
	Matching    Matching  // nil: needs are matched when somebody asks
	Messenger   Messenger // nil: webhooks are told nothing
}

// Options holds what has a sensible default; the zero value is ready to use.
type Options struct {
	Workers  int            // turns at a time in this process; 0 means 16
	Lease    time.Duration  // of a turn, renewed while it runs; 0 means 6s
	Tries    int            // of a turn before its message goes to quarantine; 0 means 5
	Recent   int            // earlier messages that a turn sees; 0 means 8
	Sweep    time.Duration  // between two looks for what was left; 0 means 2s
	Overdue  time.Duration  // how long a message may wait before a sweep asks again; 0 means 5s
	LostSend time.Duration  // after which an unfinished send counts as ambiguous; 0 means 60s
	Drain    time.Duration  // how long Run waits for running turns at its end; 0 means 25s
	Location *time.Location // of dates in conversations; nil means Asia/Shanghai, or UTC+8
	Log      *slog.Logger   // nil means slog.Default
	Metrics  prometheus.Registerer
}

func (o Options) withDefaults() Options {
	o.Workers = cmp.Or(o.Workers, 16)
	o.Lease = cmp.Or(o.Lease, 6*time.Second)
	o.Tries = cmp.Or(o.Tries, 5)
	o.Recent = cmp.Or(o.Recent, 8)
	o.Sweep = cmp.Or(o.Sweep, 2*time.Second)
	o.Overdue = cmp.Or(o.Overdue, 5*time.Second)
	o.LostSend = cmp.Or(o.LostSend, time.Minute)
	o.Drain = cmp.Or(o.Drain, 25*time.Second)
	o.Location = cmp.Or(o.Location, time.FixedZone("UTC+8", 8*3600))
	o.Log = cmp.Or(o.Log, slog.Default())
	return o
}

// Limits of jobs. A rescue must come after the time-out of what it rescues.
const (
	jobTimeout  = 60 * time.Second
	rescueAfter = 90 * time.Second
)

// Jobs works what is enqueued.
type Jobs struct {
	client *river.Client[pgx.Tx]
	sweep  *sweeper
	opt    Options
}

// New returns Jobs over a pool that postgres.JobsPool has opened.
func New(pool *pgxpool.Pool, d Deps, o Options) (*Jobs, error) {
	o = o.withDefaults()
	m, err := newMetrics(o.Metrics)
	if err != nil {
		return nil, err
	}
	out := &outbox{store: d.Store, sender: d.Sender, log: o.Log, metrics: m}
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, &turnWorker{
		store: d.Store, engine: d.Engine, files: d.Files, transcriber: d.Transcriber, viewer: d.Viewer, outbox: out, opt: o, metrics: m,
	}); err != nil {
		return nil, fmt.Errorf("register the turn worker: %w", err)
	}
	if err := river.AddWorkerSafely(workers, &importWorker{store: d.Store, files: d.Files, opt: o}); err != nil {
		return nil, fmt.Errorf("register the import worker: %w", err)
	}
	if err := errors.Join(
		river.AddWorkerSafely(workers, &libraryWorker{store: d.Store}), river.AddWorkerSafely(workers, &upkeepWorker{store: d.Store}),
	); err != nil {
		return nil, fmt.Errorf("register the workers of libraries: %w", err)
	}
	if err := errors.Join(
		river.AddWorkerSafely(workers, &dedupeWorker{store: d.Store, meaning: d.Meaning, log: o.Log}), river.AddWorkerSafely(workers, &overdueWorker{store: d.Store}),
	); err != nil {
		return nil, fmt.Errorf("register the workers of needs and cases: %w", err)
	}
	if err := river.AddWorkerSafely(workers, &embedWorker{vectors: d.Vectors}); err != nil {
		return nil, fmt.Errorf("register the worker of vectors: %w", err)
	}
	if err := errors.Join(
		river.AddWorkerSafely(workers, &matchWorker{matching: d.Matching}), river.AddWorkerSafely(workers, &cardsWorker{matching: d.Matching}),
	); err != nil {
		return nil, fmt.Errorf("register the workers of matches: %w", err)
	}
	queues := map[string]river.QueueConfig{
		chatQueue: {MaxWorkers: o.Workers}, importQueue: {MaxWorkers: 1}, libraryQueue: {MaxWorkers: 1}, needsQueue: {MaxWorkers: 1},
		vectorsQueue: {MaxWorkers: 1}, matchQueue: {MaxWorkers: 2},
	}
	clock := append(periodic(), embedPeriodic(), lookForOverdue())
	if d.Messenger != nil {
		if err := addWebhookWorkers(workers, Webhooks{Store: d.Store, Messenger: d.Messenger, Log: o.Log}); err != nil {
			return nil, err
		}
		queues[webhooksQueue] = river.QueueConfig{MaxWorkers: 3}
		clock = append(clock, webhookPeriodic()...)
	}
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Queues:               queues,
		Workers:              workers,
		PeriodicJobs:         clock,
		FetchCooldown:        5 * time.Millisecond,
		FetchPollInterval:    250 * time.Millisecond,
		JobTimeout:           jobTimeout,
		RescueStuckJobsAfter: rescueAfter,
		RetryPolicy:          retryPolicy{},
		SoftStopTimeout:      o.Drain,
		// Completed jobs tell nothing that the conversation does not.
		CompletedJobRetentionPeriod: time.Hour,
		Logger:                      slog.New(quiet{o.Log.Handler()}),
	})
	if err != nil {
		return nil, fmt.Errorf("make the job client: %w", err)
	}
	return &Jobs{
		client: client,
		sweep:  &sweeper{store: d.Store, queue: d.Queue, opt: o, metrics: m},
		opt:    o,
	}, nil
}

// Run works jobs until ctx ends, then lets running turns finish. It returns
// nil if all of them did.
func (j *Jobs) Run(ctx context.Context) error {
	if started, err := j.begin(ctx); err != nil || !started {
		return err
	}
	var g errgroup.Group
	g.Go(func() error { return j.sweep.run(ctx) })
	g.Go(func() error {
		<-ctx.Done()
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), j.opt.Drain+5*time.Second)
		defer cancel()
		if err := j.client.Stop(stop); err != nil {
			return fmt.Errorf("stop the job client: %w", errors.Join(err, j.client.StopAndCancel(context.WithoutCancel(ctx))))
		}
		return nil
	})
	return g.Wait()
}

// begin starts the client and reports whether it runs. It waits for a database
// that cannot be reached, until ctx ends.
func (j *Jobs) begin(ctx context.Context) (bool, error) {
	again := time.NewTicker(j.opt.Sweep)
	defer again.Stop()
	for {
		// The client must outlive ctx, or its jobs would be cancelled with it.
		err := j.client.Start(context.WithoutCancel(ctx))
		switch {
		case err == nil:
			return true, nil
		case !postgres.Away(err):
			return false, fmt.Errorf("start the job client: %w", err)
		}
		j.opt.Log.WarnContext(ctx, "start the job client", "error", err)
		select {
		case <-ctx.Done():
			return false, nil
		case <-again.C:
		}
	}
}

// retryPolicy is quick at first: a contact waits. River's own would take hours
// to reach the fifth try.
type retryPolicy struct{}

func (retryPolicy) NextRetry(job *rivertype.JobRow) time.Time {
	d := 200 * time.Millisecond * time.Duration(math.Pow(2, float64(min(job.Attempt, 8)-1)))
	return time.Now().Add(d)
}

// quiet leaves out what a library tells of its daily life.
type quiet struct{ slog.Handler }

// Enabled implements slog.Handler.
func (q quiet) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && q.Handler.Enabled(ctx, l)
}

// WithAttrs implements slog.Handler.
func (q quiet) WithAttrs(list []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(list)} }

// WithGroup implements slog.Handler.
func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name)} }
