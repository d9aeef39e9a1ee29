package interview_test

import (
	"strings"
	"testing"

	"tanxu/need"
)

// A number that is denied is set nowhere, and what is said of a target anew goes
// to its row, whatever was asked, at the card and after it.
func TestANumberIsCorrectedByDenial(t *testing.T) {
	t.Parallel()

	for _, tt := range []struct {
		first, words    string
		current, target float64
	}{
		{"瓷砖尺寸差现在三毫米，要做到一毫米以内。", "咦不对，上个月量过，是差四毫米，不是三毫米", 4, 1},
		{"瓷砖尺寸差现在三毫米，要做到一毫米以内。", "不是三毫米，是四毫米", 4, 1},
		{"布面纬斜率现在6%，要降到2%以内。", "目标还是2%，你别给我记错了", 6, 2},
		{"布面纬斜率现在6%，要降到3%以内。", "目标错了，应该是2%", 6, 2},
		{"茶叶碎末率现在12%，要降到5%以内。", "慢着，目标记错了，应该是4%", 12, 4},
		{"轴承振动值现在48分贝，要降到40分贝以下。", "现状写错了，应该是46分贝", 46, 40},
		{"轴承振动值现在48分贝，要降到40分贝以下。", "是46分贝，不是48分贝", 46, 40},
	} {
		t.Run(tt.words, func(t *testing.T) {
			t.Parallel()
			for _, when := range []string{"asked for the cause", "asked for limits", "at the card", "submitted"} {
				s := agreed(t)
				s.say("我们厂里这东西老是做不好，客户天天退货。")
				s.until(need.KeyIndicator, "没有。")
				s.say(tt.first)
				switch when {
				case "asked for the cause":
					s.until(need.KeyRootCause, "没有。")
				case "asked for limits":
					s.until(need.KeyConstraints, "没有。")
				default:
					s.toReadBack("没有。")
				}
				if when == "submitted" {
					s.say("确认无误")
				}
				problem := s.texts(need.KeyProblem)
				got := s.say(tt.words)
				rows := s.need().Indicators
				if len(rows) != 1 || rows[0].Current == nil || rows[0].Target == nil || rows[0].Current.Num != tt.current || rows[0].Target.Num != tt.target {
					t.Errorf("%s: rows are wrong: %s", when, got)
					for _, r := range rows {
						t.Logf("%s %+v %+v", r.Name, r.Current, r.Target)
					}
				}
				for _, k := range []need.Key{need.KeyProblem, need.KeyRootCause, need.KeyConstraints} {
					if strings.Contains(s.texts(k), tt.words) {
						t.Errorf("%s: glued to %s: %s", when, k, s.texts(k))
					}
				}
				if s.texts(need.KeyProblem) != problem {
					t.Errorf("%s: problem %q", when, s.texts(need.KeyProblem))
				}
				s.holds()
			}
		})
	}
}
