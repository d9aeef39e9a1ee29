package interview_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tanxu/interview"
	"tanxu/need"
)

const lee need.Actor = "broker:7"

// apply has others do something.
func (s *session) apply(events ...need.Event) {
	for _, e := range events {
		e.At = s.now
		s.events = append(s.events, e)
		s.state.Apply(e)
	}
}

func (s *session) takenOver() { s.apply(need.Event{Kind: need.OwnerChanged, By: lee, To: "broker"}) }

func (s *session) handedBack() { s.apply(need.Event{Kind: need.OwnerChanged, By: lee, To: "bot"}) }

// tells runs a turn on what a contact answers to a broker, "" for no words of
// the broker.
func (s *session) tells(broker, words string) {
	s.t.Helper()
	s.recent = append(s.recent, interview.Spoken{Broker: true, Text: broker})
	s.say(words)
	s.recent = append(s.recent, interview.Spoken{Contact: true, Text: words})
}

func TestWhatIsToldToABrokerIsOnRecord(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		asks, says string
		key        need.Key
		value      string // part of it, "" for none
		status     need.FieldStatus
	}{
		"a figure":             {"指标现在多少，要到多少？", "导电率现在76%IACS，要到80%IACS以上。", need.KeyIndicator, "", need.Missing},
		"a text that is asked": {"王工，试过哪些办法？", "换过两种时效制度，都不行。", need.KeyTried, "换过两种时效制度", need.Filled},
		"money":                {"预算大概多少？", "50到80万元。", need.KeyBudget, "", need.Filled},
		"a refusal":            {"预算方便说吗？", "这个不方便说。", need.KeyBudget, "", need.Declined},
		"not known":            {"是什么原因造成的？", "不知道。", need.KeyRootCause, "", need.Unknown},
		"in English":           {"What have you tried so far?", "We tried vacuum casting without effect.", need.KeyTried, "vacuum casting", need.Filled},
		"unasked":              {"您好", "对了，预算是60万元。", need.KeyBudget, "", need.Filled},
		"small talk":           {"下午有空吗？", "好的，下午见。", need.KeyTried, "", need.Missing},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := agreed(t)
			s.say("我们做铜合金带材，强度一提导电率就往下掉。")
			s.takenOver()
			s.tells(tt.asks, tt.says)
			if len(s.out.Say) != 0 {
				t.Errorf("the bot says %s", s.text())
			}
			if tt.key == need.KeyIndicator {
				if len(s.need().Indicators) != 1 || s.need().Indicators[0].Target == nil || s.need().Indicators[0].Evidence[0].Ref != "message:m3" {
					t.Fatalf("rows %+v", s.need().Indicators)
				}
				return
			}
			f := s.field(tt.key)
			if f.Status != tt.status {
				t.Fatalf("%s is %s: %+v", tt.key, f.Status, f)
			}
			for _, item := range f.Items {
				if item.Evidence[0].Ref != "message:m3" || !strings.Contains(item.Value.Text, tt.value) {
					t.Errorf("item %+v", item)
				}
			}
		})
	}
}

func TestABrokerIsToldOfTheFirstNeed(t *testing.T) {
	t.Parallel()
	s := agreed(t)
	s.takenOver()
	s.tells("您好，我是小李", "好的，你好")
	if len(s.state.Needs) != 0 {
		t.Fatalf("a greeting is a need: %+v", s.state.Needs)
	}
	s.tells("碰到什么技术问题了？", "我们做铜合金带材，强度一提导电率就往下掉，客户退了两批货。")
	if len(s.field(need.KeyProblem).Items) == 0 || len(s.out.Say) != 0 {
		t.Errorf("problem %+v, said %s", s.field(need.KeyProblem), s.text())
	}
}

func TestNothingIsReadBeforeConsent(t *testing.T) {
	t.Parallel()
	s := newSession(t, interview.Options{})
	s.takenOver()
	s.tells("碰到什么问题？", "我们做铜合金带材，导电率只有76%IACS。")
	if len(s.out.Events)+len(s.out.Say) != 0 {
		t.Errorf("events %+v, said %s", s.out.Events, s.text())
	}
}

func TestAfterTheHandBackNothingToldIsAskedAgain(t *testing.T) {
	t.Parallel()
	s := agreed(t)
	s.say("我们做铜合金带材，强度一提导电率就往下掉。")
	s.takenOver()
	s.tells("试过哪些办法？", "换过两种时效制度，都不行。")
	s.tells("预算大概多少？", "50到80万元。")
	s.tells("什么时候要用上？", "明年9月前完成。")
	s.handedBack()
	if text := s.send(); !strings.Contains(text, "不再重问") || strings.Count(text, "？") != 1 {
		t.Fatalf("after the hand-back: %s", text)
	}
	if text := s.send(); text != "" {
		t.Errorf("said twice: %s", text)
	}
	var asked []need.Key
	for range 25 {
		for _, say := range s.out.Say {
			asked = append(asked, say.Asks...)
		}
		if s.state.Phase != interview.PhaseInterviewing {
			break
		}
		s.say("一下说不清。")
	}
	for _, k := range []need.Key{need.KeyBudget, need.KeyDeadline} {
		if slices.Contains(asked, k) {
			t.Errorf("%s is asked again; asked %v", k, asked)
		}
	}
	if s.state.Phase != interview.PhaseConfirming {
		t.Errorf("phase %s", s.state.Phase)
	}
}

// Whatever a contact says to a broker, the bot says nothing, asks nothing, and
// leaves the talk where it is; what it notes stands in the words.
func TestTheBotIsSilentWhileABrokerSpeaks(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := agreed(t)
		for range rapid.IntRange(0, 5).Draw(r, "before") {
			s.send(draw(r, s)...)
		}
		s.takenOver()
		phase := s.state.Phase
		for range rapid.IntRange(1, 6).Draw(r, "turns") {
			s.recent = append(s.recent, interview.Spoken{Broker: true, Text: rapid.SampledFrom([]string{
				"预算多少？", "试过什么办法？", "什么时候要？", "好的", "指标要做到多少？", "谁来定？", "能不能公开？", "哪道工序？",
			}).Draw(r, "broker")})
			s.send(draw(r, s)...)
			s.holds()
			if len(s.out.Say) > 0 {
				r.Fatalf("the bot says %s", s.text())
			}
			for _, e := range s.out.Events {
				if slices.Contains([]need.EventKind{need.Asked, need.PhaseChanged, need.OwnerChanged, need.ReadBackAccepted}, e.Kind) {
					r.Fatalf("event %+v", e)
				}
			}
			if s.state.Phase != phase || s.state.Owner != interview.OwnerBroker {
				r.Fatalf("phase %s, owner %s", s.state.Phase, s.state.Owner)
			}
		}
	})
}
