package embeddings_test

import (
	"testing"

	"tanxu/embeddings"
	"tanxu/embeddings/embeddingstest"
)

func TestSwitch(t *testing.T) {
	t.Parallel()

	now, next := &embeddingstest.Bigrams{ID: "now", Dims: 16}, &embeddingstest.Bigrams{ID: "next", Dims: 32}
	s := embeddings.NewSwitch(now, next)
	embeddingstest.Check(t, s)
	if embeddings.Serving(s) != now || s.Model().ID != "now" || s.Next() != next {
		t.Errorf("%s serves before anybody has turned the switch", s.Model().ID)
	}
	s.Turn(true)
	embeddingstest.Check(t, s)
	if embeddings.Serving(s) != next || s.Model().Dims != 32 {
		t.Errorf("%s serves after the turn", s.Model().ID)
	}
	if embeddings.Serving(now) != now {
		t.Error("an embedder that is no switch does not stand for itself")
	}
}
