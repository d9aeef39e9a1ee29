package interview_test

import (
	"testing"

	"tanxu/need"
)

// conditionAsked is a session in which the condition of a complete row was asked.
func conditionAsked(t *testing.T) (*session, string) {
	s := agreed(t)
	s.say("我们做高速电主轴的，热态精度保不住，磨出来的孔超差，想找老师帮忙。")
	s.until(need.KeyIndicator, "这个没有别的了。")
	s.say("径向跳动现在9微米，目标3微米。")
	id := s.need().Indicators[0].ID
	s.state.Apply(need.Event{
		Kind: need.Asked, Need: s.need().ID, Keys: []need.Key{need.KeyIndicator}, Note: "indicator.condition:" + id, Probe: true, At: s.now,
	})
	return s, id
}

// An answer to the question for a condition leaves the values of the row alone.
func TestAConditionOverwritesNoValue(t *testing.T) {
	t.Parallel()

	for words, condition := range map[string]string{
		"我前面讲了，18000转空转一个小时。":      "18000转空转一个小时",
		"室温22±2℃，9000r/min跑半小时测的。": "室温22±2℃，9000r/min跑半小时测的",
		"专利归我们，最多共有。":              "",
	} {
		s, id := conditionAsked(t)
		s.say(words)
		s.holds()
		row := s.need().Row(id)
		if row.Current == nil || row.Current.Num != 9 || row.Target.Num != 3 || row.Condition != condition || len(s.need().Indicators) != 1 {
			t.Errorf("%s: %+v", words, row)
		}
	}
}
