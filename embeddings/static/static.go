// Package static is the embedder that is always there: a table of trained
// vectors, one for each of 56,000 n-grams of Chinese, built into the binary. A
// text gets the weighted sum of those that stand in it. It knows less than a
// sentence model and costs microseconds; scripts/train-static.py made the
// table, and NOTICE names what it was trained on.
package static

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"

	"tanxu/embeddings"
)

// Embedder looks n-grams up in the table. It is safe for concurrent use.
type Embedder struct {
	model embeddings.Model
	words func() (*vocabulary, error)
}

var _ embeddings.Embedder = (*Embedder)(nil)

// New checks the table. The look-up of its n-grams is made when the first text
// comes, so that a process which embeds nothing does not pay for it.
func New() (*Embedder, error) {
	if got, err := sum(table); err != nil || got != tableSum {
		return nil, fmt.Errorf("built-in table of n-grams: its sum is %.8s, not %.8s: %w", got, tableSum, errBroken)
	}
	h, err := readHeader(table)
	if err != nil {
		return nil, err
	}
	return &Embedder{
		model: embeddings.Model{ID: fmt.Sprintf("static-ngram-zh/%d/%.8s", h.dims, tableSum), Dims: h.dims},
		words: sync.OnceValues(func() (*vocabulary, error) { return readVocabulary(table, h) }),
	}, nil
}

// Model implements embeddings.Embedder. The id holds the sum of the table: one
// that was trained anew makes other vectors.
func (e *Embedder) Model() embeddings.Model { return e.model }

// Embed implements embeddings.Embedder. Queries and passages are read alike. A
// text without any known n-gram, such as a number, gets the zero vector, which
// is near nothing: its words have to find it.
func (e *Embedder) Embed(ctx context.Context, _ embeddings.Kind, texts []string) ([][]float32, error) {
	words, err := e.words()
	if err != nil {
		return nil, err
	}
	out := make([][]float32, len(texts))
	var rows []uint32
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		rows = words.rows(rows[:0], text)
		out[i] = words.vector(rows)
	}
	return out, nil
}

// vector is the unit vector of the rows, each weighed by how often it comes.
func (v *vocabulary) vector(rows []uint32) []float32 {
	slices.Sort(rows)
	out := make([]float32, v.dims)
	for i := 0; i < len(rows); {
		row, n := rows[i], i
		for i < len(rows) && rows[i] == row {
			i++
		}
		weight := v.scales[row] * float32(1+math.Log(float64(i-n)))
		cells := v.cells[int(row)*v.dims : (int(row)+1)*v.dims]
		for d := range out {
			out[d] += weight * float32(int8(cells[d]))
		}
	}
	var square float64
	for _, x := range out {
		square += float64(x) * float64(x)
	}
	if square == 0 {
		return out
	}
	scale := float32(1 / math.Sqrt(square))
	for d := range out {
		out[d] *= scale
	}
	return out
}
