package need_test

import (
	"testing"

	"tanxu/need"
)

func TestAmounts(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		text     string
		asked    bool
		min, max float64
		role     need.MoneyRole
	}{
		"range with dash":             {"预计投入研发费用30-50万", false, 30, 50, need.MoneyPlanned},
		"range with 到":                {"准备了60到80万", false, 60, 80, need.MoneyPlanned},
		"whole unit":                  {"项目预算150万元", false, 150, 150, need.MoneyPlanned},
		"hundred millions":            {"计划总投资1.2亿元", false, 12000, 12000, need.MoneyPlanned},
		"yuan":                        {"经费5000元", false, 0.5, 0.5, need.MoneyPlanned},
		"thousands separator":         {"预算1,200万元", false, 1200, 1200, need.MoneyPlanned},
		"a cap":                       {"经费不超过200万", false, 200, 200, need.MoneyPlanned},
		"capped":                      {"70万封顶", true, 70, 70, need.MoneyPlanned},
		"Chinese numerals":            {"拿得出一千万", true, 1000, 1000, need.MoneyPlanned},
		"some three millions":         {"三百来万吧", true, 300, 300, ""},
		"neighbouring digits":         {"两三百万", true, 200, 300, ""},
		"spoken, without a unit":      {"一百五到两百个", true, 150, 200, ""},
		"a bare number":               {"80", true, 80, 80, ""},
		"a bare range":                {"100~120吧", true, 100, 120, ""},
		"yuan in words":               {"八十万块钱", true, 80, 80, ""},
		"to the partner":              {"付给合作方60万", true, 60, 60, need.MoneyToPartner},
		"already spent":               {"前期已投入300万元", false, 300, 300, need.MoneySpent},
		"turnover is no budget":       {"去年销售额3.2亿元", false, 32000, 32000, need.MoneyOther},
		"a loss is no budget":         {"一年赔出去88万元", false, 88, 88, need.MoneyOther},
		"a price is no budget":        {"售价每吨2600元", false, 0.26, 0.26, need.MoneyOther},
		"a cost ceiling is no budget": {"单件成本最多增加0.5元", false, 0.00005, 0.00005, need.MoneyOther},
		"approved":                    {"立项批了180万元", false, 180, 180, need.MoneyPlanned},
		"within":                      {"二十万以内", true, 0, 20, ""},
		"at least":                    {"最少一百五，上不封顶", true, 150, 0, ""},
		"and above":                   {"五十万以上都行", true, 50, 0, ""},
		"a range in one power":        {"五十到一百万", true, 50, 100, ""},
		"a range of hundreds":         {"一百五十至两百万元", true, 150, 200, ""},
		"most of the tens":            {"大几十万吧", true, 50, 100, ""},
		"capital numerals":            {"贰佰万元整", true, 200, 200, ""},
		"English":                     {"budget 80万", false, 80, 80, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			got := need.Amounts(tt.text, tt.asked)
			if len(got) == 0 {
				t.Fatalf("Amounts(%q) found nothing", tt.text)
			}
			a := got[0]
			if a.Money.Min != tt.min || a.Money.Max != tt.max || a.Money.Unit != "万元" {
				t.Errorf("money = %+v, want %v to %v", a.Money, tt.min, tt.max)
			}
			if a.Role != tt.role {
				t.Errorf("role = %q, want %q", a.Role, tt.role)
			}
		})
	}
}

func TestAmountsPassOver(t *testing.T) {
	t.Parallel()

	for name, tt := range map[string]struct {
		text  string
		asked bool
	}{
		"pieces a year":      {"一年做4.5万根", false},
		"a mobile network":   {"5G网络", true},
		"a word with 一":      {"钱邮件里一个字没提", true},
		"months":             {"10个月", true},
		"a year":             {"2027年立项", true},
		"tonnes":             {"年产12万吨", false},
		"numbers, not asked": {"一共80", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			for _, a := range need.Amounts(tt.text, tt.asked) {
				t.Errorf("found %+v in %q", a, tt.text)
			}
		})
	}
}
