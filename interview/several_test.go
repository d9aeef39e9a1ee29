package interview_test

import (
	"testing"

	"tanxu/need"
)

// TestWhatIsForDifferentPeopleIsSeveralNeeds: what is counted out is one need,
// unless it is said to be for different people.
func TestWhatIsForDifferentPeopleIsSeveralNeeds(t *testing.T) {
	t.Parallel()
	for first, want := range map[string][]string{
		"有两件事：一是铝箔轧制针孔太多，二是轧机油雾回收率低，想分开找老师。": {"一是铝箔轧制针孔太多", "二是轧机油雾回收率低"},
		"想找不同的团队，一是搪玻璃釜爆瓷，二是母液里盐分太高。":        {"一是搪玻璃釜爆瓷", "二是母液里盐分太高"},
		"两件事要解决：一是喷头堵，二是雾化不匀，想找懂流体的团队。":      {""},
		"我们厂有俩难题 一是齿轮热处理后变形大 二是磨齿效率太低跟不上":    {"一是齿轮热处理后变形大", "二是磨齿效率太低跟不上"},
		"第一个是铜杆表面有氧化皮，第二个是拉丝断线太多":            {"第一个是铜杆表面有氧化皮", "第二个是拉丝断线太多"},
		"两个事，一个是焊缝老有气孔，一个是喷漆车间废气味道大":         {"", ""},
		"浸渍纸表面老起泡，一天废两百张。还有个事情，就是甲醛释放量降不下来":  {"浸渍纸表面老起泡，一天废两百张", "甲醛释放量降不下来"},
		"我们的保温杯有两个毛病，一是漏水，二是内壁发黄，请帮忙看看。":     {""},
	} {
		t.Run(first, func(t *testing.T) {
			t.Parallel()
			s := agreed(t)
			s.say(first)
			if len(s.state.Needs) != len(want) {
				t.Fatalf("%d needs, want %d", len(s.state.Needs), len(want))
			}
			for i, n := range s.state.Needs {
				if items := n.Field(need.KeyProblem).Items; want[i] != "" && (len(items) == 0 || items[0].Value.Text != want[i]) {
					t.Errorf("problem %d: %+v, want %s", i, items, want[i])
				}
			}
		})
	}
}

func TestRowsAndMoneyOfEachOfTwoNeeds(t *testing.T) {
	t.Parallel()
	s := agreed(t)
	s.say("有两件事：一是铝箔轧制针孔太多，二是轧机油雾回收率低，想分开找老师。")
	until := func(k need.Key) {
		t.Helper()
		for range 20 {
			if s.asks() == k {
				return
			}
			s.say("不清楚")
		}
		t.Fatalf("%s is never asked", k)
	}
	until(need.KeyIndicator)
	s.say("铝箔针孔率现在1.2%，要0.3%以内。油雾回收率现在88%，要95%以上。")
	until(need.KeyCoopMode)
	s.say("轧制委托研发，油雾合作研发。箔材70万元，油雾另外40万元。")
	for i, want := range []float64{70, 40} {
		items := s.state.Needs[i].Field(need.KeyBudget).Items
		if len(items) != 1 || items[0].Value.Money == nil || items[0].Value.Money.Min != want {
			t.Errorf("budget %d: %+v", i, items)
		}
		if len(s.state.Needs[i].Indicators) != 1 {
			t.Errorf("need %d has the rows %+v", i, s.state.Needs[i].Indicators)
		}
	}
}
