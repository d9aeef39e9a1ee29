package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"tanxu/demo"
	"tanxu/eval"
	"tanxu/internal/fakeopenai"
	"tanxu/internal/faketelegram"
	"tanxu/internal/pgtest"
	"tanxu/need"
	"tanxu/need/record"
	"tanxu/postgres"
)

// start runs the whole service on a database and a port of its own until the
// test ends, with the demo's centre and library, and returns it with its address.
func start(t testing.TB, change func(*config)) (*app, string) {
	t.Helper()
	cfg := defaults()
	cfg.Addr, cfg.Dev, cfg.State, cfg.Models = "127.0.0.1:0", true, t.TempDir(), t.TempDir()
	cfg.DrainTime = 5 * time.Second
	cfg.BaseURL = "http://127.0.0.1"
	if change != nil {
		change(&cfg)
	}
	a, err := newApp(t.Context(), cfg, pgtest.DB(t), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	if err := demo.Load(t.Context(), a.store, a.library); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	addr, done := make(chan string, 1), make(chan error, 1)
	go func() {
		done <- a.serve(ctx, func(_ context.Context, at string) error { addr <- at; return nil })
	}()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("serve() = %v", err)
		}
	})
	select {
	case at := <-addr:
		return a, "http://" + at
	case err := <-done:
		t.Fatalf("serve() = %v", err)
		return nil, ""
	}
}

func boilerFirm() eval.Persona {
	said := func(id, field, text string) eval.Fact {
		return eval.Fact{ID: id, Field: field, Fact: text, Say: text, Disclose: "asked"}
	}
	return eval.Persona{
		ID: "boiler", Firm: "赣水锅炉（虚构）", Role: "技术部长",
		Opening: "我们做燃气锅炉，氮氧化物老是超标，环保要罚款了，想找人一起改燃烧器。",
		Facts: []eval.Fact{
			said("f1", "scene", "10吨的燃气蒸汽锅炉，一年生产120台，用在食品厂和印染厂。"),
			said("f2", "indicator", "氮氧化物排放现在80mg/m³，要降到30mg/m³以下，满负荷测。"),
			said("f3", "indicator", "热效率现在92%，不低于94%。"),
			said("f4", "tried", "试过烟气再循环，振动大就停了。"),
			said("f5", "constraint", "炉膛尺寸不能改。"),
			said("f6", "foundation", "有一台试验锅炉和烟气分析仪。"),
			said("f7", "deadline", "明年6月底之前。"),
			said("f8", "budget", "80到100万。"),
			said("f9", "coop_mode", "想合作研发。"),
			said("f10", "ip_terms", "成果共有。"),
			said("f11", "confidentiality", "可以公开。"),
		},
	}
}

func TestAnInterviewBecomesAReviewedAndMatchedNeed(t *testing.T) {
	t.Parallel()
	a, base := start(t, nil)
	chat := &eval.HTTPChat{Base: base, Invite: "demo-gz"}
	s, err := eval.Interview(t.Context(), boilerFirm(), chat)
	if err != nil || s.Status != "done" || !s.ReadBack || s.Repeats != 0 {
		t.Fatalf("Interview() = status %s, read back %v, %d repeats, %v", s.Status, s.ReadBack, s.Repeats, err)
	}
	needs, err := chat.Needs(t.Context())
	if err != nil || len(needs) != 1 {
		t.Fatalf("Needs() = %d, %v", len(needs), err)
	}
	got := needs[0]
	row := slices.IndexFunc(got.Indicators, func(r record.Indicator) bool { return strings.Contains(r.Name, "氮氧化物") })
	if row < 0 || got.Indicators[row].Target == nil || got.Indicators[row].Target.Num != 30 {
		t.Errorf("rows = %+v", got.Indicators)
	}
	for key, f := range got.Fields {
		if f.Value != nil && len(f.Evidence) == 0 {
			t.Errorf("field %s has a value without evidence", key)
		}
	}

	_, key, err := a.store.CreateAPIKey(t.Context(), need.Scope{Path: "jx/gz/", Actor: "test"}, postgres.APIKey{
		Centre: "jx/gz/", Name: "test", Scopes: []string{"needs:read", "needs:write"},
	})
	if err != nil {
		t.Fatal(err)
	}
	broker := client{t: t, base: base, auth: "Bearer " + key}
	path := "/api/v1/needs/" + string(got.ID)
	var found struct {
		Stale bool
		Items []struct {
			Achievement struct{ Title, Chain string }
			Reasons     []struct{ Kind string }
		}
	}
	broker.call(http.MethodPost, path+"/matches", "", 200, &found)
	if found.Stale || len(found.Items) != 10 || !strings.Contains(found.Items[0].Achievement.Title, "锅炉") || len(found.Items[0].Reasons) == 0 {
		t.Errorf("matches = %+v", found)
	}
	var detail record.Record
	broker.call(http.MethodGet, path, "", 200, &detail)
	broker.call(http.MethodPost, path+"/approve", "", 428, nil)
	broker.ifMatch = `"1"`
	broker.call(http.MethodPost, path+"/approve", "", 412, nil)
	broker.ifMatch = fmt.Sprintf("%q", fmt.Sprint(detail.Version))
	broker.call(http.MethodPost, path+"/approve", "", 200, &detail)
	if detail.Status != "published" {
		t.Errorf("status = %s", detail.Status)
	}
}

