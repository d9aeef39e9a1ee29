package extract_test

import (
	"testing"

	"tanxu/extract"
	"tanxu/need"
)

func TestAnswersToTheQuestionForACondition(t *testing.T) {
	t.Parallel()

	row := &need.Indicator{ID: "i1", Name: "径向跳动", Unit: "μm", Current: &need.Quantity{Num: 9, Text: "9"}, Target: &need.Quantity{Num: 3, Text: "3"}}
	for name, c := range map[string]struct{ words, condition, method string }{
		"speed and time":         {"我前面讲过了，18000转空转一个小时。", "18000转空转一个小时", ""},
		"room and speed":         {"室温22±2℃，9000r/min跑半小时测的。", "室温22±2℃，9000r/min跑半小时测的", ""},
		"an instrument":          {"用电容测微仪测的。", "", "用电容测微仪测的"},
		"a standard":             {"按GB/T 17421.7来。", "", "按GB/T 17421.7来"},
		"who owns what":          {"专利归我们，最多共有，发表文章要先给我们看。", "", ""},
		"talk about the talk":    {"等一下，你把刚才说的那条记哪了？", "", ""},
		"what should be said of": {"这个我跟老板商量过。", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			r := extract.NewRules().Read(c.words, extract.Context{
				Ref: "message:m", Asked: []need.Key{need.KeyIndicator}, Row: row, Rows: []*need.Indicator{row}, Part: "condition",
			})
			var got need.Indicator
			for _, f := range r.Rows {
				if f.Row.ID != "i1" || f.Row.Current != nil || f.Row.Target != nil {
					t.Errorf("row %+v", f.Row)
				}
				got = f.Row
			}
			if got.Condition != c.condition || got.Method != c.method {
				t.Errorf("condition %q, method %q; want %q, %q", got.Condition, got.Method, c.condition, c.method)
			}
		})
	}
}

func TestCircumstancesAreNoIndicators(t *testing.T) {
	t.Parallel()

	num := func(v float64) *need.Quantity { return &need.Quantity{Num: v} }
	rows := []*need.Indicator{
		{ID: "i1", Name: "泄漏量", Unit: "mL/min", Current: num(5), Target: num(1)},
		{ID: "i2", Name: "保压压力", Unit: "MPa", Current: num(0.5)},
	}
	for name, c := range map[string]struct{ words, id, condition string }{
		"room":  {"环境温度23±2℃，相对湿度50±5%。", "i1", "环境温度23±2℃，相对湿度50±5%"},
		"speed": {"测的时候转速是3000r/min。", "i1", "测的时候转速是3000r/min"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			r := extract.NewRules().Read(c.words, extract.Context{Ref: "message:m", Asked: []need.Key{need.KeyIndicator}, Rows: rows[:1]})
			if len(r.Rows) != 1 || r.Rows[0].Row.ID != c.id || r.Rows[0].Row.Condition != c.condition || r.Rows[0].Row.Target != nil {
				t.Errorf("%+v", r.Rows)
			}
		})
	}
	for _, words := range []string{"保压压力不是指标，是试验条件。", "把保压压力删掉"} {
		r := extract.NewRules().Read(words, extract.Context{Ref: "message:m", Asked: []need.Key{need.KeyIndicator}, Rows: rows})
		if len(r.Rows) != 0 || len(r.Marks) != 1 || r.Marks[0].Row != "i2" || r.Marks[0].Status != need.Missing {
			t.Errorf("%s: %+v, %+v", words, r.Rows, r.Marks)
		}
	}
}
