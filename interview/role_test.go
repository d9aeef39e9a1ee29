package interview_test

import (
	"strings"
	"testing"

	"tanxu/interview"
	"tanxu/need"
)

// A contact of the purchasing department is asked about technology too, later,
// and is told once that an engineer may go on.
func TestContactOfAnotherDepartment(t *testing.T) {
	t.Parallel()
	for role, offered := range map[string]int{"采购部经理": 1, "财务": 1, "工艺工程师": 0, "": 0} {
		t.Run(role, func(t *testing.T) {
			t.Parallel()
			s := agreed(t)
			s.role = role
			said := s.say("我们做铜带的，退火以后老是软，客户退了三批。")
			for range 12 {
				if s.asks() == "" {
					break
				}
				said += s.say("这个我不知道，不懂。")
			}
			if got := strings.Count(said, "请懂的工程师"); got != offered {
				t.Errorf("offered %d times, want %d", got, offered)
			}
		})
	}
}

func TestRoleLowersTechnicalQuestions(t *testing.T) {
	t.Parallel()
	first := func(role string) map[need.Key]int {
		s := agreed(t)
		s.role = role
		s.say("我们做铜带的，退火以后老是软，客户退了三批。")
		order := map[need.Key]int{}
		for i := range 14 {
			if k := s.asks(); k != "" && order[k] == 0 {
				order[k] = i + 1
			}
			s.say("没有别的了。")
			if s.state.Phase == interview.PhaseConfirming {
				break
			}
		}
		return order
	}
	lay, engineer := first("财务"), first("工程师")
	if lay[need.KeyIndicator] == 0 {
		t.Errorf("indicators are not asked at all: %v", lay)
	}
	if lay[need.KeyFoundation] != 0 && engineer[need.KeyFoundation] > lay[need.KeyFoundation] {
		t.Errorf("foundation is asked earlier of the accountant: %v, %v", lay, engineer)
	}
}
