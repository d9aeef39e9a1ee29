package extract_test

import (
	"slices"
	"testing"

	"tanxu/extract"
	"tanxu/need"
)

// What is said without a mark reaches its fields, in the words as they came.
func TestWhatIsSaidInOneBreath(t *testing.T) {
	t.Parallel()
	for words, want := range map[string][]need.Key{
		"塑料管表面老有麻点 一个月退三四吨 我估计是模头温度不稳定 希望半年之内解决 预算三十万左右吧": {need.KeyRootCause, need.KeyDeadline, need.KeyBudget},
		"阀体打压老漏然后呢我怀疑是砂芯透气不好另外希望明年六月底前解决再就是预算五十万以内":       {need.KeyDeadline, need.KeyBudget},
	} {
		r := extract.NewRules().Read(words, extract.Context{Ref: "message:m1", Now: now()})
		text := []rune(words)
		for _, k := range want {
			i := slices.IndexFunc(r.Values, func(f extract.Found) bool { return f.Key == k })
			if i < 0 {
				t.Errorf("%s: no %s in %+v", words, k, r.Values)
				continue
			}
			if e := r.Values[i].Item.Evidence[0]; string(text[e.Start:e.End]) != e.Quote {
				t.Errorf("%s: %q does not stand at %d–%d", words, e.Quote, e.Start, e.End)
			}
		}
	}
}
