package interview_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"tanxu/need"
)

func TestTitles(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		opening, rows string
		want          string
	}{
		"two properties that both fall": {
			"你好，我们做新能源车用的铝压铸电机壳，打压老漏气，想找老师帮忙。", "泄漏率现在4.5%，要降到1%以内。孔隙率现在3.2%，要1%以内。",
			"新能源车用铝压铸电机壳泄漏率与孔隙率降低",
		},
		"one that rises": {
			"我们生产铜铬锆接触线，拉完以后软化得厉害。", "导电率现在76%IACS，要到80%IACS以上。",
			"铜铬锆接触线导电率提升",
		},
		"the object is not said twice": {
			"我们做锂电池隔膜，热一点就缩。", "隔膜热收缩率现在5%，要2%以内。",
			"锂电池隔膜热收缩率降低",
		},
		"in English": {
			"We make die cast motor housings and they leak after machining.", "porosity is 4.5% now, must be below 1%",
			"die cast motor housings: porosity",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := agreed(t)
			s.say(tt.opening)
			for range 6 {
				if s.asks() == need.KeyIndicator {
					break
				}
				s.say("没有别的了。")
			}
			s.say(tt.rows)
			if got := s.state.Needs[0].Title; got != tt.want {
				t.Errorf("title %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTitlesAreNeverCut(t *testing.T) {
	t.Parallel()
	for _, opening := range []string{
		"我们公司主要做那种出口到欧洲去的带自动加热功能的高端不锈钢真空保温咖啡机用的精密铸造壳体，老是有砂眼，良率上不去。",
		"烧的瓷砖翘", "你好，在吗", "设备老是坏，影响生产，影响交货，客户天天催，我们自己也找不出原因，换了几家供应商都一样不行",
	} {
		s := agreed(t)
		s.say(opening)
		if len(s.state.Needs) == 0 {
			continue
		}
		s.say("成品率现在81%，要到95%以上。")
		title := s.state.Needs[0].Title
		if n := utf8.RuneCountInString(title); n > 30 || n == 0 || strings.HasSuffix(title, "…") {
			t.Errorf("%q makes the title %q of %d characters", opening, title, n)
		}
	}
}
