package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"tanxu/bot"
	"tanxu/jobs"
	"tanxu/need"
	"tanxu/postgres"
)

func TestAMessageIsAnswered(t *testing.T) {
	t.Parallel()
	out := newOutlet()
	s := start(t, newEcho(), out, jobs.Options{})
	a := s.write(t, "chat", 1, "导电率只有76%IACS")
	if again := s.write(t, "chat", 1, "导电率只有76%IACS"); !again.Duplicate || again.Message != a.Message {
		t.Errorf("the same message again: %+v", again)
	}
	v := s.until(t, a.Conversation, delivered(1, "sent"))
	if got, want := texts(v), "contact:导电率只有76%IACS|bot:收到：导电率只有76%IACS"; got != want {
		t.Errorf("the conversation is %s, want %s", got, want)
	}
	if len(v.Unread) != 0 || out.texts() != "收到：导电率只有76%IACS" || out.sent[0].Chat != "chat" {
		t.Errorf("unread %v, sent %+v", v.Unread, out.sent)
	}
}

func TestManyChatsOnTwoReplicas(t *testing.T) {
	t.Parallel()
	chats, each := 40, 6
	if testing.Short() {
		chats, each = 10, 4
	}
	url := database(t)
	out := newOutlet()
	s, other := startOn(t, url, newEcho(), out, jobs.Options{Workers: 4}), startOn(t, url, newEcho(), out, jobs.Options{Workers: 4})
	var wg sync.WaitGroup
	ids := make([]need.ConversationID, chats)
	for c := range chats {
		wg.Go(func() {
			for n := range each {
				for copy := range 2 { // each update comes twice
					replica := []*service{s, other}[(n+copy)%2]
					ids[c] = replica.write(t, fmt.Sprint("chat", c), n, fmt.Sprintf("第%d句", n)).Conversation
				}
			}
		})
	}
	wg.Wait()
	for _, id := range ids {
		v := s.until(t, id, delivered(each, "sent"))
		var said, heard []string
		for _, m := range v.Messages {
			if m.From == "bot" {
				said = append(said, m.Text)
			} else {
				heard = append(heard, "收到："+m.Text)
			}
		}
		if strings.Join(said, "|") != strings.Join(heard, "|") {
			t.Errorf("heard %v, said %v", heard, said)
		}
	}
}

func TestAFailedTurnIsTriedAgain(t *testing.T) {
	t.Parallel()
	engine := newEcho()
	s := start(t, engine, newOutlet(), jobs.Options{})
	a := s.write(t, "chat", 1, "先败后成")
	v := s.until(t, a.Conversation, delivered(1, "sent"))
	if got := texts(v); got != "contact:先败后成|bot:收到：先败后成" || engine.count("先败后成") != 3 {
		t.Errorf("after %d tries: %s", engine.count("先败后成"), got)
	}
}

func TestAPoisonedMessageGoesToQuarantine(t *testing.T) {
	t.Parallel()
	for _, poison := range []string{"恐慌", "失败"} {
		t.Run(poison, func(t *testing.T) {
			t.Parallel()
			engine := newEcho()
			s := start(t, engine, newOutlet(), jobs.Options{Overdue: 500 * time.Millisecond, Sweep: 200 * time.Millisecond})
			a := s.write(t, "chat", 1, poison)
			s.write(t, "chat", 2, "良率八成")
			neighbour := s.write(t, "other", 1, "你好")
			began := time.Now()
			s.until(t, neighbour.Conversation, delivered(1, "sent"))
			if d := time.Since(began); d > 5*time.Second {
				t.Errorf("the neighbour waited %v", d)
			}
			v := s.until(t, a.Conversation, delivered(2, "sent"))
			got := texts(v)
			if !strings.Contains(got, "这条没有处理成功，已转给工作人员") || !strings.HasSuffix(got, "bot:收到：良率八成") {
				t.Errorf("the conversation is %s", got)
			}
			if n := engine.count(poison); n != 5 {
				t.Errorf("%d tries, want 5", n)
			}
			events, err := s.store.Events(t.Context(), s.store.Root(), a.Conversation)
			must(t, err)
			if len(events) != 2 || events[0].By != need.System || events[0].Message != a.Message {
				t.Errorf("brokers see %+v", events)
			}
		})
	}
}

