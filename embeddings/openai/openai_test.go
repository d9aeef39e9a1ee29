package openai_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"tanxu/embeddings"
	"tanxu/embeddings/embeddingstest"
	"tanxu/embeddings/openai"
	"tanxu/need"
)

// endpoint is an embeddings API with a choice of faults.
type endpoint struct {
	dims   int
	refuse []int // statuses of the first answers
	spoil  func(data []map[string]any) []map[string]any

	mu    sync.Mutex
	calls [][]string
}

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Input      []string `json:"input"`
		Dimensions int      `json:"dimensions"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	e.mu.Lock()
	e.calls = append(e.calls, in.Input)
	status := 0
	if len(e.refuse) > 0 {
		status, e.refuse = e.refuse[0], e.refuse[1:]
	}
	e.mu.Unlock()
	if status != 0 {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(`{"error":{"message":"no","type":"x"}}`))
		return
	}
	made := embeddingstest.Bigrams{Dims: e.dims}
	vectors, _ := made.Embed(r.Context(), embeddings.Passage, in.Input)
	data := make([]map[string]any, len(vectors))
	for i, v := range vectors {
		for j := range v {
			v[j] *= 3 // the endpoint does not normalise
		}
		data[len(vectors)-1-i] = map[string]any{"object": "embedding", "index": i, "embedding": v}
	}
	if e.spoil != nil && len(e.calls) > 1 {
		data = e.spoil(data)
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"object": "list", "data": data, "model": "m"})
}

func (e *endpoint) open(t *testing.T, c openai.Config) (embeddings.Embedder, error) {
	t.Helper()
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	c.BaseURL, c.Backoff = server.URL+c.BaseURL+"/v1/", time.Millisecond
	return openai.New(t.Context(), c)
}

func TestEmbed(t *testing.T) {
	t.Parallel()

	far := &endpoint{dims: 64}
	e, err := far.open(t, openai.Config{Model: "text-embedding-v4", Batch: 3})
	if err != nil {
		t.Fatal(err)
	}
	embeddingstest.Check(t, e)
	for _, call := range far.calls {
		if len(call) > 3 {
			t.Errorf("a call with %d texts, the endpoint takes 3", len(call))
		}
	}
}

func TestDashScopeTakesTenTexts(t *testing.T) {
	t.Parallel()

	far := &endpoint{dims: 8}
	e, err := far.open(t, openai.Config{BaseURL: "/dashscope", Model: "text-embedding-v4"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Embed(t.Context(), embeddings.Passage, make([]string, 25)); err != nil {
		t.Fatal(err)
	}
	if got := []int{len(far.calls[1]), len(far.calls[2]), len(far.calls[3])}; got[0] != 10 || got[1] != 10 || got[2] != 5 {
		t.Errorf("25 texts went as %v", got)
	}
}

func TestInstructionStandsBeforeQueriesOnly(t *testing.T) {
	t.Parallel()

	tests := map[string]struct{ query, passage string }{
		"BAAI/bge-large-zh-v1.5":        {"为这个句子生成表示以用于检索相关文章：铜带", "铜带"},
		"Qwen/Qwen3-Embedding-0.6B":     {"Instruct: 给出一个企业的技术需求，检索能够解决该需求的科技成果\nQuery: 铜带", "铜带"},
		"intfloat/multilingual-e5-base": {"query: 铜带", "passage: 铜带"},
		"text-embedding-v4":             {"铜带", "铜带"},
	}
	for model, want := range tests {
		t.Run(model, func(t *testing.T) {
			t.Parallel()

			far := &endpoint{dims: 8}
			e, err := far.open(t, openai.Config{Model: model})
			if err != nil {
				t.Fatal(err)
			}
			for _, kind := range []embeddings.Kind{embeddings.Query, embeddings.Passage} {
				if _, err := e.Embed(t.Context(), kind, []string{"铜带"}); err != nil {
					t.Fatal(err)
				}
			}
			if got := far.calls[1][0]; got != want.query {
				t.Errorf("query = %q", got)
			}
			if got := far.calls[2][0]; got != want.passage {
				t.Errorf("passage = %q", got)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		refuse []int
		spoil  func([]map[string]any) []map[string]any
		kind   need.Kind
		ok     bool
	}{
		"busy twice, then well":      {refuse: []int{0, 429, 503}, ok: true},
		"busy for ever":              {refuse: []int{0, 429, 429, 429, 429, 429}, kind: need.Unavailable},
		"wrong key is not retried":   {refuse: []int{0, 401}, kind: need.Denied},
		"too long is not retried":    {refuse: []int{0, 413}, kind: need.Invalid},
		"a vector is missing":        {spoil: func(d []map[string]any) []map[string]any { return d[1:] }, kind: need.Unavailable},
		"a vector comes twice":       {spoil: func(d []map[string]any) []map[string]any { return append(d, d[0]) }, kind: need.Unavailable},
		"a vector of other dims":     {spoil: func(d []map[string]any) []map[string]any { d[0]["embedding"] = []float32{1}; return d }, kind: need.Unavailable},
		"a vector without direction": {spoil: func(d []map[string]any) []map[string]any { d[0]["embedding"] = make([]float32, 8); return d }, kind: need.Unavailable},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			far := &endpoint{dims: 8, refuse: tt.refuse, spoil: tt.spoil}
			e, err := far.open(t, openai.Config{Model: "m"})
			if err != nil {
				t.Fatal(err)
			}
			_, err = e.Embed(t.Context(), embeddings.Passage, []string{"铜带", "铜板"})
			if (err == nil) != tt.ok || err != nil && need.KindOf(err) != tt.kind {
				t.Errorf("Embed = %v, want ok=%v kind=%v", err, tt.ok, tt.kind)
			}
		})
	}
}

func TestModelNamesDimsAndInstruction(t *testing.T) {
	t.Parallel()

	far := &endpoint{dims: 16}
	e, err := far.open(t, openai.Config{Model: "BAAI/bge-m3"})
	if err != nil {
		t.Fatal(err)
	}
	if m := e.Model(); m.Dims != 16 || !strings.HasPrefix(m.ID, "BAAI/bge-m3/openai/16/") {
		t.Errorf("Model() = %+v", m)
	}
	if _, err := (&endpoint{dims: 16}).open(t, openai.Config{Model: "m", Dims: 8}); need.KindOf(err) != need.Unavailable {
		t.Errorf("an endpoint that ignores dimensions gave %v", err)
	}
	if _, err := openai.New(t.Context(), openai.Config{Model: "m"}); need.KindOf(err) != need.Invalid {
		t.Errorf("no address gave %v", err)
	}
}
