package interview_test

import (
	"strings"
	"testing"

	"tanxu/need"
)

// Where today's value is better than the target it is asked once which is which.
func TestATargetThatIsReachedIsAskedAbout(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string][2]float64{
		"说反了，不好意思":          {1200, 1480},
		"1200小时是现在的":        {1200, 1480},
		"没说反，客户就要1200小时":    {1480, 1200},
		"现在是900小时，目标1200小时": {900, 1200},
	} {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			s := agreed(t)
			s.say("我们厂轴承套圈磨完有烧伤，一天挑出来四五十个。")
			s.until(need.KeyIndicator, "没有")
			text := s.say("疲劳寿命现在1480小时，目标1200小时以上。")
			if !strings.Contains(text, "说反") || s.asks() != need.KeyIndicator {
				t.Fatalf("not asked: %s", text)
			}
			text = s.say(answer)
			row := s.need().Indicators[0]
			if len(s.need().Indicators) != 1 || row.Current == nil || row.Target == nil || [2]float64{row.Current.Num, row.Target.Num} != want {
				t.Errorf("%+v; %s", row, text)
			}
			if strings.Contains(text, "说反") {
				t.Errorf("asked twice: %s", text)
			}
			s.holds()
		})
	}
}

// A floor that is kept already is no mistake.
func TestAFloorIsNoMistake(t *testing.T) {
	t.Parallel()
	for _, said := range []string{
		"导电率现在82%IACS，不能低于80%IACS。",
		"硬度现在95HRB，不低于85HRB就行。",
		"延伸率现在12%，要11.5%以上。",
	} {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			s := agreed(t)
			s.say("铜带强度一提导电率就往下掉，退了两批货。")
			s.until(need.KeyIndicator, "没有")
			if text := s.say(said); strings.Contains(text, "说反") {
				t.Errorf("asked: %s", text)
			}
		})
	}
}
