package extract_test

import (
	"slices"
	"testing"

	"tanxu/need"
)

func TestALittleIsNoFigure(t *testing.T) {
	t.Parallel()
	if got := readRows("要做到一点没有", need.KeyIndicator); len(got) != 0 {
		t.Errorf("rows %q", got)
	}
}

func TestTodayAndTargetAreCountedInOneUnit(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"气泡率现在5%，最多千分之三":      "气泡率 5→≤0.3%",
		"缝宽现在2毫米，要50微米以内":     "缝宽 2→≤0.05毫米",
		"缝宽从2毫米降到50微米以内":      "缝宽 2→≤0.05毫米",
		"不良率从0.9%降到千分之三以内":    "不良率 0.9→≤0.3%",
		"固化时间现在3天，要8小时以内":     "固化时间 72→≤8小时",
		"固化时间现在3天，壁厚要2毫米以内":   "固化时间 3→天",
		"挥发分现在2%，水分要500ppm以下": "水分 →≤500ppm",
	} {
		if got := readRows(text, need.KeyIndicator); !slices.Contains(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
