package extract_test

import (
	"testing"

	"tanxu/extract"
	"tanxu/llm/llmtest"
	"tanxu/need"
)

// onRecord is a need of which two rows and some statements are known.
func onRecord() *need.Need {
	text := func(k need.Key, s string) need.Event {
		return need.Event{Kind: need.ValueSet, Need: "n", Key: k, Item: &need.Item{Value: need.Value{Text: s}}}
	}
	return need.Fold("n", []need.Event{
		{Kind: need.NeedStarted, Need: "n"},
		text(need.KeyConstraints, "电镀槽不能加长"), text(need.KeyConstraints, "单件成本最多涨两毛"), text(need.KeyTried, "换过日本的光亮剂，三天就发雾"),
		{Kind: need.RowSet, Need: "n", Row: &need.Indicator{
			ID: "i1", Name: "盐雾时间", Unit: "小时", Target: &need.Quantity{Text: "96", Num: 96}, Op: need.AtLeast,
			Condition: "60℃，湿度85%", Method: "GB/T 10125", Checks: need.Checks{Aligned: true},
		}},
		{Kind: need.RowSet, Need: "n", Row: &need.Indicator{ID: "i2", Name: "使用寿命", Unit: "米", Current: &need.Quantity{Text: "800", Num: 800}}},
	})
}

// A row bears the contact's word; where there is none, or speech was heard
// wrongly, the term of the trade, which nobody may take for his word.
func TestATermOfTheTradeIsNotAligned(t *testing.T) {
	t.Parallel()
	for text, tt := range map[string]struct {
		row     map[string]any
		name    string
		aligned bool
	}{
		"钻头一根平均打八百米就废了，想打到一千二": {row("name", "使用寿命", "current", "八百", "target", "一千二", "cmp", "≥", "unit", "米"), "使用寿命", false},
		"淬完火落是硬度五十八到六十二":       {row("name", "洛氏硬度", "target", "58~62", "cmp", "range"), "洛氏硬度", false},
		"跳动现在五六道，要压到三道以内":      {row("name", "跳动", "current", "5~6", "target", "三", "cmp", "≤", "unit", "道"), "跳动", true},
		"一百片里头总有六成发花":          {row("name", "发花率", "current", "六成", "unit", "%"), "发花率", false},
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			tt.row["quote"] = text
			got, err := understander(t, llmtest.Says(answer(t, nil, list(tt.row))), extract.UnderstandOptions{}).Understand(t.Context(), input(text))
			if err != nil || len(got.Dropped) > 0 || len(got.Readings["message:a"].Rows) != 1 {
				t.Fatalf("read %q, dropped %v, %v", brief(got), got.Dropped, err)
			}
			checkEvidence(t, text, got.Readings["message:a"])
			r := got.Readings["message:a"].Rows[0].Row
			if r.Name != tt.name || r.Checks.Aligned != tt.aligned || r.Evidence[0].Quote != text {
				t.Errorf("row %+v", r)
			}
			rules := extract.NewRules().Read(text, extract.Context{Ref: "message:a", Now: input().Now})
			for _, f := range extract.Merge(rules, got.Readings["message:a"]).Rows {
				if f.Row.Name == tt.name && f.Row.Checks.Aligned != tt.aligned {
					t.Errorf("merged %+v", f.Row)
				}
			}
		})
	}
}

