package interview_test

import (
	"strings"
	"testing"

	"tanxu/interview"
	"tanxu/need"
)

// After a return only what the broker misses is asked, each reason once, and then
// the card comes back.
func TestAReturnIsAskedAboutAndNothingElse(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		reasons []string
		words   string
		answers []string
	}{
		"two reasons":           {[]string{"missing_scene", "missing_condition"}, "", []string{"C7025铜合金带，0.15毫米厚，连接器用，年产3000吨。", "涡流导电仪，室温下测。"}},
		"words that name none":  {[]string{"other"}, "上次说的抗软化是哪一种？", []string{"按国标，500度保温一小时后硬度不低于八成。"}},
		"words that name a sum": {nil, "预算大概多少？", []string{"三十万以内。"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := inReview(t)
			s.moved(need.StatusReturned, need.ReturnNote(tt.reasons, tt.words))
			s.send()
			for i, answer := range tt.answers {
				if len(s.out.Say[len(s.out.Say)-1].Asks) == 0 {
					t.Fatalf("answer %d is not asked for: %s", i, s.text())
				}
				s.say(answer)
			}
			if s.card() == nil || s.state.Phase != interview.PhaseConfirming {
				t.Fatalf("no card: %s", s.text())
			}
			s.say("确认无误")
			if s.state.Phase != interview.PhaseDone || !strings.Contains(s.text(), "已经提交") {
				t.Errorf("phase %s: %s", s.state.Phase, s.text())
			}
			s.holds()
		})
	}
}
