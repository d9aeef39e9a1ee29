package extract_test

import (
	"testing"
	"time"

	"tanxu/extract"
	"tanxu/need"
)

func TestMoneyOfAnAnswer(t *testing.T) {
	t.Parallel()

	for text, want := range map[string]map[need.Key]need.Money{
		"总共一百二十万，其中给合作方五十万":  {need.KeyBudget: {Min: 120, Max: 120}, need.KeyBudgetToPartner: {Min: 50, Max: 50}},
		"五十到一百万，里面有三十万是给学校的": {need.KeyBudget: {Min: 50, Max: 100}, need.KeyBudgetToPartner: {Min: 30, Max: 30}},
		"烘房这块二十万以内":          {need.KeyBudget: {Max: 20}},
		"六十万够不够啊？":           {},
		"去年光退货就赔了六十多万":       {},
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()

			r := extract.NewRules().Read(text, extract.Context{Ref: "message:1", Now: time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC), Asked: []need.Key{need.KeyBudget}})
			got := map[need.Key]need.Money{}
			for _, v := range r.Values {
				if v.Item.Value.Money != nil {
					got[v.Key] = need.Money{Min: v.Item.Value.Money.Min, Max: v.Item.Value.Money.Max}
				}
			}
			if len(got) != len(want) || got[need.KeyBudget] != want[need.KeyBudget] || got[need.KeyBudgetToPartner] != want[need.KeyBudgetToPartner] {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}
