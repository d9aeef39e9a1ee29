// Package bge is the embedder that needs no endpoint: the Chinese sentence
// model bge-small-zh-v1.5 (int8, 512 dims), run in process by ONNX Runtime, with its vectors centred. It
// does not fetch anything: scripts/fetch-model.sh puts the model and the
// runtime's library into a folder, and where they are absent, or the binary was
// built without cgo, Open says so and the caller takes what it has.
package bge

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"tanxu/embeddings"
)

// ErrAbsent is what Open returns when there is nothing to run: the message
// says which file is missing and how to get it.
var ErrAbsent = errors.New("embedding model absent")

const (
	dims      = 512
	maxTokens = 512 // the model's position table
	// instruction stands before queries only, as the model was trained.
	instruction = "为这个句子生成表示以用于检索相关文章："
)

// Options says where the model lies; the zero value is ready to use.
type Options struct {
	Dir     string // holds model.onnx, tokenizer.json and the library; "" means .local/models
	Threads int    // texts embedded at the same time by all callers; 0 means one a CPU
}

// session is one loaded model; run is safe for concurrent use and returns the
// unnormalised vector of the [CLS] token.
type session interface {
	run(ids []int64) ([]float32, error)
	close() error
}

// Embedder is the loaded model. It is safe for concurrent use.
type Embedder struct {
	mean    []float32
	tokens  *tokenizer
	session session
	slots   chan struct{}
}

var _ embeddings.Embedder = (*Embedder)(nil)

// Open loads the model, or returns an error that wraps ErrAbsent where it, its
// runtime, or cgo is missing. Close frees it.
func Open(o Options) (*Embedder, error) {
	o.Dir = cmp.Or(o.Dir, filepath.Join(".local", "models"))
	o.Threads = cmp.Or(o.Threads, runtime.GOMAXPROCS(0))
	for _, name := range []string{"model.onnx", "tokenizer.json", library()} {
		if _, err := os.Stat(filepath.Join(o.Dir, name)); err != nil {
			return nil, fmt.Errorf("%w: no %s in %s; scripts/fetch-model.sh gets it", ErrAbsent, name, o.Dir)
		}
	}
	data, err := os.ReadFile(filepath.Join(o.Dir, "tokenizer.json"))
	if err != nil {
		return nil, fmt.Errorf("read tokenizer: %w", err)
	}
	tokens, err := newTokenizer(data)
	if err != nil {
		return nil, fmt.Errorf("read tokenizer: %w", err)
	}
	s, err := openSession(o.Dir)
	if err != nil {
		return nil, err
	}
	return &Embedder{mean: mean(), tokens: tokens, session: s, slots: make(chan struct{}, o.Threads)}, nil
}

// library is the file name of the runtime's library.
func library() string {
	if runtime.GOOS == "darwin" {
		return "libonnxruntime.dylib"
	}
	return "libonnxruntime.so"
}

// Model implements embeddings.Embedder. The id names the runtime and the
// lower-casing and the centring too, since they move the vectors.
func (e *Embedder) Model() embeddings.Model {
	h := sha256.Sum256(append([]byte("lower\n"+instruction), meanFile...))
	return embeddings.Model{ID: fmt.Sprintf("bge-small-zh-v1.5-int8/ort-1.27/%d/%x", dims, h[:4]), Dims: dims}
}

// Embed implements embeddings.Embedder. Each text runs alone: the activations
// are quantised over the whole batch, so that a neighbour in it would change
// the vector of a text, and batching gains nothing on a CPU.
func (e *Embedder) Embed(ctx context.Context, kind embeddings.Kind, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(cap(e.slots))
	for i, text := range texts {
		g.Go(func() error {
			select {
			case e.slots <- struct{}{}:
				defer func() { <-e.slots }()
			case <-ctx.Done():
				return ctx.Err()
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			v, err := e.session.run(e.tokens.encode(prepare(kind, text), maxTokens))
			if err != nil {
				return fmt.Errorf("embed text %d: %w", i, err)
			}
			out[i] = centre(unit(v), e.mean)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return out, nil
}

// Close frees the model; no call may be running or follow.
func (e *Embedder) Close() error { return e.session.close() }

// prepare lower-cases: the vocabulary holds no capitals, although the
// tokenizer file does not say so.
func prepare(kind embeddings.Kind, text string) string {
	if kind == embeddings.Query {
		text = instruction + text
	}
	return strings.ToLower(text)
}

// unit scales v to length 1, in place.
func unit(v []float32) []float32 {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if sum == 0 {
		return v
	}
	scale := float32(1 / math.Sqrt(sum))
	for i := range v {
		v[i] *= scale
	}
	return v
}
