package webchat_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tanxu/bot"
	"tanxu/bot/bottest"
	"tanxu/bot/webchat"
)

func TestChannelKeepsThePromisesOfABot(t *testing.T) {
	t.Parallel()
	bottest.Run(t, func(t *testing.T, inbox *bottest.Inbox) bottest.Harness {
		t.Helper()
		s := &store{sessions: map[string]*conversation{}}
		c := webchat.New(inbox, s, webchat.Options{})
		server := httptest.NewServer(c.Handler())
		t.Cleanup(server.Close)
		p := &page{t: t, base: server.URL + "/api/v1/chat/sessions"}
		p.do(http.MethodPost, "", `{"invite":"demo","consent":true}`).into(p)
		return bottest.Harness{
			Channel: webchat.ChannelName, Bot: "default", Chat: p.Session, Sender: c,
			Deliver: func(id, text string) error {
				got := p.do(http.MethodPost, p.path("/messages"), fmt.Sprintf(`{"client_id":%q,"text":%s}`, id, jsonText(text)))
				if got.status != http.StatusAccepted {
					return fmt.Errorf("%d %s", got.status, got.code())
				}
				return nil
			},
		}
	})
}

func TestSessionBeginsWithTheBotsFirstMessage(t *testing.T) {
	t.Parallel()
	p := serve(t, webchat.Options{})
	got := p.do(http.MethodPost, "", `{"invite":"demo","lang":"en","org":"Ganjiang Copper"}`)
	var body struct {
		ID       string `json:"session_id"`
		Token    string `json:"token"`
		Messages []map[string]any
		State    map[string]any
	}
	got.into(&body)
	if got.status != http.StatusCreated || len(body.Token) < 43 || len(body.Messages) != 1 || body.State["status"] != "interviewing" {
		t.Fatalf("open = %d %s", got.status, got.body)
	}
	in := p.store.kept()
	if in[0].Kind != bot.KindStart || in[0].Choice != webchat.Consented || in[1].Choice != "" {
		t.Errorf("starts = %+v, want the consent in the first only", in)
	}
	session, err := p.store.SessionByToken(t.Context(), sum(body.Token))
	if err != nil || session.Org != "" || session.Lang != "en" {
		t.Errorf("without consent the session keeps %+v, %v, want its language only", session, err)
	}
}

func TestMessageIsAnsweredWithinTheWait(t *testing.T) {
	t.Parallel()
	p := serve(t, webchat.Options{})
	const body = `{"client_id":"c1","text":"导电率要到 80%IACS"}`
	first := p.do(http.MethodPost, p.path("/messages?wait=5s"), body)
	again := p.do(http.MethodPost, p.path("/messages?wait=5s"), body)
	if first.status != http.StatusOK || first.body != again.body {
		t.Errorf("first %d %s\nagain %d %s, want the same", first.status, first.body, again.status, again.body)
	}
	var got struct {
		Message string `json:"message_id"`
		Replies []struct {
			ID, From, Text string
			At             time.Time
			Asks           []string
			Choices        []struct{ ID, Label string }
			Card           struct {
				Lines []struct{ Key, Label, Value, Status string }
			}
			AI bool
		}
		State struct {
			Status, Owner, LLM string
			Progress           struct{ Done, Total int }
			Needs              []string `json:"need_ids"`
		}
	}
	first.into(&got)
	if len(got.Replies) != 1 || got.Replies[0].From != "bot" || !strings.Contains(got.Replies[0].Text, "80%IACS") {
		t.Fatalf("replies = %+v", got.Replies)
	}
	r := got.Replies[0]
	if r.Asks[0] != "budget" || r.Choices[0].ID != "b50-100" || r.Card.Lines[0].Value != "12 个月" || !r.AI || r.At.IsZero() {
		t.Errorf("reply = %+v", r)
	}
	if got.State.Progress.Done != 7 || got.State.Progress.Total != 13 || got.State.LLM != "off" || got.State.Needs[0] != "n1" {
		t.Errorf("state = %+v", got.State)
	}
}

