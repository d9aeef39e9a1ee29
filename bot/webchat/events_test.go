package webchat_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"tanxu/bot/webchat"
)

func TestEventsTellWhatHappens(t *testing.T) {
	t.Parallel()
	p := serve(t, webchat.Options{})
	p.store.auto = false
	next, stop := p.listen()
	defer stop()
	expect := func(want, holds string) string {
		t.Helper()
		name, id, data := next()
		if name != want || !strings.Contains(data, holds) || !json.Valid([]byte(data)) {
			t.Fatalf("event = %s %s %s, want %s with %s", name, id, data, want, holds)
		}
		return id
	}
	expect("message", `"from":"bot"`)
	expect("state", `"interviewing"`)

	p.do(http.MethodPost, p.path("/messages"), `{"client_id":"c1","text":"带材开裂"}`)
	p.store.woken(p.Session) // the store of the test does not wake for inbound messages
	id := expect("message", "带材开裂")
	expect("typing", "true")
	p.store.answer("请问用在什么场合？")
	expect("message", "请问用在什么场合")
	expect("typing", "false")

	resumed, stop := p.listen("Last-Event-ID", id)
	defer stop()
	if name, _, data := resumed(); name != "message" || !strings.Contains(data, "请问用在什么场合") {
		t.Errorf("first event after %s = %s %s, want the answer", id, name, data)
	}
}

func TestEventsBeatAndEnd(t *testing.T) {
	t.Parallel()
	p := serve(t, webchat.Options{Heartbeat: time.Millisecond})
	next, stop := p.listen()
	defer stop()
	seen := map[string]bool{}
	for !seen["heartbeat"] {
		name, _, _ := next()
		seen[name] = true
	}
	p.do(http.MethodDelete, p.path(""), "")
	for {
		if name, _, _ := next(); name == "end" {
			return
		}
	}
}

func TestCloseEndsStreamsAndWaits(t *testing.T) {
	t.Parallel()
	s := &store{sessions: map[string]*conversation{}}
	hub := newHub()
	s.woken = hub.wake
	c := webchat.New(s, s, webchat.Options{Subscribe: hub.subscribe})
	c.Close()
	p := &page{t: t, base: listenOn(t, c), store: s}
	if got := p.do(http.MethodPost, "", `{"invite":"demo"}`); got.status != http.StatusCreated {
		t.Fatalf("open = %d %s", got.status, got.body)
	} else {
		got.into(p)
	}
	got := p.do(http.MethodPost, p.path("/messages?wait=60s"), `{"client_id":"1","text":"好"}`)
	if got.status != http.StatusAccepted {
		t.Errorf("message = %d %s, want 202 at once", got.status, got.body)
	}
	next, stop := p.listen()
	defer stop()
	for {
		if name, _, _ := next(); name == "end" {
			return
		}
	}
}
