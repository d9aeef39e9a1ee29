package jobs_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"tanxu/bot"
	"tanxu/extract"
	"tanxu/interview"
	"tanxu/interview/guide"
	"tanxu/jobs"
	"tanxu/postgres"
)

// The load of BenchmarkTurn: a reply has to be visible within 250 ms for 99 of
// 100 messages.
const (
	perSecond = 20
	messages  = 20 * perSecond
	chats     = 40
)

// BenchmarkTurn measures the time from handing a message in to the moment at
// which its reply can be read, without a model. One operation is 20 seconds at
// a steady rate, over chats that all are in the middle of their interviews.
func BenchmarkTurn(b *testing.B) {
	g, err := guide.Load()
	must(b, err)
	s := start(b, interview.New(g, extract.NewRules(), interview.Options{}), newOutlet(), jobs.Options{})
	script := []string{
		"同意", "我们是做铜合金带材的，导电率只有76%IACS，想做到80以上", "连铸连轧车间，月产300吨",
		"抗软化温度现在450℃，要到500~550℃，按GB/T 33370测", "试过加铬锆，强度上去了导电掉得厉害", "明年六月之前吧",
		"预算不方便说", "合作研发", "知识产权共有", "不清楚，问我们王工", "没有了", "对",
	}
	var all []time.Duration
	for op := 0; b.Loop(); op++ {
		took := make([]time.Duration, messages)
		var wg sync.WaitGroup
		tick := time.NewTicker(time.Second / perSecond)
		for i := range messages {
			<-tick.C
			wg.Go(func() {
				chat, n := fmt.Sprintf("chat%d-%d", op, i%chats), i/chats
				took[i] = s.replyTime(b, inbound(chat, n, script[n%len(script)]))
			})
		}
		tick.Stop()
		wg.Wait()
		all = append(all, took...)
	}
	slices.Sort(all)
	b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(len(all)), "messages")
}

// replyTime hands a message in and waits until a turn has read it.
func (s *service) replyTime(t testing.TB, in bot.Inbound) time.Duration {
	began := time.Now()
	got, err := s.inbox.Accept(context.Background(), in)
	if err != nil {
		t.Error(err)
		return 0
	}
	s.until(t, got.Conversation, func(v postgres.View) bool { return !slices.Contains(v.Unread, got.Message) })
	return time.Since(began)
}
