// Package webchat is the contact's chat over HTTP: it takes messages in, lets a
// caller wait for the bot's answer or hear it as server-sent events, and gives
// contacts their own data. It knows no interview, no SQL and no HTTP framework.
package webchat

import (
	"cmp"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"sync"
	"time"

	"tanxu/bot"
	"tanxu/need"
)

// ChannelName is the name of this channel in messages and in the store.
const ChannelName = "webchat"

// Conversations is the part of storage that the chat needs beside the inbox.
// Errors have a need.Kind: NotFound for an unknown invite, token or message,
// Unavailable when the database cannot be reached.
type Conversations interface {
	// OpenSession makes an empty conversation in the centre of the invite, or
	// lets the token into the one that the invite of a follow-up belongs to.
	OpenSession(ctx context.Context, o Opening) error
	// SessionByToken finds a session by the SHA-256 of its token.
	SessionByToken(ctx context.Context, tokenHash []byte) (Session, error)
	// View reads a conversation from the message after the given one on, from
	// its beginning if that is "".
	View(ctx context.Context, s Session, after need.MessageID) (View, error)
	// Needs returns the needs of a conversation as the contact may see them,
	// each a tanxu.need/1 record.
	Needs(ctx context.Context, s Session) ([]json.RawMessage, error)
	// Erase deletes a conversation and all that was derived from it.
	Erase(ctx context.Context, s Session) error
}

// Files keeps what contacts send.
type Files interface {
	// KeepFile stores a file, once for each conversation, and returns its id.
	KeepFile(ctx context.Context, s Session, name string, content []byte) (id string, err error)
}

// Options holds what has a sensible default; the zero value is ready to use.
type Options struct {
	Bot       string                       // which bot of the channel; "" means "default"
	LLM       func() string                // "ok", "degraded" or "off"; nil means always "off"
	Address   func(r *http.Request) string // of the client, for rate limits; nil means the peer
	Limits    Limits
	Files     Files         // nil: files are only noticed
	Heartbeat time.Duration // of event streams; 0 means 15s
	Poll      time.Duration // how often a stream looks for changes that no signal told of; 0 means 2s
	Opening   time.Duration // how long a new session waits for its first message; 0 means 5s
	// Subscribe signals changes of a conversation, in any replica; cancel ends
	// it. nil signals none: answers are then found by looking again.
	Subscribe func(need.ConversationID) (signals <-chan struct{}, cancel func())
	Failed    func(ctx context.Context, err error) // hears what was answered by 5xx; nil means nobody
}

// Channel serves the chat. It is safe for concurrent use.
type Channel struct {
	inbox   bot.Inbox
	store   Conversations
	opt     Options
	texts   texts
	limits  *limits
	stopped chan struct{}
	stop    sync.Once
}

// New returns a Channel; the positional arguments are required.
func New(inbox bot.Inbox, store Conversations, o Options) *Channel {
	o.Bot = cmp.Or(o.Bot, "default")
	o.Heartbeat = cmp.Or(o.Heartbeat, 15*time.Second)
	o.Poll = cmp.Or(o.Poll, 2*time.Second)
	o.Opening = cmp.Or(o.Opening, 5*time.Second)
	if o.LLM == nil {
		o.LLM = func() string { return "off" }
	}
	if o.Address == nil {
		o.Address = peer
	}
	if o.Subscribe == nil {
		o.Subscribe = func(need.ConversationID) (<-chan struct{}, func()) { return nil, func() {} }
	}
	if o.Failed == nil {
		o.Failed = func(context.Context, error) {}
	}
	return &Channel{
		inbox:   inbox,
		store:   store,
		opt:     o,
		texts:   readTexts(),
		limits:  newLimits(o.Limits),
		stopped: make(chan struct{}),
	}
}

// Send has nothing to do: the message is visible by its row, and whoever wrote
// the row signals the change.
func (c *Channel) Send(_ context.Context, out bot.Outbound) (bot.Receipt, error) {
	return bot.Receipt{ID: string(out.ID)}, nil
}

// Close ends event streams and waiting calls, so that a server can shut down.
func (c *Channel) Close() { c.stop.Do(func() { close(c.stopped) }) }

// Capabilities says what the chat page can show.
func (c *Channel) Capabilities() bot.Capabilities { return bot.Capabilities{Buttons: true} }

// Handler serves the paths under /api/v1/chat/.
func (c *Channel) Handler() http.Handler {
	const sessions, session = "/api/v1/chat/sessions", "/api/v1/chat/sessions/{id}"
	routes := []struct {
		method, path string
		handler      handler
	}{
		{http.MethodPost, sessions, c.open},
		{http.MethodDelete, session, c.authorized(c.erase)},
		{http.MethodPost, session + "/messages", c.authorized(c.post)},
		{http.MethodGet, session + "/messages", c.authorized(c.messages)},
		{http.MethodPost, session + "/files", c.authorized(c.file)},
		{http.MethodGet, session + "/events", c.authorized(c.events)},
		{http.MethodGet, session + "/record", c.authorized(c.record)},
		{http.MethodGet, session + "/export", c.authorized(c.export)},
	}
	mux := http.NewServeMux()
	allow := map[string][]string{}
	for _, r := range routes {
		mux.Handle(r.method+" "+r.path, c.serve(r.handler))
		allow[r.path] = append(allow[r.path], r.method)
	}
	for path, methods := range allow {
		mux.Handle(path, c.serve(notAllowed(methods)))
	}
	mux.Handle("/api/v1/chat/", c.serve(notFound))
	return mux
}

func peer(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
