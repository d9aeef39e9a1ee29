package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"tanxu/need"
	"tanxu/need/record"
	"tanxu/postgres"
)

// needsQueue holds the upkeep of the library of needs: nobody waits for it.
const needsQueue = "needs"

// DedupeArgs ask for the needs that have changed to be printed and compared.
type DedupeArgs struct{}

// Kind is stored with every job: never change it.
func (DedupeArgs) Kind() string { return "dedupe_needs" }

// dedupe has changed needs looked at once tx commits, at most once a period
// however many replicas sweep.
func (q *Queue) dedupe(ctx context.Context, tx pgx.Tx, period time.Duration) error {
	_, err := q.client.InsertTx(ctx, tx, DedupeArgs{}, &river.InsertOpts{
		Queue: needsQueue, UniqueOpts: river.UniqueOpts{ByPeriod: max(period, time.Second)},
	})
	if err != nil {
		return fmt.Errorf("enqueue the comparison of needs: %w", err)
	}
	return nil
}

// dedupe takes up needs that have changed since they were compared.
func (s *sweeper) dedupe(ctx context.Context) error {
	changed, err := s.store.AnyUnprinted(ctx)
	if err != nil || !changed {
		return err
	}
	return s.store.InScope(ctx, s.store.Root(), func(tx pgx.Tx) error { return s.queue.dedupe(ctx, tx, s.opt.Overdue) })
}

// Bounds of one job and of one need.
const (
	printPage  = 100  // needs that are printed together
	printMany  = 8000 // the same where nobody waits: each list is written less often
	nearest    = 60   // needs that a changed one is compared with
	dedupeTime = 5 * time.Minute
)

// Meaning tells how near texts are in what they mean.
type Meaning interface {
	// Nearness returns for each of others a number up to 1, which stands for the
	// same. An Unavailable error says that it cannot be told now.
	Nearness(ctx context.Context, text string, others []string) ([]float64, error)
}

// dedupeWorker prints changed needs, and compares each with those near it.
type dedupeWorker struct {
	river.WorkerDefaults[DedupeArgs]

	store   *postgres.Store
	meaning Meaning // nil: words and figures decide alone
	log     *slog.Logger
}

// Timeout implements river.Worker: a large import leaves much to compare.
func (*dedupeWorker) Timeout(*river.Job[DedupeArgs]) time.Duration { return dedupeTime }

// Work goes on until no need is left; one that is interrupted is taken up by
// the next sweep.
func (w *dedupeWorker) Work(ctx context.Context, _ *river.Job[DedupeArgs]) error {
	for {
		changed, err := printSome(ctx, w.store, printPage)
		if err != nil || len(changed) == 0 {
			return err
		}
		if err := w.compare(ctx, changed); err != nil {
			return err
		}
	}
}

// printSome prints some of the needs that have changed, and returns them.
func printSome(ctx context.Context, store *postgres.Store, most int) ([]need.ID, error) {
	list, err := store.UnprintedNeeds(ctx, most)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	prints, types, ids := make([]need.Print, len(list)), map[need.ID]string{}, make([]need.ID, len(list))
	for i, n := range list {
		var r record.Record
		if err := json.Unmarshal(n.Record, &r); err != nil {
			return nil, fmt.Errorf("decode the record of need %s: %w", n.ID, err)
		}
		r.Org = n.Org
		prints[i], types[n.ID], ids[i] = record.PrintOf(r), n.Type, n.ID
	}
	return ids, store.PutPrints(ctx, prints, types)
}

// compare finds the twins of changed needs among those near them.
func (w *dedupeWorker) compare(ctx context.Context, changed []need.ID) error {
	var twins []need.Twin
	for _, id := range changed {
		self, near, err := w.store.NearNeeds(ctx, w.store.Root(), id, nearest)
		if need.KindOf(err) == need.NotFound {
			continue // erased meanwhile
		}
		if err != nil {
			return err
		}
		if self == nil {
			continue
		}
		var unsure []*need.Print
		for _, other := range near {
			if t, ok := need.TwinOf(self, other); ok {
				twins = append(twins, t)
			} else if need.MayMean(self, other) {
				unsure = append(unsure, other)
			}
		}
		twins = append(twins, w.meant(ctx, self, unsure)...)
	}
	return w.store.PutTwins(ctx, changed, twins)
}

// meant finds the twins among needs of other words and the same figures. What
// cannot be told is left: the next change of either need asks again.
func (w *dedupeWorker) meant(ctx context.Context, self *need.Print, unsure []*need.Print) []need.Twin {
	if w.meaning == nil || len(unsure) == 0 {
		return nil
	}
	texts := make([]string, len(unsure))
	for i, p := range unsure {
		texts[i] = p.Core
	}
	near, err := w.meaning.Nearness(ctx, self.Core, texts)
	if err != nil || len(near) != len(unsure) {
		w.log.WarnContext(ctx, "needs are compared by words alone", "need", self.ID, "error", err)
		return nil
	}
	var twins []need.Twin
	for i, p := range unsure {
		if t, ok := need.MeantTwin(self, p, near[i]); ok {
			twins = append(twins, t)
		}
	}
	return twins
}

// Deduped says what Dedupe has done.
type Deduped struct {
	Printed, Compared, Twins int
	Printing, Comparing      time.Duration
}

// Dedupe prints all needs that have changed, and compares all needs with each
// other: what the jobs do one need at a time, at once and anew.
func Dedupe(ctx context.Context, store *postgres.Store) (Deduped, error) {
	var d Deduped
	began := time.Now()
	for {
		changed, err := printSome(ctx, store, printMany)
		if err != nil {
			return d, fmt.Errorf("print needs: %w", err)
		}
		if d.Printed += len(changed); len(changed) == 0 {
			break
		}
	}
	d.Printing = time.Since(began)
	began = time.Now()
	prints, err := store.Prints(ctx)
	if err != nil {
		return d, err
	}
	twins := need.Twins(prints)
	d.Compared, d.Twins = len(prints), len(twins)
	err = store.PutTwins(ctx, nil, twins)
	d.Comparing = time.Since(began)
	return d, err
}
