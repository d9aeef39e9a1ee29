// Package rerank asks an endpoint that reads a need and each candidate together
// which of them fit. It speaks the three shapes that such endpoints have, and
// knows nothing of what is done with the scores.
package rerank

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"strings"
	"time"

	"tanxu/need"
)

// Shape is how an endpoint wants to be asked.
type Shape string

// The shapes.
const (
	Jina      Shape = "jina"      // Jina, Cohere, SiliconFlow, vLLM, Xinference
	TEI       Shape = "tei"       // Text Embeddings Inference
	DashScope Shape = "dashscope" // Alibaba's own
)

// Shapes lists the shapes.
func Shapes() []Shape { return []Shape{Jina, TEI, DashScope} }

// Config says which endpoint and model; BaseURL is required, and Model but for TEI.
type Config struct {
	BaseURL string // up to the version, as https://api.example.com/v1; or the whole address of the call
	APIKey  string
	Model   string
	Shape   Shape         // "" is found by the address and whether there is a model
	Timeout time.Duration // of one call; 0 means 3s
	Client  *http.Client  // nil means one without a limit of its own
}

const (
	longestDocument = 1000    // runes of a document that are sent
	longestAnswer   = 4 << 20 // bytes
)

// Reranker calls one model of one endpoint. It is safe for concurrent use.
type Reranker struct {
	config Config
	url    string
}

// New returns a Reranker. It does not call the endpoint.
func New(c Config) (*Reranker, error) {
	if c.BaseURL == "" {
		return nil, need.Errorf(need.Invalid, "rerank_config", "rerank endpoint needs an address")
	}
	if c.Shape == "" {
		switch {
		case strings.Contains(c.BaseURL, "dashscope"):
			c.Shape = DashScope
		case c.Model == "":
			c.Shape = TEI
		default:
			c.Shape = Jina
		}
	}
	if c.Model == "" && c.Shape != TEI {
		return nil, need.Errorf(need.Invalid, "rerank_config", "rerank endpoint of shape %s needs a model", c.Shape)
	}
	c.Timeout = cmp.Or(c.Timeout, 3*time.Second)
	c.Client = cmp.Or(c.Client, &http.Client{})
	r := &Reranker{config: c, url: strings.TrimRight(c.BaseURL, "/")}
	switch {
	case strings.HasSuffix(r.url, "rerank"): // the whole address
	case c.Shape == DashScope:
		r.url += "/services/rerank/text-rerank/text-rerank"
	default:
		r.url += "/rerank"
	}
	return r, nil
}

// Name names the model.
func (r *Reranker) Name() string { return cmp.Or(r.config.Model, string(r.config.Shape)) }

// Rerank scores each document for the query, higher is better; comparable within
// one answer only. An endpoint that does not answer in time, or not for each
// document, gives an Unavailable error.
func (r *Reranker) Rerank(ctx context.Context, query string, documents []string) ([]float64, error) {
	if len(documents) == 0 {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, r.config.Timeout)
	defer cancel()
	body, err := json.Marshal(r.question(upTo(query, longestDocument), cut(documents)))
	if err != nil {
		return nil, fmt.Errorf("encode a rerank call: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.url, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("make a rerank call: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	if r.config.APIKey != "" {
		req.Header.Set("Authorization", "Bearer "+r.config.APIKey)
	}
	resp, err := r.config.Client.Do(req)
	if err != nil {
		return nil, need.Errorf(need.Unavailable, "rerank_down", "call rerank model %s: %w", r.Name(), err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, longestAnswer))
	if err != nil {
		return nil, need.Errorf(need.Unavailable, "rerank_down", "read from rerank model %s: %w", r.Name(), err)
	}
	if resp.StatusCode != http.StatusOK {
		return nil, need.Errorf(need.Unavailable, "rerank_down", "rerank model %s answers %d", r.Name(), resp.StatusCode)
	}
	scores, err := scoresOf(answer, len(documents))
	if err != nil {
		return nil, need.Errorf(need.Unavailable, "rerank_answer", "rerank model %s: %w", r.Name(), err)
	}
	return scores, nil
}

// question is the body of a call.
func (r *Reranker) question(query string, documents []string) any {
	switch r.config.Shape {
	case TEI:
		return map[string]any{"query": query, "texts": documents, "raw_scores": false, "truncate": true}
	case DashScope:
		return map[string]any{
			"model": r.config.Model, "input": map[string]any{"query": query, "documents": documents},
			"parameters": map[string]any{"top_n": len(documents), "return_documents": false},
		}
	default:
		return map[string]any{
			"model": r.config.Model, "query": query, "documents": documents, "top_n": len(documents), "return_documents": false,
		}
	}
}

// scored is one line of an answer; endpoints call the score one or the other.
type scored struct {
	Index     *int     `json:"index"`
	Relevance *float64 `json:"relevance_score"`
	Score     *float64 `json:"score"`
}

// scoresOf finds the lines in an answer of any shape, and puts the scores into
// the order of the documents.
func scoresOf(answer []byte, n int) ([]float64, error) {
	lines, err := linesOf(answer)
	if err != nil {
		return nil, err
	}
	out := make([]float64, n)
	for i := range out {
		out[i] = math.NaN()
	}
	for _, l := range lines {
		score := cmp.Or(l.Relevance, l.Score)
		switch {
		case l.Index == nil || score == nil:
			return nil, fmt.Errorf("a line without index or score")
		case *l.Index < 0 || *l.Index >= n:
			return nil, fmt.Errorf("a score for document %d of %d", *l.Index, n)
		case !math.IsNaN(out[*l.Index]):
			return nil, fmt.Errorf("two scores for document %d", *l.Index)
		}
		out[*l.Index] = *score
	}
	for i, score := range out {
		if math.IsNaN(score) {
			return nil, fmt.Errorf("no score for document %d of %d", i, n)
		}
	}
	return out, nil
}

func linesOf(answer []byte) ([]scored, error) {
	var lines []scored
	if bytes.HasPrefix(bytes.TrimSpace(answer), []byte("[")) {
		if err := json.Unmarshal(answer, &lines); err != nil {
			return nil, fmt.Errorf("read the answer: %w", err)
		}
		return lines, nil
	}
	var whole struct {
		Results []scored `json:"results"`
		Data    []scored `json:"data"`
		Output  struct {
			Results []scored `json:"results"`
		} `json:"output"`
	}
	if err := json.Unmarshal(answer, &whole); err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	for _, list := range [][]scored{whole.Results, whole.Data, whole.Output.Results} {
		if len(list) > 0 {
			return list, nil
		}
	}
	return nil, fmt.Errorf("an answer without results")
}

func cut(documents []string) []string {
	out := make([]string, len(documents))
	for i, d := range documents {
		out[i] = cmp.Or(strings.TrimSpace(upTo(d, longestDocument)), "。") // endpoints refuse an empty text
	}
	return out
}

func upTo(text string, limit int) string {
	r := []rune(text)
	return string(r[:min(limit, len(r))])
}
