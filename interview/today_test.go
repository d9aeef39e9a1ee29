package interview_test

import (
	"testing"

	"tanxu/need"
)

// Who knows the target but not today's value says who does: the target stands,
// and the value of today is left to them.
func TestTodaysValueIsLeftToSomebody(t *testing.T) {
	t.Parallel()
	s := agreed(t)
	s.say("我们做缓释片，批间释放不稳，客户退了两批，想找老师帮忙。")
	for range 8 {
		if s.asks() == need.KeyIndicator {
			break
		}
		s.say("这个没有别的了。")
	}
	s.say("目标是释放量偏差5%以内，连续10批。")
	row := s.need().Indicators[0]
	for range 4 {
		if s.asks() == need.KeyIndicator {
			break
		}
		s.say("没有别的了。")
	}
	s.say("现在多少我不清楚，得问制剂室骆博士。")
	s.holds()
	row = s.need().Row(row.ID)
	if row.CurrentStatus != need.Delegated || row.To != "制剂室骆博士" || row.Target == nil {
		t.Fatalf("row %+v", row)
	}
	s.say("先到这吧，就按这些提交。")
	s.say("查到了，释放量偏差现在12%，目标5%以内。")
	if row = s.need().Row(row.ID); row.Current == nil || row.CurrentStatus != "" {
		t.Errorf("after the value came: %+v", row)
	}
}

// A target beyond physics stays as it was said, and goes to an expert.
func TestImpossibleTargetGoesToAnExpert(t *testing.T) {
	t.Parallel()
	s := agreed(t)
	s.say("我们做苯酚的，反应收率上不去，想找老师帮忙。")
	for range 8 {
		if s.asks() == need.KeyIndicator {
			break
		}
		s.say("这个没有别的了。")
	}
	s.say("收率现在92%，要到105%以上。")
	s.holds()
	n := s.need()
	if len(n.Routes) != 1 || n.Routes[0].Kind != need.RouteExpertCheck || n.Routes[0].Why == "" {
		t.Fatalf("routes %+v", n.Routes)
	}
	if got := n.Indicators[0].Target; got == nil || got.Num != 105 {
		t.Errorf("target %+v", got)
	}
}
