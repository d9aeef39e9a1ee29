package interview_test

import (
	"strings"
	"testing"

	"tanxu/need"
)

// TestMoneyThatWasWavedOffIsAskedOnceInRanges: after the question for three
// things at once, and not again.
func TestMoneyThatWasWavedOffIsAskedOnceInRanges(t *testing.T) {
	t.Parallel()
	s := agreed(t)
	s.say("我们做竹纤维餐具，热水一泡就起毛，想找人解决。")
	for range 20 {
		if s.asks() == need.KeyCoopMode {
			break
		}
		s.say("不清楚")
	}
	s.say("委托研发，钱看情况，10个月内。")
	ranges := 0
	for range 12 {
		if s.asks() == need.KeyBudget {
			ranges++
			if !strings.Contains(s.text(), "哪一档") {
				t.Errorf("asked as %s", s.text())
			}
			s.say("看情况吧")
			continue
		}
		s.say("不清楚")
	}
	if ranges != 1 {
		t.Errorf("asked %d times alone, want once", ranges)
	}
}
