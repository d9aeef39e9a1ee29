package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"tanxu/need"
	"tanxu/postgres"
)

// chatter is one person's end of a web chat.
type chatter struct {
	client

	Session string          `json:"session_id"`
	Token   string          `json:"token"`
	Said    json.RawMessage `json:"messages"`
}

// join opens a session by an invite.
func join(t *testing.T, base, invite, consent string) *chatter {
	t.Helper()
	c := &chatter{client: client{t: t, base: base}}
	c.call(http.MethodPost, "/api/v1/chat/sessions", `{"invite":"`+invite+`","consent":`+consent+`}`, 201, c)
	c.auth = "Bearer " + c.Token
	return c
}

func (c *chatter) say(text string) {
	c.t.Helper()
	body, err := json.Marshal(map[string]string{"text": text})
	if err != nil {
		c.t.Fatal(err)
	}
	c.call(http.MethodPost, "/api/v1/chat/sessions/"+c.Session+"/messages?wait=30s", string(body), 200, nil)
}

// sees is the answer to one of the chat's GET operations.
func (c *chatter) sees(what string) string {
	c.t.Helper()
	var raw json.RawMessage
	c.call(http.MethodGet, "/api/v1/chat/sessions/"+c.Session+what, "", 200, &raw)
	return string(raw)
}

func TestAFollowUpShowsNobodyWhatWasSaidBefore(t *testing.T) {
	t.Parallel()
	a, base := start(t, nil)
	first := join(t, base, "demo-gz", "true")
	const told, secret = "我们做燃气锅炉，氮氧化物老是超标，想改燃烧器", "10吨燃气蒸汽锅炉，一年120台，只给赣南一家印染厂供货"
	first.say(told)
	first.say(secret)
	list, _, err := a.store.Needs(t.Context(), a.store.Root(), postgres.NeedFilter{}, postgres.Page{})
	if err != nil || len(list) != 1 {
		t.Fatalf("Needs() = %d, %v", len(list), err)
	}
	_, key, err := a.store.CreateAPIKey(t.Context(), need.Scope{Path: "jx/gz/", Actor: "test"}, postgres.APIKey{
		Centre: "jx/gz/", Name: "test", Scopes: []string{"needs:read", "needs:write"},
	})
	if err != nil {
		t.Fatal(err)
	}
	var link struct{ Token string }
	broker := client{t: t, base: base, auth: "Bearer " + key}
	broker.call(http.MethodPost, "/api/v1/needs/"+string(list[0].ID)+"/follow-up", "", 200, &link)

	bare := join(t, base, link.Token, "false")
	if bare.Session != first.Session || strings.Count(string(bare.Said), `"from"`) != 1 || !strings.Contains(string(bare.Said), "consent.yes") {
		t.Errorf("a bare session is told %s", bare.Said)
	}
	for _, what := range []string{"/messages", "/export", "/record"} {
		if got := bare.sees(what); strings.Contains(got, "氮氧化物") || strings.Contains(got, "印染厂") {
			t.Errorf("a bare session sees by %s %s", what, got)
		}
	}

	guest := join(t, base, link.Token, "true")
	if got := guest.sees("/messages"); !strings.Contains(got, "氮氧化物") || strings.Contains(got, secret) {
		t.Errorf("a guest who agreed is told %s", got)
	}
	for _, what := range []string{"/messages", "/export"} {
		if got := guest.sees(what); strings.Contains(got, `"from":"contact"`) || strings.Contains(got, `"quote":`) {
			t.Errorf("a guest who agreed sees by %s %s", what, got)
		}
	}
	session := "/api/v1/chat/sessions/" + string(guest.Session)
	client{t: t, base: base, auth: "Bearer " + guest.Token}.call(http.MethodDelete, session, "", http.StatusForbidden, nil)
	if got := first.sees("/messages"); !strings.Contains(got, told) || !strings.Contains(got, secret) {
		t.Errorf("who began the talk has lost it: %s", got)
	}
}