func TestSlowAnswerIsAcceptedWithoutReplies(t *testing.T) {
	t.Parallel()
	p := serve(t, webchat.Options{})
	p.store.auto = false
	got := p.do(http.MethodPost, p.path("/messages?wait=60ms"), `{"client_id":"c1","text":"慢"}`)
	if got.status != http.StatusAccepted || !strings.Contains(got.body, `"message_id"`) || strings.Contains(got.body, "replies") {
		t.Errorf("slow = %d %s, want 202 with the id only", got.status, got.body)
	}
	p.store.answer("来了")
	again := p.do(http.MethodPost, p.path("/messages?wait=5s"), `{"client_id":"c1","text":"慢"}`)
	if again.status != http.StatusOK || !strings.Contains(again.body, "来了") {
		t.Errorf("again = %d %s, want the reply", again.status, again.body)
	}
}

func TestChoiceIsKeptWithItsLabel(t *testing.T) {
	t.Parallel()
	p := serve(t, webchat.Options{})
	if got := p.do(http.MethodPost, p.path("/messages"), `{"client_id":"c1","choice":"b50-100"}`); got.status != http.StatusAccepted {
		t.Fatalf("choice = %d %s", got.status, got.body)
	}
	in := p.store.kept()[1]
	if in.Kind != bot.KindChoice || in.Choice != "b50-100" || in.Text != "50–100 万元" {
		t.Errorf("inbound = %+v", in)
	}
}

func TestContactReadsAndErasesTheirData(t *testing.T) {
	t.Parallel()
	p := serve(t, webchat.Options{})
	p.do(http.MethodPost, p.path("/messages?wait=5s"), `{"client_id":"c1","text":"带材开裂"}`)

	var list struct{ Messages []struct{ ID, Text string } }
	p.do(http.MethodGet, p.path("/messages"), "").into(&list)
	if len(list.Messages) != 3 {
		t.Fatalf("messages = %+v, want 3", list.Messages)
	}
	var later struct{ Messages []struct{ ID, Text string } }
	p.do(http.MethodGet, p.path("/messages?after="+list.Messages[1].ID), "").into(&later)
	if len(later.Messages) != 1 || later.Messages[0] != list.Messages[2] {
		t.Errorf("messages after the second = %+v", later.Messages)
	}
	if got := p.do(http.MethodGet, p.path("/record"), "").body; got != `{"needs":[{"schema":"tanxu.need/1","id":"n1"}]}` {
		t.Errorf("record = %s", got)
	}
	export := p.do(http.MethodGet, p.path("/export"), "")
	var all map[string]json.RawMessage
	export.into(&all)
	if !strings.Contains(export.body, "赣江铜业") || !strings.Contains(export.body, "带材开裂") || all["needs"] == nil {
		t.Errorf("export = %s", export.body)
	}
	if got := p.do(http.MethodDelete, p.path(""), ""); got.status != http.StatusNoContent {
		t.Errorf("erase = %d %s", got.status, got.body)
	}
	if got := p.do(http.MethodGet, p.path("/record"), ""); got.status != http.StatusUnauthorized {
		t.Errorf("record after erasure = %d, want 401", got.status)
	}
}

func TestDatabaseDownAcknowledgesNothing(t *testing.T) {
	t.Parallel()
	p := serve(t, webchat.Options{})
	p.store.setDown(true)
	calls := map[string][2]string{
		"open":    {http.MethodPost, ""},
		"message": {http.MethodPost, p.path("/messages?wait=1s")},
		"read":    {http.MethodGet, p.path("/messages")},
	}
	for name, call := range calls {
		body := `{"client_id":"c9","text":"在吗"}`
		if name == "open" {
			body = `{"invite":"demo"}`
		}
		got := p.do(call[0], call[1], body)
		if got.status != http.StatusServiceUnavailable || got.code() != "unavailable" || got.header.Get("Retry-After") == "" {
			t.Errorf("%s = %d %s, want 503 with Retry-After", name, got.status, got.body)
		}
	}
	if n := len(p.store.kept()); n != 1 {
		t.Errorf("%d messages kept, want the start only", n)
	}
	p.store.setDown(false)
	if got := p.do(http.MethodPost, p.path("/messages?wait=5s"), `{"client_id":"c9","text":"在吗"}`); got.status != http.StatusOK {
		t.Errorf("after recovery = %d %s", got.status, got.body)
	}
}

func TestSendGivesAReceipt(t *testing.T) {
	t.Parallel()
	c := webchat.New(&bottest.Inbox{}, &store{}, webchat.Options{})
	got, err := c.Send(t.Context(), bot.Outbound{Chat: "nobody listens", ID: "m7"})
	if err != nil || got.ID != "m7" {
		t.Errorf("Send() = %v, %v", got, err)
	}
}
