// Package openai is llm.Model on any endpoint that speaks the chat completions
// of OpenAI. It finds out in which way the endpoint can be made to answer in
// JSON, and reads what comes back with tolerance. It does not retry, limit or
// count: decorators do.
package openai

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/sashabaranov/go-openai"

	"tanxu/llm"
	"tanxu/llm/schema"
)

// Config names an endpoint. BaseURL and Model are required; the base URL ends
// with the version path of the provider (/v1, /api/v3, /compatible-mode/v1).
type Config struct {
	BaseURL string
	Key     string
	Model   string
	Vendor  string            // name of a preset; "" finds it by the base URL
	HTTP    http.RoundTripper // nil for one with a connect timeout and without proxies' surprises
	Log     *slog.Logger      // nil for none
}

// Model is one model of one endpoint. What it learns of the endpoint (the rung
// of the ladder, refused keys) it keeps for all later calls.
type Model struct {
	client *openai.Client
	name   string
	preset preset
	log    *slog.Logger

	mu         sync.Mutex
	rung       Rung
	strikes    int // answers in a row that broke what the rung promises
	extra      map[string]json.RawMessage
	fixed      bool   // the endpoint takes no temperature
	limitKey   string // under which the endpoint takes the limit of tokens
	validators map[string]*schema.Validator
}

var _ llm.Model = (*Model)(nil)

// New returns the model of c. It does not call the endpoint.
func New(c Config) (*Model, error) {
	if c.BaseURL == "" || c.Model == "" {
		return nil, errors.New("a model needs a base URL and a name")
	}
	p, limit := presetFor(c.Vendor, c.BaseURL), maxTokensKey
	if samplingFixed(c.Model) {
		limit = maxCompletionKey
	}
	return &Model{
		client: c.client(), name: c.Model, preset: p, rung: p.assume, extra: p.extras(), fixed: samplingFixed(c.Model), limitKey: limit,
		log: cmp.Or(c.Log, slog.New(slog.DiscardHandler)), validators: map[string]*schema.Validator{},
	}, nil
}

// client returns the library's client of the endpoint.
func (c Config) client() *openai.Client {
	base := c.HTTP
	if base == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.MaxIdleConnsPerHost, t.TLSHandshakeTimeout = 16, 5*time.Second
		base = t
	}
	conf := openai.DefaultConfig(c.Key)
	conf.BaseURL = strings.TrimRight(c.BaseURL, "/")
	conf.HTTPClient = &http.Client{Transport: &transport{base: base}}
	return openai.NewClientWithConfig(conf)
}

// Rung returns the rung of the ladder on which the next call stands.
func (m *Model) Rung() Rung {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.rung
}

// Vendor returns the name of the preset in use.
func (m *Model) Vendor() string { return m.preset.name }

// Complete implements llm.Model. With a schema, the text of the response is a
// JSON object, which may still break the schema; when none can be read from the
// answer the error is ErrInvalid and the response holds the raw text. A finish
// of "length" says that the text is what was complete when it broke off.
func (m *Model) Complete(ctx context.Context, req llm.Request) (llm.Response, error) {
	if req.Schema == nil {
		resp, err := m.once(ctx, req, Text)
		return resp, m.wrap(req, err)
	}
	v, err := m.validator(*req.Schema)
	if err != nil {
		return llm.Response{}, err
	}
	for rung := m.Rung(); ; rung++ {
		resp, err := m.once(ctx, req, rung)
		if refusedForm(err) && rung < Text {
			continue // an endpoint that does not know this rung
		}
		m.learn(rung, resp, err, v)
		return resp, m.wrap(req, err)
	}
}

func (m *Model) wrap(req llm.Request, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("complete %s with %s: %w", req.Name, m.name, err)
}

// once makes one call on one rung; a call whose extra keys are refused is made
// again without them.
func (m *Model) once(ctx context.Context, req llm.Request, rung Rung) (llm.Response, error) {
	for {
		x := &exchange{extra: m.keys(req)}
		answer, err := m.client.CreateChatCompletion(withExchange(ctx, x), m.request(req, rung))
		if err == nil {
			return read(answer, x, req.Schema != nil)
		}
		f := failure(err, x)
		if f.Status != http.StatusBadRequest || !m.forget(f.Err.Error(), x.extra) {
			return llm.Response{}, f
		}
	}
}

func (m *Model) request(req llm.Request, rung Rung) openai.ChatCompletionRequest {
	out := openai.ChatCompletionRequest{Model: m.name}
	for _, msg := range req.Messages {
		switch {
		case msg.Picture != nil:
			out.Messages = append(out.Messages, shown(msg))
		case msg.Text != "": // the library drops empty content, endpoints refuse that
			out.Messages = append(out.Messages, openai.ChatCompletionMessage{Role: string(msg.Role), Content: msg.Text})
		}
	}
	if req.Schema != nil {
		rung.dress(&out, req.Schema)
	}
	return out
}

// Keys of the body that the library leaves out, deprecates or names otherwise.
const (
	temperatureKey   = "temperature" // left out when it is 0
	maxTokensKey     = "max_tokens"
	maxCompletionKey = "max_completion_tokens" // the newer name; few providers know it
)

// keys returns what is merged into the body of a request.
func (m *Model) keys(req llm.Request) map[string]json.RawMessage {
	m.mu.Lock()
	defer m.mu.Unlock()
	keys := map[string]json.RawMessage{}
	maps.Copy(keys, m.extra)
	if !m.fixed {
		keys[temperatureKey] = json.RawMessage(strconv.FormatFloat(req.Temperature, 'g', -1, 64))
	}
	if req.MaxTokens > 0 {
		keys[m.limitKey] = json.RawMessage(strconv.Itoa(req.MaxTokens))
	}
	return keys
}

// forget stops sending a key that the endpoint names in its refusal; it reports
// whether there was one, so that the call is worth another try.
func (m *Model) forget(refusal string, sent map[string]json.RawMessage) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for key := range sent {
		switch {
		case !strings.Contains(refusal, key), key == maxCompletionKey:
			continue
		case key == maxTokensKey:
			m.limitKey = maxCompletionKey
		default:
			m.fixed = m.fixed || key == temperatureKey
			delete(m.extra, key)
		}
		m.log.Warn("endpoint refuses a key; it is not sent from now on", "model", m.name, "key", key)
		return true
	}
	return false
}

func (m *Model) validator(s llm.Schema) (*schema.Validator, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if v := m.validators[string(s.JSON)]; v != nil {
		return v, nil
	}
	v, err := schema.Compile(s)
	if err != nil {
		return nil, fmt.Errorf("complete with %s: %w", m.name, err)
	}
	m.validators[string(s.JSON)] = v
	return v, nil
}
