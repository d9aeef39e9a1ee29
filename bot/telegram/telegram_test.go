package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"tanxu/bot"
	"tanxu/bot/telegram"
	"tanxu/internal/faketelegram"
	"tanxu/need"
)

const (
	token = "7001:SECRET-PART"
	chat  = int64(42)
)

// inbox remembers what it took; err, when set, is given for the next messages.
type inbox struct {
	mu   sync.Mutex
	got  []bot.Inbound
	errs []error
	took chan bot.Inbound
}

func (i *inbox) Accept(_ context.Context, in bot.Inbound) (bot.Accepted, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.errs) > 0 {
		err := i.errs[0]
		i.errs = i.errs[1:]
		return bot.Accepted{}, err
	}
	for _, old := range i.got {
		if old.ID == in.ID {
			return bot.Accepted{Duplicate: true}, nil
		}
	}
	i.got = append(i.got, in)
	i.took <- in
	return bot.Accepted{}, nil
}

type fixture struct {
	tg  *faketelegram.Server
	in  *inbox
	ch  *telegram.Channel
	log *bytes.Buffer
}

func start(t *testing.T, cfg telegram.Config) fixture {
	t.Helper()
	f := fixture{tg: faketelegram.New(token), in: &inbox{took: make(chan bot.Inbound, 100)}, log: &bytes.Buffer{}}
	server := httptest.NewServer(f.tg)
	t.Cleanup(server.Close)
	cfg.Token, cfg.API, cfg.Backoff = token, server.URL, 10*time.Millisecond
	cfg.Log = slog.New(slog.NewTextHandler(&lockedWriter{w: f.log}, &slog.HandlerOptions{Level: slog.LevelDebug}))
	ch, err := telegram.New(cfg, f.in)
	if err != nil {
		t.Fatal(err)
	}
	f.ch = ch
	return f
}

type lockedWriter struct {
	mu sync.Mutex
	w  *bytes.Buffer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

// poll runs the channel until the test ends.
func (f fixture) poll(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := f.ch.Run(ctx); err != nil {
			t.Errorf("Run() = %v", err)
		}
	}()
	t.Cleanup(func() { cancel(); <-done })
}

func (f fixture) next(t *testing.T) bot.Inbound {
	t.Helper()
	select {
	case in := <-f.in.took:
		return in
	case <-time.After(10 * time.Second):
		t.Fatal("nothing arrived")
		return bot.Inbound{}
	}
}

func TestPollTakesEveryKindOfMessage(t *testing.T) {
	t.Parallel()
	f := start(t, telegram.Config{})
	f.poll(t)

	f.tg.Say(chat, "zh-hans", "/start demo")
	if in := f.next(t); in.Kind != bot.KindStart || in.Invite != "demo" || in.Chat != "42" || in.Lang != "zh" || in.Name != "王工" {
		t.Errorf("start = %+v", in)
	}
	id := f.tg.Say(chat, "en", "导电率只有76%IACS")
	said := f.next(t)
	if said.Kind != bot.KindText || said.Text != "导电率只有76%IACS" || said.Lang != "en" {
		t.Errorf("text = %+v", said)
	}
	f.tg.Edit(chat, id, "导电率只有77%IACS")
	if in := f.next(t); in.Kind != bot.KindEdit || in.EditOf != said.ID || in.ID == said.ID || in.Text != "导电率只有77%IACS" {
		t.Errorf("edit = %+v", in)
	}
	f.tg.Press(chat, 1, "b50-100")
	if in := f.next(t); in.Kind != bot.KindChoice || in.Choice != "b50-100" {
		t.Errorf("choice = %+v", in)
	}
	f.tg.Sticker(chat)
	if in := f.next(t); in.Kind != bot.KindUnsupported || in.Text != "sticker" {
		t.Errorf("sticker = %+v", in)
	}
	if f.tg.Calls("answerCallbackQuery") != 1 {
		t.Error("the pressed button was not answered")
	}
	if !strings.Contains(f.tg.Commands(""), "转人工") || !strings.Contains(f.tg.Commands("en"), "talk to a person") {
		t.Error("the menu is not set in both languages")
	}
}

