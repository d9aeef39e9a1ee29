package extract_test

import (
	"testing"

	"tanxu/extract"
	"tanxu/need"
)

func TestACorrectionFindsItsRow(t *testing.T) {
	t.Parallel()

	num := func(v float64) *need.Quantity { return &need.Quantity{Num: v} }
	rows := []*need.Indicator{
		{ID: "i1", Name: "横向弯曲", Unit: "mm", Current: num(0.9), Target: num(0.3)},
		{ID: "i2", Name: "以后纵向弯曲", Unit: "mm", Current: num(0.7), Target: num(0.2)},
		{ID: "i3", Name: "残余碳含量", Unit: "%", Target: num(0.3)},
		{ID: "i4", Name: "锰含量", Unit: "%", Current: num(1.4)},
	}
	for words, want := range map[string]struct {
		id              string
		current, target float64
	}{
		"错了，纵向弯曲现在是0.6毫米，目标0.1毫米": {"i2", 0.6, 0.1},
		"不对，锰不是1.4，是1.2":          {"i4", 1.2, 0},
		"说错了，横向弯曲的目标不是0.3，是0.25":  {"i1", 0, 0.25},
		"不对，不是0.3，是0.4":           {},
	} {
		t.Run(words, func(t *testing.T) {
			t.Parallel()

			r := extract.NewRules().Read(words, extract.Context{Ref: "message:m", Asked: []need.Key{need.KeyIndicator}, Row: rows[0], Part: "current", Rows: rows})
			if want.id == "" {
				if len(r.Rows) != 0 {
					t.Errorf("of several rows one is changed: %+v", r.Rows)
				}
				return
			}
			if len(r.Rows) != 1 || r.Rows[0].Row.ID != want.id || !r.Rows[0].Corrects {
				t.Fatalf("rows %+v", r.Rows)
			}
			row := r.Rows[0].Row
			if (want.current != 0) != (row.Current != nil) || (want.target != 0) != (row.Target != nil) ||
				row.Current != nil && row.Current.Num != want.current || row.Target != nil && row.Target.Num != want.target {
				t.Errorf("row %+v", row)
			}
		})
	}
}
