package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"

	"tanxu/library"
	"tanxu/need"
	"tanxu/postgres"
)

// Limits of the upkeep of libraries.
const (
	upkeepTimeout = 10 * time.Minute
	upkeepEvery   = time.Minute // for what changed while it ran, and reminders
	upkeepPage    = 100
	likened       = 5 // nearest by vectors that are looked at
)

// UpkeepArgs have all libraries looked after.
type UpkeepArgs struct{}

// Kind is stored with every job: never change it.
func (UpkeepArgs) Kind() string { return "library_upkeep" }

// periodic are the jobs that run by the clock.
func periodic() []*river.PeriodicJob {
	upkeep := func() (river.JobArgs, *river.InsertOpts) {
		return UpkeepArgs{}, &river.InsertOpts{Queue: libraryQueue, UniqueOpts: river.UniqueOpts{ByState: unfinished()}}
	}
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(upkeepEvery), upkeep, &river.PeriodicJobOpts{RunOnStart: true})}
}

// upkeepWorker looks after all libraries and reminds of what is stale.
type upkeepWorker struct {
	river.WorkerDefaults[UpkeepArgs]

	store *postgres.Store
}

// Timeout implements river.Worker.
func (*upkeepWorker) Timeout(*river.Job[UpkeepArgs]) time.Duration { return upkeepTimeout }

// Work runs one job.
func (w *upkeepWorker) Work(ctx context.Context, _ *river.Job[UpkeepArgs]) error {
	err := w.store.Remind(ctx)
	for _, l := range need.Libraries() {
		err = errors.Join(err, lookAfter(ctx, w.store, l))
	}
	return err
}

// libraryWorker looks after a library that has changed.
type libraryWorker struct {
	river.WorkerDefaults[LibraryArgs]

	store *postgres.Store
}

// Timeout implements river.Worker: a large import takes its time.
func (*libraryWorker) Timeout(*river.Job[LibraryArgs]) time.Duration { return upkeepTimeout }

// Work runs one job.
func (w *libraryWorker) Work(ctx context.Context, job *river.Job[LibraryArgs]) error {
	return lookAfter(ctx, w.store, job.Args.Library)
}

// lookAfter makes the changed records of a library findable by their words, and
// looks for others that say the same. What is done is noted record by record.
func lookAfter(ctx context.Context, store *postgres.Store, l need.Library) error {
	if l == need.Achievements {
		if err := store.CountWords(ctx); err != nil {
			return err
		}
	}
	if err := store.ListWords(ctx, l); err != nil {
		return err
	}
	for _, by := range []postgres.PairReason{postgres.PairByWords, postgres.PairByVector} {
		for {
			list, err := store.Uncompared(ctx, l, by, upkeepPage)
			if err != nil {
				return err
			}
			for i := range list {
				if err := compareOne(ctx, store, &list[i], by); err != nil {
					return err
				}
			}
			if len(list) < upkeepPage {
				break
			}
		}
	}
	return nil
}

func compareOne(ctx context.Context, store *postgres.Store, e *need.Entry, by postgres.PairReason) error {
	var pairs []postgres.Pair
	var err error
	switch {
	case e.Archived != nil: // it is compared no more
	case by == postgres.PairByVector:
		pairs, err = meantPairs(ctx, store, e)
	default:
		pairs, err = nearPairs(ctx, store, e)
	}
	if err != nil {
		return err
	}
	return store.Compared(ctx, e, by, pairs)
}

// nearPairs finds records with the same key or nearly the same words.
func nearPairs(ctx context.Context, store *postgres.Store, e *need.Entry) ([]postgres.Pair, error) {
	sameKey, sameBand, err := store.Meet(ctx, e, library.Bands(e))
	if err != nil {
		return nil, err
	}
	var pairs []postgres.Pair
	seen := map[need.EntryID]bool{}
	for _, other := range sameKey {
		seen[other.ID] = true
		pairs = append(pairs, postgres.Pair{One: *e, Other: other, Reason: postgres.PairByKey, Score: 1})
	}
	for _, other := range sameBand {
		if score, near := library.Near(e, &other); near && !seen[other.ID] {
			pairs = append(pairs, postgres.Pair{One: *e, Other: other, Reason: postgres.PairByWords, Score: score})
		}
	}
	return pairs, nil
}

// meantPairs finds records that mean the same.
func meantPairs(ctx context.Context, store *postgres.Store, e *need.Entry) ([]postgres.Pair, error) {
	list, err := store.Liken(ctx, e, likened)
	if err != nil {
		return nil, err
	}
	var pairs []postgres.Pair
	for _, other := range list {
		if library.Meant(e, &other.Entry, other.Cosine) {
			pairs = append(pairs, postgres.Pair{One: *e, Other: other.Entry, Reason: postgres.PairByVector, Score: other.Cosine})
		}
	}
	return pairs, nil
}
