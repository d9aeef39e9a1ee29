package rag_test

import (
	"context"
	"testing"

	"tanxu/embeddings"
	"tanxu/need"
	"tanxu/rag"
)

// mute is an Embedder that can say nothing of any text.
type mute struct{}

func (mute) Model() embeddings.Model { return embeddings.Model{ID: "mute/64", Dims: 64} }

func (mute) Embed(_ context.Context, _ embeddings.Kind, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i := range out {
		out[i] = make([]float32, 64)
	}
	return out, nil
}

func TestANeedWithoutDirectionIsSearchedByWords(t *testing.T) {
	t.Parallel()

	s := open(t)
	fill(t, s, mute{}, library(t, province))
	found, err := rag.NewSearcher(s, mute{}, nil).Search(t.Context(), at(province), rag.Query{Title: "脐橙保鲜"}, 3)
	must(t, err)
	if found.Model != need.Lexical || found.Hits[0].Achievement.Code != "T-05" {
		t.Errorf("found %s by %q", found.Hits[0].Achievement.Code, found.Model)
	}
	documents := []rag.Document{{ID: "a", Title: "铜带导电率"}, {ID: "b", Title: "脐橙采后保鲜"}}
	r, err := rag.NewRanker(t.Context(), mute{}, documents)
	must(t, err)
	list, err := r.Rank(t.Context(), rag.Query{Title: "脐橙保鲜"}, nil)
	must(t, err)
	if list[0].ID != "b" || list[0].Score <= list[1].Score {
		t.Errorf("ranked %+v", list)
	}
}
