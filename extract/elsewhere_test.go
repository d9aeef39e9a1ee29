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
		"生产周期现在45天，要缩到30天。": {
			need.KeyDeadline, "indicator:生产周期现在45天，要缩到30天",
		},
		"四十万以内都好谈": {
			need.KeyDeadline, "budget:四十万以内都好谈",
		},
		"一年做一百二十万件": {
			need.KeyDeadline, "",
		},
		"密封不严": {
			need.KeyScene, "problem:密封不严",
		},
		"做阀门的，铸钢闸阀": {
			need.KeyIndicator, "scene:做阀门的，铸钢闸阀",
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

// The small questions at the end are asked together; each part of the answer is
// for the one that it answers, and a refusal for the one that it names.
func TestAnswersToQuestionsAskedTogether(t *testing.T) {
	t.Parallel()
	tests := map[string]string{ // fields and their words
		"委托出去做，50万左右，明年六月前": "coop_mode:委托出去做 budget:50万左右 deadline:明年六月前",
		"一起研发。钱不方便说。12个月。":  "coop_mode:一起研发 budget:钱不方便说 deadline:12个月",
		"尽快，合作方式还没想好，三十来万":  "deadline:尽快 coop_mode:合作方式还没想好 budget:三十来万",
		"五十万以内，年底前，别的没想好":   "budget:五十万以内 deadline:年底前 coop_mode:别的没想好",
		"都还没想好": "",
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			got := extract.NewRules().Read(text, extract.Context{
				Ref: "message:m1", Now: now(), Asked: []need.Key{need.KeyCoopMode, need.KeyBudget, need.KeyDeadline},
			})
			if shares := sharesOf(text, got); shares != want {
				t.Errorf("%q, want %q", shares, want)
			}
		})
	}
}

// What a message takes back is of the table, whatever was asked.
func TestACorrectionOfTheOnlyRow(t *testing.T) {
	t.Parallel()
	row := &need.Indicator{ID: "i1", Name: "抗拉强度", Unit: "MPa", Current: &need.Quantity{Text: "320", Num: 320}, Target: &need.Quantity{Text: "360", Num: 360}}
	got := extract.NewRules().Read("不对，我查了一下，现在是305", extract.Context{
		Ref: "message:m1", Now: now(), Asked: []need.Key{need.KeyProblem}, Rows: []*need.Indicator{row},
	})
	if len(got.Rows) != 1 || got.Rows[0].Row.ID != "i1" || got.Rows[0].Row.Current == nil || got.Rows[0].Row.Current.Num != 305 || len(got.Values) > 0 {
		t.Errorf("rows %+v, values %+v", got.Rows, got.Values)
	}
}

func sharesOf(text string, r extract.Reading) string {
	var list []string
	for _, s := range r.Shares {
		list = append(list, string(s.Key)+":"+strings.TrimRight(string([]rune(text)[s.Start:s.End]), "。"))
	}
	return strings.Join(list, " ")
}
