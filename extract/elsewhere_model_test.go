package extract_test

import (
	"strings"
	"testing"

	"tanxu/extract"
	"tanxu/need"
)

// What the classifier is sure of goes to its own field, faults and what fits the
// question stay.
func TestAnswersThatAreLearnt(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		asked need.Key
		want  string
	}{
		"我估计是来料含水不一样":       {need.KeyConstraints, "root_cause:我估计是来料含水不一样"},
		"可以出样品，人手也能配合":      {need.KeyTried, "foundation:可以出样品，人手也能配合"},
		"我们有一台小试烘箱，可以做试验":   {need.KeyConstraints, "foundation:我们有一台小试烘箱，可以做试验"},
		"不锈钢保温杯内胆，抛光工序":     {need.KeyRootCause, "scene:不锈钢保温杯内胆，抛光工序"},
		"最好是懂酶制剂的老师":        {need.KeyTried, "partner_req:最好是懂酶制剂的老师"},
		"换过两家釉料，都不行":        {need.KeyFoundation, "tried:换过两家釉料，都不行"},
		"50万以内，半年":          {need.KeyRootCause, "budget:50万以内 deadline:半年"},
		"八十万，十个月":           {need.KeyBudget, "budget:八十万 deadline:十个月"},
		"台州永固阀门有限公司":        {need.KeyScene, "none:台州永固阀门有限公司"},
		"找过宁波一家密封件有限公司":     {need.KeyTried, ""},
		"罚了两次一共16万":         {need.KeyIndicator, "problem:罚了两次一共16万"},
		"赔了客户三次，总共12万":      {need.KeyIndicator, "problem:赔了客户三次，总共12万"},
		"味道不能变，果胶含量别低于0.8%": {need.KeyIndicator, "constraints:味道不能变 indicator:果胶含量别低于0.8%"},
		"去年窑炉改过一次燃烧器":       {need.KeyTried, ""},
		"今年雨水多，绒面老是发黄":      {need.KeyProblem, ""},
	}
	for text, tt := range tests {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			got := extract.NewRules().Read(text, extract.Context{Ref: "message:m1", Now: now(), Asked: []need.Key{tt.asked}})
			if shares := sharesOf(text, got); shares != tt.want {
				t.Errorf("asked for %s: %q, want %q", tt.asked, shares, tt.want)
			}
			if strings.HasPrefix(tt.want, "problem:") && len(got.Rows) > 0 {
				t.Errorf("rows of money that was lost: %+v", got.Rows[0].Row)
			}
		})
	}
}

// A loss in a text is no row, but one that has to become less is.
func TestRowsOfLostMoney(t *testing.T) {
	t.Parallel()
	tests := map[string]int{
		"客户退货，去年罚了三次一共20万。":      0,
		"一年赔出去40万元，老板坐不住了。":      0,
		"每年的赔款现在40万元，要降到10万元以内。": 1,
		"釉面针孔率现在6%，要到1%以下。":      1,
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			got := extract.NewRules().Read(text, extract.Context{Ref: "message:m1", Now: now(), Asked: []need.Key{need.KeyIndicator}})
			if len(got.Rows) != want {
				t.Errorf("%d rows, want %d: %+v", len(got.Rows), want, got.Rows)
			}
		})
	}
}

func TestBudgetsAsPeopleSayThem(t *testing.T) {
	t.Parallel()
	tests := map[string][2]float64{ // 万元
		"十来二十万":       {10, 20},
		"十几二十万吧":      {10, 20},
		"二三十万吧，五十顶天":  {20, 50},
		"三四十万，最多六十":   {30, 60},
		"一年三五十万":      {30, 50},
		"每年三五十万":      {30, 50},
		"五十个以内":       {0, 50},
		"去年罚了16万":     {},
		"每年电费就要三五十万了": {},
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			got := extract.NewRules().Read(text, extract.Context{Ref: "message:m1", Now: now(), Asked: []need.Key{need.KeyBudget}})
			var money [2]float64
			for _, f := range got.Values {
				if f.Key == need.KeyBudget && f.Item.Value.Money != nil {
					money = [2]float64{f.Item.Value.Money.Min, f.Item.Value.Money.Max}
				}
			}
			if money != want {
				t.Errorf("budget %v, want %v", money, want)
			}
		})
	}
}
