package need_test

import (
	"reflect"
	"testing"
	"time"

	"tanxu/need"
)

func TestReadStage(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		text  string
		stage string
		trl   int
	}{
		"a stage":                      {"中期", "中期", 0},
		"a pilot":                      {"已完成中试", "中期", 0},
		"the latest of several counts": {"小试、中试完成，已量产", "成熟应用", 0},
		"what is not yet there":        {"尚未产业化，正在小试", "初期", 0},
		"a negation far away":          {"不能批量生产，实验室样品", "中期", 0},
		"a level":                      {"TRL 6", "中期", 6},
		"a level in words":             {"技术就绪度达到8级", "成熟应用", 8},
		"a level alone":                {"3级", "初期", 3},
		"nothing":                      {"良好", "", 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			stage, trl, ok := need.ReadStage(tt.text)
			if stage != tt.stage || trl != tt.trl || ok != (tt.stage != "") {
				t.Errorf("ReadStage = %q, %d, %t", stage, trl, ok)
			}
		})
	}
}

func TestReadPledge(t *testing.T) {
	t.Parallel()

	for text, want := range map[string]string{"质押中": "质押中", "已质押给某银行": "质押中", "未质押": "未质押", "质押已解除": "已解除", "有效": ""} {
		if got := need.ReadPledge(text); got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		l      need.Library
		given  need.Values
		faults []need.FieldFault
	}{
		"all is well":              {need.Experts, need.Values{"name": " 李某 ", "keywords": []any{"铜", "铜"}}, nil},
		"no name":                  {need.Experts, need.Values{"org": "某大学"}, []need.FieldFault{{Key: "name", Code: "place_required"}}},
		"no such field":            {need.Experts, need.Values{"name": "李某", "trl": 3.0}, []need.FieldFault{{Key: "trl", Code: "place_unknown"}}},
		"a wrong check character":  {need.Organisations, need.Values{"name": "甲公司", "uscc": "91350100M000100Y4Z"}, []need.FieldFault{{Key: "uscc", Code: "place_uscc"}}},
		"a right one":              {need.Organisations, need.Values{"name": "甲公司", "uscc": "9135 0100 m000100y43"}, nil},
		"a word of no list":        {need.Achievements, need.Values{"title": "铜带", "stage": "小试"}, []need.FieldFault{{Key: "stage", Code: "place_enum"}}},
		"a day that is none":       {need.Achievements, need.Values{"title": "铜带", "updated": "2026-02-30"}, []need.FieldFault{{Key: "updated", Code: "place_value"}}},
		"stage and level at odds":  {need.Achievements, need.Values{"title": "铜带", "stage": "初期", "trl": 8.0}, []need.FieldFault{{Key: "trl", Code: "place_stage"}}},
		"a right without its kind": {need.Achievements, need.Values{"title": "铜带", "ip": []any{map[string]any{"number": "ZL1"}}}, []need.FieldFault{{Key: "ip", Code: "place_required"}}},
		"a pledge of another word": {need.Achievements, need.Values{"title": "铜带", "ip": []any{map[string]any{"kind": "专利", "pledge": "押了"}}}, []need.FieldFault{{Key: "ip", Code: "place_enum"}}},
		"a text for a figure":      {need.FinanceProducts, need.Values{"name": "贷", "limit": "500"}, []need.FieldFault{{Key: "limit", Code: "place_shape"}}},
		"evidence of no item":      {need.Achievements, need.Values{"title": "铜带", "checks": map[string]any{"luck": map[string]any{"evidence": "有"}}}, []need.FieldFault{{Key: "checks", Code: "place_shape"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			out, faults := tt.l.Clean(tt.given)
			if len(faults) != len(tt.faults) || len(faults) > 0 && !reflect.DeepEqual(faults, tt.faults) {
				t.Errorf("faults %v, want %v", faults, tt.faults)
			}
			if again, more := tt.l.Clean(out); len(tt.faults) == 0 && (len(more) > 0 || !reflect.DeepEqual(again, out)) {
				t.Errorf("cleaned again: %v, %v; before %v", again, more, out)
			}
		})
	}
}

// TestRipeness: a step counts once all its items, and those before, are shown.
func TestRipeness(t *testing.T) {
	t.Parallel()

	e := need.Entry{Library: need.Achievements, Values: need.Values{"title": "铜带"}}
	reached := []need.Ripeness{}
	for _, step := range need.Checklist() {
		for _, item := range step.Items {
			if err := e.SetCheck(item, need.Check{Evidence: "报告 2026-1", By: "broker:1", At: time.Now()}); err != nil {
				t.Fatal(err)
			}
		}
		reached = append(reached, e.Ripeness())
	}
	if want := []need.Ripeness{need.Sorted, need.Proven, need.Ripe}; !reflect.DeepEqual(reached, want) {
		t.Errorf("reached %v", reached)
	}
	if err := e.SetCheck("figures", need.Check{}); err != nil || e.Ripeness() != "" {
		t.Errorf("without an item of the first step it is %q, %v", e.Ripeness(), err)
	}
	if err := e.SetCheck("luck", need.Check{Evidence: "有"}); need.KindOf(err) != need.Invalid {
		t.Errorf("an item that is none: %v", err)
	}
}

func TestAbsorb(t *testing.T) {
	t.Parallel()

	e := need.Entry{Library: need.Achievements, Values: need.Values{
		"title": "铜带", "price": "面议", "keywords": []any{"铜"}, "ip": []any{map[string]any{"kind": "专利", "number": "ZL1"}},
	}}
	e.Absorb(&need.Entry{Library: need.Achievements, Values: need.Values{
		"title": "铜带（改）", "price": "80万元", "stage": "中期", "keywords": []any{"铜", "时效"},
		"ip": []any{map[string]any{"kind": "发明专利", "number": "ZL1"}, map[string]any{"kind": "专利", "number": "ZL2"}},
	}})
	want := need.Values{
		"title": "铜带", "price": "面议", "stage": "中期", "keywords": []any{"铜", "时效"},
		"ip": []any{map[string]any{"kind": "专利", "number": "ZL1"}, map[string]any{"kind": "专利", "number": "ZL2"}},
	}
	if !reflect.DeepEqual(e.Values, want) {
		t.Errorf("absorbed %v, want %v", e.Values, want)
	}
}

// TestTake: what people have corrected since the last file stands while files
// say the same.
func TestTake(t *testing.T) {
	t.Parallel()

	before := need.Values{"title": "铜带", "price": "80万元", "stage": "初期"}
	e := need.Entry{Library: need.Achievements, Code: need.MadeCode + "X", Values: need.Values{"title": "铜带", "price": "面议", "stage": "初期", "trl": 3.0, "region": "360700"}}
	file := need.Entry{Library: need.Achievements, Code: "CG-1", Values: need.Values{"title": "铜带", "price": "80万元", "stage": "中期"}}
	if !e.Take(before, &file) {
		t.Error("a new stage changes nothing")
	}
	if want := (need.Values{"title": "铜带", "price": "面议", "stage": "中期", "region": "360700"}); !reflect.DeepEqual(e.Values, want) || e.Code != "CG-1" {
		t.Errorf("took %v of %s", e.Values, e.Code)
	}
	if e.Take(file.Values, &file) {
		t.Error("the same again changes it")
	}
}
