package extract_test

import (
	"strings"
	"testing"

	"tanxu/extract"
	"tanxu/need"
)

func TestAnswersToAnotherQuestion(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		asked need.Key
		want  string // fields and their words; "": all of it answers what was asked
	}{
		"合作开发":        {need.KeyRootCause, "coop_mode:合作开发"},
		"想一起搞":        {need.KeyFoundation, "coop_mode:想一起搞"},
		"共有就行":        {need.KeyRootCause, "ip_terms:共有就行"},
		"公司名别公开":      {need.KeyScene, "confidentiality:公司名别公开"},
		"明年三月前":       {need.KeyScene, "deadline:明年三月前"},
		"预算20到30万":    {need.KeyScene, "budget:预算20到30万"},
		"试过换断屑槽刀片":    {need.KeyConstraints, "tried:试过换断屑槽刀片"},
		"材料牌号不能换":     {need.KeyTried, ""},
		"料号不能换":       {need.KeyFoundation, "constraints:料号不能换"},
		"我们厂长定":       {need.KeyFoundation, "decision_owner:我们厂长定"},
		"这个要王总拍板":     {need.KeyFoundation, "decision_owner:这个要王总拍板"},
		"炉子不能换":       {need.KeyConstraints, ""},
		"试过换料":        {need.KeyTried, ""},
		"换过刀，还是缠":     {need.KeyRootCause, "tried:换过刀，还是缠"},
		"共有3台试验炉":     {need.KeyFoundation, ""},
		"去年三月出过一次":    {need.KeyProblem, ""},
		"一天12万件，加工中心": {need.KeyScene, ""},
		"间隙不均匀":       {need.KeyRootCause, ""},
		"委托出去":        {need.KeyCoopMode, ""},
	}
	for text, tt := range tests {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			got := extract.NewRules().Read(text, extract.Context{Ref: "message:m1", Now: now(), Asked: []need.Key{tt.asked}})
			if shares := sharesOf(text, got); shares != tt.want {
				t.Errorf("asked for %s: %q, want %q", tt.asked, shares, tt.want)
			}
		})
	}
}

func TestAnswersToSeveralQuestions(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		asked need.Key
		want  string
	}{
		"就是镗孔那道工序，我怀疑是刀杆刚性不够，试过加减振套没用。": {
			need.KeyScene, "scene:就是镗孔那道工序 root_cause:我怀疑是刀杆刚性不够 tried:试过加减振套没用",
		},
		"12个月内搞定就行，预算50到100万，最好委托出去做。": {
			need.KeyConstraints, "deadline:12个月内搞定就行 budget:预算50到100万 coop_mode:最好委托出去做",
		},
		"炉子是去年新上的，设备不能换。预算大概三十万。": {
			need.KeyFoundation, "foundation:炉子是去年新上的 constraints:设备不能换 budget:预算大概三十万",
		},
		"我们试过真空压铸，漏率降了一半，后来阀老堵，就停了。": {
			need.KeyProblem, "tried:我们试过真空压铸，漏率降了一半，后来阀老堵，就停了",
		},
		"原料不能换，单件成本也不能再涨了。": {
			need.KeyDeadline, "constraints:原料不能换，单件成本也不能再涨了",
		},
		"明年六月前，原料不能换。": {
			need.KeyDeadline, "deadline:明年六月前 constraints:原料不能换",
		},
		"泄漏率现在4.5%，希望降到1%以内。": {
			need.KeyFoundation, "indicator:泄漏率现在4.5%，希望降到1%以内",
		},
		"估计是模具温度不匀，一个月报废三百件。": {
			need.KeyProblem, "root_cause:估计是模具温度不匀 problem:一个月报废三百件",
		},
		"去年退货两百多件，对方要懂热处理。": {
			need.KeyIPTerms, "problem:去年退货两百多件 partner_req:对方要懂热处理",
		},
		"样件要多少给多少，专利归我们。": {
			need.KeyTried, "foundation:样件要多少给多少 ip_terms:专利归我们",
		},
	}
	for text, tt := range tests {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			got := extract.NewRules().Read(text, extract.Context{Ref: "message:m1", Now: now(), Asked: []need.Key{tt.asked}})
			if shares := sharesOf(text, got); shares != tt.want {
				t.Errorf("asked for %s: %q, want %q", tt.asked, shares, tt.want)
			}
			for _, f := range got.Values {
				if e := f.Item.Evidence[0]; string([]rune(text)[e.Start:e.End]) != e.Quote {
					t.Errorf("%s: evidence %+v does not stand there", f.Key, e)
				}
			}
		})
	}
}

func sharesOf(text string, r extract.Reading) string {
	var list []string
	for _, s := range r.Shares {
		list = append(list, string(s.Key)+":"+strings.TrimRight(string([]rune(text)[s.Start:s.End]), "。"))
	}
	return strings.Join(list, " ")
}
