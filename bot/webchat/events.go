package webchat

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"tanxu/need"
)

// events handles GET /api/v1/chat/sessions/{id}/events. The stream begins
// after Last-Event-ID or the parameter after, else at the first message.
func (c *Channel) events(w http.ResponseWriter, r *http.Request, s Session) error {
	leave, err := c.limits.streams.enter(string(s.ID))
	if err != nil {
		return err
	}
	defer leave()
	signals, cancel := c.opt.Subscribe(s.ID)
	defer cancel()
	last := need.MessageID(cmp.Or(r.Header.Get("Last-Event-ID"), r.URL.Query().Get("after")))
	v, err := c.store.View(r.Context(), s, last)
	if err != nil {
		return fmt.Errorf("read events of %s: %w", s.ID, err)
	}
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.Header().Set("X-Accel-Buffering", "no") // nginx would hold events back
	w.WriteHeader(http.StatusOK)
	out := &stream{w: w, control: http.NewResponseController(w), last: last}
	c.follow(r, s, v, out, signals)
	return nil
}

// follow writes what is new until the client goes, the conversation is erased
// or the service stops.
func (c *Channel) follow(r *http.Request, s Session, v View, out *stream, signals <-chan struct{}) {
	out.print("retry: 2000\n\n")
	out.show(v, c.state(v))
	beat := time.NewTicker(c.opt.Heartbeat)
	defer beat.Stop()
	poll := time.NewTicker(c.opt.Poll)
	defer poll.Stop()
	for out.err == nil {
		select {
		case <-signals:
		case <-poll.C:
		case <-beat.C:
			out.print(": still here\n\n")
			continue
		case <-c.stopped:
			return
		case <-r.Context().Done():
			return
		}
		next, err := c.store.View(r.Context(), s, out.last)
		if need.KindOf(err) == need.Unavailable {
			continue // the client need not know; the next look may find it again
		}
		if err != nil {
			return // erased, or broken: the client asks again and is told why
		}
		out.show(next, c.state(next))
	}
}

// stream writes server-sent events; after the first error it writes no more.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	last    need.MessageID // that was written
	state   string         // as last written
	typing  bool
	err     error
}

// show writes the messages, and state and typing where they have changed.
func (o *stream) show(v View, state stateForm) {
	for _, m := range v.Messages {
		if m.spoken() {
			o.event("message", string(m.ID), toMessage(m))
		}
		o.last = m.ID
	}
	if text, err := json.Marshal(state); err == nil && string(text) != o.state {
		o.state = string(text)
		o.event("state", "", state)
	}
	if typing := len(v.Pending) > 0 && v.Owner == "bot"; typing != o.typing {
		o.typing = typing
		o.event("typing", "", map[string]bool{"on": typing})
	}
}

func (o *stream) event(name, id string, data any) {
	text, err := json.Marshal(data)
	if err != nil {
		o.err = fmt.Errorf("write event %s: %w", name, err)
		return
	}
	if id != "" {
		id = "id: " + id + "\n"
	}
	o.print("event: " + name + "\n" + id + "data: " + string(text) + "\n\n")
}

// print gives each write its own time: the server's limit for whole answers
// would end every stream.
func (o *stream) print(text string) {
	if o.err != nil {
		return
	}
	_ = o.control.SetWriteDeadline(time.Now().Add(10 * time.Second)) // not every server has one
	if _, o.err = o.w.Write([]byte(text)); o.err == nil {
		o.err = o.control.Flush()
	}
}
