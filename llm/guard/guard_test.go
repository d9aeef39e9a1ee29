package guard_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"tanxu/llm"
	"tanxu/llm/guard"
	"tanxu/llm/llmtest"
)

func down(status int, again bool, after time.Duration) error {
	return &llm.Failure{Kind: llm.ErrDown, Status: status, Again: again, After: after, Err: errors.New("scripted")}
}

// script answers with the errors in order, then with "ok".
func script(errs ...error) *llmtest.Model {
	m := &llmtest.Model{}
	m.Answer = func(context.Context, llm.Request) (llm.Response, error) {
		if n := len(m.Requests()); n <= len(errs) {
			return llm.Response{}, errs[n-1]
		}
		return llm.Response{Text: "ok"}, nil
	}
	return m
}

func TestRetry(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		errs     []error
		calls    int
		ok       bool
		min, max time.Duration
	}{
		"first try":               {nil, 1, true, 0, 0},
		"503, then an answer":     {[]error{down(503, true, 0)}, 2, true, 200 * time.Millisecond, 400 * time.Millisecond},
		"429 asks for 4 s":        {[]error{down(429, true, 4*time.Second)}, 2, true, 4 * time.Second, 6 * time.Second},
		"three times in a row":    {[]error{down(500, true, 0), down(500, true, 0), down(500, true, 0)}, 3, false, time.Second / 2, 2 * time.Second},
		"a wrong key":             {[]error{down(401, false, 0)}, 1, false, 0, 0},
		"a refusal":               {[]error{&llm.Failure{Kind: llm.ErrBlank, Err: errors.New("filtered")}}, 1, false, 0, 0},
		"asked to wait a minute":  {[]error{down(429, true, time.Minute)}, 1, false, 0, 0},
		"budget spent":            {[]error{llm.ErrBudget}, 1, false, 0, 0},
		"a blank answer is asked": {[]error{&llm.Failure{Kind: llm.ErrBlank, Again: true, Err: errors.New("blank")}}, 2, true, 200 * time.Millisecond, 400 * time.Millisecond},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
				defer cancel()
				inner, begin := script(tt.errs...), time.Now()
				_, err := guard.New(inner, guard.Options{}).Complete(ctx, llm.Request{})
				took := time.Since(begin)
				if (err == nil) != tt.ok || len(inner.Requests()) != tt.calls {
					t.Errorf("error %v after %d calls, want ok=%v after %d", err, len(inner.Requests()), tt.ok, tt.calls)
				}
				if took < tt.min || took > tt.max {
					t.Errorf("took %v, want %v to %v", took, tt.min, tt.max)
				}
				if err != nil && len(tt.errs) > 0 && !errors.Is(err, tt.errs[len(tt.errs)-1]) {
					t.Errorf("error %v has lost its cause", err)
				}
			})
		})
	}
}

func TestEachTryHasItsTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := &llmtest.Model{}
		m.Answer = func(ctx context.Context, _ llm.Request) (llm.Response, error) {
			if len(m.Requests()) == 1 {
				<-ctx.Done()
				return llm.Response{}, ctx.Err()
			}
			return llm.Response{Text: "ok"}, nil
		}
		begin := time.Now()
		resp, err := guard.New(m, guard.Options{Try: 5 * time.Second}).Complete(t.Context(), llm.Request{})
		if took := time.Since(begin); err != nil || resp.Text != "ok" || took < 5*time.Second || took > 6*time.Second {
			t.Errorf("Complete() = %+v, %v after %v", resp, err, took)
		}
	})
}

func TestTheCallersTimeEndsTheCall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := &llmtest.Model{Answer: func(ctx context.Context, _ llm.Request) (llm.Response, error) {
			<-ctx.Done()
			return llm.Response{}, ctx.Err()
		}}
		ctx, cancel := context.WithTimeout(t.Context(), 6*time.Second)
		defer cancel()
		g, begin := guard.New(m, guard.Options{}), time.Now()
		_, err := g.Complete(ctx, llm.Request{})
		if took := time.Since(begin); !errors.Is(err, llm.ErrDown) || !errors.Is(err, context.DeadlineExceeded) || took != 6*time.Second {
			t.Errorf("error %v after %v", err, took)
		}
		if g.State() != llm.Degraded {
			t.Errorf("state %v, want degraded", g.State())
		}
	})
}

func TestBreaker(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		broken := true
		m := &llmtest.Model{Answer: func(context.Context, llm.Request) (llm.Response, error) {
			if broken {
				return llm.Response{}, down(503, true, 0)
			}
			return llm.Response{Text: "ok"}, nil
		}}
		g := guard.New(m, guard.Options{Retries: -1, Failures: 3, Open: 30 * time.Second})
		if g.State() != llm.OK {
			t.Fatalf("state %v before the first call", g.State())
		}
		for range 5 {
			if _, err := g.Complete(t.Context(), llm.Request{}); !errors.Is(err, llm.ErrDown) {
				t.Fatal(err)
			}
		}
		if n := len(m.Requests()); n != 3 || g.State() != llm.Degraded {
			t.Fatalf("%d calls reached the model, state %v; want 3 and degraded", n, g.State())
		}
		broken = false
		<-time.After(31 * time.Second)
		if resp, err := g.Complete(t.Context(), llm.Request{}); err != nil || resp.Text != "ok" || g.State() != llm.OK {
			t.Errorf("after the pause: %+v, %v, state %v", resp, err, g.State())
		}
	})
}

func TestAnswersThatBreakTheSchemaDoNotOpenTheBreaker(t *testing.T) {
	t.Parallel()
	m := llmtest.Fails(&llm.Failure{Kind: llm.ErrInvalid, Err: errors.New("no JSON")})
	g := guard.New(m, guard.Options{Failures: 2})
	for range 4 {
		if _, err := g.Complete(t.Context(), llm.Request{}); !errors.Is(err, llm.ErrInvalid) {
			t.Fatal(err)
		}
	}
	if len(m.Requests()) != 4 || g.State() != llm.OK {
		t.Errorf("%d calls, state %v", len(m.Requests()), g.State())
	}
}

func TestConcurrentCallsAreLimited(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		m := &llmtest.Model{Answer: func(context.Context, llm.Request) (llm.Response, error) {
			<-release
			return llm.Response{Text: "ok"}, nil
		}}
		g := guard.New(m, guard.Options{Concurrent: 2})
		done := make(chan error)
		for range 5 {
			go func() {
				_, err := g.Complete(t.Context(), llm.Request{})
				done <- err
			}()
		}
		synctest.Wait()
		if n := len(m.Requests()); n != 2 {
			t.Errorf("%d calls at once, want 2", n)
		}
		close(release)
		for range 5 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
	})
}
