// Package faketelegram is an emulator of Telegram's Bot API server for tests
// and for trying the bot without Telegram: long polling that confirms by
// offset and redelivers what was not confirmed, webhooks with secret token and
// retries, the checks and limits of sendMessage, faults on demand.
package faketelegram

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Update is one update as it goes over the wire.
type Update map[string]any

// Sent is one message that the bot sent, with its buttons' data and labels.
type Sent struct {
	ID      int
	Chat    int64
	Text    string
	Buttons []Button
	At      time.Time
}

// Button is one inline button.
type Button struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
}

// Fault is how the server misbehaves at the next calls of a method.
type Fault struct {
	Status     int           // of the answer; 0: 200
	RetryAfter int           // seconds, with 429
	Text       string        // description; starting with "<" it is sent as HTML instead of JSON
	After      bool          // do the work first, then fail: the ambiguous case
	Hang       time.Duration // wait before answering
	Close      bool          // close the connection without an answer
}

// Server is one bot's side of Telegram. The zero value is not usable: New.
type Server struct {
	token string

	mu       sync.Mutex
	wake     chan struct{} // closed and replaced when something changed
	nextID   int
	updates  []Update
	sent     []Sent
	calls    map[string]int
	faults   map[string][]Fault
	commands map[string]json.RawMessage
	files    map[string][]byte // by path
	webhook  string
	secret   string
	polling  bool
}

// New returns a server for the bot with this token.
func New(token string) *Server {
	return &Server{
		token: token, wake: make(chan struct{}), nextID: 1000,
		calls: map[string]int{}, faults: map[string][]Fault{}, commands: map[string]json.RawMessage{},
		files: map[string][]byte{},
	}
}

// ServeHTTP answers /bot<token>/<method>, and /file/bot<token>/<path>.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if path, ok := strings.CutPrefix(r.URL.Path, "/file/bot"+s.token+"/"); ok {
		s.download(w, r, path)
		return
	}
	method, ok := strings.CutPrefix(r.URL.Path, "/bot"+s.token+"/")
	if !ok {
		reply(w, http.StatusUnauthorized, 0, "Unauthorized", nil)
		return
	}
	if err := r.ParseForm(); err != nil {
		reply(w, http.StatusBadRequest, 0, "Bad Request: "+err.Error(), nil)
		return
	}
	fault := s.enter(method)
	if fault != nil && !fault.After {
		fail(w, r, *fault)
		return
	}
	status, text, result := s.answer(method, r)
	if fault != nil {
		fail(w, r, *fault)
		return
	}
	reply(w, status, 0, text, result)
}

func (s *Server) enter(method string) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[method]++
	s.signal()
	if list := s.faults[method]; len(list) > 0 {
		s.faults[method] = list[1:]
		return &list[0]
	}
	return nil
}

func (s *Server) answer(method string, r *http.Request) (int, string, any) {
	switch method {
	case "getMe":
		return 200, "", map[string]any{"id": 1, "is_bot": true, "first_name": "Tanxu", "username": "tanxu_bot"}
	case "getUpdates":
		return s.getUpdates(r)
	case "getFile":
		return s.getFile(r.Form.Get("file_id"))
	case "sendMessage":
		return s.sendMessage(r)
	case "answerCallbackQuery", "sendChatAction":
		return 200, "", true
	case "setMyCommands":
		s.mu.Lock()
		defer s.mu.Unlock()
		s.commands[r.Form.Get("language_code")] = json.RawMessage(r.Form.Get("commands"))
		return 200, "", true
	case "setWebhook", "deleteWebhook":
		return s.setWebhook(r.Form.Get("url"), r.Form.Get("secret_token"))
	}
	return http.StatusNotFound, "Not Found: method not found", nil
}

// signal wakes all that wait; mu is held.
func (s *Server) signal() {
	close(s.wake)
	s.wake = make(chan struct{})
}

// Fail makes the next calls of method misbehave, one fault a call.
func (s *Server) Fail(method string, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[method] = append(s.faults[method], faults...)
}

// Calls says how often a method was called.
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// Commands returns the menu that was set for a language.
func (s *Server) Commands(lang string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return string(s.commands[lang])
}

func reply(w http.ResponseWriter, status, retryAfter int, text string, result any) {
	body := map[string]any{"ok": status == 200}
	if status == 200 {
		body["result"] = result
	} else {
		body["error_code"], body["description"] = status, text
	}
	if retryAfter > 0 {
		body["parameters"] = map[string]any{"retry_after": retryAfter}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		return // the client is gone
	}
}

func fail(w http.ResponseWriter, r *http.Request, f Fault) {
	if f.Hang > 0 {
		select {
		case <-r.Context().Done():
			return
		case <-time.After(f.Hang):
		}
	}
	if f.Close {
		panic(http.ErrAbortHandler)
	}
	if strings.HasPrefix(f.Text, "<") {
		w.WriteHeader(f.Status)
		fmt.Fprint(w, f.Text)
		return
	}
	reply(w, f.Status, f.RetryAfter, f.Text, nil)
}
