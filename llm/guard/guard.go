// Package guard keeps a model from hurting its callers, and its callers from
// hurting the model: a limit on concurrent calls, a time limit for each try,
// retries that honour what the endpoint asks, and a circuit breaker. It knows
// no provider: it reads llm.Failure.
package guard

import (
	"cmp"
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/bulkhead"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
	"github.com/failsafe-go/failsafe-go/timeout"

	"tanxu/llm"
)

// Options holds what has a sensible default; the zero value is ready to use.
type Options struct {
	Concurrent uint          // calls at once; 0 means 8
	Try        time.Duration // time for one try; 0 means 20s. Callers set shorter contexts
	Retries    int           // after the first try; 0 means 2, negative means none
	Backoff    time.Duration // before the first retry; 0 means 300ms
	Failures   uint          // in a row that open the breaker; 0 means 5
	Open       time.Duration // how long it stays open; 0 means 30s
}

// Model is a guarded model.
type Model struct {
	inner llm.Model
	calls *calls[llm.Response]
}

// calls are the policies of one endpoint, for answers of type R.
type calls[R any] struct {
	opt     Options
	breaker circuitbreaker.CircuitBreaker[R]
	places  bulkhead.Bulkhead[R]
	limit   timeout.Timeout[R]
	failed  atomic.Bool // the last call found the endpoint down
}

var _ llm.Model = (*Model)(nil)

// waitForPlace is longer than any caller waits: contexts end the wait.
const waitForPlace = 10 * time.Minute

// New returns m, guarded.
func New(m llm.Model, o Options) *Model { return &Model{inner: m, calls: newCalls[llm.Response](o)} }

func newCalls[R any](o Options) *calls[R] {
	o.Concurrent = cmp.Or(o.Concurrent, 8)
	o.Try = cmp.Or(o.Try, 20*time.Second)
	o.Retries = max(0, cmp.Or(o.Retries, 2))
	o.Backoff = cmp.Or(o.Backoff, 300*time.Millisecond)
	o.Failures = cmp.Or(o.Failures, 5)
	o.Open = cmp.Or(o.Open, 30*time.Second)
	return &calls[R]{
		opt: o,
		breaker: circuitbreaker.NewBuilder[R]().HandleIf(func(_ R, err error) bool { return isDown(err) }).
			WithFailureThreshold(o.Failures).WithSuccessThreshold(1).WithDelay(o.Open).Build(),
		places: bulkhead.NewBuilder[R](o.Concurrent).WithMaxWaitTime(waitForPlace).Build(),
		limit:  timeout.New[R](o.Try),
	}
}

// Complete implements llm.Model. A model behind an open breaker is ErrDown at
// once. A retry is only made if its wait ends before the context does.
func (m *Model) Complete(ctx context.Context, req llm.Request) (llm.Response, error) {
	return m.calls.run(ctx, func(ctx context.Context) (llm.Response, error) { return m.inner.Complete(ctx, req) })
}

// Transcriber is a guarded transcriber.
type Transcriber struct {
	inner llm.Transcriber
	calls *calls[string]
}

var _ llm.Transcriber = (*Transcriber)(nil)

// NewTranscriber returns t, guarded.
func NewTranscriber(t llm.Transcriber, o Options) *Transcriber {
	return &Transcriber{inner: t, calls: newCalls[string](o)}
}

// Transcribe implements llm.Transcriber, as Complete does llm.Model.
func (t *Transcriber) Transcribe(ctx context.Context, name, lang string, audio []byte) (string, error) {
	return t.calls.run(ctx, func(ctx context.Context) (string, error) { return t.inner.Transcribe(ctx, name, lang, audio) })
}

// run makes one call by the policies.
func (c *calls[R]) run(ctx context.Context, call func(context.Context) (R, error)) (R, error) {
	run := failsafe.With[R](c.retry(ctx), c.breaker, c.places, c.limit).WithContext(ctx)
	answer, err := run.GetWithExecution(func(e failsafe.Execution[R]) (R, error) { return call(e.Context()) })
	err = asFailure(err)
	c.failed.Store(errors.Is(err, llm.ErrDown) && !errors.Is(err, context.Canceled))
	return answer, err
}

// State is Degraded while the breaker is not closed or the last call found the
// model down: callers then work by rules, or may soon.
func (m *Model) State() llm.State {
	if m.calls.failed.Load() || !m.calls.breaker.IsClosed() {
		return llm.Degraded
	}
	return llm.OK
}

// retry is built for each call, because it depends on the time that is left.
func (c *calls[R]) retry(ctx context.Context) retrypolicy.RetryPolicy[R] {
	return retrypolicy.NewBuilder[R]().
		HandleIf(func(_ R, err error) bool { return worthRetry(ctx, err, c.opt.Backoff) }).
		WithMaxRetries(c.opt.Retries).
		WithBackoff(c.opt.Backoff, 10*c.opt.Backoff).
		WithJitterFactor(jitter).
		WithDelayFunc(askedFor[R]).
		ReturnLastFailure().
		Build()
}

// jitter spreads the retries of many callers.
const jitter = 0.2

// askedFor returns the wait that the endpoint asked for, never less with the
// jitter taken off, and -1 for the backoff where it asked for none.
func askedFor[R any](e failsafe.ExecutionAttempt[R]) time.Duration {
	if f, ok := errors.AsType[*llm.Failure](e.LastError()); ok && f.After > 0 {
		return time.Duration(float64(f.After) / (1 - jitter))
	}
	return -1
}

func worthRetry(ctx context.Context, err error, backoff time.Duration) bool {
	if err == nil || ctx.Err() != nil {
		return false
	}
	wait := backoff
	if f, ok := errors.AsType[*llm.Failure](err); ok {
		if !f.Again {
			return false
		}
		wait = max(wait, f.After)
	} else if !errors.Is(err, timeout.ErrExceeded) {
		return false
	}
	deadline, ok := ctx.Deadline()
	return !ok || time.Until(deadline) > wait
}

// isDown is what the breaker counts: the endpoint gives no answer. A refusal or
// broken JSON is an answer, and a caller that hangs up says nothing.
func isDown(err error) bool {
	if errors.Is(err, context.Canceled) && !errors.Is(err, timeout.ErrExceeded) {
		return false
	}
	return errors.Is(err, llm.ErrDown) || errors.Is(err, timeout.ErrExceeded) || errors.Is(err, context.DeadlineExceeded)
}

// asFailure gives the errors of the policies, and of contexts, a kind.
func asFailure(err error) error {
	if err == nil || errors.Is(err, llm.ErrDown) || errors.Is(err, llm.ErrBlank) || errors.Is(err, llm.ErrInvalid) || errors.Is(err, llm.ErrBudget) {
		return err
	}
	again := errors.Is(err, circuitbreaker.ErrOpen) || errors.Is(err, timeout.ErrExceeded) || errors.Is(err, context.DeadlineExceeded)
	return &llm.Failure{Kind: llm.ErrDown, Again: again, Err: err}
}
