// Package llm is the port to language models: one request, one answer. It does
// not know what the texts are about, nor which provider serves them.
package llm

import (
	"context"
	"encoding/json"
	"errors"
)

// Model answers one request. Implementations are safe for concurrent use.
type Model interface {
	Complete(ctx context.Context, req Request) (Response, error)
}

// Transcriber writes down what is said in a recording, whose name tells by its
// extension how it is encoded; "" says that nothing is. Lang is what is
// probably spoken, as in ISO 639-1, "" if nobody knows.
type Transcriber interface {
	Transcribe(ctx context.Context, name, lang string, audio []byte) (string, error)
}

// Role says who speaks in a message.
type Role string

// The roles.
const (
	SystemRole    Role = "system"
	UserRole      Role = "user"
	AssistantRole Role = "assistant"
)

// Message is one message of a request.
type Message struct {
	Role    Role
	Text    string
	Picture []byte `json:",omitempty"` // PNG or JPEG, shown behind the text; nil for none
}

// Request is one call. Temperature is always sent, 0 included.
type Request struct {
	Name        string // what the call is for, such as "understand": metrics and logs
	Messages    []Message
	Schema      *Schema // the answer must be JSON of this schema; nil for text
	Temperature float64
	MaxTokens   int
}

// Schema is a named JSON schema of the subset that every endpoint takes: flat,
// all properties required, null unions, additionalProperties false.
type Schema struct {
	Name string
	JSON json.RawMessage
}

// Response is the answer. Text is JSON (repaired where that was safe) when the
// request had a schema.
type Response struct {
	Text   string
	Usage  Usage
	Model  string
	Finish string // "stop", "length" …
}

// Usage counts tokens.
type Usage struct {
	Prompt     int
	Completion int
	Cached     int // of Prompt: read from the provider's cache, where it says so
}

// Plus is both.
func (u Usage) Plus(o Usage) Usage {
	return Usage{Prompt: u.Prompt + o.Prompt, Completion: u.Completion + o.Completion, Cached: u.Cached + o.Cached}
}

// Errors that callers tell apart. All others count as ErrDown.
var (
	ErrDown    = errors.New("model down")           // no answer: connection, 5xx, timeout, breaker open
	ErrBudget  = errors.New("model budget spent")   // the meter refuses more calls for now
	ErrBlank   = errors.New("blank answer")         // empty, refused, filtered
	ErrInvalid = errors.New("answer breaks schema") // after the repair call
)

// State is how the service's model is, as shown to contacts and in health.
type State string

// The states.
const (
	OK       State = "ok"
	Degraded State = "degraded"
	Off      State = "off"
)
