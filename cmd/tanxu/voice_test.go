package main

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tanxu/internal/fakeopenai"
	"tanxu/internal/faketelegram"
	"tanxu/need"
	"tanxu/postgres"
)

const heardWrong = "我们做同合金带材，导电率只有76%IACS，想做到80%IACS以上。"

// ears is an endpoint that hears in each recording what says gives.
func ears(t *testing.T, says string) *fakeopenai.Server {
	t.Helper()
	s, err := fakeopenai.Start(fakeopenai.Options{Key: "k", Transcript: func(fakeopenai.Request) string { return says }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func listening(to *fakeopenai.Server) func(*config) {
	return func(c *config) {
		c.TranscribeModel, c.TranscribeBaseURL, c.TranscribeAPIKey = "whisper-1", to.URL, "k"
		c.LLMTimeout = 300 * time.Millisecond
	}
}

// webCaller is a contact in the web chat.
type webCaller struct {
	client

	a  *app
	id need.ConversationID
}

func call(t *testing.T, a *app, base string) *webCaller {
	t.Helper()
	c := &webCaller{client: client{t: t, base: base}, a: a}
	var session struct {
		ID    need.ConversationID `json:"session_id"`
		Token string              `json:"token"`
	}
	c.call(http.MethodPost, "/api/v1/chat/sessions", `{"invite":"demo-gz","consent":true,"lang":"zh"}`, http.StatusCreated, &session)
	c.id, c.auth = session.ID, "Bearer "+session.Token
	return c
}

// speak sends a recording and returns the conversation once it is answered.
func (c *webCaller) speak(sound string) postgres.View {
	c.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "语音.ogg")
	if err != nil {
		c.t.Fatal(err)
	}
	fmt.Fprint(part, "OggS"+sound)
	form.Close()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.base+"/api/v1/chat/sessions/"+string(c.id)+"/files", &body)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Authorization", c.auth)
	req.Header.Set("Content-Type", form.FormDataContentType())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusAccepted {
		c.t.Fatalf("status %d", resp.StatusCode)
	}
	return c.answered()
}

func (c *webCaller) say(id, text string) postgres.View {
	c.t.Helper()
	c.call(http.MethodPost, "/api/v1/chat/sessions/"+string(c.id)+"/messages?wait=30s",
		fmt.Sprintf(`{"client_id":%q,"text":%q}`, id, text), http.StatusOK, nil)
	return c.answered()
}

func (c *webCaller) answered() postgres.View {
	c.t.Helper()
	signals, cancel := c.a.store.Subscribe(c.id)
	defer cancel()
	limit, again := time.After(40*time.Second), time.NewTicker(100*time.Millisecond)
	defer again.Stop()
	for {
		v, err := c.a.store.View(c.t.Context(), c.a.store.Root(), c.id, "")
		if err != nil {
			c.t.Fatal(err)
		}
		if len(v.Unread) == 0 {
			return v
		}
		select {
		case <-signals:
		case <-again.C:
		case <-limit:
			c.t.Fatal("no answer")
		}
	}
}

// lastSaid is what the bot has said since the contact's last message.
func lastSaid(v postgres.View) string {
	text := ""
	for _, m := range v.Messages {
		if text += m.Text + "\n"; m.From == "contact" {
			text = ""
		}
	}
	return text
}

func TestAVoiceNoteIsHeardShownAndCorrected(t *testing.T) {
	t.Parallel()
	a, base := start(t, listening(ears(t, heardWrong)))
	c := call(t, a, base)
	v := c.speak("…")
	if said := lastSaid(v); !strings.HasPrefix(said, "我听到的是：“我们做同合金带材，导电率只有76%IACS") || !strings.Contains(said, "上一条改为") {
		t.Fatalf("said %s", said)
	}
	var note postgres.Message
	for _, m := range v.Messages {
		if m.Kind == "voice" {
			note = m
		}
	}
	if note.Text != heardWrong || note.Document == nil {
		t.Fatalf("message %+v", note)
	}
	d, sound, err := a.store.Document(t.Context(), a.store.Root(), *note.Document)
	if err != nil || d.Name != "语音.ogg" || string(sound) != "OggS…" {
		t.Errorf("recording %+v %q, %v", d, sound, err)
	}
	row := c.row()
	if e := row.Evidence[0]; e.Ref != "message:"+string(note.ID) || string([]rune(heardWrong)[e.Start:e.End]) != e.Quote {
		t.Errorf("evidence %+v does not stand in the transcript", e)
	}
	c.say("1", "上一条改为：我们做铜合金带材，导电率只有67%IACS，想做到80%IACS以上。")
	if row := c.row(); row.Current == nil || row.Current.Num != 67 {
		t.Errorf("row %+v", row)
	}
}

// row is the one row of indicators of the one need.
func (c *webCaller) row() *need.Indicator {
	c.t.Helper()
	v := c.answered()
	if len(v.Conversation.Needs) != 1 {
		c.t.Fatalf("%d needs", len(v.Conversation.Needs))
	}
	events, err := c.a.store.NeedEvents(c.t.Context(), c.a.store.Root(), v.Conversation.Needs[0])
	if err != nil {
		c.t.Fatal(err)
	}
	n := need.Fold(v.Conversation.Needs[0], events)
	if len(n.Indicators) != 1 || len(n.Indicators[0].Evidence) == 0 {
		c.t.Fatalf("rows %+v", n.Indicators)
	}
	return n.Indicators[0]
}

func TestAVoiceNoteThatNobodyHearsIsKept(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		mode fakeopenai.Fault
		says string
		want string
	}{
		"no model":  {fakeopenai.NoSuchModel, heardWrong, "转不成文字"},
		"down":      {fakeopenai.Unavailable, heardWrong, "转不成文字"},
		"hangs":     {fakeopenai.Hang, heardWrong, "转不成文字"},
		"runs away": {fakeopenai.Huge, heardWrong, "转不成文字"},
		"silence":   {fakeopenai.OK, " ", "没听出"},
		"too long":  {fakeopenai.OK, strings.Repeat("导电率一直上不去，", 3000), "太长"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := ears(t, tt.says)
			e.SetMode(fakeopenai.Mode{Fault: tt.mode})
			a, base := start(t, listening(e))
			c := call(t, a, base)
			v := c.speak("…")
			if said := lastSaid(v); !strings.Contains(said, tt.want) {
				t.Errorf("said %s", said)
			}
			for _, m := range v.Messages {
				if m.From == "contact" && m.Kind != "start" && m.Document == nil {
					t.Errorf("the recording of %+v is gone", m)
				}
			}
			if said := lastSaid(c.say("1", "我们做铜合金带材，导电率只有76%IACS，想做到80%IACS以上。")); said == "" {
				t.Error("no answer to typed words")
			}
			c.row()
		})
	}
	t.Run("no endpoint", func(t *testing.T) {
		t.Parallel()
		a, base := start(t, nil)
		if said := lastSaid(call(t, a, base).speak("…")); !strings.Contains(said, "听不了语音") {
			t.Errorf("said %s", said)
		}
	})
}

