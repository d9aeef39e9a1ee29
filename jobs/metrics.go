package jobs

import (
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics count what operators watch.
type metrics struct {
	turns    *prometheus.CounterVec
	duration prometheus.Histogram
	sends    *prometheus.CounterVec
	overdue  prometheus.Gauge
}

func newMetrics(r prometheus.Registerer) (*metrics, error) {
	m := &metrics{
		turns: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tanxu_turns_total", Help: "Turns by how they ended: done, failed, overtaken or quarantined.",
		}, []string{"outcome"}),
		duration: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "tanxu_turn_seconds", Help: "Time from the claim of a turn to its commit.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60},
		}),
		sends: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tanxu_outbound_total", Help: "Tries to send a message by how they ended: sent, retry, ambiguous or terminal.",
		}, []string{"outcome"}),
		overdue: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "tanxu_turns_overdue", Help: "Conversations that the last sweep found waiting for too long.",
		}),
	}
	if r == nil {
		return m, nil
	}
	for _, c := range []prometheus.Collector{m.turns, m.duration, m.sends, m.overdue} {
		if err := r.Register(c); err != nil {
			return nil, fmt.Errorf("register metrics of jobs: %w", err)
		}
	}
	return m, nil
}

func (m *metrics) turn(outcome string, took time.Duration) {
	m.turns.WithLabelValues(outcome).Inc()
	if outcome == "done" {
		m.duration.Observe(took.Seconds())
	}
}

func (m *metrics) sent(outcome string) { m.sends.WithLabelValues(outcome).Inc() }
