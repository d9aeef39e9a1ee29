package webchat_test

import (
	"sync"

	"tanxu/need"
)

// hub stands in for the signals of the store: it wakes those who wait for a chat. A signal that finds one already waiting
// to be read adds nothing: the reader looks at the store, not at the signal.
type hub struct {
	mu   sync.Mutex
	subs map[string]map[chan struct{}]struct{}
}

func newHub() *hub { return &hub{subs: map[string]map[chan struct{}]struct{}{}} }

// subscribe returns a channel of signals; cancel must be called.
func (h *hub) subscribe(id need.ConversationID) (signals <-chan struct{}, cancel func()) {
	ch, chat := make(chan struct{}, 1), string(id)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.subs[chat] == nil {
		h.subs[chat] = map[chan struct{}]struct{}{}
	}
	h.subs[chat][ch] = struct{}{}
	return ch, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.subs[chat], ch)
		if len(h.subs[chat]) == 0 {
			delete(h.subs, chat)
		}
	}
}

func (h *hub) wake(chat string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ch := range h.subs[chat] {
		select {
		case ch <- struct{}{}:
		default:
		}
	}
}
