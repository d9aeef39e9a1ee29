package webchat_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"tanxu/bot/webchat"
)

// FuzzMessage posts any body: the answer is 202 for what can be kept as it
// was written, and a problem else.
func FuzzMessage(f *testing.F) {
	for _, seed := range []string{
		`{"client_id":"1","text":"导电率要到 80%IACS"}`, `{"client_id":"1","choice":"skip"}`, `{"text":"\ud83d\ude00"}`,
		`{"text":"\ud83d"}`, "{\"text\":\"\xff\"}", `{"text":"\u0000"}`, `[]`, `null`, ``, `{"text":null}`,
	} {
		f.Add(seed)
	}
	s := &store{sessions: map[string]*conversation{}}
	hub := newHub()
	s.woken = hub.wake
	c := webchat.New(s, s, webchat.Options{Limits: webchat.Limits{Session: 1e9, Address: 1e9}, Opening: 1, Subscribe: hub.subscribe})
	h := c.Handler()
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, "/api/v1/chat/sessions", strings.NewReader(`{"invite":"demo"}`))
	r.Header.Set("Content-Type", "application/json")
	h.ServeHTTP(w, r)
	p := &page{}
	answer{f, w.Code, w.Header(), w.Body.String()}.into(p)

	f.Fuzz(func(t *testing.T, body string) {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, "/api/v1/chat/sessions/"+p.Session+"/messages", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+p.Token)
		before := len(s.kept())
		h.ServeHTTP(w, r)
		got := answer{t, w.Code, w.Header(), w.Body.String()}
		kept := s.kept()[before:]
		switch {
		case got.status == http.StatusAccepted:
			for _, in := range kept {
				if !utf8.ValidString(in.Text) || strings.ContainsRune(in.Text, 0) || strings.TrimSpace(in.Text) == "" {
					t.Errorf("kept %q of %q", in.Text, body)
				}
			}
		case got.status < 400 || got.status >= 500 || got.code() == "" || len(kept) > 0:
			t.Errorf("answer to %q = %d %s, kept %d", body, got.status, got.body, len(kept))
		}
	})
}
