package jobs_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tanxu/eval"
	"tanxu/extract"
	"tanxu/internal/fakeopenai"
	"tanxu/interview"
	"tanxu/interview/guide"
	"tanxu/jobs"
	"tanxu/llm"
	"tanxu/llm/endpoint"
	"tanxu/llm/guard"
	"tanxu/need"
	"tanxu/postgres"
	"tanxu/prompts"
)

// swapped is an engine that is exchanged between interviews.
type swapped struct {
	now atomic.Pointer[interview.Engine]
}

func (s *swapped) Turn(ctx context.Context, st *interview.State, in interview.Input) (interview.Output, error) {
	return s.now.Load().Turn(ctx, st, in)
}

// told is what the contact answers to the questions of each field, in turn.
func told() map[need.Key][]string {
	return map[need.Key][]string{
		need.KeyScene:           {"10吨的燃气蒸汽锅炉，一年生产120台，用在食品厂和印染厂。"},
		need.KeyIndicator:       {"氮氧化物排放现在80mg/m³，要降到30mg/m³以下，满负荷测。", "热效率现在92%，不低于94%，按GB/T 10180测。"},
		need.KeyRootCause:       {"燃烧器火焰温度太高，局部到了1700度。"},
		need.KeyTried:           {"试过烟气再循环，振动大就停了。"},
		need.KeyConstraints:     {"炉膛尺寸不能改。"},
		need.KeyFoundation:      {"有一台试验锅炉和烟气分析仪。"},
		need.KeyPartnerReq:      {"希望找做过低氮燃烧器的团队。"},
		need.KeyDeadline:        {"明年6月底之前。"},
		need.KeyBudget:          {"80到100万元。"},
		need.KeyCoopMode:        {"想合作研发。"},
		need.KeyIPTerms:         {"成果共有。"},
		need.KeyConfidentiality: {"可以公开。"},
		need.KeyDecisionOwner:   {"技术上我定，花钱要总经理点头。"},
	}
}

// firm is the contact as the model knows it.
func firm() eval.Persona {
	p := eval.Persona{ID: "boiler", Opening: "我们做燃气锅炉，氮氧化物老是超标，环保要罚款了，想找人一起改燃烧器。"}
	for k, answers := range told() {
		for _, a := range answers {
			p.Facts = append(p.Facts, eval.Fact{ID: a, Field: string(k), Fact: a, Say: a, Disclose: "asked"})
		}
	}
	return p
}

// For every k and every way to die: a model that is there until turn k, over
// HTTP, and gone from then on. All that the contact says is on record in the
// end, with its words as evidence, and no question comes twice.
func TestNoAnswerIsLostWhenTheModelDies(t *testing.T) {
	t.Parallel()
	last := 15
	deaths := map[string]func(*fakeopenai.Server){
		"refused":  (*fakeopenai.Server).Close,
		"hangs":    func(s *fakeopenai.Server) { s.SetMode(fakeopenai.Mode{Fault: fakeopenai.Hang}) },
		"500":      func(s *fakeopenai.Server) { s.SetMode(fakeopenai.Mode{Fault: fakeopenai.ServerError}) },
		"cut body": func(s *fakeopenai.Server) { s.SetMode(fakeopenai.Mode{Fault: fakeopenai.Stall}) },
	}
	for name, kill := range deaths {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			engine := &swapped{}
			s := start(t, engine, newOutlet(), jobs.Options{})
			turns := 0
			for k := range last + 1 { // 0: it never was there; last: it lives on
				if testing.Short() && k%5 > 0 {
					continue
				}
				model := knowing(t)
				engine.now.Store(reading(t, model.URL))
				turns = s.interviewed(t, fmt.Sprint(name, k), func(turn int) {
					if turn == k {
						kill(model)
					}
				})
				if k > 0 && len(model.Requests()) == 0 {
					t.Errorf("k=%d: the model was never asked", k)
				}
				model.Close()
			}
			if turns < 12 {
				t.Errorf("an interview of %d turns is no test", turns)
			}
		})
	}
}

