package meter

import (
	"context"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"tanxu/llm"
)

// Transcriber is a metered transcriber. Providers charge by the second of the
// recording, which only they know: it counts calls and bytes, and no money.
type Transcriber struct {
	inner   llm.Transcriber
	calls   *prometheus.CounterVec
	bytes   prometheus.Counter
	seconds prometheus.Histogram
}

var _ llm.Transcriber = (*Transcriber)(nil)

// NewTranscriber returns t, metered; its metrics are registered with r.
func NewTranscriber(t llm.Transcriber, r prometheus.Registerer) (*Transcriber, error) {
	out := &Transcriber{
		inner: t,
		calls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tanxu_transcribe_calls_total", Help: "Calls of the transcriber by outcome."}, []string{"outcome"}),
		bytes: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "tanxu_transcribe_bytes_total", Help: "Bytes of recordings that were sent to the transcriber."}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "tanxu_transcribe_seconds", Help: "Duration of calls of the transcriber.", Buckets: []float64{.5, 1, 2, 4, 8, 16, 32}}),
	}
	for _, c := range []prometheus.Collector{out.calls, out.bytes, out.seconds} {
		if err := r.Register(c); err != nil {
			return nil, fmt.Errorf("register metrics of the transcriber: %w", err)
		}
	}
	return out, nil
}

// Transcribe implements llm.Transcriber.
func (t *Transcriber) Transcribe(ctx context.Context, name, lang string, audio []byte) (string, error) {
	begin := time.Now()
	text, err := t.inner.Transcribe(ctx, name, lang, audio)
	t.seconds.Observe(time.Since(begin).Seconds())
	t.bytes.Add(float64(len(audio)))
	result := outcome(err)
	if err == nil && text == "" {
		result = "blank"
	}
	t.calls.WithLabelValues(result).Inc()
	return text, err
}
