// Package openai is the embedder behind any endpoint that speaks the OpenAI
// embeddings API: DashScope, SiliconFlow, vLLM, Ollama, TEI, llama.cpp … What
// differs among them (longest list, instruction, longest text) is told by
// Config or known by the model's name.
package openai

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strings"
	"time"

	sdk "github.com/sashabaranov/go-openai"

	"tanxu/embeddings"
	"tanxu/need"
)

// Config says which endpoint and model; BaseURL and Model are required.
type Config struct {
	BaseURL string
	APIKey  string
	Model   string
	Dims    int           // asked of the endpoint; 0 means what the model gives
	Batch   int           // texts a call; 0 means 10 for DashScope, 32 elsewhere
	Retries int           // of a call that may succeed later; 0 means 3, below 0 none
	Backoff time.Duration // before the first retry, doubled each time; 0 means 500ms
	Client  *http.Client  // nil means one with a timeout of 30s
}

// Embedder calls one model of one endpoint. It is safe for concurrent use.
type Embedder struct {
	client *sdk.Client
	config Config
	habit  habit
	dims   int
}

var _ embeddings.Embedder = (*Embedder)(nil)

// New returns the Embedder of one model, cut into calls of a length that the
// endpoint takes. It asks for one vector first, to learn the dims; an endpoint
// that does not answer gives an Unavailable error.
func New(ctx context.Context, c Config) (embeddings.Embedder, error) {
	if c.BaseURL == "" || c.Model == "" {
		return nil, need.Errorf(need.Invalid, "embedder_config", "embedding endpoint needs an address and a model")
	}
	size := 32
	if strings.Contains(c.BaseURL, "dashscope") {
		size = 10
	}
	c.Batch = cmp.Or(c.Batch, size)
	c.Retries = max(cmp.Or(c.Retries, 3), 0)
	c.Backoff = cmp.Or(c.Backoff, 500*time.Millisecond)
	config := sdk.DefaultConfig(c.APIKey)
	config.BaseURL = strings.TrimRight(c.BaseURL, "/")
	config.HTTPClient = cmp.Or(c.Client, &http.Client{Timeout: 30 * time.Second})

	e := &Embedder{client: sdk.NewClientWithConfig(config), config: c, habit: habitOf(c.Model), dims: c.Dims}
	probe, err := e.Embed(ctx, embeddings.Passage, []string{"技术需求"})
	if err != nil {
		return nil, fmt.Errorf("probe embedding model %s: %w", c.Model, err)
	}
	e.dims = len(probe[0])
	return embeddings.Batch(e, c.Batch), nil
}

// Model implements embeddings.Embedder.
func (e *Embedder) Model() embeddings.Model {
	h := sha256.Sum256([]byte(e.habit.query + "\n" + e.habit.passage))
	return embeddings.Model{ID: fmt.Sprintf("%s/openai/%d/%x", e.config.Model, e.dims, h[:4]), Dims: e.dims}
}

// Embed implements embeddings.Embedder.
func (e *Embedder) Embed(ctx context.Context, kind embeddings.Kind, texts []string) ([][]float32, error) {
	if len(texts) == 0 {
		return nil, nil
	}
	input := make([]string, len(texts))
	for i, text := range texts {
		input[i] = e.habit.prepare(kind, text)
	}
	request := sdk.EmbeddingRequestStrings{
		Input: input, Model: sdk.EmbeddingModel(e.config.Model),
		EncodingFormat: sdk.EmbeddingEncodingFormatFloat, Dimensions: e.config.Dims,
	}
	wait := e.config.Backoff
	for try := 0; ; try++ {
		answer, err := e.client.CreateEmbeddings(ctx, request)
		if err == nil {
			return e.vectors(answer.Data, len(texts))
		}
		if !transient(err) || ctx.Err() != nil || try == e.config.Retries {
			return nil, need.Errorf(kindOf(err), "embedder_down", "call embedding model %s: %w", e.config.Model, err)
		}
		select {
		case <-time.After(wait):
			wait *= 2
		case <-ctx.Done():
			return nil, need.Errorf(need.Unavailable, "embedder_down", "wait for embedding model %s: %w", e.config.Model, ctx.Err())
		}
	}
}

// vectors puts the answer into the order of the texts and checks it: a wrong
// vector would poison the index silently.
func (e *Embedder) vectors(data []sdk.Embedding, n int) ([][]float32, error) {
	out := make([][]float32, n)
	for _, d := range data {
		if d.Index < 0 || d.Index >= n || out[d.Index] != nil {
			return nil, e.badAnswer("a vector for text %d of %d", d.Index, n)
		}
		if e.dims != 0 && len(d.Embedding) != e.dims {
			return nil, e.badAnswer("%d dims instead of %d", len(d.Embedding), e.dims)
		}
		if !normalise(d.Embedding) {
			return nil, e.badAnswer("a vector without a direction")
		}
		out[d.Index] = d.Embedding
	}
	for i, v := range out {
		if v == nil {
			return nil, e.badAnswer("no vector for text %d of %d", i, n)
		}
	}
	return out, nil
}

func (e *Embedder) badAnswer(format string, args ...any) error {
	return need.Errorf(need.Unavailable, "embedder_answer", "embedding model %s gave %s", e.config.Model, fmt.Sprintf(format, args...))
}

// status is the HTTP status of a refused call, 0 if there was no answer.
func status(err error) int {
	if e, ok := errors.AsType[*sdk.APIError](err); ok {
		return e.HTTPStatusCode
	}
	if e, ok := errors.AsType[*sdk.RequestError](err); ok {
		return e.HTTPStatusCode
	}
	return 0
}

func transient(err error) bool {
	s := status(err)
	return s < 400 || s == http.StatusTooManyRequests || s == http.StatusRequestTimeout || s >= 500
}

func kindOf(err error) need.Kind {
	switch status(err) {
	case http.StatusUnauthorized, http.StatusForbidden:
		return need.Denied
	case http.StatusBadRequest, http.StatusNotFound, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity:
		return need.Invalid
	default:
		return need.Unavailable
	}
}

// normalise scales v to length 1 in place; false if that cannot be done.
func normalise(v []float32) bool {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if sum == 0 || math.IsNaN(sum) || math.IsInf(sum, 0) {
		return false
	}
	scale := float32(1 / math.Sqrt(sum))
	for i := range v {
		v[i] *= scale
	}
	return true
}