func TestAMessageDuringATurnGetsItsOwn(t *testing.T) {
	t.Parallel()
	engine := newEcho()
	s := start(t, engine, newOutlet(), jobs.Options{Lease: 600 * time.Millisecond})
	a := s.write(t, "chat", 1, "等")
	<-engine.began
	s.write(t, "chat", 2, "二")
	s.write(t, "chat", 3, "三")
	lapse := time.After(time.Second) // longer than the lease: it has to be renewed
	<-lapse
	close(engine.hold)
	v := s.until(t, a.Conversation, delivered(3, "sent"))
	if got, want := texts(v), "contact:等|contact:二|contact:三|bot:收到：等|bot:收到：二|bot:收到：三"; got != want {
		t.Errorf("the conversation is %s, want %s", got, want)
	}
	if n := engine.count("等"); n != 1 {
		t.Errorf("the turn ran %d times", n)
	}
}

func TestATakeoverDuringATurn(t *testing.T) {
	t.Parallel()
	engine, out := newEcho(), newOutlet()
	s := start(t, engine, out, jobs.Options{})
	a := s.write(t, "chat", 1, "等")
	<-engine.began
	broker := need.Scope{Path: province, Actor: "broker:7"}
	_, err := s.store.TakeOver(t.Context(), broker, a.Conversation, line("joined"))
	must(t, err)
	_, err = s.store.BrokerSay(t.Context(), broker, a.Conversation, "我是小李，您好", line("joined"))
	must(t, err)
	close(engine.hold)
	v := s.until(t, a.Conversation, func(v postgres.View) bool { return len(v.Unread) == 0 && delivered(2, "sent")(v) })
	if got, want := texts(v), "contact:等|system:joined|broker:我是小李，您好"; got != want || out.texts() != "joined|我是小李，您好" {
		t.Errorf("the conversation is %s, sent %s; want %s", got, out.texts(), want)
	}
}

func TestAStopLetsTurnsFinish(t *testing.T) {
	t.Parallel()
	engine, out := newEcho(), newOutlet()
	s, err := assemble(t.Context(), database(t), engine, out, jobs.Options{})
	must(t, err)
	t.Cleanup(s.store.Close)
	t.Cleanup(s.pool.Close)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.jobs.Run(ctx) }()
	a := s.write(t, "chat", 1, "等")
	<-engine.began
	stop()
	s.write(t, "chat", 2, "二") // accepted while the replica stops: another one will read it
	close(engine.hold)
	if err := <-done; err != nil {
		t.Errorf("Run = %v", err)
	}
	v := s.until(t, a.Conversation, delivered(1, "sent"))
	if got := texts(v); got != "contact:等|contact:二|bot:收到：等" || len(v.Unread) != 1 || out.texts() != "收到：等" {
		t.Errorf("after the stop: %s, unread %v, sent %s", got, v.Unread, out.texts())
	}
}

func TestSendOutcomes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		err    error
		status string // of the first message
		sent   string
	}{
		"rate limited":               {&bot.RetryError{After: 50 * time.Millisecond, Err: errors.New("429")}, "sent", "收到：一|收到：二"},
		"blocked by the contact":     {fmt.Errorf("send: %w", bot.ErrTerminal), "terminal", "收到：二"},
		"cut off after the request":  {errors.New("connection reset"), "ambiguous", "收到：二"},
		"surely lost, with own wait": {&bot.RetryError{Err: errors.New("refused")}, "sent", "收到：一|收到：二"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := newOutlet(tt.err)
			s := start(t, newEcho(), out, jobs.Options{Sweep: 200 * time.Millisecond, Overdue: 300 * time.Millisecond})
			a := s.write(t, "chat", 1, "一")
			out.next(t)
			s.write(t, "chat", 2, "二")
			v := s.until(t, a.Conversation, func(v postgres.View) bool {
				return delivered(1, tt.status)(v) && len(v.Messages) == 4 && *v.Messages[3].Delivery == "sent"
			})
			if got := *v.Messages[1].Delivery; got != tt.status && *v.Messages[2].Delivery != tt.status {
				t.Errorf("the first answer is %s", got)
			}
			if out.texts() != tt.sent {
				t.Errorf("sent %s, want %s", out.texts(), tt.sent)
			}
		})
	}
}

// line is what a contact reads of a change of owner.
func line(text string) postgres.Line { return func(string) string { return text } }
