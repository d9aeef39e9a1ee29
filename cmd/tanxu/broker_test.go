package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tanxu/internal/faketelegram"
	"tanxu/need"
	"tanxu/postgres"
)

// talk is a contact's end of a conversation, in whatever channel.
type talk struct {
	t   *testing.T
	a   *app
	id  need.ConversationID
	say func(text string)
	// heard is all that the other side has said, oldest first.
	heard func() []string
}

// view waits until ok holds of the conversation.
func (k *talk) view(why string, ok func(postgres.View) bool) postgres.View {
	k.t.Helper()
	signals, cancel := k.a.store.Subscribe(k.id)
	defer cancel()
	limit, again := time.After(40*time.Second), time.NewTicker(50*time.Millisecond)
	defer again.Stop()
	for {
		v, err := k.a.store.View(k.t.Context(), k.a.store.Root(), k.id, "")
		if err != nil {
			k.t.Fatal(err)
		}
		if ok(v) {
			return v
		}
		select {
		case <-signals:
		case <-again.C:
		case <-limit:
			k.t.Fatalf("%s: waited in vain; heard %q", why, k.heard())
		}
	}
}

// settled waits until everything is read and sent.
func (k *talk) settled() postgres.View {
	k.t.Helper()
	return k.view("settled", func(v postgres.View) bool {
		for _, m := range v.Messages {
			if m.Delivery != nil && *m.Delivery != "sent" {
				return false
			}
		}
		return len(v.Unread) == 0
	})
}

// tells says something and returns what is heard since.
func (k *talk) tells(text string) []string {
	k.t.Helper()
	k.settled()
	before := len(k.heard())
	k.say(text)
	k.settled()
	return k.heard()[before:]
}

// hears waits for n more messages after what happens.
func (k *talk) hears(n int, happens func()) []string {
	k.t.Helper()
	k.settled()
	before := len(k.heard())
	happens()
	k.view("hears", func(postgres.View) bool { return len(k.heard()) >= before+n })
	k.settled()
	return k.heard()[before:]
}

func webTalk(t *testing.T) *talk {
	a, base := start(t, nil)
	c := join(t, base, "demo-gz", "true")
	k := &talk{t: t, a: a, id: need.ConversationID(c.Session), say: c.say}
	k.heard = func() []string {
		var got struct {
			Messages []struct{ From, Text string }
		}
		c.call(http.MethodGet, "/api/v1/chat/sessions/"+c.Session+"/messages", "", 200, &got)
		var list []string
		for _, m := range got.Messages {
			if m.From != "contact" {
				list = append(list, m.Text)
			}
		}
		return list
	}
	return k
}

func telegramTalk(t *testing.T) *talk {
	tg := faketelegram.New("1:test")
	server := httptest.NewServer(tg)
	t.Cleanup(server.Close)
	a, _ := start(t, func(c *config) { c.TelegramToken, c.TelegramAPI = "1:test", server.URL })
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	const chat = 42
	tg.Say(chat, "zh-hans", "/start demo-gz")
	hello := tg.Wait(ctx, chat, 1)
	tg.Press(chat, hello[0].ID, hello[0].Buttons[0].Data)
	tg.Wait(ctx, chat, 2)
	list, _, err := a.store.Conversations(ctx, a.store.Root(), postgres.ConversationFilter{}, postgres.Page{})
	if err != nil || len(list) != 1 {
		t.Fatalf("%d conversations, %v", len(list), err)
	}
	k := &talk{t: t, a: a, id: list[0].ID}
	k.heard = func() []string {
		var list []string
		for _, m := range tg.Sent(chat) {
			list = append(list, m.Text)
		}
		return list
	}
	k.say = func(text string) {
		tg.Say(chat, "zh-hans", text)
		k.view("accepted", func(v postgres.View) bool {
			last := ""
			for _, m := range v.Messages {
				if m.From == "contact" {
					last = m.Text
				}
			}
			return last == text
		})
	}
	return k
}

