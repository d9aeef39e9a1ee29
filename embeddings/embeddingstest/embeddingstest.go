// Package embeddingstest holds an Embedder for tests, and the checks that every
// Embedder passes.
package embeddingstest

import (
	"context"
	"hash/fnv"
	"math"
	"sync"
	"testing"

	"tanxu/embeddings"
)

// Bigrams is a deterministic Embedder for tests: each pair of runes adds to one
// of the dims, so that texts which share words are near each other. It knows
// nothing of meaning and is never used by the service.
type Bigrams struct {
	ID   string
	Dims int

	mu    sync.Mutex
	texts []string
}

// Model implements embeddings.Embedder.
func (b *Bigrams) Model() embeddings.Model { return embeddings.Model{ID: b.ID, Dims: b.Dims} }

// Texts returns all texts that were embedded so far.
func (b *Bigrams) Texts() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.texts...)
}

// Embed implements embeddings.Embedder.
func (b *Bigrams) Embed(ctx context.Context, _ embeddings.Kind, texts []string) ([][]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b.mu.Lock()
	b.texts = append(b.texts, texts...)
	b.mu.Unlock()
	out := make([][]float32, len(texts))
	for i, text := range texts {
		out[i] = b.vector(text)
	}
	return out, nil
}

func (b *Bigrams) vector(text string) []float32 {
	v := make([]float32, b.Dims)
	runes := append([]rune{'^'}, []rune(text)...)
	for i := 1; i < len(runes); i++ {
		h := fnv.New32a()
		_, _ = h.Write([]byte(string(runes[i-1 : i+1])))
		v[h.Sum32()%uint32(b.Dims)]++
	}
	v[0]++ // an empty text has a direction too
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	for i := range v {
		v[i] = float32(float64(v[i]) / math.Sqrt(sum))
	}
	return v
}

// Check runs what every Embedder promises: one unit vector a text, in order,
// of Model().Dims floats, the same when asked again or beside other texts.
func Check(t *testing.T, e embeddings.Embedder) {
	t.Helper()
	texts := []string{"铜板带导电率偏低", "", "柑橘采后保鲜技术研究", "铜板带导电率偏低", "LiFePO4 正极材料 ≥ 150 mAh/g"}
	for _, kind := range []embeddings.Kind{embeddings.Query, embeddings.Passage} {
		got, err := e.Embed(t.Context(), kind, texts)
		if err != nil {
			t.Fatalf("Embed(%s) = %v", kind, err)
		}
		if len(got) != len(texts) {
			t.Fatalf("Embed(%s) gave %d vectors for %d texts", kind, len(got), len(texts))
		}
		for i, v := range got {
			if len(v) != e.Model().Dims {
				t.Fatalf("vector %d has %d dims, the model %d", i, len(v), e.Model().Dims)
			}
			n := Dot(v, v)
			if n == 0 && texts[i] == "" {
				continue // nothing can be said of nothing
			}
			if math.Abs(n-1) > 1e-3 {
				t.Errorf("vector %d (%q) has squared length %f", i, texts[i], n)
			}
		}
		if Dot(got[0], got[3]) < .9999 || Dot(got[0], got[2]) > .9999 {
			t.Error("vectors do not stand in the order of their texts")
		}
		alone, err := e.Embed(t.Context(), kind, texts[4:])
		if err != nil || Dot(alone[0], got[4]) < .9999 {
			t.Errorf("the neighbours of a text change its vector (%v)", err)
		}
	}
	if none, err := e.Embed(t.Context(), embeddings.Passage, nil); err != nil || len(none) != 0 {
		t.Errorf("Embed of no texts = %d vectors, %v", len(none), err)
	}
}

// Dot is the inner product of two vectors.
func Dot(a, b []float32) float64 {
	var sum float64
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}
