// Package llmtest is a scripted llm.Model for tests that need no HTTP.
package llmtest

import (
	"context"
	"sync"

	"tanxu/llm"
)

// Model answers with what Answer returns and keeps the requests.
type Model struct {
	Answer func(ctx context.Context, req llm.Request) (llm.Response, error)

	mu       sync.Mutex
	requests []llm.Request
}

var _ llm.Model = (*Model)(nil)

// Says returns a model that gives the texts in order and the last one for ever.
func Says(texts ...string) *Model {
	m := &Model{}
	m.Answer = func(context.Context, llm.Request) (llm.Response, error) {
		i := min(len(m.Requests()), len(texts)) - 1
		return llm.Response{Text: texts[i], Finish: "stop"}, nil
	}
	return m
}

// Fails returns a model that always fails with err.
func Fails(err error) *Model {
	return &Model{Answer: func(context.Context, llm.Request) (llm.Response, error) { return llm.Response{}, err }}
}

// Complete implements llm.Model.
func (m *Model) Complete(ctx context.Context, req llm.Request) (llm.Response, error) {
	m.mu.Lock()
	m.requests = append(m.requests, req)
	m.mu.Unlock()
	return m.Answer(ctx, req)
}

// Requests returns the requests so far, oldest first.
func (m *Model) Requests() []llm.Request {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]llm.Request(nil), m.requests...)
}
