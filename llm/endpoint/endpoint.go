// Package endpoint puts a whole model together as the service uses it: the
// adapter of an OpenAI-compatible endpoint, metered and guarded.
package endpoint

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"

	"tanxu/llm"
	"tanxu/llm/guard"
	"tanxu/llm/meter"
	"tanxu/llm/openai"
)

// Config is what an operator sets. BaseURL and Model are required.
type Config struct {
	BaseURL string
	Key     string
	Model   string
	Vendor  string // name of a preset; "" finds it by the base URL
	Guard   guard.Options
	Meter   meter.Options
	Metrics prometheus.Registerer // nil for a registry of its own
	Log     *slog.Logger          // nil for none
	HTTP    http.RoundTripper     // nil for the default
}

// Model is a model that can say how it is. A nil *Model is one that is not
// configured: it is Off, and must not be called.
type Model struct {
	adapter *openai.Model
	meter   *meter.Model
	guard   *guard.Model
	name    string
}

var _ llm.Model = (*Model)(nil)

// New returns the model of c without calling the endpoint; Probe does.
func New(c Config) (*Model, error) {
	adapter, err := openai.New(openai.Config{BaseURL: c.BaseURL, Key: c.Key, Model: c.Model, Vendor: c.Vendor, HTTP: c.HTTP, Log: c.Log})
	if err != nil {
		return nil, fmt.Errorf("build model %s: %w", c.Model, err)
	}
	if c.Metrics == nil {
		c.Metrics = prometheus.NewRegistry()
	}
	metered, err := meter.New(adapter, c.Metrics, c.Meter)
	if err != nil {
		return nil, fmt.Errorf("build model %s: %w", c.Model, err)
	}
	return &Model{adapter: adapter, meter: metered, guard: guard.New(metered, c.Guard), name: c.Model}, nil
}

// NewTranscriber returns the transcriber of c, metered and guarded in the same
// way; its Vendor and Meter play no part.
func NewTranscriber(c Config) (llm.Transcriber, error) {
	adapter, err := openai.NewTranscriber(openai.Config{BaseURL: c.BaseURL, Key: c.Key, Model: c.Model, HTTP: c.HTTP})
	if err != nil {
		return nil, fmt.Errorf("build transcriber %s: %w", c.Model, err)
	}
	if c.Metrics == nil {
		c.Metrics = prometheus.NewRegistry()
	}
	metered, err := meter.NewTranscriber(adapter, c.Metrics)
	if err != nil {
		return nil, fmt.Errorf("build transcriber %s: %w", c.Model, err)
	}
	return guard.NewTranscriber(metered, c.Guard), nil
}

// Complete implements llm.Model.
func (m *Model) Complete(ctx context.Context, req llm.Request) (llm.Response, error) {
	return m.guard.Complete(ctx, req)
}

// State says how the model is: Off without a model or once the day's budget is
// spent, Degraded while the endpoint fails, else OK.
func (m *Model) State() llm.State {
	if m == nil || m.meter.Spent() {
		return llm.Off
	}
	return m.guard.State()
}

// Probe finds out how the endpoint can be made to answer in JSON, and returns
// the name of that form. Call it once in the background when the service starts.
func (m *Model) Probe(ctx context.Context) (string, error) {
	rung, err := m.adapter.Probe(ctx)
	return rung.String(), err
}

// Describe names the model, the preset and the form in use.
func (m *Model) Describe() string {
	if m == nil {
		return "none: rules only"
	}
	return fmt.Sprintf("%s (%s, %s)", m.name, m.adapter.Vendor(), m.adapter.Rung())
}

// Dropped counts commands of the model that were not carried out.
func (m *Model) Dropped(reason string, n int) {
	if m != nil {
		m.meter.Dropped(reason, n)
	}
}
