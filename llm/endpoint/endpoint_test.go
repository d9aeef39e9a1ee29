package endpoint_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"go.uber.org/goleak"

	"tanxu/internal/fakeopenai"
	"tanxu/llm"
	"tanxu/llm/endpoint"
	"tanxu/llm/guard"
	"tanxu/llm/meter"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func start(t *testing.T) *fakeopenai.Server {
	t.Helper()
	s, err := fakeopenai.Start(fakeopenai.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func question() llm.Request {
	return llm.Request{Name: "phrase", Messages: []llm.Message{{Role: llm.UserRole, Text: "请问哪道工序？"}}}
}

func TestAModelLivesDiesAndComesBack(t *testing.T) {
	s := start(t)
	m, err := endpoint.New(endpoint.Config{
		BaseURL: s.URL, Model: "qwen-plus",
		Guard: guard.Options{Backoff: time.Millisecond, Failures: 3, Open: time.Millisecond, Try: 2 * time.Second},
	})
	if err != nil {
		t.Fatal(err)
	}
	if form, err := m.Probe(t.Context()); err != nil || form != "json_schema" {
		t.Fatalf("Probe() = %v, %v", form, err)
	}
	if _, err := m.Complete(t.Context(), question()); err != nil || m.State() != llm.OK {
		t.Fatalf("error %v, state %v", err, m.State())
	}
	s.Script(fakeopenai.Mode{Fault: fakeopenai.Reset}, fakeopenai.Mode{Fault: fakeopenai.ServerError})
	if resp, err := m.Complete(t.Context(), question()); err != nil || resp.Text != "ok" {
		t.Errorf("two faults are not ridden out: %v, %v", resp, err)
	}
	s.SetMode(fakeopenai.Mode{Fault: fakeopenai.Unavailable})
	if _, err := m.Complete(t.Context(), question()); !errors.Is(err, llm.ErrDown) || m.State() != llm.Degraded {
		t.Errorf("error %v, state %v", err, m.State())
	}
	s.SetMode(fakeopenai.Mode{})
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	for m.State() != llm.OK && ctx.Err() == nil {
		_, _ = m.Complete(ctx, question()) // refused until the breaker half-opens
	}
	if m.State() != llm.OK {
		t.Error("the model does not come back")
	}
}

func TestOffWithoutModelOrMoney(t *testing.T) {
	var none *endpoint.Model
	if none.State() != llm.Off || none.Describe() != "none: rules only" {
		t.Errorf("state %v, %s", none.State(), none.Describe())
	}
	s := start(t)
	m, err := endpoint.New(endpoint.Config{BaseURL: s.URL, Model: "q", Meter: meter.Options{PriceIn: 1e6, Budget: 1}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Complete(t.Context(), question()); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Complete(t.Context(), question()); !errors.Is(err, llm.ErrBudget) || m.State() != llm.Off {
		t.Errorf("error %v, state %v, want budget spent and off", err, m.State())
	}
}

func TestAConfigurationWithoutNameIsRefused(t *testing.T) {
	if _, err := endpoint.New(endpoint.Config{BaseURL: "http://127.0.0.1:1/v1"}); err == nil {
		t.Error("a model without a name was built")
	}
}
