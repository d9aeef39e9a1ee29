package embeddings_test

import (
	"slices"
	"testing"

	"tanxu/embeddings"
	"tanxu/embeddings/embeddingstest"
)

func TestDecoratorsKeepThePromises(t *testing.T) {
	t.Parallel()

	for name, wrap := range map[string]func(embeddings.Embedder) embeddings.Embedder{
		"bare":          func(e embeddings.Embedder) embeddings.Embedder { return e },
		"cache":         func(e embeddings.Embedder) embeddings.Embedder { return embeddings.Cache(e, 100) },
		"tiny cache":    func(e embeddings.Embedder) embeddings.Embedder { return embeddings.Cache(e, 1) },
		"batch":         func(e embeddings.Embedder) embeddings.Embedder { return embeddings.Batch(e, 2) },
		"cache, batch":  func(e embeddings.Embedder) embeddings.Embedder { return embeddings.Cache(embeddings.Batch(e, 2), 3) },
		"batch of zero": func(e embeddings.Embedder) embeddings.Embedder { return embeddings.Batch(e, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			embeddingstest.Check(t, wrap(&embeddingstest.Bigrams{ID: "test", Dims: 64}))
		})
	}
}

func TestCacheAsksOnceForEachText(t *testing.T) {
	t.Parallel()

	model := &embeddingstest.Bigrams{ID: "test", Dims: 32}
	e := embeddings.Cache(model, 2)
	ask := func(kind embeddings.Kind, texts ...string) {
		t.Helper()
		if _, err := e.Embed(t.Context(), kind, texts); err != nil {
			t.Fatal(err)
		}
	}
	ask(embeddings.Query, "铜", "铜", "锂")
	ask(embeddings.Query, "锂", "铜")
	ask(embeddings.Passage, "铜") // another kind is another vector, and pushes 锂 out
	ask(embeddings.Query, "铜")
	ask(embeddings.Query, "锂")

	if got, want := model.Texts(), []string{"铜", "锂", "铜", "锂"}; !slices.Equal(got, want) {
		t.Errorf("the model was asked for %v, want %v", got, want)
	}
}
