package interview_test

import (
	"strings"
	"testing"

	"tanxu/need"
)

// submitted is a session in which the card was confirmed.
func submitted(t *testing.T) *session {
	t.Helper()
	s := readBack(t)
	s.say("确认无误")
	if s.need().Status != need.StatusReview {
		t.Fatalf("status %s: %s", s.need().Status, s.text())
	}
	return s
}

func TestWhoAsksAfterTheEndHearsHowThingsStand(t *testing.T) {
	t.Parallel()

	for _, words := range []string{"请问进展怎么样了", "我们那个需求有结果了吗？", "进度", "专家找得怎么样了？"} {
		t.Run(words, func(t *testing.T) {
			t.Parallel()
			s := submitted(t)
			if got := s.say(words); !strings.Contains(got, "工作人员正在核对") || strings.Contains(got, "记上了") {
				t.Errorf("said %s", got)
			}
		})
	}
}

func TestAdditionsAfterTheEndAreReadAndSaidBack(t *testing.T) {
	t.Parallel()

	for words, tt := range map[string]struct {
		key  need.Key
		says string
	}{
		"补充一下，预算定了，30万元。": {need.KeyBudget, "投入预算：30 万元"},
		"完成时限改为明年6月":      {need.KeyDeadline, "完成时限：明年6月"},
		"决策人是生产副总":        {need.KeyDecisionOwner, "决策人：生产副总"},
		"限制条件再加一条：模具不重开":  {need.KeyConstraints, "模具不重开"},
		"原因判断应该是浇注温度波动太大": {need.KeyRootCause, "原因判断：浇注温度波动太大"},
	} {
		t.Run(words, func(t *testing.T) {
			t.Parallel()
			s := submitted(t)
			got := s.say(words)
			items := s.field(tt.key).Items
			if !strings.Contains(got, tt.says) || len(items) == 0 || !strings.Contains(words, items[len(items)-1].Evidence[0].Quote) {
				t.Errorf("%s is %+v: %s", tt.key, items, got)
			}
			s.holds()
		})
	}
}