func TestABrokerTakesOverAndTheRecordFills(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(*testing.T) *talk{"web chat": webTalk, "telegram": telegramTalk} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := open(t)
			lee := need.Scope{Path: "jx/gz/", Actor: "broker:7"}
			line := func(text string) postgres.Line { return func(string) string { return text } }
			k.tells("我们做燃气锅炉，氮氧化物老是超标，想改燃烧器。")
			said := k.hears(2, func() {
				if _, err := k.a.store.TakeOver(t.Context(), lee, k.id, line("技术经纪人小李已接入")); err != nil {
					t.Fatal(err)
				}
				if _, err := k.a.store.BrokerSay(t.Context(), lee, k.id, "王工，预算大概多少？", line("")); err != nil {
					t.Fatal(err)
				}
			})
			if strings.Join(said, "|") != "技术经纪人小李已接入|王工，预算大概多少？" {
				t.Errorf("at the takeover: %q", said)
			}
			for _, words := range []string{"50到80万元。", "氮氧化物现在80mg/m³，要降到30mg/m³以下。", "转人工", "明年6月底之前。"} {
				if said := k.tells(words); len(said) > 0 {
					t.Errorf("while a broker speaks the bot answers %q by %q", words, said)
				}
			}
			n := k.need()
			if b := n.Field(need.KeyBudget); len(b.Items) != 1 || !strings.HasPrefix(b.Items[0].Evidence[0].Ref, "message:") || b.Items[0].Evidence[0].Quote == "" {
				t.Errorf("budget %+v", b)
			}
			if len(n.Indicators) != 1 || n.Indicators[0].Target == nil || n.Indicators[0].Target.Num != 30 {
				t.Errorf("rows %+v", n.Indicators)
			}
			said = k.hears(2, func() {
				if _, err := k.a.store.Release(t.Context(), lee, k.id, line("已交还给小助手")); err != nil {
					t.Fatal(err)
				}
			})
			if said[0] != "已交还给小助手" || !strings.Contains(said[1], "不再重问") || strings.Contains(said[1], "花多少") {
				t.Errorf("at the hand-back: %q", said)
			}
		})
	}
}

// need is the one need of the talk, as its events add up.
func (k *talk) need() *need.Need {
	k.t.Helper()
	v := k.settled()
	if len(v.Conversation.Needs) != 1 {
		k.t.Fatalf("%d needs", len(v.Conversation.Needs))
	}
	events, err := k.a.store.NeedEvents(k.t.Context(), k.a.store.Root(), v.Conversation.Needs[0])
	if err != nil {
		k.t.Fatal(err)
	}
	return need.Fold(v.Conversation.Needs[0], events)
}

func TestAContactHearsOfAReturnAndOfThePublication(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(*testing.T) *talk{"web chat": webTalk, "telegram": telegramTalk} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := open(t)
			k.tells("我们做燃气锅炉，氮氧化物老是超标，现在80mg/m³，要降到30mg/m³以下，想改燃烧器。")
			k.tells("先到这吧，就按这些提交")
			k.tells("确认无误")
			id := k.need().ID
			said := k.hears(2, func() {
				k.moves(id, need.StatusReturned, need.ReturnNote([]string{"missing_scene"}, "麻烦说说是多大的锅炉。"))
			})
			if !strings.Contains(said[0], "缺应用场景") || !strings.Contains(said[0], "麻烦说说是多大的锅炉") || !strings.Contains(said[1], "？") {
				t.Errorf("at the return: %q", said)
			}
			k.tells("10吨的燃气蒸汽锅炉，一年120台。")
			if scene := k.need().Field(need.KeyScene).Items; len(scene) == 0 || !strings.Contains(fmt.Sprint(scene), "10吨") {
				t.Errorf("the answer is no scene: %+v", scene)
			}
			k.tells("先到这吧，就按这些提交")
			k.tells("确认无误")
			said = k.hears(1, func() { k.moves(id, need.StatusPublished, "") })
			if len(said) != 1 || !strings.Contains(said[0], "审核通过并发布") {
				t.Errorf("at the publication: %q", said)
			}
		})
	}
}

// moves has a broker move a need to another status.
func (k *talk) moves(id need.ID, to need.Status, note string) {
	k.t.Helper()
	by := need.Scope{Path: "jx/gz/", Actor: "broker:7"}
	_, err := k.a.store.ChangeNeed(k.t.Context(), by, id, 0, func(n *need.Need) ([]need.Event, error) {
		return []need.Event{{Kind: need.StatusChanged, At: time.Now(), By: by.Actor, Need: id, To: string(to), Note: note}}, n.Status.Move(to)
	})
	if err != nil {
		k.t.Fatal(err)
	}
}

func TestTheLinesOfACardAreNumberedInTheWebChat(t *testing.T) {
	t.Parallel()
	_, base := start(t, nil)
	c := join(t, base, "demo-gz", "true")
	c.say("我们做燃气锅炉，氮氧化物老是超标，现在80mg/m³，要降到30mg/m³以下，想改燃烧器。")
	c.say("先到这吧，就按这些提交")
	if got := c.sees("/messages"); !strings.Contains(got, `"number":1`) || strings.Contains(got, `"number":0`) {
		t.Errorf("the card is %s", got)
	}
}
