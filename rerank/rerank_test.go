package rerank_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"tanxu/need"
	"tanxu/rerank"
)

// endpoint answers each call by a function of its body.
func endpoint(t *testing.T, answer func(w http.ResponseWriter, r *http.Request, body map[string]any)) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body map[string]any
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		answer(w, r, body)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestShapes(t *testing.T) {
	t.Parallel()

	const lines = `[{"index":1,"%s":0.9},{"index":0,"%s":-0.2}]`
	tests := map[string]struct {
		base, model string
		shape       rerank.Shape
		path, texts string // where it calls, and the key of the documents
		answer      string
	}{
		"Jina":                 {"/v1", "bge-reranker-v2-m3", "", "/v1/rerank", "documents", `{"results":` + lines + `}`},
		"Cohere, with a score": {"/v1/", "m", rerank.Jina, "/v1/rerank", "documents", `{"data":` + strings.ReplaceAll(lines, "%s", "score") + `}`},
		"TEI":                  {"", "", "", "/rerank", "texts", strings.ReplaceAll(lines, "%s", "score")},
		"the whole address":    {"/api/rerank", "m", "", "/api/rerank", "documents", `{"results":` + lines + `}`},
		"DashScope": {
			"/dashscope/api/v1", "gte-rerank-v2", "", "/dashscope/api/v1/services/rerank/text-rerank/text-rerank", "documents",
			`{"output":{"results":` + lines + `},"usage":{"total_tokens":9}}`,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			url := endpoint(t, func(w http.ResponseWriter, r *http.Request, body map[string]any) {
				if r.URL.Path != tt.path || r.Header.Get("Authorization") != "Bearer key" {
					t.Errorf("called %s with %q", r.URL.Path, r.Header.Get("Authorization"))
				}
				if inner, ok := body["input"].(map[string]any); ok {
					body = inner
				}
				if list, _ := body[tt.texts].([]any); len(list) != 2 || list[0] != "柑橘保鲜" || body["query"] != "铜带导电率" {
					t.Errorf("the body is %v", body)
				}
				_, _ = io.WriteString(w, strings.ReplaceAll(tt.answer, "%s", "relevance_score"))
			})
			r, err := rerank.New(rerank.Config{BaseURL: url + tt.base, APIKey: "key", Model: tt.model, Shape: tt.shape})
			if err != nil {
				t.Fatal(err)
			}
			got, err := r.Rerank(t.Context(), "铜带导电率", []string{"柑橘保鲜", "铜铬锆合金"})
			if err != nil || !slices.Equal(got, []float64{-0.2, 0.9}) {
				t.Errorf("Rerank = %v, %v", got, err)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()

	tests := map[string]func(w http.ResponseWriter, r *http.Request){
		"busy":                  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) },
		"broken":                func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
		"a wrong key":           func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) },
		"hangs":                 func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"cuts the line":         func(_ http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) },
		"no JSON":               says(`<html>`),
		"an error with 200":     says(`{"error":{"message":"no"}}`),
		"fewer lines":           says(`{"results":[{"index":0,"relevance_score":1}]}`),
		"an index out of range": says(`{"results":[{"index":0,"relevance_score":1},{"index":2,"relevance_score":1}]}`),
		"one index twice":       says(`{"results":[{"index":0,"relevance_score":1},{"index":0,"relevance_score":1}]}`),
		"no index":              says(`[{"score":1},{"score":1}]`),
		"no score":              says(`[{"index":0},{"index":1}]`),
		"a score that is none":  says(`[{"index":0,"score":NaN},{"index":1,"score":1}]`),
		"a cut answer":          says(`{"results":[{"index":0,"relevance_sc`),
	}
	for name, answer := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			url := endpoint(t, func(w http.ResponseWriter, r *http.Request, _ map[string]any) { answer(w, r) })
			r, err := rerank.New(rerank.Config{BaseURL: url, Model: "m", Timeout: 300 * time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			if got, err := r.Rerank(t.Context(), "铜带", []string{"a", "b"}); need.KindOf(err) != need.Unavailable || got != nil {
				t.Errorf("Rerank = %v, %v", got, err)
			}
		})
	}
}

func says(text string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) }
}

func TestLongTextsAreCut(t *testing.T) {
	t.Parallel()

	url := endpoint(t, func(w http.ResponseWriter, _ *http.Request, body map[string]any) {
		list, _ := body["texts"].([]any)
		if text, _ := list[0].(string); len([]rune(text)) != 1000 || list[1] == "" {
			t.Errorf("sent %d characters, and %q", len([]rune(text)), list[1])
		}
		_, _ = io.WriteString(w, `[{"index":0,"score":1},{"index":1,"score":0}]`)
	})
	r, err := rerank.New(rerank.Config{BaseURL: url})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Rerank(t.Context(), strings.Repeat("铜", 10_000), []string{strings.Repeat("铜", 10_000), ""}); err != nil {
		t.Error(err)
	}
	if got, err := r.Rerank(t.Context(), "铜", nil); err != nil || got != nil {
		t.Errorf("nothing to rank gave %v, %v", got, err)
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()

	for name, c := range map[string]rerank.Config{"no address": {Model: "m"}, "no model": {BaseURL: "http://x", Shape: rerank.Jina}} {
		if _, err := rerank.New(c); need.KindOf(err) != need.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{`[{"index":0,"score":1}]`, `{"results":[{"index":0,"relevance_score":1}]}`, `{"output":{"results":null}}`, `[`, `{"data":[{"index":-1,"score":1}]}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, answer []byte) {
		url := endpoint(t, func(w http.ResponseWriter, _ *http.Request, _ map[string]any) { _, _ = w.Write(answer) })
		r, err := rerank.New(rerank.Config{BaseURL: url, Timeout: 5 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := r.Rerank(t.Context(), "铜", []string{"a"}); err == nil && len(got) != 1 {
			t.Errorf("%q gave %v", answer, got)
		}
	})
}
