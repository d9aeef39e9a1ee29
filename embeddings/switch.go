package embeddings

import (
	"context"
	"sync/atomic"
)

// Switch is an Embedder that is another one later: vectors of the next are made
// ready beside those that serve, and it takes over at once. It is safe for
// concurrent use.
type Switch struct {
	now, next Embedder
	over      atomic.Bool
}

// NewSwitch returns a Switch that is now, and will be next.
func NewSwitch(now, next Embedder) *Switch { return &Switch{now: now, next: next} }

// Turn says whether the next has taken over.
func (s *Switch) Turn(over bool) { s.over.Store(over) }

// Next is the embedder that takes over, whether it has or not.
func (s *Switch) Next() Embedder { return s.next }

// Serving is the embedder that serves now.
func (s *Switch) Serving() Embedder {
	if s.over.Load() {
		return s.next
	}
	return s.now
}

// Model implements Embedder.
func (s *Switch) Model() Model { return s.Serving().Model() }

// Embed implements Embedder.
func (s *Switch) Embed(ctx context.Context, kind Kind, texts []string) ([][]float32, error) {
	return s.Serving().Embed(ctx, kind, texts)
}

// Serving returns the embedder that stands behind e now. Whoever asks for a
// vector and for the name of its model has to ask the same one: a Switch could
// turn in between.
func Serving(e Embedder) Embedder {
	if s, ok := e.(*Switch); ok {
		return s.Serving()
	}
	return e
}
