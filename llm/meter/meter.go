// Package meter counts what a model costs: calls, tokens, money, seconds, and
// the commands of it that were dropped. It refuses calls once the money of a
// day is spent.
package meter

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/prometheus/client_golang/prometheus"

	"tanxu/llm"
)

// Options hold the price and the limit; the zero value counts without either.
// The limit holds for one process: replicas share it by being given a part.
type Options struct {
	PriceIn  float64 // yuan for a million prompt tokens
	PriceOut float64 // yuan for a million completion tokens
	Budget   float64 // yuan a day; 0 means no limit
	Now      func() time.Time
}

// Model is a metered model.
type Model struct {
	inner llm.Model
	opt   Options

	calls   *prometheus.CounterVec
	tokens  *prometheus.CounterVec
	seconds *prometheus.HistogramVec
	dropped *prometheus.CounterVec
	cost    prometheus.Counter

	mu    sync.Mutex
	day   string
	spent float64
}

var _ llm.Model = (*Model)(nil)

// New returns m, metered; its metrics are registered with r. A day begins at
// midnight of the location that o.Now tells.
func New(m llm.Model, r prometheus.Registerer, o Options) (*Model, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	out := &Model{
		inner: m, opt: o,
		calls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tanxu_llm_calls_total", Help: "Calls of the language model by purpose and outcome."}, []string{"name", "outcome"}),
		tokens: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tanxu_llm_tokens_total", Help: "Tokens by purpose and direction; estimated where the endpoint does not say."}, []string{"name", "direction"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "tanxu_llm_seconds", Help: "Duration of calls by purpose.", Buckets: []float64{.25, .5, 1, 2, 3, 4.5, 6, 10, 20, 45}}, []string{"name"}),
		dropped: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tanxu_llm_commands_dropped_total", Help: "Commands of the model that were not carried out, by reason."}, []string{"reason"}),
		cost: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "tanxu_llm_cost_yuan_total", Help: "What the calls cost at the configured price."}),
	}
	for _, c := range []prometheus.Collector{out.calls, out.tokens, out.seconds, out.dropped, out.cost} {
		if err := r.Register(c); err != nil {
			return nil, fmt.Errorf("register metrics of the model: %w", err)
		}
	}
	return out, nil
}

// Complete implements llm.Model. Once the day's budget is spent it is ErrBudget
// without a call. The call that crosses the limit is still made.
func (m *Model) Complete(ctx context.Context, req llm.Request) (llm.Response, error) {
	if m.Spent() {
		m.calls.WithLabelValues(req.Name, "budget").Inc()
		return llm.Response{}, fmt.Errorf("complete %s: %w", req.Name, llm.ErrBudget)
	}
	begin := m.opt.Now()
	resp, err := m.inner.Complete(ctx, req)
	m.seconds.WithLabelValues(req.Name).Observe(m.opt.Now().Sub(begin).Seconds())
	m.calls.WithLabelValues(req.Name, outcome(err)).Inc()
	if err == nil && resp.Usage == (llm.Usage{}) {
		resp.Usage = estimate(req, resp)
	}
	m.charge(req.Name, resp.Usage)
	return resp, err
}

// Spent reports whether the budget of today is used up.
func (m *Model) Spent() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.turnDay()
	return m.opt.Budget > 0 && m.spent >= m.opt.Budget
}

// Dropped counts commands of the model that were not carried out.
func (m *Model) Dropped(reason string, n int) {
	m.dropped.WithLabelValues(reason).Add(float64(n))
}

func (m *Model) charge(name string, u llm.Usage) {
	m.tokens.WithLabelValues(name, "in").Add(float64(u.Prompt))
	m.tokens.WithLabelValues(name, "out").Add(float64(u.Completion))
	cost := (float64(u.Prompt)*m.opt.PriceIn + float64(u.Completion)*m.opt.PriceOut) / 1e6
	m.cost.Add(cost)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.turnDay()
	m.spent += cost
}

// turnDay starts the account of a new day; it needs m.mu.
func (m *Model) turnDay() {
	if today := m.opt.Now().Format(time.DateOnly); today != m.day {
		m.day, m.spent = today, 0
	}
}

// outcome is the label of a call; the set is closed.
func outcome(err error) string {
	switch {
	case err == nil:
		return "ok"
	case errors.Is(err, llm.ErrBudget):
		return "budget"
	case errors.Is(err, llm.ErrBlank):
		return "blank"
	case errors.Is(err, llm.ErrInvalid):
		return "invalid"
	case errors.Is(err, context.Canceled):
		return "canceled"
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	default:
		return "down"
	}
}

// estimate is for endpoints that report no usage: a Chinese rune is about 0.63
// of a token.
func estimate(req llm.Request, resp llm.Response) llm.Usage {
	runes := 0
	for _, msg := range req.Messages {
		runes += utf8.RuneCountInString(msg.Text)
	}
	const perRune = 0.63
	return llm.Usage{Prompt: int(float64(runes) * perRune), Completion: int(float64(utf8.RuneCountInString(resp.Text)) * perRune)}
}
