package need_test

import (
	"testing"

	"tanxu/need"
)

func TestInUnit(t *testing.T) {
	t.Parallel()
	second := 80.0
	for name, tt := range map[string]struct {
		q        need.Quantity
		from, to string
		want     string
		ok       bool
	}{
		"thousandths as per cent": {need.Quantity{Text: "3", Num: 3}, "‰", "%", "0.3", true},
		"micrometres":             {need.Quantity{Text: "50", Num: 50}, "微米", "毫米", "0.05", true},
		"a range":                 {need.Quantity{Text: "60~80", Num: 60, Num2: &second}, "公斤", "克", "60000~80000", true},
		"the same":                {need.Quantity{Text: "60", Num: 60}, "兆帕", "MPa", "60", true},
		"nobody writes it so":     {need.Quantity{Text: "8", Num: 8}, "小时", "天", "0.3333333333", false},
		"days as hours":           {need.Quantity{Text: "3", Num: 3}, "天", "小时", "72", true},
		"other things":            {need.Quantity{Text: "60", Num: 60}, "小时", "毫米", "60", false},
		"unknown":                 {need.Quantity{Text: "60", Num: 60}, "打", "毫米", "60", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := need.InUnit(tt.q, tt.from, tt.to)
			if got.Text != tt.want || ok != tt.ok {
				t.Errorf("InUnit = %s %t, want %s %t", got.Text, ok, tt.want, tt.ok)
			}
		})
	}
}
