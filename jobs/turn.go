package jobs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"tanxu/interview"
	"tanxu/need"
	"tanxu/postgres"
)

// Engine decides what follows from what a contact wrote.
type Engine interface {
	Turn(ctx context.Context, s *interview.State, in interview.Input) (interview.Output, error)
}

// turnWorker runs the turns of conversations: claim, read, decide, commit, then
// send. Nothing is held open while the engine decides, and only the newest
// claim can commit.
type turnWorker struct {
	river.WorkerDefaults[TurnArgs]

	store       *postgres.Store
	engine      Engine
	files       Files
	transcriber Transcriber
	viewer      Viewer
	outbox      *outbox
	opt         Options
	metrics     *metrics
}

// Work runs one turn, if there is something to read, and sends what is due.
func (w *turnWorker) Work(ctx context.Context, job *river.Job[TurnArgs]) error {
	t := postgres.Turn{Centre: job.Args.Centre, Conversation: job.Args.Conversation}
	lease, ok, err := w.store.Claim(ctx, t, w.opt.Lease)
	if err != nil {
		return err
	}
	if ok {
		err := w.turn(ctx, lease, completion(job))
		switch {
		case postgres.LeaseLost(err): // whoever took it does the work
			w.metrics.turn("overtaken", 0)
		case err != nil:
			w.metrics.turn("failed", 0)
			return err
		default:
			w.store.Notify(ctx, t.Conversation)
		}
	}
	return w.outbox.deliver(ctx, t)
}

// completion ends the job in the transaction of its turn.
func completion(job *river.Job[TurnArgs]) func(context.Context, pgx.Tx) error {
	return func(ctx context.Context, tx pgx.Tx) error {
		_, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
		return err
	}
}

// turn runs one turn under a lease, which it gives back if it fails.
func (w *turnWorker) turn(ctx context.Context, l postgres.Lease, complete func(context.Context, pgx.Tx) error) error {
	began := time.Now()
	work, stop := keep(ctx, w.opt.Lease, func(ctx context.Context) error { return w.store.Renew(ctx, l, w.opt.Lease) })
	result, blame, err := w.decide(work, l)
	stop()
	if err == nil {
		err = w.store.CommitTurn(ctx, l, result, complete)
	}
	if err == nil {
		w.metrics.turn("done", time.Since(began))
		return nil
	}
	if postgres.LeaseLost(err) {
		return err
	}
	give := context.WithoutCancel(ctx)
	return errors.Join(err, w.store.GiveBack(give, l, blame))
}

// decide loads a conversation and asks the engine. It reports whether the turn
// itself is to blame for an error, rather than what it runs on.
func (w *turnWorker) decide(ctx context.Context, l postgres.Lease) (_ postgres.TurnResult, blame bool, _ error) {
	limit := 0
	if l.Tries > 1 {
		limit = 1 // one by one, so that a message that breaks turns stands alone
	}
	work, err := w.store.LoadTurn(ctx, l, limit, w.opt.Recent)
	if err != nil {
		return postgres.TurnResult{}, false, err
	}
	if len(work.Unread) == 0 && l.Tries > w.opt.Tries {
		return postgres.TurnResult{
			Status: work.Status, Owner: work.Owner, Lang: work.Lang, Progress: work.Progress,
		}, false, nil
	}
	if l.Tries > w.opt.Tries {
		w.opt.Log.ErrorContext(ctx, "message to quarantine", "conversation", l.Conversation, "message", work.Unread[0].ID)
		w.metrics.turn("quarantined", 0)
		return quarantine(work, l.Tries-1), false, nil
	}
	files, err := w.read(ctx, l, work)
	if err != nil {
		return postgres.TurnResult{}, need.KindOf(err) != need.Unavailable && ctx.Err() == nil, err
	}
	result, err := w.ask(ctx, l.Centre, work, files)
	if err != nil {
		return result, need.KindOf(err) != need.Unavailable && ctx.Err() == nil, fmt.Errorf("turn of %s: %w", l.Conversation, err)
	}
	return result, false, nil
}

// ask runs the engine on a conversation. A panic of it is an error like others:
// the next message, and all other chats, must go on.
func (w *turnWorker) ask(ctx context.Context, centre need.CentrePath, work postgres.Work, files map[need.MessageID]*interview.File) (_ postgres.TurnResult, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
			w.opt.Log.ErrorContext(ctx, "panic in a turn", "error", err, "stack", string(debug.Stack()))
		}
	}()
	before := interview.Fold(work.Events)
	before.Lang = cmp.Or(before.Lang, work.Lang)
	in := input(work, files, time.Now().In(w.opt.Location))
	in.Centre = centre
	out, err := w.engine.Turn(ctx, before, in)
	if err != nil {
		return postgres.TurnResult{}, err
	}
	return result(work, out), nil
}

// panicked returns a panic as an error. Of values that are no errors of the
// runtime only the type is kept: they may hold words of the contact, and the
// error stands in logs and in the table of jobs.
func panicked(r any) error {
	if e, ok := r.(runtime.Error); ok {
		return fmt.Errorf("panic: %w", e)
	}
	return fmt.Errorf("panic: %T", r)
}

// keep renews a lease while work runs; the context ends with the lease. stop
// must be called.
func keep(ctx context.Context, lease time.Duration, renew func(context.Context) error) (work context.Context, stop func()) {
	work, cancel := context.WithCancelCause(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(lease / 3)
		defer tick.Stop()
		for {
			select {
			case <-work.Done():
				return
			case <-tick.C:
			}
			if err := renew(work); postgres.LeaseLost(err) {
				cancel(err)
				return
			}
		}
	}()
	return work, func() {
		cancel(nil)
		<-done
	}
}
