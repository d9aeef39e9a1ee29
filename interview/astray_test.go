package interview_test

import (
	"strings"
	"testing"

	"tanxu/need"
)

// What is told to another question stands at its own field, is said to stand
// there, and the question is asked again in other words.
func TestAnAnswerToAnotherQuestionIsSaidToBe(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		asked, told need.Key
	}{
		"我估计是炉温不均":        {need.KeyScene, need.KeyRootCause},
		"配方不能换，客户认证过的":    {need.KeyScene, need.KeyConstraints},
		"换过两家的脱模剂，没什么效果":  {need.KeyConstraints, need.KeyTried},
		"我们有一条中试线和两台气相色谱": {need.KeyConstraints, need.KeyFoundation},
		"最好是做过同类项目的高校老师":  {need.KeyFoundation, need.KeyPartnerReq},
	}
	for words, tt := range tests {
		t.Run(words, func(t *testing.T) {
			t.Parallel()
			s := agreed(t)
			s.say("压出来的陶瓷片老是翘，一个月报废两成。")
			s.until(tt.asked, "没有")
			text := s.say(words)
			if f := s.field(tt.told); len(f.Items) != 1 || !strings.Contains(f.Items[0].Value.Text, words) {
				t.Errorf("%s: %+v", tt.told, f.Items)
			}
			if f := s.field(tt.asked); len(f.Items) > 0 {
				t.Errorf("%s holds %+v", tt.asked, f.Items)
			}
			if label := script(t).Label(tt.told, "zh"); !strings.Contains(text, "记在“"+label+"”") {
				t.Errorf("nobody says where it is: %s", text)
			}
			if s.asks() != tt.asked {
				t.Errorf("asks %s next: %s", s.asks(), text)
			}
		})
	}
}