// client calls the API.
type client struct {
	t                   *testing.T
	base, auth, ifMatch string
}

func (c client) call(method, path, body string, want int, out any) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Authorization", c.auth)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.ifMatch != "" {
		req.Header.Set("If-Match", c.ifMatch)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if resp.StatusCode != want {
		c.t.Fatalf("%s %s = %d %s, want %d", method, path, resp.StatusCode, text, want)
	}
	if out != nil {
		if err := json.Unmarshal(text, out); err != nil {
			c.t.Fatalf("%s %s: %v", method, path, err)
		}
	}
}

// telegramChat hears what the bot says to one chat of the emulator.
type telegramChat struct {
	tg   *faketelegram.Server
	id   int64
	seen int
}

// next waits until the bot has said something new.
func (c *telegramChat) next(ctx context.Context) []faketelegram.Sent {
	all := c.tg.Wait(ctx, c.id, c.seen+1)
	fresh := all[min(c.seen, len(all)):]
	c.seen = len(all)
	return fresh
}

func TestAnInterviewOverTelegram(t *testing.T) {
	t.Parallel()
	tg := faketelegram.New("1:test")
	server := httptest.NewServer(tg)
	t.Cleanup(server.Close)
	a, _ := start(t, func(c *config) { c.TelegramToken, c.TelegramAPI = "1:test", server.URL })
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	// The first try of the greeting is refused: it must come all the same.
	tg.Fail("sendMessage", faketelegram.Fault{Status: 429, RetryAfter: 1, Text: "Too Many Requests"})

	c := &telegramChat{tg: tg, id: 42}
	tg.Say(c.id, "zh-hans", "/start demo-nc")
	hello := c.next(ctx)
	if len(hello) == 0 || len(hello[len(hello)-1].Buttons) == 0 {
		t.Fatalf("greeting = %+v", hello)
	}
	consent := hello[len(hello)-1]
	tg.Press(c.id, consent.ID, consent.Buttons[0].Data)
	c.next(ctx)
	answers := []string{
		"我们做燃气锅炉，氮氧化物老是超标，想改燃烧器", "10吨燃气蒸汽锅炉，一年120台",
		"氮氧化物现在80mg/m³，要降到30mg/m³以下", "/skip", "/status", "先到这吧，就按这些提交",
	}
	var last faketelegram.Sent
	for _, text := range answers {
		tg.Say(c.id, "zh-hans", text)
		said := c.next(ctx)
		if len(said) == 0 {
			t.Fatalf("no answer to %q", text)
		}
		last = said[len(said)-1]
	}
	if !strings.Contains(last.Text, "80") || len(last.Buttons) == 0 {
		t.Fatalf("no read-back after the last words: %+v", last)
	}
	tg.Press(c.id, last.ID, last.Buttons[0].Data)
	c.next(ctx)

	list, _, err := a.store.Needs(ctx, a.store.Root(), postgres.NeedFilter{}, postgres.Page{})
	if err != nil || len(list) != 1 || list[0].Status != need.StatusReview || list[0].Centre != "jx/nc/" {
		t.Fatalf("Needs() = %+v, %v", list, err)
	}
}

func TestTheInterviewGoesOnWhenTheModelDies(t *testing.T) {
	t.Parallel()
	model, err := fakeopenai.Start(fakeopenai.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(model.Close)
	_, base := start(t, func(c *config) { c.LLMBaseURL, c.LLMModel = model.URL, "scripted" })
	chat := &dyingChat{HTTPChat: &eval.HTTPChat{Base: base, Invite: "demo"}, after: 3, kill: model.Close}
	s, err := eval.Interview(t.Context(), boilerFirm(), chat)
	if err != nil || s.Status != "done" {
		t.Fatalf("Interview() = %s, %v", s.Status, err)
	}
	if len(model.Requests()) == 0 {
		t.Error("the model was never asked")
	}
}

// dyingChat kills something after some turns.
type dyingChat struct {
	*eval.HTTPChat
	after int
	kill  func()
}

func (c *dyingChat) Say(ctx context.Context, text string) (eval.Heard, error) {
	if c.after--; c.after == 0 {
		c.kill()
	}
	return c.HTTPChat.Say(ctx, text)
}

func TestTerminal(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	term, err := newTerminal(defaults(), "zh", &out)
	if err != nil {
		t.Fatal(err)
	}
	lines := "同意\n我们做燃气锅炉，氮氧化物老是超标\n先到这吧，就按这些提交\n确认无误\n"
	if err := term.run(t.Context(), strings.NewReader(lines)); err != nil {
		t.Fatal(err)
	}
	file := t.TempDir() + "/need.json"
	if err := term.record(file); err != nil || term.open() {
		t.Errorf("record() = %v; open %v; said %s", err, term.open(), out.String())
	}
}
