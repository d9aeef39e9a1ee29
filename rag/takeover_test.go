package rag_test

import (
	"context"
	"errors"
	"testing"

	"tanxu/embeddings"
	"tanxu/embeddings/embeddingstest"
	"tanxu/need"
	"tanxu/rag"
)

// TestAnotherModelTakesOver: killed on the way, taken up again, and searched all
// the while by one model or the other, never by none and never by both.
func TestAnotherModelTakesOver(t *testing.T) {
	t.Parallel()

	s := open(t)
	old, next := &embeddingstest.Bigrams{ID: "old/32", Dims: 32}, model("next/64")
	var list []need.Achievement
	for range 5 { // more than a page, so that a kill leaves some of it done
		for _, a := range library(t, province) {
			a.Code = a.Code + "-" + string(rune('a'+len(list)/8))
			list = append(list, a)
		}
	}
	fill(t, s, old, list)
	killed := spoilt{next, nil}
	calls := 0
	killed.turn = func(_ context.Context, v [][]float32) ([][]float32, error) {
		if calls++; calls > 1 {
			return nil, errors.New("killed")
		}
		return v, nil
	}
	serves := func(sw *embeddings.Switch, want string) {
		t.Helper()
		must(t, rag.Turn(t.Context(), s, sw))
		found, err := rag.NewSearcher(s, sw, nil).Search(t.Context(), at(province), rag.Query{Title: "脐橙保鲜"}, 3)
		must(t, err)
		if found.Model != want || found.Hits[0].Achievement.Code[:4] != "T-05" {
			t.Errorf("found %s by %q, want %q", found.Hits[0].Achievement.Code, found.Model, want)
		}
	}
	broken := embeddings.NewSwitch(old, killed)
	if n, err := rag.MakeReady(t.Context(), s, broken, s.Root()); err == nil || n == 0 {
		t.Fatalf("MakeReady = %d, %v before the kill", n, err)
	}
	serves(broken, "old/32")

	sw := embeddings.NewSwitch(old, next)
	before := len(next.Texts())
	n, err := rag.MakeReady(t.Context(), s, sw, s.Root())
	must(t, err)
	if again := len(next.Texts()) - before; n != again || n >= 2*len(list) {
		t.Errorf("%d vectors made by %d texts: what was done before the kill is done again", n, again)
	}
	serves(sw, "next/64")
	serves(embeddings.NewSwitch(old, next), "next/64") // another replica
	progress, err := s.ModelProgress(t.Context())
	must(t, err)
	if len(progress) != 2 || !progress[0].Serving || progress[0].Embedded != len(list) || progress[1].Serving || progress[1].All != len(list) {
		t.Errorf("progress %+v", progress)
	}
	if n, err := rag.MakeReady(t.Context(), s, sw, s.Root()); err != nil || n != 0 {
		t.Errorf("once more: %d, %v", n, err)
	}
}
