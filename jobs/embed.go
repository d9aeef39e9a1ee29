package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// Limits of the making of vectors. What a run has made stands, so that one which
// is cut off goes on in the next.
const (
	embedTimeout = 10 * time.Minute
	embedEvery   = time.Minute
)

// Vectors makes what the library lacks of them, for the model that serves and
// for one that is made ready.
type Vectors interface {
	EmbedLibrary(ctx context.Context) error
}

// EmbedArgs have the vectors of the library made.
type EmbedArgs struct{}

// Kind is stored with every job: never change it.
func (EmbedArgs) Kind() string { return "embed_library" }

// embedPeriodic has one replica at a time look for what lacks vectors.
func embedPeriodic() *river.PeriodicJob {
	embed := func() (river.JobArgs, *river.InsertOpts) {
		return EmbedArgs{}, &river.InsertOpts{Queue: vectorsQueue, UniqueOpts: river.UniqueOpts{ByState: unfinished()}}
	}
	return river.NewPeriodicJob(river.PeriodicInterval(embedEvery), embed, &river.PeriodicJobOpts{RunOnStart: true})
}

// embedWorker makes vectors.
type embedWorker struct {
	river.WorkerDefaults[EmbedArgs]

	vectors Vectors
}

// Timeout implements river.Worker.
func (*embedWorker) Timeout(*river.Job[EmbedArgs]) time.Duration { return embedTimeout }

// Work runs one job.
func (w *embedWorker) Work(ctx context.Context, _ *river.Job[EmbedArgs]) error {
	if w.vectors == nil {
		return nil
	}
	return w.vectors.EmbedLibrary(ctx)
}
