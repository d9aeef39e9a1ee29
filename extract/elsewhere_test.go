package extract_test

import (
	"testing"

	"tanxu/extract"
	"tanxu/need"
)

func TestAnswersToAnotherQuestion(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		asked, want need.Key // want "": it answers what was asked
	}{
		"合作开发":        {need.KeyRootCause, need.KeyCoopMode},
		"想一起搞":        {need.KeyFoundation, need.KeyCoopMode},
		"共有就行":        {need.KeyRootCause, need.KeyIPTerms},
		"公司名别公开":      {need.KeyScene, need.KeyConfidentiality},
		"明年三月前":       {need.KeyScene, need.KeyDeadline},
		"预算20到30万":    {need.KeyScene, need.KeyBudget},
		"试过换断屑槽刀片":    {need.KeyConstraints, need.KeyTried},
		"材料牌号不能换":     {need.KeyTried, need.KeyConstraints},
		"我们厂长定":       {need.KeyFoundation, need.KeyDecisionOwner},
		"这个要王总拍板":     {need.KeyFoundation, need.KeyDecisionOwner},
		"炉子不能换":       {need.KeyConstraints, ""},
		"试过换料":        {need.KeyTried, ""},
		"换过刀，还是缠":     {need.KeyRootCause, ""},
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
			if got.Elsewhere != tt.want {
				t.Errorf("asked for %s: Elsewhere = %q, want %q", tt.asked, got.Elsewhere, tt.want)
			}
			for _, f := range got.Values {
				if tt.want != "" && f.Key != tt.want {
					t.Errorf("a value for %s: %+v", f.Key, f.Item)
				}
			}
		})
	}
}
