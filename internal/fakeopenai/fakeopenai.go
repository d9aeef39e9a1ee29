// Package fakeopenai is a real HTTP server that speaks the API of OpenAI, for
// tests and for runs by hand: answers are a function of the request, faults
// come by mode. Of our prompts it knows the form of the understand call, for the
// modes in which a model is turned against its user.
package fakeopenai

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"sync"
	"time"
)

// Feature is how an endpoint treats a way of asking for JSON.
type Feature int

// The treatments. The zero value is the honest one.
const (
	Enforce Feature = iota // the answer fits the schema
	Ignore                 // accepted, and without effect
	Refuse                 // status 400
)

// Options shape a server; the zero value enforces schemas and answers with a
// minimal instance of them, or with "ok" where there is no schema.
type Options struct {
	Answer     func(Request) string // what the model says
	Transcript func(Request) string // what is said in a recording; nil: nothing
	JSONSchema Feature
	StrictTool Feature
	Tool       Feature
	JSONObject Feature
	RefuseKeys []string      // keys of the body that lead to status 400
	Key        string        // bearer token that is asked for; "" for none
	Drip       time.Duration // between bytes in mode Drip; 0 means 50 ms
	Addr       string        // to listen on; "" means a free port of the loopback
}

// Request is one call as it came over the wire.
type Request struct {
	Path     string
	Body     []byte
	Model    string
	System   string // system messages, joined
	User     string // the last user message, or the name of the recording
	Messages []Message
	Schema   json.RawMessage // of response_format or of the tool, nil if none
	Enforced bool            // the server promises that the answer fits the schema

	shared int // runes of the messages with which the call before began too
}

// Message is one message of a request.
type Message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
	Picture []byte `json:"-"` // that stands beside the text, nil for none
}

// Server is a running endpoint. Its methods may be called while it serves.
type Server struct {
	URL string // base URL, with the version path

	opt  Options
	http *http.Server
	quit chan struct{}
	once sync.Once

	mu       sync.Mutex
	mode     Mode
	script   []Mode // modes of the next calls, before mode holds again
	requests []Request
}

// Start listens and serves until Close.
func Start(o Options) (*Server, error) {
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	if o.Drip == 0 {
		o.Drip = 50 * time.Millisecond
	}
	listen := net.ListenConfig{}
	l, err := listen.Listen(context.Background(), "tcp", o.Addr)
	if err != nil {
		return nil, err
	}
	s := &Server{URL: "http://" + l.Addr().String() + "/v1", opt: o, quit: make(chan struct{})}
	s.http = &http.Server{Handler: s.routes(), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = s.http.Serve(l) }() // ends with ErrServerClosed
	return s, nil
}

// Close stops the server at once, calls that hang included. It may be called
// twice.
func (s *Server) Close() {
	s.once.Do(func() {
		close(s.quit)
		_ = s.http.Close()
	})
}

// SetMode makes all calls go by m.
func (s *Server) SetMode(m Mode) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mode, s.script = m, nil
}

// Script makes the next calls go by modes, one each.
func (s *Server) Script(modes ...Mode) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script = append(s.script, modes...)
}

// Requests returns the calls so far, oldest first.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// next notes the request and returns the mode that it goes by.
func (s *Server) next(r Request) Mode {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, r)
	if len(s.script) > 0 {
		m := s.script[0]
		s.script = s.script[1:]
		return m
	}
	return s.mode
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/chat/completions", s.authorized(s.chat))
	mux.HandleFunc("POST /v1/embeddings", s.authorized(s.embeddings))
	mux.HandleFunc("POST /v1/audio/transcriptions", s.authorized(s.transcribe))
	mux.HandleFunc("POST /v1/rerank", s.authorized(s.rerank))
	mux.HandleFunc("GET /v1/models", s.authorized(s.models))
	return mux
}

func (s *Server) authorized(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if s.opt.Key != "" && r.Header.Get("Authorization") != "Bearer "+s.opt.Key {
			writeError(w, http.StatusUnauthorized, "invalid_api_key", "no or wrong key")
			return
		}
		h(w, r)
	}
}

func (s *Server) models(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"object": "list", "data": []any{map[string]any{"id": "fake", "object": "model"}}})
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the client may be gone
}

func writeError(w http.ResponseWriter, status int, code, text string) {
	writeJSON(w, status, map[string]any{"error": map[string]any{"message": text, "type": code, "code": code}})
}
