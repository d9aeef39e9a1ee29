package webchat_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"tanxu/bot"
	"tanxu/bot/webchat"
	"tanxu/need"
)

// store is an inbox and conversations in memory. Turns are run by the test, so
// that it decides when the bot answers; auto has each message answered at once.
type store struct {
	mu       sync.Mutex
	auto     bool
	down     bool
	sessions map[string]*conversation // by token hash
	inbound  []bot.Inbound
	woken    func(chat string)
	next     int
}

type conversation struct {
	webchat.Session
	external map[string]need.MessageID
	messages []webchat.Message
	pending  []need.MessageID
}

func (s *store) OpenSession(_ context.Context, o webchat.Opening) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		return errDown
	}
	if o.Invite != "demo" {
		return need.Errorf(need.NotFound, "invite_unknown", "invite %s", o.Invite)
	}
	s.sessions[string(o.TokenHash)] = &conversation{
		Session:  webchat.Session{ID: o.ID, Centre: "jx/", Lang: o.Lang, Org: o.Org, Name: o.Name, Role: o.Role, Created: time.Now()},
		external: map[string]need.MessageID{},
	}
	return nil
}

var errDown = need.Errorf(need.Unavailable, "unavailable", "connection refused")

func (s *store) SessionByToken(_ context.Context, hash []byte) (webchat.Session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		return webchat.Session{}, errDown
	}
	c := s.sessions[string(hash)]
	if c == nil {
		return webchat.Session{}, need.Errorf(need.NotFound, "session_unknown", "no session")
	}
	return c.Session, nil
}

func (s *store) Accept(_ context.Context, in bot.Inbound) (bot.Accepted, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		return bot.Accepted{}, errDown
	}
	c := s.byChat(in.Chat)
	if id, ok := c.external[in.ID]; ok {
		return bot.Accepted{Conversation: c.ID, Message: id, Duplicate: true}, nil
	}
	s.inbound = append(s.inbound, in)
	m := s.add(c, webchat.Message{From: "contact", Text: in.Text})
	c.external[in.ID] = m
	c.pending = append(c.pending, m)
	if s.auto {
		s.turn(c, "收到：“"+in.Text+"”。希望达到什么指标？")
	}
	return bot.Accepted{Conversation: c.ID, Message: m}, nil
}

func (s *store) byChat(chat string) *conversation {
	for _, c := range s.sessions {
		if string(c.ID) == chat {
			return c
		}
	}
	return nil
}

func (s *store) add(c *conversation, m webchat.Message) need.MessageID {
	s.next++
	m.ID, m.At = need.MessageID(fmt.Sprintf("m%03d", s.next)), time.Now()
	c.messages = append(c.messages, m)
	return m.ID
}

// turn reads what is pending and says one message with two choices.
func (s *store) turn(c *conversation, text string) {
	c.pending = nil
	s.add(c, webchat.Message{
		From: "bot", Text: text, Asks: []need.Key{need.KeyBudget}, AI: true,
		Choices: []bot.Choice{{ID: "b50-100", Label: "50–100 万元"}, {ID: "skip", Label: "暂不方便说"}},
		Card:    &bot.Card{Title: "请核对", Lines: []bot.CardLine{{Key: "deadline", Label: "完成时限", Value: "12 个月", Status: need.Filled}}},
	})
	s.woken(string(c.ID))
}

// answer runs the turn of the only session.
func (s *store) answer(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.sessions {
		s.turn(c, text)
	}
}

func (s *store) View(_ context.Context, ses webchat.Session, after need.MessageID) (webchat.View, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		return webchat.View{}, errDown
	}
	c := s.byChat(string(ses.ID))
	if c == nil {
		return webchat.View{}, need.Errorf(need.NotFound, "session_unknown", "erased")
	}
	v := webchat.View{
		Pending: append([]need.MessageID{}, c.pending...), Status: "interviewing", Owner: "bot", Done: 7, Total: 13,
		Needs: []need.ID{"n1"},
	}
	found := after == ""
	for _, m := range c.messages {
		found = found || m.ID == after
		if m.ID > after {
			v.Messages = append(v.Messages, m)
		}
	}
	if !found {
		return v, need.Errorf(need.NotFound, "message_unknown", "message %s", after)
	}
	return v, nil
}

