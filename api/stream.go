package api

import (
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"tanxu/postgres"
)

// Times of a stream of changes.
const (
	heartbeat = 15 * time.Second
	// Rows become visible when their transaction commits, some time after the
	// updated_at that they carry: a stream looks this far behind its newest.
	lookBack = 5 * time.Second
)

// stream is one client that hears of changes.
type stream struct {
	c    *gin.Context
	from time.Time                // what changed before is told
	told map[postgres.Change]bool // of what changed after
}

// streamEvents handles GET /events.
func (s *server) streamEvents(c *gin.Context) {
	from := time.Now()
	if last, err := time.Parse(time.RFC3339Nano, c.GetHeader("Last-Event-ID")); err == nil {
		from = last
	}
	st := &stream{c: c, from: from.Add(-lookBack), told: map[postgres.Change]bool{}}
	signals, cancel := s.service.Subscribe("")
	defer cancel()
	poll, beat := time.NewTicker(s.poll), time.NewTicker(heartbeat)
	defer poll.Stop()
	defer beat.Stop()

	c.Header("Content-Type", "text/event-stream; charset=utf-8")
	c.Header("X-Accel-Buffering", "no")
	c.Status(http.StatusOK)
	st.write(": hello\n\n")
	for {
		if err := s.tell(st); err != nil {
			s.opt.Log.WarnContext(c, "stream of changes ends", "error", err)
			return // the client comes back, from where it was
		}
		select {
		case <-c.Request.Context().Done():
			return
		case <-s.opt.Stop:
			return
		case <-beat.C:
			if _, err := s.recognise(c); err != nil {
				return // signed out or revoked meanwhile
			}
			st.write(": beat\n\n")
		case <-signals:
		case <-poll.C:
		}
	}
}

// tell writes what has changed since the last time.
func (s *server) tell(st *stream) error {
	who := callerOf(st.c)
	list, err := s.service.Changes(st.c.Request.Context(), who.scope(), st.from)
	if err != nil {
		return err
	}
	for _, change := range list {
		if st.told[change] || change.Kind == "conversation" && !who.may(ScopeConversationsRead) {
			continue
		}
		st.told[change] = true
		at := change.At.UTC().Format(time.RFC3339Nano)
		st.write(fmt.Sprintf("id: %s\nevent: %s\ndata: {\"id\":%q,\"updated_at\":%q}\n\n", at, change.Kind, change.ID, at))
	}
	if len(list) > 0 {
		st.move(list[len(list)-1].At, len(list) == postgres.MaxChanges)
	}
	return nil
}

// move forgets what lies behind. With more to read than one look shows, it does
// not look back: it would see the same again.
func (st *stream) move(newest time.Time, more bool) {
	if !more {
		newest = newest.Add(-lookBack)
	}
	if newest.After(st.from) {
		st.from = newest
	}
	for change := range st.told {
		if change.At.Before(st.from) {
			delete(st.told, change)
		}
	}
}

func (st *stream) write(text string) {
	// A client that is gone shows by its context.
	_, _ = st.c.Writer.WriteString(text)
	st.c.Writer.Flush()
}
