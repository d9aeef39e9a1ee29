package need_test

import (
	"testing"

	"tanxu/need"
)

func TestReadCodeInPlainWords(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		key  need.Key
		text string
		want string
	}{
		"developed side by side":   {need.KeyCoopMode, "一起研发吧，我们出产线。", "合作研发"},
		"published without a name": {need.KeyConfidentiality, "能发，厂名和客户名别写。", "脱敏公开"},
		"a customer left out":      {need.KeyConfidentiality, "公开没问题，就是别提海信", "脱敏公开"},
		"left out before shown":    {need.KeyConfidentiality, "不要写三一重工，其他的都可以公开", "脱敏公开"},
		"nothing to leave out":     {need.KeyConfidentiality, "公开吧，厂名不用打码", "公开"},
		"put up without the firm":  {need.KeyConfidentiality, "发出去的时候不要露我们单位", "脱敏公开"},
		"secret all the same":      {need.KeyConfidentiality, "不公开，客户更别写", "不公开"},
		"nothing is secret":        {need.KeyConfidentiality, "没什么不能公开的", "公开"},
		"others are to do it":      {need.KeyCoopMode, "包给人家做，做好交给我们", "委托研发"},
		"the right is bought":      {need.KeyCoopMode, "干脆把专利买过来算了", "技术转让"},
		"half and half":            {need.KeyIPTerms, "一家一半吧", "共有"},
		"published with the name":  {need.KeyConfidentiality, "能发，都能写。", "公开"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			if got, _, _, _ := need.ReadCode(tt.key, tt.text); got != tt.want {
				t.Errorf("ReadCode(%s, %q) = %q, want %q", tt.key, tt.text, got, tt.want)
			}
		})
	}
}
