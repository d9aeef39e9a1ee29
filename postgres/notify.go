package postgres

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// topic is the channel of NOTIFY that carries "REPLICA CONVERSATION".
const topic = "tanxu_conversation"

// hub wakes those in this process who wait for a conversation. A signal that
// finds one waiting to be read adds nothing: readers look at the database.
type hub struct {
	mu   sync.Mutex
	subs map[need.ConversationID]map[chan struct{}]struct{}
}

func newHub() *hub { return &hub{subs: map[need.ConversationID]map[chan struct{}]struct{}{}} }

func (h *hub) wake(id need.ConversationID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ch := range h.subs[id] {
		signal(ch)
	}
}

func (h *hub) wakeAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, subs := range h.subs {
		for ch := range subs {
			signal(ch)
		}
	}
}

func signal(ch chan<- struct{}) {
	select {
	case ch <- struct{}{}:
	default:
	}
}

// Subscribe returns a channel that gets a signal after a conversation has
// changed, in any replica; "" stands for all conversations. cancel must be
// called.
func (s *Store) Subscribe(id need.ConversationID) (signals <-chan struct{}, cancel func()) {
	h := s.hub
	ch := make(chan struct{}, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.subs[id] == nil {
		h.subs[id] = map[chan struct{}]struct{}{}
	}
	h.subs[id][ch] = struct{}{}
	return ch, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.subs[id], ch)
		if len(h.subs[id]) == 0 {
			delete(h.subs, id)
		}
	}
}

// Notify tells all replicas that a conversation has changed. It is called
// after the commit, never inside: NOTIFY has commits wait for one another.
// What it cannot tell is found by those who look from time to time.
func (s *Store) Notify(ctx context.Context, id need.ConversationID) {
	s.changed(id)
	if _, err := s.pool.Exec(ctx, `SELECT pg_notify($1, $2)`, topic, s.replica+" "+string(id)); err != nil {
		s.opt.Log.WarnContext(ctx, "notify", "conversation", id, "error", err)
	}
}

// Listen hears what other replicas notify, until ctx ends. It connects again
// when it has lost the database, and then wakes everybody, since it cannot
// know what it has missed.
func (s *Store) Listen(ctx context.Context) error {
	const longest = 5 * time.Second
	pause := 100 * time.Millisecond
	for {
		began := time.Now()
		err := s.listen(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if time.Since(began) > longest {
			pause = 100 * time.Millisecond
		}
		s.opt.Log.WarnContext(ctx, "listening stopped", "error", err, "again_in", pause)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
		pause = min(2*pause, longest)
	}
}

func (s *Store) listen(ctx context.Context) error {
	// Its own connection: one of the pool would be missing there.
	conn, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return fmt.Errorf("connect to listen: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, `LISTEN `+topic); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	s.hub.wakeAll()
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return fmt.Errorf("wait for a notification: %w", err)
		}
		if replica, id, ok := strings.Cut(n.Payload, " "); ok && replica != s.replica {
			s.changed(need.ConversationID(id))
		}
	}
}

// changed tells those in this process who want to know.
func (s *Store) changed(id need.ConversationID) {
	s.hub.wake(id)
	s.hub.wake("")
	if s.opt.Changed != nil {
		s.opt.Changed(id)
	}
}
