package meter_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"tanxu/llm"
	"tanxu/llm/llmtest"
	"tanxu/llm/meter"
)

// sum adds up the samples of a metric whose label has the value.
func sum(t *testing.T, r *prometheus.Registry, metric, value string) float64 {
	t.Helper()
	families, err := r.Gather()
	if err != nil {
		t.Fatal(err)
	}
	total := 0.0
	for _, f := range families {
		if f.GetName() != metric {
			continue
		}
		for _, m := range f.GetMetric() {
			for _, l := range m.GetLabel() {
				if l.GetValue() == value {
					total += m.GetCounter().GetValue()
				}
			}
		}
	}
	return total
}

func TestBudgetOfADay(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 23, 0, 0, 0, time.FixedZone("CST", 8*3600))
	inner := &llmtest.Model{Answer: func(context.Context, llm.Request) (llm.Response, error) {
		return llm.Response{Text: "ok", Usage: llm.Usage{Prompt: 1_000_000, Completion: 500_000}}, nil
	}}
	r := prometheus.NewRegistry()
	m, err := meter.New(inner, r, meter.Options{PriceIn: 0.8, PriceOut: 2, Budget: 3, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	req := llm.Request{Name: "understand"}
	for i, want := range []error{nil, nil, llm.ErrBudget} { // 1.80 yuan each
		if _, err := m.Complete(t.Context(), req); !errors.Is(err, want) {
			t.Fatalf("call %d: error = %v, want %v", i, err, want)
		}
	}
	if !m.Spent() || len(inner.Requests()) != 2 {
		t.Errorf("spent %v after %d calls", m.Spent(), len(inner.Requests()))
	}
	now = now.Add(2 * time.Hour)
	if _, err := m.Complete(t.Context(), req); err != nil || m.Spent() {
		t.Errorf("the next day: error %v, spent %v", err, m.Spent())
	}
	if in, refused := sum(t, r, "tanxu_llm_tokens_total", "in"), sum(t, r, "tanxu_llm_calls_total", "budget"); in != 3e6 || refused != 1 {
		t.Errorf("%v prompt tokens, %v refusals", in, refused)
	}
}

func TestTokensAreEstimatedWhereTheEndpointIsSilent(t *testing.T) {
	t.Parallel()
	m, err := meter.New(llmtest.Says("涂布机走带跑偏"), prometheus.NewRegistry(), meter.Options{})
	if err != nil {
		t.Fatal(err)
	}
	resp, err := m.Complete(t.Context(), llm.Request{Messages: []llm.Message{{Text: "一百个字的提示词就当它是这样吧一百个字"}}})
	if err != nil || resp.Usage.Prompt < 10 || resp.Usage.Completion < 3 {
		t.Errorf("usage %+v, %v", resp.Usage, err)
	}
}

func TestOutcomesAndDrops(t *testing.T) {
	t.Parallel()
	for label, failure := range map[string]error{
		"down": llm.ErrDown, "blank": llm.ErrBlank, "invalid": llm.ErrInvalid, "timeout": context.DeadlineExceeded, "canceled": context.Canceled,
	} {
		r := prometheus.NewRegistry()
		m, err := meter.New(llmtest.Fails(failure), r, meter.Options{})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = m.Complete(t.Context(), llm.Request{Name: "phrase"}) // fails by script
		m.Dropped("ungrounded", 2)
		if got := sum(t, r, "tanxu_llm_calls_total", label); got != 1 {
			t.Errorf("%s counted %v times, want once", label, got)
		}
		if got := sum(t, r, "tanxu_llm_commands_dropped_total", "ungrounded"); got != 2 {
			t.Errorf("dropped %v, want 2", got)
		}
	}
}
