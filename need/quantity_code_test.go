package need_test

import (
	"testing"

	"tanxu/need"
)

func TestMeasuresOfGrades(t *testing.T) {
	t.Parallel()

	for name, tt := range map[string]struct {
		text, number, unit string
		num                float64
		op                 need.Op
	}{
		"pencil":                   {"面漆硬度现在2B", "2B", "", -2, ""},
		"the middle pencil":        {"涂层铅笔硬度才HB", "HB", "", 0, ""},
		"a limit of pencils":       {"硬度起码要3H以上", "3H", "", 3, need.AtLeast},
		"protection":               {"接插件要达到IP68", "IP68", "", 68, need.AtLeast},
		"thread":                   {"底孔想要M8", "M8", "", 8, ""},
		"class of fire":            {"芯板要做到A2级", "A2级", "", 2, need.AtLeast},
		"roughness":                {"内孔做到Ra0.4", "0.4", "", 0.4, need.AtLeast},
		"roughness without a verb": {"密封面Ra1.6", "1.6", "", 1.6, ""},
		"abbreviation of a test":   {"出水COD50以下", "50", "", 50, need.AtMost},
		"day in the unit":          {"透湿量≤5g/(m²·24h)", "5", "g/(m²·24h)", 5, need.AtMost},
		"tolerance held":           {"张力波动控制在±3N以内", "3", "N", 3, need.PlusMinus},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			got := need.Measures(tt.text)
			if len(got) != 1 {
				t.Fatalf("Measures(%q) = %+v, want one", tt.text, got)
			}
			m := got[0]
			if m.Quantity.Text != tt.number || m.Quantity.Num != tt.num || m.Unit != tt.unit || m.Op != tt.op {
				t.Errorf("got %q %q (%v) %q, want %q %q (%v) %q", m.Op, m.Quantity.Text, m.Quantity.Num, m.Unit, tt.op, tt.number, tt.num, tt.unit)
			}
		})
	}
	for _, text := range []string{"用2B铅笔画线", "M8螺栓和B05级砌块", "外壳IP67，5G模块", "H型钢梁"} {
		for _, m := range need.Measures(text) {
			t.Errorf("found %q in %q", m.Quantity.Text, text)
		}
	}
}
