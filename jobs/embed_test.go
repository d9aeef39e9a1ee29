package jobs_test

import (
	"context"
	"testing"
	"time"

	"tanxu/jobs"
	"tanxu/postgres"
)

// vectors tells each time that it is asked for some.
type vectors chan struct{}

func (v vectors) EmbedLibrary(ctx context.Context) error {
	select {
	case v <- struct{}{}:
	case <-ctx.Done():
	}
	return nil
}

func TestVectorsAreMadeFromTheStart(t *testing.T) {
	t.Parallel()

	queue, err := jobs.NewQueue()
	must(t, err)
	opt := postgres.Options{Root: province, Queue: queue, AllowSuperuser: true, MaxConns: 4}
	url := database(t)
	store, err := postgres.Open(t.Context(), url, opt)
	must(t, err)
	t.Cleanup(store.Close)
	pool, err := postgres.JobsPool(t.Context(), url, opt)
	must(t, err)
	t.Cleanup(pool.Close)
	asked := make(vectors)
	j, err := jobs.New(pool, jobs.Deps{Store: store, Queue: queue, Engine: newEcho(), Sender: newOutlet(), Vectors: asked}, jobs.Options{})
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- j.Run(ctx) }()
	select {
	case <-asked:
	case <-time.After(30 * time.Second):
		t.Error("nobody makes vectors")
	}
	cancel()
	must(t, <-done)
}