func (s *store) Needs(context.Context, webchat.Session) ([]json.RawMessage, error) {
	return []json.RawMessage{json.RawMessage(`{"schema":"tanxu.need/1","id":"n1"}`)}, nil
}

func (s *store) Erase(_ context.Context, ses webchat.Session) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for hash, c := range s.sessions {
		if c.ID == ses.ID {
			delete(s.sessions, hash)
		}
	}
	return nil
}

func (s *store) setDown(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

func (s *store) kept() []bot.Inbound {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]bot.Inbound{}, s.inbound...)
}

// page is a client of one session.
type page struct {
	t       *testing.T
	base    string
	Session string `json:"session_id"`
	Token   string `json:"token"`
	store   *store
}

// serve starts a server whose bot answers at once, and opens a session.
func serve(t *testing.T, o webchat.Options) *page {
	t.Helper()
	s := &store{auto: true, sessions: map[string]*conversation{}}
	hub := newHub()
	s.woken = hub.wake
	o.Subscribe = hub.subscribe
	c := webchat.New(s, s, o)
	server := httptest.NewServer(c.Handler())
	t.Cleanup(server.Close)
	t.Cleanup(c.Close)
	p := &page{t: t, base: server.URL + "/api/v1/chat/sessions", store: s}
	got := p.do(http.MethodPost, "", `{"invite":"demo","consent":true,"org":"赣江铜业","name":"李工","role":"总工"}`)
	if got.status != http.StatusCreated {
		t.Fatalf("open session = %d %s", got.status, got.body)
	}
	got.into(p)
	return p
}

func (p *page) path(rest string) string { return "/" + p.Session + rest }

// answer is a response that was read to its end.
type answer struct {
	t      testing.TB
	status int
	header http.Header
	body   string
}

func (a answer) into(v any) {
	a.t.Helper()
	if err := json.Unmarshal([]byte(a.body), v); err != nil {
		a.t.Fatalf("read %s: %v", a.body, err)
	}
}

// code is the code of a problem, "" if the answer is none.
func (a answer) code() string {
	if !strings.HasPrefix(a.header.Get("Content-Type"), "application/problem+json") {
		return ""
	}
	var problem struct{ Code, Title, Detail string }
	a.into(&problem)
	if problem.Title == "" || problem.Detail == "" || strings.Contains(problem.Detail, "{0}") {
		a.t.Errorf("problem %q has no text: %s", problem.Code, a.body)
	}
	return problem.Code
}

func (p *page) do(method, path, body string, header ...string) answer {
	p.t.Helper()
	res := p.send(method, path, strings.NewReader(body), header...)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatalf("read answer: %v", err)
	}
	return answer{p.t, res.StatusCode, res.Header, string(text)}
}

func (p *page) send(method, path string, body io.Reader, header ...string) *http.Response {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.base+path, body)
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+p.Token)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		p.t.Fatalf("%s %s: %v", method, path, err)
	}
	return res
}

// listen opens the event stream and returns its events one by one.
func (p *page) listen(header ...string) (next func() (name, id, data string), stop func()) {
	p.t.Helper()
	res := p.send(http.MethodGet, p.path("/events"), http.NoBody, header...)
	if res.StatusCode != http.StatusOK {
		p.t.Fatalf("events = %d", res.StatusCode)
	}
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	return func() (name, id, data string) {
		for lines.Scan() {
			field, value, _ := strings.Cut(lines.Text(), ": ")
			switch {
			case field == "event":
				name = value
			case field == "id":
				id = value
			case field == "data":
				data = value
			case field == "" && value != "":
				return "heartbeat", "", ""
			case field == "" && name != "":
				return name, id, data
			}
		}
		return "end", "", ""
	}, func() { res.Body.Close() }
}

func jsonText(text string) string {
	b := &bytes.Buffer{}
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // a string always encodes
	return strings.TrimSpace(b.String())
}

func sum(token string) []byte {
	s := sha256.Sum256([]byte(token))
	return s[:]
}

// listenOn serves the channel and returns the address of its sessions.
func listenOn(t *testing.T, c *webchat.Channel) string {
	t.Helper()
	server := httptest.NewServer(c.Handler())
	t.Cleanup(server.Close)
	return server.URL + "/api/v1/chat/sessions"
}
