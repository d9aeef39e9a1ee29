package fakeopenai

import (
	"cmp"
	"encoding/json"
	"hash/fnv"
	"io"
	"math"
	"net/http"
	"slices"
)

// defaultDims is the length of vectors when the request names none.
const defaultDims = 64

// embeddings answers with deterministic unit vectors: equal texts are equal,
// all others are as good as random. They test the protocol, not meaning.
func (s *Server) embeddings(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return
	}
	var body struct {
		Model string          `json:"model"`
		Input json.RawMessage `json:"input"`
		Dims  int             `json:"dimensions"`
	}
	var texts []string
	if json.Unmarshal(raw, &body) != nil {
		writeError(w, http.StatusBadRequest, "invalid_request_error", "body is not JSON")
		return
	}
	if json.Unmarshal(body.Input, &texts) != nil {
		texts = make([]string, 1)
		if json.Unmarshal(body.Input, &texts[0]) != nil {
			writeError(w, http.StatusBadRequest, "invalid_request_error", "input must be text or texts")
			return
		}
	}
	if s.early(w, r, s.next(Request{Path: r.URL.Path, Body: raw, Model: body.Model})) {
		return
	}
	data := make([]any, len(texts))
	for i, text := range texts {
		data[i] = map[string]any{"object": "embedding", "index": i, "embedding": Vector(text, cmp.Or(body.Dims, defaultDims))}
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"object": "list", "model": body.Model, "data": data,
		"usage": map[string]int{"prompt_tokens": len(texts), "total_tokens": len(texts)},
	})
}

// Vector returns the unit vector that the server gives to text.
func Vector(text string, dims int) []float32 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // a hash never fails
	state, sum := h.Sum64(), 0.0
	v := make([]float32, dims)
	for i := range v {
		state = state*6364136223846793005 + 1442695040888963407
		x := float64(state>>11)/(1<<53) - .5
		v[i], sum = float32(x), sum+x*x
	}
	norm := float32(math.Sqrt(sum))
	for i := range v {
		v[i] /= norm
	}
	return v
}

// rerank scores documents by the share of the query's runes that they hold.
func (s *Server) rerank(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return
	}
	var body struct {
		Model     string   `json:"model"`
		Query     string   `json:"query"`
		Documents []string `json:"documents"`
		TopN      int      `json:"top_n"`
	}
	if json.Unmarshal(raw, &body) != nil {
		writeError(w, http.StatusBadRequest, "invalid_request_error", "body is not JSON")
		return
	}
	if s.early(w, r, s.next(Request{Path: r.URL.Path, Body: raw, Model: body.Model})) {
		return
	}
	type result struct {
		Index int     `json:"index"`
		Score float64 `json:"relevance_score"`
	}
	results := make([]result, len(body.Documents))
	for i, d := range body.Documents {
		results[i] = result{i, overlap(body.Query, d)}
	}
	slices.SortStableFunc(results, func(a, b result) int { return cmp.Compare(b.Score, a.Score) })
	if body.TopN > 0 && body.TopN < len(results) {
		results = results[:body.TopN]
	}
	writeJSON(w, http.StatusOK, map[string]any{"model": body.Model, "results": results})
}

func overlap(query, doc string) float64 {
	in := map[rune]bool{}
	for _, c := range doc {
		in[c] = true
	}
	n, hit := 0, 0
	for _, c := range query {
		n++
		if in[c] {
			hit++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(hit) / float64(n)
}
