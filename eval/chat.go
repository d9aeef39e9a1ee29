package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"tanxu/interview"
	"tanxu/interview/guide"
	"tanxu/need"
	"tanxu/need/record"
)

// Chat is one conversation with a service under test.
type Chat interface {
	// Open begins the conversation, with consent given.
	Open(ctx context.Context, p Persona) (Heard, error)
	Say(ctx context.Context, text string) (Heard, error)
	Needs(ctx context.Context) ([]record.Record, error)
}

// Heard is what the service answered.
type Heard struct {
	Message string // id of the contact's message
	Replies []Reply
	Status  string
}

// Reply is one message of the service.
type Reply struct {
	ID    string          `json:"id"`
	From  string          `json:"from"`
	Text  string          `json:"text"`
	Asks  []string        `json:"asks"`
	Probe bool            `json:"probe"`
	Card  json.RawMessage `json:"card"`
}

func (r Reply) hasCard() bool { return len(r.Card) > 0 && string(r.Card) != "null" }

// HTTPChat talks over the chat API.
type HTTPChat struct {
	Base   string // such as "http://127.0.0.1:8080"
	Invite string
	Client *http.Client
	id     string
	token  string
	sent   int
}

// Open implements Chat.
func (c *HTTPChat) Open(ctx context.Context, p Persona) (Heard, error) {
	var out struct {
		SessionID string  `json:"session_id"`
		Token     string  `json:"token"`
		Messages  []Reply `json:"messages"`
		State     struct{ Status string }
	}
	body := map[string]any{"invite": c.Invite, "consent": true, "org": p.Firm, "role": p.Role, "lang": "zh"}
	if err := c.call(ctx, http.MethodPost, "/api/v1/chat/sessions", body, &out); err != nil {
		return Heard{}, err
	}
	c.id, c.token = out.SessionID, out.Token
	return Heard{Replies: fromBot(out.Messages), Status: out.State.Status}, nil
}

// Say implements Chat.
func (c *HTTPChat) Say(ctx context.Context, text string) (Heard, error) {
	c.sent++
	var out struct {
		MessageID string  `json:"message_id"`
		Replies   []Reply `json:"replies"`
		State     struct{ Status string }
	}
	body := map[string]any{"client_id": "eval-" + strconv.Itoa(c.sent), "text": text}
	if err := c.call(ctx, http.MethodPost, "/api/v1/chat/sessions/"+c.id+"/messages?wait=30s", body, &out); err != nil {
		return Heard{}, err
	}
	return Heard{Message: out.MessageID, Replies: fromBot(out.Replies), Status: out.State.Status}, nil
}

// Needs implements Chat.
func (c *HTTPChat) Needs(ctx context.Context) ([]record.Record, error) {
	var out struct {
		Needs []record.Record `json:"needs"`
	}
	err := c.call(ctx, http.MethodGet, "/api/v1/chat/sessions/"+c.id+"/record", nil, &out)
	return out.Needs, err
}

func fromBot(all []Reply) []Reply {
	var list []Reply
	for _, r := range all {
		if r.From != "contact" {
			list = append(list, r)
		}
	}
	return list
}

func (c *HTTPChat) call(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("encode %s: %w", path, err)
		}
		body = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(ctx, method, strings.TrimSuffix(c.Base, "/")+path, body)
	if err != nil {
		return fmt.Errorf("request %s: %w", path, err)
	}
	req.Header.Set("Content-Type", "application/json")
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	client := c.Client
	if client == nil {
		client = http.DefaultClient
	}
	resp, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, 8<<20))
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	if resp.StatusCode >= 300 || resp.StatusCode == http.StatusAccepted {
		return fmt.Errorf("%s %s: status %d: %.200s", method, path, resp.StatusCode, data)
	}
	if err := json.Unmarshal(data, out); err != nil {
		return fmt.Errorf("decode %s: %w", path, err)
	}
	return nil
}

// EngineChat talks to an engine in the same process: no database, no network.
type EngineChat struct {
	engine *interview.Engine
	state  *interview.State
	recent []interview.Spoken
	now    time.Time
	role   string
	sent   int
}

// recentSpoken is how many messages before it a turn sees, as in the service.
const recentSpoken = 8

// NewEngineChat returns a chat with an engine in which time stands still at now
// and needs are numbered.
func NewEngineChat(g *guide.Guide, rules interview.Reader, o interview.Options, now time.Time) *EngineChat {
	ids := 0
	o.NewID = func() need.ID { ids++; return need.ID("n" + strconv.Itoa(ids)) }
	return &EngineChat{engine: interview.New(g, rules, o), state: interview.Fold(nil), now: now}
}

// Open implements Chat.
func (c *EngineChat) Open(ctx context.Context, p Persona) (Heard, error) {
	c.role = p.Role
	return c.turn(ctx, interview.Message{ID: "m0", Start: true, Choice: "consent.yes"})
}

// Say implements Chat.
func (c *EngineChat) Say(ctx context.Context, text string) (Heard, error) {
	c.sent++
	return c.turn(ctx, interview.Message{ID: need.MessageID("m" + strconv.Itoa(c.sent)), Text: text})
}

func (c *EngineChat) turn(ctx context.Context, m interview.Message) (Heard, error) {
	m.At = c.now
	out, err := c.engine.Turn(ctx, c.state, interview.Input{Messages: []interview.Message{m}, Recent: c.recent, Now: c.now, Role: c.role})
	if err != nil {
		return Heard{}, fmt.Errorf("turn on %s: %w", m.ID, err)
	}
	for _, e := range out.Events {
		c.state.Apply(e)
	}
	heard := Heard{Message: string(m.ID), Status: string(c.state.Phase)}
	if m.Text != "" {
		c.recent = append(c.recent, interview.Spoken{ID: m.ID, Contact: true, Text: m.Text})
	}
	for i, s := range out.Say {
		c.recent = append(c.recent, interview.Spoken{Text: s.Text})
		r := Reply{ID: string(m.ID) + "." + strconv.Itoa(i), From: "bot", Text: s.Text, Probe: s.Probe}
		for _, k := range s.Asks {
			r.Asks = append(r.Asks, string(k))
		}
		if s.Card != nil {
			if r.Card, err = json.Marshal(s.Card); err != nil {
				return Heard{}, fmt.Errorf("encode the card: %w", err)
			}
		}
		heard.Replies = append(heard.Replies, r)
	}
	c.recent = c.recent[max(0, len(c.recent)-recentSpoken):]
	return heard, nil
}

// Needs implements Chat.
func (c *EngineChat) Needs(context.Context) ([]record.Record, error) { return wired(c.state.Needs) }

// wired returns the records of needs by way of their wire form, as they come
// over HTTP.
func wired(needs []*need.Need) ([]record.Record, error) {
	list := make([]record.Record, 0, len(needs))
	for _, n := range needs {
		list = append(list, record.Of(n))
	}
	data, err := json.Marshal(list)
	if err != nil {
		return nil, fmt.Errorf("encode records: %w", err)
	}
	var out []record.Record
	if err := json.Unmarshal(data, &out); err != nil {
		return nil, fmt.Errorf("decode records: %w", err)
	}
	return out, nil
}