func TestAVoiceNoteOverTelegram(t *testing.T) {
	t.Parallel()
	tg := faketelegram.New("1:test")
	server := httptest.NewServer(tg)
	t.Cleanup(server.Close)
	e := ears(t, heardWrong)
	_, _ = start(t, func(c *config) {
		listening(e)(c)
		c.TelegramToken, c.TelegramAPI = "1:test", server.URL
	})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	c := &telegramChat{tg: tg, id: 42}
	tg.Say(c.id, "zh-hans", "/start demo-nc")
	hello := c.next(ctx)
	tg.Voice(c.id, []byte("OggS early"))
	if again := c.next(ctx); len(again) == 0 || len(e.Requests()) != 0 {
		t.Fatalf("before consent: said %+v, %d calls", again, len(e.Requests()))
	}
	consent := hello[len(hello)-1]
	tg.Press(c.id, consent.ID, consent.Buttons[0].Data)
	c.next(ctx)
	tg.Voice(c.id, []byte("OggS later"))
	said := c.next(ctx)
	if len(said) == 0 || !strings.HasPrefix(said[0].Text, "我听到的是：") {
		t.Fatalf("said %+v", said)
	}
	if calls := e.Requests(); len(calls) != 1 || string(calls[0].Body) != "OggS later" || !strings.HasSuffix(calls[0].User, ".ogg") {
		t.Errorf("%d calls", len(calls))
	}
}
