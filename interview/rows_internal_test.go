package interview

import (
	"testing"

	"tanxu/need"
)

func TestWhatCompletesARowIsCountedInItsUnit(t *testing.T) {
	t.Parallel()
	q := func(text string, n float64) *need.Quantity { return &need.Quantity{Text: text, Num: n} }
	for name, tt := range map[string]struct {
		old, found need.Indicator
		want       string
	}{
		"thousandths after per cent": {
			need.Indicator{Name: "漏涂率", Current: q("5", 5), Unit: "%"},
			need.Indicator{Name: "漏涂率", Target: q("3", 3), Op: need.AtMost, Unit: "‰"}, "5 0.3 %"},
		"hours after days": {
			need.Indicator{Name: "固化时间", Current: q("3", 3), Unit: "天"},
			need.Indicator{Name: "固化时间", Target: q("8", 8), Op: need.AtMost, Unit: "小时"}, "72 8 小时"},
		"one unit": {
			need.Indicator{Name: "缝宽", Current: q("2", 2), Unit: "毫米"},
			need.Indicator{Name: "缝宽", Target: q("0.5", 0.5), Op: need.AtMost, Unit: "mm"}, "2 0.5 毫米"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			merged, rival := merge(tt.old, tt.found, false)
			if got := merged.Current.Text + " " + merged.Target.Text + " " + merged.Unit; got != tt.want || rival {
				t.Errorf("merged %s, rival %t; want %s", got, rival, tt.want)
			}
		})
	}
}

func TestGreets(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]bool{"师傅你好": true, "各位老师好": true, "老师好": true, "唉你好": true, "师傅说漆起泡": false, "师傅": false} {
		if got := greets(words); got != want {
			t.Errorf("greets(%q) = %t", words, got)
		}
	}
}
