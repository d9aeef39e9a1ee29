package rag_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"tanxu/llm/llmtest"
	"tanxu/need"
	"tanxu/prompts"
	"tanxu/rag"
)

// reader is a Reranker of a test.
type reader func(query string, documents []string) ([]float64, error)

func (r reader) Name() string { return "reader" }

func (r reader) Rerank(_ context.Context, query string, documents []string) ([]float64, error) {
	return r(query, documents)
}

// about gives 1 to the documents with the word.
func about(word string) reader {
	return func(_ string, documents []string) ([]float64, error) {
		out := make([]float64, len(documents))
		for i, d := range documents {
			if strings.Contains(d, word) {
				out[i] = 1
			}
		}
		return out, nil
	}
}

func TestRerankedSearch(t *testing.T) {
	t.Parallel()

	s := open(t)
	fill(t, s, nil, library(t, province))
	search := rag.NewSearcher(s, nil, nil)
	query := rag.Query{Title: "铜带导电率提升技术", Text: "铜带导电率偏低，技术落后。"}
	plain, err := search.Search(t.Context(), at(province), query, 20)
	must(t, err)
	if len(plain.Hits) < 3 {
		t.Fatalf("%d hits", len(plain.Hits))
	}
	last := plain.Hits[len(plain.Hits)-1].Achievement

	tests := map[string]struct {
		by    reader
		model string
		first need.Achievement
	}{
		"what is read closely comes first": {about(last.Title), "lexical + reader", last},
		"none fits: the order stays":       {about("没有这个词"), "lexical + reader", plain.Hits[0].Achievement},
		"down":                             {func(string, []string) ([]float64, error) { return nil, errors.New("down") }, "lexical (not reranked)", plain.Hits[0].Achievement},
		"fewer scores":                     {func(string, []string) ([]float64, error) { return []float64{1}, nil }, "lexical (not reranked)", plain.Hits[0].Achievement},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			found, err := search.WithReranker(tt.by).Search(t.Context(), at(province), query, 20)
			must(t, err)
			if found.Model != tt.model || found.Hits[0].Achievement.Code != tt.first.Code || len(found.Hits) != len(plain.Hits) {
				t.Errorf("%d hits, %s first, by %q", len(found.Hits), found.Hits[0].Achievement.Code, found.Model)
			}
		})
	}
}

func TestJudge(t *testing.T) {
	t.Parallel()

	set, err := prompts.Default()
	must(t, err)
	documents := []string{"铜铬锆合金，导电率≥82 %IACS", "铜带缺陷检测", "脐橙保鲜"}
	tests := map[string]struct {
		answer string
		want   []float64 // nil: an error
	}{
		"cited": {
			`{"judgements":[{"n":1,"need":"导电率","offer":"导电率≥82 %IACS","grade":3},{"n":2,"need":"铜带","offer":"铜带缺陷","grade":2},{"n":3,"need":null,"offer":null,"grade":0}]}`,
			[]float64{1, 2. / 3, 0},
		},
		"what is left out comes last":           {`{"judgements":[{"n":2,"need":null,"offer":null,"grade":1}]}`, []float64{0, 1. / 3, 0}},
		"praise without words of the candidate": {`{"judgements":[{"n":1,"need":"导电率","offer":"世界领先","grade":3}]}`, []float64{1. / 3, 0, 0}},
		"praise without words of the need":      {`{"judgements":[{"n":1,"need":"","offer":"导电率","grade":3}]}`, []float64{1. / 3, 0, 0}},
		"grades and numbers out of range":       {`{"judgements":[{"n":1,"need":"铜带","offer":"铜铬锆","grade":99},{"n":7,"grade":3},{"n":2,"grade":-4}]}`, []float64{1, 0, 0}},
		"nobody graded":                         {`{"judgements":[]}`, nil},
		"no JSON":                               {`好的`, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			got, err := rag.NewJudge(llmtest.Says(tt.answer), set).Rerank(t.Context(), "铜带导电率偏低", documents)
			if tt.want == nil {
				if need.KindOf(err) != need.Unavailable {
					t.Errorf("Rerank = %v, %v", got, err)
				}
				return
			}
			if err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("Rerank = %v, %v, want %v", got, err, tt.want)
			}
		})
	}
	down := rag.NewJudge(llmtest.Fails(errors.New("down")), set)
	if _, err := down.Rerank(t.Context(), "铜带", documents); need.KindOf(err) != need.Unavailable {
		t.Errorf("a model that is down: %v", err)
	}
}

func TestRankerReranks(t *testing.T) {
	t.Parallel()

	documents := []rag.Document{{ID: "a", Title: "铜带导电率"}, {ID: "b", Title: "铜带退火"}, {ID: "c", Title: "脐橙保鲜"}}
	r, err := rag.NewRanker(t.Context(), nil, documents)
	must(t, err)
	list, err := r.Rerank(t.Context(), about("退火"), rag.Query{Title: "铜带导电率"}, nil)
	must(t, err)
	if list[0].ID != "b" || list[1].ID != "a" || list[2].ID != "c" {
		t.Errorf("ranked %v", list)
	}
}