// knowing is an endpoint whose model reads the contact without a mistake.
func knowing(t *testing.T) *fakeopenai.Server {
	t.Helper()
	reader := eval.NewKnowing(firm(), 0, 1)
	s, err := fakeopenai.Start(fakeopenai.Options{Answer: func(r fakeopenai.Request) string {
		resp, err := reader.Complete(context.Background(), llm.Request{
			Name: "understand", Messages: []llm.Message{{Role: llm.UserRole, Text: r.User}},
		})
		if err != nil {
			return ""
		}
		return resp.Text
	}})
	must(t, err)
	t.Cleanup(s.Close)
	return s
}

// reading is an engine that reads with the model at an address.
func reading(t *testing.T, url string) *interview.Engine {
	t.Helper()
	g, err := guide.Load()
	must(t, err)
	set, err := prompts.Default()
	must(t, err)
	model, err := endpoint.New(endpoint.Config{
		BaseURL: url, Model: "knowing", Guard: guard.Options{Try: 100 * time.Millisecond, Retries: -1, Failures: 2, Open: time.Hour},
	})
	must(t, err)
	u, err := extract.NewUnderstander(model, set, extract.UnderstandOptions{})
	must(t, err)
	return interview.New(g, extract.NewRules(), interview.Options{Understand: u, Patience: 2 * time.Second})
}

// interviewed runs one interview to its end and checks the record; before is
// called before each turn. It returns the number of turns.
func (s *service) interviewed(t *testing.T, chat string, before func(turn int)) int {
	t.Helper()
	script, asks, said := told(), need.Key(""), map[need.MessageID]string{}
	turn := 0
	tell := func(text string) postgres.View {
		before(turn)
		turn++
		a := s.write(t, chat, turn, text)
		said[a.Message] = text
		return s.until(t, a.Conversation, func(v postgres.View) bool { return len(v.Unread) == 0 && v.Messages[len(v.Messages)-1].From == "bot" })
	}
	s.agrees(t, chat)
	v := tell(firm().Opening)
	for range 30 {
		m := v.Messages[len(v.Messages)-1]
		if m.Card != nil || v.Conversation.Status == "done" {
			break
		}
		asks = ""
		if len(m.Asks) > 0 {
			asks = m.Asks[0]
		}
		words := "暂时没有了。"
		if left := script[asks]; len(left) > 0 {
			words, script[asks] = left[0], left[1:]
		}
		v = tell(words)
	}
	s.checkRecord(t, chat, v, said)
	return turn
}

// agrees begins a conversation with consent.
func (s *service) agrees(t *testing.T, chat string) {
	t.Helper()
	in := inbound(chat, 0, "")
	in.Kind, in.Choice = "start", "consent.yes"
	a, err := s.inbox.Accept(t.Context(), in)
	must(t, err)
	s.until(t, a.Conversation, func(v postgres.View) bool { return len(v.Unread) == 0 && len(v.Messages) > 1 })
}

// checkRecord looks for each answer in the record, and for questions that came
// twice.
func (s *service) checkRecord(t *testing.T, chat string, v postgres.View, said map[need.MessageID]string) {
	t.Helper()
	events, err := s.store.Events(t.Context(), s.store.Root(), v.Conversation.ID)
	must(t, err)
	asked := map[string]bool{}
	for _, e := range events {
		id := string(e.Need) + e.Note
		if e.Kind == need.Asked && len(e.Keys) > 0 && asked[id] {
			t.Errorf("%s: %s is asked twice", chat, e.Note)
		}
		asked[id] = asked[id] || e.Kind == need.Asked
	}
	kept := evidenced(interview.Fold(events))
	for id, words := range said {
		if words != "暂时没有了。" && !slices.Contains(kept, "message:"+string(id)) {
			t.Errorf("%s: %q is lost\n%s", chat, words, texts(v))
		}
	}
	if len(said) < 12 || !strings.Contains(texts(v), "请逐条看一下") {
		t.Errorf("%s: %d answers, status %s: %s", chat, len(said), v.Conversation.Status, texts(v))
	}
}

// evidenced are the messages that values of the conversation rest on.
func evidenced(s *interview.State) []string {
	var refs []string
	add := func(list []need.Evidence) {
		for _, e := range list {
			refs = append(refs, e.Ref)
		}
	}
	for _, n := range s.Needs {
		for _, f := range n.Fields {
			for _, i := range f.Items {
				add(i.Evidence)
			}
		}
		for _, r := range n.Indicators {
			add(r.Evidence)
		}
	}
	return refs
}
