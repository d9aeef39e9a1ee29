package rag

import (
	"testing"

	"tanxu/need"
)

func quantity(low float64, high ...float64) *need.Quantity {
	q := &need.Quantity{Num: low}
	if len(high) > 0 {
		q.Num2 = &high[0]
	}
	return q
}

func TestCompareIndicators(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		row    need.Indicator
		stated string
		want   need.ReasonKind
		shown  string
	}{
		"reached": {
			need.Indicator{Name: "导电率", Op: need.AtLeast, Target: quantity(80), Unit: "%IACS"}, "导电率≥82 %IACS（20 ℃）", need.ReasonIndicatorMet, "≥82 %IACS",
		},
		"reached exactly": {
			need.Indicator{Name: "抗拉强度", Op: need.AtLeast, Target: quantity(520), Unit: "MPa"}, "抗拉强度≥520 MPa", need.ReasonIndicatorMet, "≥520 MPa",
		},
		"the end of a fall": {
			need.Indicator{Name: "不良率", Op: need.AtMost, Target: quantity(2), Unit: "%"}, "壳体泄漏不良率由8.5%降到1.3%", need.ReasonIndicatorMet, "壳体泄漏不良率降到1.3%",
		},
		"the end of a rise": {
			need.Indicator{Name: "成材率", Op: need.AtLeast, Target: quantity(75), Unit: "%"}, "成材率由58%提高到71%", need.GapIndicatorShort, "提高到71%",
		},
		"a name within a longer one": {
			need.Indicator{Name: "热伸长", Op: need.AtMost, Target: quantity(8), Unit: "μm"}, "主轴热伸长残差≤5 μm（8 h）", need.ReasonIndicatorMet, "主轴热伸长残差≤5 μm",
		},
		"missed": {
			need.Indicator{Name: "导电率", Op: need.AtLeast, Target: quantity(85), Unit: "%IACS"}, "导电率≥82 %IACS", need.GapIndicatorShort, "≥82 %IACS",
		},
		"an upper limit does not promise a lower one": {
			need.Indicator{Name: "产能", Op: need.AtLeast, Target: quantity(100), Unit: "t/d"}, "产能≤150 t/d", need.GapIndicatorUnclear, "≤150 t/d",
		},
		"another unit of the same quantity": {
			need.Indicator{Name: "抗拉强度", Op: need.AtLeast, Target: quantity(0.45), Unit: "GPa"}, "室温抗拉强度≥520 MPa", need.ReasonIndicatorMet, "室温抗拉强度≥520 MPa",
		},
		"a unit that cannot be compared": {
			need.Indicator{Name: "循环寿命", Op: need.AtLeast, Target: quantity(8), Unit: "年"}, "循环寿命≥2000 次", need.GapIndicatorUnit, "≥2000 次",
		},
		"another name of the trade": {
			need.Indicator{Name: "拉伸强度", Op: need.AtLeast, Target: quantity(500), Unit: "MPa"}, "抗拉强度≥520 MPa", need.ReasonIndicatorMet, "≥520 MPa",
		},
		"characters in another order": {
			need.Indicator{Name: "电导率", Op: need.AtLeast, Target: quantity(80), Unit: "%IACS"}, "导电率≥82 %IACS", need.ReasonIndicatorMet, "≥82 %IACS",
		},
		"the condition before the name is cited too": {
			need.Indicator{Name: "容量保持率", Op: need.AtLeast, Target: quantity(80), Unit: "%"}, "-20 ℃容量保持率≥75 %", need.GapIndicatorShort, "≥75 %",
		},
		"one word of a name is not enough": {
			need.Indicator{Name: "分选速度", Op: need.AtLeast, Target: quantity(5), Unit: "t/h"}, "速度≥600 瓶/min", need.GapIndicatorAbsent, "",
		},
		"a similar quantity is another": {
			need.Indicator{Name: "抗压强度", Op: need.AtLeast, Target: quantity(80), Unit: "MPa"}, "抗拉强度≥520 MPa", need.GapIndicatorAbsent, "",
		},
		"a condition in brackets is no figure": {
			need.Indicator{Name: "温度", Op: need.AtLeast, Target: quantity(10), Unit: "℃"}, "导电率≥82 %IACS（温度20 ℃）", need.GapIndicatorAbsent, "",
		},
		"a difference is no level": {
			need.Indicator{Name: "能耗", Op: need.AtMost, Target: quantity(40), Unit: "%"}, "能耗降低35 %", need.GapIndicatorAbsent, "",
		},
		"at most, reached": {
			need.Indicator{Name: "误报率", Op: need.AtMost, Target: quantity(3), Unit: "%"}, "检出率≥98 %，误报率≤2 %", need.ReasonIndicatorMet, "≤2 %",
		},
		"at most, missed": {
			need.Indicator{Name: "误报率", Op: need.AtMost, Target: quantity(1), Unit: "%"}, "检出率≥98 %，误报率≤2 %", need.GapIndicatorShort, "≤2 %",
		},
		"a range inside the wanted one": {
			need.Indicator{Name: "含水率", Op: need.Between, Target: quantity(6, 9), Unit: "%"}, "粉料含水率7~8 %", need.ReasonIndicatorMet, "粉料含水率7~8 %",
		},
		"a range that reaches out of it": {
			need.Indicator{Name: "含水率", Op: need.Between, Target: quantity(7.5, 9), Unit: "%"}, "粉料含水率7~8 %", need.GapIndicatorUnclear, "粉料含水率7~8 %",
		},
		"a range beside it": {
			need.Indicator{Name: "含水率", Op: need.Between, Target: quantity(1, 2), Unit: "%"}, "粉料含水率7~8 %", need.GapIndicatorShort, "粉料含水率7~8 %",
		},
		"about": {
			need.Indicator{Name: "厚度", Op: need.About, Target: quantity(1), Unit: "mm"}, "厚度1 mm", need.ReasonIndicatorMet, "1 mm",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			tt.row.ID = "i1"
			n := &need.Need{Indicators: []*need.Indicator{&tt.row}}
			got := compareIndicators(n, need.Achievement{Indicators: tt.stated})
			if len(got) != 1 || got[0].Kind != tt.want || got[0].Offered != tt.shown {
				t.Fatalf("got %+v, want %s %q", got, tt.want, tt.shown)
			}
			if tt.want != need.GapIndicatorAbsent && !stands(tt.stated, got[0].Achievement) {
				t.Errorf("%+v does not stand in %q", got[0].Achievement, tt.stated)
			}
		})
	}
}

