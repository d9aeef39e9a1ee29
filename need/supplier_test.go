package need_test

import (
	"slices"
	"testing"

	"tanxu/need"
)

func TestSupplierQuestions(t *testing.T) {
	t.Parallel()
	text := func(k need.Key, s string) need.Event {
		return need.Event{Kind: need.ValueSet, Need: "n1", Key: k, Item: &need.Item{Value: need.Value{Text: s}}}
	}
	row := need.Event{Kind: need.RowSet, Need: "n1", Row: &need.Indicator{ID: "i1", Name: "导电率", Target: &need.Quantity{Num: 80}, Current: &need.Quantity{Num: 76}, Unit: "%IACS"}}
	measured := row
	measured.Row = &need.Indicator{ID: "i1", Name: "导电率", Target: &need.Quantity{Num: 80}, Current: &need.Quantity{Num: 76}, Unit: "%IACS", Condition: "20℃"}
	tests := map[string]struct {
		events      []need.Event
		want, never []string
	}{
		"nothing is known": {
			nil, []string{"indicator", need.AskAcceptance, need.AskSample, need.AskVolume, need.AskInterface, need.AskDelivery, "deadline", "budget"}, nil,
		},
		"a target without its condition": {[]need.Event{row}, []string{"condition:i1", need.AskAcceptance}, []string{"current:i1", "indicator"}},
		"a target that can be assessed":  {[]need.Event{measured}, nil, []string{"condition:i1", need.AskAcceptance}},
		"samples can be had":             {[]need.Event{text(need.KeyFoundation, "漏的壳子可以给你们寄几件")}, nil, []string{need.AskSample}},
		"the output is known":            {[]need.Event{text(need.KeyScene, "月产1.8万件电机壳")}, nil, []string{need.AskVolume}},
		"what may not change":            {[]need.Event{text(need.KeyConstraints, "模具不能重开")}, nil, []string{need.AskInterface}},
		"a refused budget is not asked again": {
			[]need.Event{{Kind: need.FieldMarked, Need: "n1", Key: need.KeyBudget, Status: need.Declined}}, []string{"deadline"}, []string{"budget"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := need.Fold("n1", tt.events).SupplierQuestions()
			for _, w := range tt.want {
				if !slices.Contains(got, w) {
					t.Errorf("%q is not asked: %v", w, got)
				}
			}
			for _, w := range tt.never {
				if slices.Contains(got, w) {
					t.Errorf("%q is asked: %v", w, got)
				}
			}
		})
	}
}
