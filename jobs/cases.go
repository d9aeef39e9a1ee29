package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"tanxu/postgres"
)

// OverdueArgs ask for cases on which something had to happen by now.
type OverdueArgs struct{}

// Kind is stored with every job: never change it.
func (OverdueArgs) Kind() string { return "overdue_cases" }

// overdueEvery is between two looks: a day is late by the hour.
const overdueEvery = 15 * time.Minute

// overdueWorker notes on cases that they are overdue.
type overdueWorker struct {
	river.WorkerDefaults[OverdueArgs]

	store *postgres.Store
}

// Work flags all cases that are overdue.
func (w *overdueWorker) Work(ctx context.Context, _ *river.Job[OverdueArgs]) error {
	for {
		n, err := w.store.FlagOverdue(ctx, batch)
		if err != nil || n < batch {
			return err
		}
	}
}

// lookForOverdue runs by the clock, in one replica at a time.
func lookForOverdue() *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(overdueEvery), func() (river.JobArgs, *river.InsertOpts) {
		return OverdueArgs{}, &river.InsertOpts{Queue: needsQueue, UniqueOpts: river.UniqueOpts{ByPeriod: overdueEvery}}
	}, &river.PeriodicJobOpts{RunOnStart: true})
}