func FuzzExplain(f *testing.F) {
	f.Add("铜带导电率偏低，抗软化差", "针对铜带导电率偏低的问题。导电率≥82 %IACS（20 ℃）", "导电率")
	f.Add("ＣＵ－Ｃｒ合金 cu", "Cu-Cr 合金（（", "")
	f.Add("", "((((≥≥80%", "≥")
	f.Fuzz(func(t *testing.T, problem, text, name string) {
		n := need.Fold("n", []need.Event{
			{Kind: need.ValueSet, Need: "n", Key: need.KeyProblem, Item: &need.Item{Value: need.Value{Text: problem}}},
			{Kind: need.RowSet, Need: "n", Row: &need.Indicator{ID: "i1", Name: name, Op: need.AtLeast, Target: quantity(80), Unit: "%"}},
		})
		a := need.Achievement{Title: text, Summary: text, Indicators: text}
		reasons, gaps := Explain(n, a, need.LexemeStats{})
		for _, r := range append(reasons, gaps...) {
			if r.Kind != need.GapIndicatorAbsent && !stands(text, r.Achievement) {
				t.Errorf("%+v does not stand in %q", r, text)
			}
			if r.Field == "problem" && !stands(problem, r.Need) {
				t.Errorf("%+v does not stand in %q", r, problem)
			}
		}
	})
}
