// Package embeddings is the port to models that turn texts into unit vectors.
package embeddings

import "context"

// Kind says on which side of a search a text stands: some models want an
// instruction before queries.
type Kind string

// The kinds of texts.
const (
	Query   Kind = "query"
	Passage Kind = "passage"
)

// Embedder returns one unit vector of Model().Dims floats for each text, in
// order; the zero vector where the model can say nothing of a text. It is safe
// for concurrent use. Vectors of different models are never
// compared: Model().ID stands with each of them.
type Embedder interface {
	Embed(ctx context.Context, kind Kind, texts []string) ([][]float32, error)
	Model() Model
}

// Model names what made a vector. ID contains the model's name, the runtime
// where it changes the vectors, the dims and a hash of the instruction.
type Model struct {
	ID   string
	Dims int
}
