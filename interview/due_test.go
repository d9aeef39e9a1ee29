package interview_test

import (
	"strings"
	"testing"

	"tanxu/interview"
	"tanxu/need"
)

// inReview is a session whose one need is in review.
func inReview(t *testing.T) *session {
	t.Helper()
	s := agreed(t)
	s.say("我们做铜合金带材，强度一提导电率就往下掉，导电率现在76%IACS，要到80%IACS以上。")
	s.say("就到这里吧，结束")
	s.say("确认无误")
	if s.state.Phase != interview.PhaseDone {
		t.Fatalf("phase %s: %s", s.state.Phase, s.text())
	}
	return s
}

// moved has a broker move the need.
func (s *session) moved(to need.Status, note string) {
	s.apply(need.Event{Kind: need.StatusChanged, By: lee, Need: s.state.Active, To: string(to), Note: note})
}

func TestAReturnedNeedIsToldWithItsReasonsAndAskedOn(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		reasons []string
		words   string
		says    []string
		asks    need.Key
	}{
		"condition":    {[]string{"missing_condition"}, "", []string{"缺测试条件"}, need.KeyIndicator},
		"scene":        {[]string{"missing_scene", "missing_indicator"}, "", []string{"缺应用场景、缺技术指标"}, need.KeyScene},
		"in words":     {[]string{"other"}, "预算大概多少？", []string{"工作人员说：“预算大概多少？”"}, need.KeyBudget},
		"no one field": {[]string{"duplicate"}, "", []string{"重复"}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := inReview(t)
			s.moved(need.StatusReturned, need.ReturnNote(tt.reasons, tt.words))
			text := s.send()
			for _, want := range tt.says {
				if !strings.Contains(text, want) {
					t.Errorf("said %s, want %s", text, want)
				}
			}
			if len(s.out.Say) != 2 || !s.out.Say[0].System || s.out.Say[1].System || tt.asks != "" && s.out.Say[1].Asks[0] != tt.asks {
				t.Fatalf("said %+v", s.out.Say)
			}
			if s.state.Phase != interview.PhaseInterviewing || s.need().Status != need.StatusReturned {
				t.Errorf("phase %s, need %s", s.state.Phase, s.need().Status)
			}
			if again := s.send(); strings.Contains(again, "工作人员") {
				t.Errorf("told twice: %s", again)
			}
			s.say("20 ℃ 下按 GB/T 32791 测的。")
			if s.need().Status != need.StatusInterviewing {
				t.Errorf("after the answer the need is %s", s.need().Status)
			}
		})
	}
}

func TestAReturnWhileABrokerSpeaksIsToldAndAskedLater(t *testing.T) {
	t.Parallel()
	s := inReview(t)
	s.takenOver()
	s.moved(need.StatusReturned, need.ReturnNote([]string{"missing_scene"}, ""))
	if text := s.send(); !strings.Contains(text, "缺应用场景") || len(s.out.Say) != 1 || !s.out.Say[0].System {
		t.Fatalf("said %s", text)
	}
	s.handedBack()
	if s.send(); len(s.out.Say) != 1 || len(s.out.Say[0].Asks) == 0 || s.state.Phase != interview.PhaseInterviewing {
		t.Errorf("after the hand-back: %s, phase %s", s.text(), s.state.Phase)
	}
}

func TestAReturnInTheMiddleOfAnotherNeedWaits(t *testing.T) {
	t.Parallel()
	s := inReview(t)
	first := s.state.Active
	s.say("还有一个需求，喷涂线老掉漆，附着力只有2级。")
	if s.state.Active == first {
		t.Fatalf("no second need: %s", s.text())
	}
	s.apply(need.Event{Kind: need.StatusChanged, By: lee, Need: first, To: string(need.StatusReturned), Note: "missing_scene"})
	if text := s.send(); !strings.Contains(text, "缺应用场景") || len(s.out.Say) != 1 || s.state.Active == first {
		t.Errorf("said %s", text)
	}
	s.say("就到这里吧，结束")
	if text := s.say("确认无误"); !strings.Contains(text, "现在接着谈吗") {
		t.Errorf("at its end: %s", text)
	}
	s.say("接着谈")
	if s.state.Active != first || s.need().Status != need.StatusInterviewing {
		t.Errorf("active %s, %s", s.state.Active, s.need().Status)
	}
}

func TestAPublishedNeedIsTold(t *testing.T) {
	t.Parallel()
	s := inReview(t)
	s.moved(need.StatusPublished, "")
	if text := s.send(); !strings.Contains(text, "审核通过并发布") || len(s.out.Say) != 1 || s.state.Phase != interview.PhaseDone {
		t.Errorf("said %s", text)
	}
	if text := s.send(); text != "" {
		t.Errorf("told twice: %s", text)
	}
	s.say("/lang en")
	s.moved(need.StatusReturned, need.ReturnNote([]string{"missing_scene"}, "Which line is it?"))
	if text := s.send(); !strings.Contains(text, "where it happens") || !strings.Contains(text, `They say: "Which line is it?"`) {
		t.Errorf("in English: %s", text)
	}
}

func TestNobodyIsToldBeforeConsent(t *testing.T) {
	t.Parallel()
	s := inReview(t)
	s.apply(need.Event{Kind: need.OwnerChanged, By: need.System, To: "bot"}, need.Event{Kind: need.PhaseChanged, By: need.System, To: "consent"})
	s.moved(need.StatusReturned, need.ReturnNote([]string{"missing_scene"}, "车间在哪？"))
	if text := s.send(interview.Message{Start: true}); strings.Contains(text, "铜合金") || strings.Contains(text, "车间") {
		t.Errorf("told to who has not agreed: %s", text)
	}
}
