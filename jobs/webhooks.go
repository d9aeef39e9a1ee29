package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"golang.org/x/sync/errgroup"

	"tanxu/postgres"
)

// Messenger sends one delivery to a webhook, once, and returns the code and
// the beginning of the answer. An error says that no answer came.
type Messenger interface {
	Post(ctx context.Context, d postgres.Due) (code int, answer string, err error)
}

// webhooksQueue holds what other systems are told, so that slow ones keep
// nobody waiting but themselves.
const webhooksQueue = "webhooks"

// TellWebhooksArgs ask for what webhooks are to be told.
type TellWebhooksArgs struct{}

// Kind is stored with every job: never change it.
func (TellWebhooksArgs) Kind() string { return "tell_webhooks" }

// SendWebhooksArgs ask for what is due to be sent to them.
type SendWebhooksArgs struct{}

// Kind is stored with every job: never change it.
func (SendWebhooksArgs) Kind() string { return "send_webhooks" }

// ForgetWebhooksArgs ask for what they were told long ago to be forgotten.
type ForgetWebhooksArgs struct{}

// Kind is stored with every job: never change it.
func (ForgetWebhooksArgs) Kind() string { return "forget_webhooks" }

const (
	webhooksEvery = 5 * time.Second
	forgetEvery   = 24 * time.Hour
	keepTold      = 30 * 24 * time.Hour
	atOnce        = 10              // deliveries to one webhook at a time
	sendRounds    = 4               // of one job, each as long as the slowest answer
	toldLease     = 2 * time.Minute // longer than any try: after it the sender counts as lost
)

// wait is how long to wait after so many tries, false if that was the last one.
func wait(tries int) (time.Duration, bool) {
	waits := [...]time.Duration{
		time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour,
	}
	if tries > len(waits) {
		return 0, false
	}
	return waits[tries-1], true
}

// Webhooks tells other systems what happened. Each delivery is sent at least
// once: a process that ends between the answer and its record sends again.
type Webhooks struct {
	Store     *postgres.Store
	Messenger Messenger
	Log       *slog.Logger
}

// Send sends what is due, and returns how many tries that took.
func (w Webhooks) Send(ctx context.Context) (int, error) {
	sent := 0
	for range sendRounds {
		due, err := w.Store.DueDeliveries(ctx, atOnce, toldLease)
		if err != nil || len(due) == 0 {
			return sent, err
		}
		sent += len(due)
		var g errgroup.Group
		for _, d := range due {
			g.Go(func() error { return w.send(ctx, d) })
		}
		if err := g.Wait(); err != nil {
			return sent, err
		}
	}
	return sent, nil
}

// send tries one delivery. A try that the end of the process cuts short is not
// recorded: whether it arrived is unknown, and the lease has it sent again.
func (w Webhooks) send(ctx context.Context, d postgres.Due) error {
	t := w.try(ctx, d)
	if ctx.Err() != nil && t.Status != "sent" {
		return ctx.Err()
	}
	if t.Status != "sent" {
		w.Log.WarnContext(ctx, "webhook not told", "delivery", d.ID, "try", d.Try, "status", t.Status, "code", t.Code, "answer", t.Answer)
	}
	return w.Store.DeliveryTold(context.WithoutCancel(ctx), d, t)
}

func (w Webhooks) try(ctx context.Context, d postgres.Due) postgres.Told {
	code, answer, err := w.Messenger.Post(ctx, d)
	if err == nil && code >= 200 && code < 300 {
		return postgres.Told{Status: "sent", Code: code, Answer: answer}
	}
	t := postgres.Told{Status: "pending", Code: code, Answer: answer}
	if err != nil {
		t.Answer = err.Error()
	}
	var again bool
	if t.After, again = wait(d.Try); !again {
		t.Status = "failed"
	}
	return t
}

// tellWorker finds what is to be told.
type tellWorker struct {
	river.WorkerDefaults[TellWebhooksArgs]

	store *postgres.Store
}

// Work implements river.Worker.
func (w *tellWorker) Work(ctx context.Context, _ *river.Job[TellWebhooksArgs]) error {
	_, err := w.store.TellWebhooks(ctx)
	return err
}

// toldWorker sends what is due.
type toldWorker struct {
	river.WorkerDefaults[SendWebhooksArgs]

	webhooks Webhooks
}

// Work implements river.Worker.
func (w *toldWorker) Work(ctx context.Context, _ *river.Job[SendWebhooksArgs]) error {
	_, err := w.webhooks.Send(ctx)
	return err
}

// forgetWorker removes what was told long ago.
type forgetWorker struct {
	river.WorkerDefaults[ForgetWebhooksArgs]

	store *postgres.Store
}

// Work implements river.Worker.
func (w *forgetWorker) Work(ctx context.Context, _ *river.Job[ForgetWebhooksArgs]) error {
	_, err := w.store.ForgetDeliveries(ctx, keepTold)
	return err
}

func addWebhookWorkers(workers *river.Workers, w Webhooks) error {
	err := errors.Join(
		river.AddWorkerSafely(workers, &tellWorker{store: w.Store}), river.AddWorkerSafely(workers, &toldWorker{webhooks: w}),
		river.AddWorkerSafely(workers, &forgetWorker{store: w.Store}),
	)
	if err != nil {
		return fmt.Errorf("register the workers of webhooks: %w", err)
	}
	return nil
}

// webhookPeriodic runs by the clock, each in one replica at a time.
func webhookPeriodic() []*river.PeriodicJob {
	by := func(every time.Duration, args river.JobArgs) *river.PeriodicJob {
		return river.NewPeriodicJob(river.PeriodicInterval(every), func() (river.JobArgs, *river.InsertOpts) {
			return args, &river.InsertOpts{Queue: webhooksQueue, MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByPeriod: every}}
		}, &river.PeriodicJobOpts{RunOnStart: true})
	}
	return []*river.PeriodicJob{by(webhooksEvery, TellWebhooksArgs{}), by(webhooksEvery, SendWebhooksArgs{}), by(forgetEvery, ForgetWebhooksArgs{})}
}