// More of a condition or method comes to what stands there; a correction takes
// the place of the part that it is about.
func TestConditionsGrowAndAreCorrected(t *testing.T) {
	t.Parallel()
	for text, tt := range map[string]struct {
		row               map[string]any
		condition, method string
	}{
		"另外是连续喷雾":            {row("row", "i1", "condition", "连续喷雾"), "60℃，湿度85%；连续喷雾", ""},
		"湿度85%的时候":           {row("row", "i1", "condition", "湿度85%"), "", ""},
		"不是60℃，是80℃":         {row("op", "correct", "row", "i1", "condition", "80℃"), "80℃，湿度85%", ""},
		"说错了，是在室外挂着测的":       {row("op", "correct", "row", "i1", "condition", "在室外挂着测"), "在室外挂着测", ""},
		"客户那边还要做一遍ASTM B117": {row("row", "i1", "method", "ASTM B117"), "", "GB/T 10125；ASTM B117"},
		"标准弄错了，是GB/T 2423":   {row("op", "correct", "row", "i1", "method", "GB/T 2423"), "", "GB/T 2423"},
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			in := input(text)
			in.Need = onRecord()
			tt.row["quote"] = text
			got, err := understander(t, llmtest.Says(answer(t, nil, list(tt.row))), extract.UnderstandOptions{}).Understand(t.Context(), in)
			if err != nil || len(got.Dropped) > 0 || len(got.Readings["message:a"].Rows) != 1 {
				t.Fatalf("read %q, dropped %v, %v", brief(got), got.Dropped, err)
			}
			if r := got.Readings["message:a"].Rows[0].Row; r.Condition != tt.condition || r.Method != tt.method || r.Name != "盐雾时间" || !r.Checks.Aligned {
				t.Errorf("condition %q, method %q; want %q, %q", r.Condition, r.Method, tt.condition, tt.method)
			}
		})
	}
}

// The name of a row is the contact's to change, and then it is his word.
func TestTheContactRenamesARow(t *testing.T) {
	t.Parallel()
	const text = "第二条不叫使用寿命，我们叫单支进尺量"
	in := input(text)
	in.Need = onRecord()
	m := llmtest.Says(answer(t, nil, list(row("quote", text, "op", "correct", "row", "i2", "name", "单支进尺量"))))
	got, err := understander(t, m, extract.UnderstandOptions{}).Understand(t.Context(), in)
	if err != nil || brief(got) != "i2单支进尺量米!" || !got.Readings["message:a"].Rows[0].Row.Checks.Aligned {
		t.Errorf("read %q, %v", brief(got), err)
	}
}

// A correction of one statement of several says which, by its beginning.
func TestACorrectionSaysWhichStatementItIsOf(t *testing.T) {
	t.Parallel()
	for text, tt := range map[string]struct {
		cmd  map[string]any
		want string
	}{
		"成本我说少了，五毛以内都行":   {cmd("op", "correct", "field", "constraints", "value", "单件成本最多"), "单件成本最多涨两毛"},
		"那个不对，是德国的":       {cmd("op", "correct", "field", "tried", "value", "换过日本的光亮剂…"), "换过日本的光亮剂，三天就发雾"},
		"车间的天花板也不能动":      {cmd("op", "set", "field", "constraints", "value", "电镀槽"), ""},
		"不对，是挂具不能换":       {cmd("op", "correct", "field", "constraints", "value", "厂房不能扩"), ""},
		"加长那条算了，能加":       {cmd("op", "retract", "field", "constraints", "value", "电镀槽不能加长"), "电镀槽不能加长"},
		"成本那条收回，老板说不管钱的事": {cmd("op", "retract", "field", "constraints"), ""},
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			in := input(text)
			in.Need = onRecord()
			tt.cmd["quote"] = text
			got, err := understander(t, llmtest.Says(answer(t, list(tt.cmd), nil)), extract.UnderstandOptions{}).Understand(t.Context(), in)
			if err != nil || len(got.Dropped) > 0 {
				t.Fatalf("read %q, dropped %v, %v", brief(got), got.Dropped, err)
			}
			r, was := got.Readings["message:a"], ""
			switch {
			case len(r.Values) == 1:
				was = r.Values[0].Was
			case len(r.Marks) == 1:
				was = r.Marks[0].Was
			}
			if was != tt.want {
				t.Errorf("it is of %q, want %q", was, tt.want)
			}
		})
	}
}