func TestPollConfirmsOnlyWhatTheInboxTook(t *testing.T) {
	t.Parallel()
	f := start(t, telegram.Config{})
	down := need.Errorf(need.Unavailable, "database", "database is down")
	f.in.errs = []error{down, down}
	f.tg.Fail("getUpdates", faketelegram.Fault{Status: 502, Text: "<html>Bad Gateway</html>"})
	f.tg.Say(chat, "zh", "第一条")
	f.tg.Say(chat, "zh", "第二条")
	f.poll(t)
	if a, b := f.next(t), f.next(t); a.Text != "第一条" || b.Text != "第二条" {
		t.Errorf("took %q, %q", a.Text, b.Text)
	}
}

func TestPollLetsGoOfWhatIsRefused(t *testing.T) {
	t.Parallel()
	f := start(t, telegram.Config{})
	f.in.errs = []error{need.Errorf(need.NotFound, "invite_unknown", "no invitation")}
	f.poll(t)
	f.tg.Say(chat, "zh", "/start gone")
	f.tg.Say(chat, "zh", "你好")
	if in := f.next(t); in.Text != "你好" {
		t.Errorf("took %+v", in)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if sent := f.tg.Wait(ctx, chat, 1); len(sent) != 1 || !strings.Contains(sent[0].Text, "邀请链接") {
		t.Errorf("sent %+v", sent)
	}
}

func TestWebhook(t *testing.T) {
	t.Parallel()
	f := start(t, telegram.Config{Webhook: "set below", Secret: "s3cret"})
	hook := httptest.NewServer(f.ch.Handler())
	t.Cleanup(hook.Close)
	f.in.errs = []error{need.Errorf(need.Unavailable, "database", "database is down")}

	tests := map[string]struct {
		secret, body string
		want         int
	}{
		"no secret":     {"", `{"update_id":1}`, 401},
		"wrong secret":  {"guess", `{"update_id":1}`, 401},
		"no JSON":       {"s3cret", `hello`, 400},
		"too large":     {"s3cret", `{"x":"` + strings.Repeat("a", 1<<20) + `"}`, 413},
		"a channel":     {"s3cret", `{"update_id":1,"channel_post":{"message_id":1}}`, 200},
		"a group":       {"s3cret", `{"update_id":1,"message":{"message_id":1,"chat":{"id":-1,"type":"group"},"from":{"id":1},"text":"x"}}`, 200},
		"not an update": {"s3cret", `{}`, 200},
	}
	for name, tt := range tests {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, hook.URL, strings.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", tt.secret)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != tt.want {
			t.Errorf("%s: status %d, want %d", name, resp.StatusCode, tt.want)
		}
	}
}

func TestWebhookIsRetriedUntilTaken(t *testing.T) {
	t.Parallel()
	var ch *telegram.Channel
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { ch.Handler().ServeHTTP(w, r) }))
	t.Cleanup(hook.Close)
	f := start(t, telegram.Config{Webhook: hook.URL, Secret: "s3cret"})
	ch = f.ch
	f.in.errs = []error{need.Errorf(need.Unavailable, "database", "database is down")}
	if err := ch.SetUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go f.tg.Deliver(ctx, hook.Client())
	f.tg.Say(chat, "zh", "你好")
	if in := f.next(t); in.Text != "你好" {
		t.Errorf("took %+v", in)
	}
}

