package need_test

import (
	"testing"

	"tanxu/need"
)

func TestBeyondLimit(t *testing.T) {
	t.Parallel()
	row := func(name string, op need.Op, target float64, unit string) need.Indicator {
		return need.Indicator{ID: "i1", Name: name, Op: op, Target: &need.Quantity{Num: target}, Unit: unit}
	}
	tests := map[string]struct {
		about string
		row   need.Indicator
		want  bool
	}{
		"a yield above the whole":             {"", row("苯酚收率", need.AtLeast, 103, "%"), true},
		"a high yield":                        {"", row("苯酚收率", need.AtLeast, 99.5, "%"), false},
		"a rise of output by half as much":    {"", row("生产效率提高", need.AtLeast, 150, "%"), false},
		"a stretch longer than the piece":     {"", row("断裂伸长率", need.AtLeast, 400, "%"), false},
		"better than silver":                  {"", row("导电率", need.AtLeast, 115, "%IACS"), true},
		"a good copper":                       {"", row("导电率", need.AtLeast, 101, "%IACS"), false},
		"colder than nothing":                 {"", row("最低工作温度", need.AtMost, -300, "℃"), true},
		"liquid nitrogen":                     {"", row("最低工作温度", need.AtMost, -196, "℃"), false},
		"a silicon cell beyond its limit":     {"我们做TOPCon单晶硅电池", row("量产效率", need.AtLeast, 33, "%"), true},
		"a converter, not a cell":             {"我们做充电模块", row("转换效率", need.AtLeast, 97, "%"), false},
		"caustic soda below its heat of work": {"离子膜烧碱装置", row("直流电耗", need.AtMost, 1300, "kWh/t"), true},
		"caustic soda, well run":              {"离子膜烧碱装置", row("直流电耗", need.AtMost, 2000, "kWh/t"), false},
		"an upper limit that says nothing":    {"", row("转化率波动", need.AtMost, 120, "%"), false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := need.Fold("n1", []need.Event{{Kind: need.ValueSet, Need: "n1", Key: need.KeyProblem, Item: &need.Item{Value: need.Value{Text: tt.about}}}})
			if got := n.BeyondLimit(&tt.row); (got != "") != tt.want {
				t.Errorf("BeyondLimit = %q, want %v", got, tt.want)
			}
		})
	}
	if got := need.Fold("n1", nil).BeyondLimit(&need.Indicator{Name: "收率"}); got != "" {
		t.Errorf("a row without a target: %q", got)
	}
}
