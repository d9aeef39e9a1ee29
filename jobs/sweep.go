package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
	"tanxu/postgres"
)

// sweeper finds what a process that died has left: turns without a worker,
// messages that nobody sends. It runs in every replica and does not wait for
// River, which rescues a job only after its time-out.
type sweeper struct {
	store   *postgres.Store
	queue   *Queue
	opt     Options
	metrics *metrics
}

// batch is how many conversations one sweep takes up.
const batch = 200

// run sweeps until ctx ends. A sweep that fails is logged; the next one does
// its work.
func (s *sweeper) run(ctx context.Context) error {
	tick := time.NewTicker(s.opt.Sweep)
	defer tick.Stop()
	forget := time.NewTicker(time.Hour)
	defer forget.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if err := s.sweep(ctx); err != nil && ctx.Err() == nil {
				s.opt.Log.WarnContext(ctx, "sweep", "error", err, "kind", need.KindOf(err))
			}
		case <-forget.C:
			if _, err := s.store.ForgetCalls(ctx, 48*time.Hour); err != nil && ctx.Err() == nil {
				s.opt.Log.WarnContext(ctx, "forget old calls", "error", err)
			}
		}
	}
}

// sweep looks for all kinds of work that was left. One that cannot be looked
// for does not keep the others from being taken up.
func (s *sweeper) sweep(ctx context.Context) error {
	lost, err := s.store.GiveUpSends(ctx, s.opt.LostSend)
	for range lost {
		s.metrics.sent("ambiguous")
	}
	overdue, err1 := s.store.Overdue(ctx, s.opt.Overdue, batch)
	s.metrics.overdue.Set(float64(len(overdue)))
	unsent, err2 := s.store.Unsent(ctx, s.opt.Sweep/2, batch)
	imports, err3 := s.store.OverdueImports(ctx, s.opt.Overdue, batch)
	err4 := s.dedupe(ctx)
	return errors.Join(err, err1, err2, err3, err4, s.enqueue(ctx, append(overdue, unsent...)), s.enqueueImports(ctx, imports))
}

func (s *sweeper) enqueueImports(ctx context.Context, list []postgres.ImportJob) error {
	if len(list) == 0 {
		return nil
	}
	return s.store.InScope(ctx, s.store.Root(), func(tx pgx.Tx) error {
		for _, j := range list {
			if err := s.queue.importAgain(ctx, tx, j, s.opt.Overdue); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *sweeper) enqueue(ctx context.Context, list []postgres.Turn) error {
	if len(list) == 0 {
		return nil
	}
	return s.store.InScope(ctx, s.store.Root(), func(tx pgx.Tx) error {
		for _, t := range list {
			if err := s.queue.again(ctx, tx, t, s.opt.Overdue); err != nil {
				return err
			}
		}
		return nil
	})
}