func TestSendSortsErrors(t *testing.T) {
	t.Parallel()
	retry := func(err error) bool { _, ok := errors.AsType[*bot.RetryError](err); return ok }
	terminal := func(err error) bool { return errors.Is(err, bot.ErrTerminal) }
	ambiguous := func(err error) bool { return err != nil && !retry(err) && !terminal(err) }
	tests := map[string]struct {
		fault faketelegram.Fault
		want  func(error) bool
	}{
		"too many requests": {faketelegram.Fault{Status: 429, RetryAfter: 7, Text: "Too Many Requests"}, func(err error) bool {
			e, ok := errors.AsType[*bot.RetryError](err)
			return ok && e.After == 7*time.Second
		}},
		"server error":            {faketelegram.Fault{Status: 500, Text: "Internal Server Error"}, retry},
		"bad gateway":             {faketelegram.Fault{Status: 502, Text: "<html>"}, ambiguous},
		"blocked by the person":   {faketelegram.Fault{Status: 403, Text: "Forbidden: bot was blocked by the user"}, terminal},
		"chat gone":               {faketelegram.Fault{Status: 400, Text: "Bad Request: chat not found"}, terminal},
		"cut after it was taken":  {faketelegram.Fault{After: true, Close: true}, ambiguous},
		"no answer within limits": {faketelegram.Fault{After: true, Hang: time.Minute}, ambiguous},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t, telegram.Config{})
			f.tg.Fail("sendMessage", tt.fault)
			ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
			defer cancel()
			_, err := f.ch.Send(ctx, bot.Outbound{Chat: "42", Text: "您好"})
			if !tt.want(err) {
				t.Errorf("Send() = %v", err)
			}
		})
	}
}

func TestSendToNobodyListening(t *testing.T) {
	t.Parallel()
	f := start(t, telegram.Config{})
	gone := httptest.NewServer(nil)
	gone.Close()
	ch, err := telegram.New(telegram.Config{Token: token, API: gone.URL}, f.in)
	if err != nil {
		t.Fatal(err)
	}
	_, err = ch.Send(t.Context(), bot.Outbound{Chat: "42", Text: "您好"})
	if _, ok := errors.AsType[*bot.RetryError](err); !ok {
		t.Errorf("Send() = %v, want a RetryError", err)
	}
	if strings.Contains(err.Error(), "SECRET-PART") {
		t.Errorf("the token stands in %q", err)
	}
}

func TestTheTokenIsNeverLogged(t *testing.T) {
	t.Parallel()
	f := start(t, telegram.Config{})
	f.tg.Fail("getUpdates", faketelegram.Fault{Close: true}, faketelegram.Fault{Status: 500, Text: "x"})
	f.tg.Fail("setMyCommands", faketelegram.Fault{Close: true})
	f.tg.Say(chat, "zh", "你好")
	f.poll(t)
	f.next(t)
	if strings.Contains(f.log.String(), "SECRET-PART") {
		t.Error("the token stands in the log")
	}
	if !strings.Contains(f.log.String(), "telegram poll") {
		t.Error("the failed polls are not logged")
	}
}

func TestSendSplitsLongTextsAndKeepsButtonsLast(t *testing.T) {
	t.Parallel()
	f := start(t, telegram.Config{})
	sentence := "这是一句要说给您听的话，里面有一个表情😀。"
	out := bot.Outbound{
		Chat: "42", Text: strings.Repeat(sentence, 400),
		Choices: []bot.Choice{{ID: "confirm", Label: "确认无误"}, {ID: "fix", Label: "有要改的"}},
		Card:    &bot.Card{Title: "请核对", Lines: []bot.CardLine{{Number: 1, Label: "完成时限", Value: "12 个月"}}},
	}
	receipt, err := f.ch.Send(t.Context(), out)
	if err != nil || receipt.ID == "" {
		t.Fatalf("Send() = %+v, %v", receipt, err)
	}
	sent := f.tg.Sent(chat)
	var all strings.Builder
	for i, m := range sent {
		all.WriteString(m.Text)
		if last := i == len(sent)-1; last != (len(m.Buttons) == 2) {
			t.Errorf("message %d of %d has %d buttons", i+1, len(sent), len(m.Buttons))
		}
		if i < len(sent)-1 && !strings.HasSuffix(m.Text, "。") {
			t.Errorf("message %d ends amid a sentence: …%s", i+1, m.Text[len(m.Text)-30:])
		}
	}
	if n := strings.Count(all.String(), "😀"); n != 400 || !strings.Contains(all.String(), "1. 完成时限：12 个月") {
		t.Errorf("%d of 400 sentences arrived; ends %q", n, sent[len(sent)-1].Text)
	}
}
