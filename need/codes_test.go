package need_test

import (
	"slices"
	"testing"

	"tanxu/need"
)

func TestReadCode(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		key  need.Key
		text string
		code string // "" if none can be read
	}{
		"commissioned":              {need.KeyCoopMode, "我们没人手，整个委托出去做", "委托研发"},
		"together":                  {need.KeyCoopMode, "最好两家一起搞", "合作研发"},
		"joint development":         {need.KeyCoopMode, "想跟高校联合开发", "合作研发"},
		"negated first":             {need.KeyCoopMode, "不委托，走合作研发", "合作研发"},
		"buying the results":        {need.KeyCoopMode, "有现成专利的话专利转让也行", "技术转让"},
		"a licence":                 {need.KeyCoopMode, "给个独占许可", "技术许可"},
		"shares":                    {need.KeyCoopMode, "可以技术入股", "技术入股"},
		"an expert to look at it":   {need.KeyCoopMode, "先请专家来看看", "技术咨询"},
		"on site":                   {need.KeyCoopMode, "要人进厂指导", "技术服务"},
		"off the shelf":             {need.KeyCoopMode, "有成熟的就直接买", "采购"},
		"in English":                {need.KeyCoopMode, "joint development with a university", "合作研发"},
		"no mode at all":            {need.KeyCoopMode, "还没想好", ""},
		"all ours":                  {need.KeyIPTerms, "成果都得归我们", "企业"},
		"shared":                    {need.KeyIPTerms, "专利双方共有", "共有"},
		"the university's":          {need.KeyIPTerms, "专利归学校，我们能用就行", "供方"},
		"to be agreed":              {need.KeyIPTerms, "到时候再谈吧", "面议"},
		"half and half":             {need.KeyIPTerms, "一人一半", "共有"},
		"public":                    {need.KeyConfidentiality, "可以公开", "公开"},
		"public without names":      {need.KeyConfidentiality, "能发，公司名隐去", "脱敏公开"},
		"only some":                 {need.KeyConfidentiality, "签了保密协议的才能看", "定向"},
		"not public":                {need.KeyConfidentiality, "先不公开", "不公开"},
		"strictest wins":            {need.KeyConfidentiality, "公开可以，厂名去掉", "脱敏公开"},
		"type":                      {need.KeyNeedType, "主要是工艺优化", "工艺改进"},
		"region":                    {need.KeyRegion, "我们在赣州开发区", "赣州"},
		"chain":                     {need.KeyChain, "属于有色金属", "有色金属"},
		"a text field has no codes": {need.KeyProblem, "委托研发", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			code, start, end, ok := need.ReadCode(tt.key, tt.text)
			if ok != (tt.code != "") || code != tt.code {
				t.Fatalf("ReadCode = %q, %v; want %q", code, ok, tt.code)
			}
			if ok && !slices.Contains(tt.key.Codes(), code) {
				t.Errorf("%q is no code of %s", code, tt.key)
			}
			if start < 0 || end > len([]rune(tt.text)) || ok && start >= end {
				t.Errorf("offsets %d to %d", start, end)
			}
		})
	}
}

func TestCodeLists(t *testing.T) {
	t.Parallel()

	for name, tt := range map[string]struct {
		list []string
		n    int
	}{
		"chains": {need.Chains(), 12}, "clusters": {need.Clusters(), 6}, "fields": {need.TechFields(), 8},
		"modes": {need.CoopModes(), 10}, "types": {need.NeedTypes(), 8}, "cities": {need.KeyRegion.Codes(), 11},
	} {
		seen := slices.Compact(slices.Sorted(slices.Values(tt.list)))
		if len(tt.list) != tt.n || len(seen) != tt.n {
			t.Errorf("%s: %d values, %d different, want %d", name, len(tt.list), len(seen), tt.n)
		}
	}
}

func TestParseUSCC(t *testing.T) {
	t.Parallel()

	tests := map[string]struct{ in, out, code string }{
		"known vector":               {"91350100M000100Y43", "91350100M000100Y43", ""},
		"as once published":          {"91350100M000100Y4Z", "", "uscc_character"},
		"wrong check":                {"91350100M000100Y44", "", "uscc_check"},
		"remainder 0 is check 0":     {"91360100MA000022X0", "91360100MA000022X0", ""},
		"small letters and spaces":   {" 91350100m000100 y43 ", "91350100M000100Y43", ""},
		"full width":                 {"９１３５０１００M000100Y43", "91350100M000100Y43", ""},
		"too short":                  {"91350100", "", "uscc_length"},
		"a letter that is not there": {"91350100O000100Y43", "", "uscc_character"},
		"empty":                      {"", "", "uscc_length"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			got, err := need.ParseUSCC(tt.in)
			if got != tt.out || (err != nil) != (tt.code != "") {
				t.Fatalf("ParseUSCC = %q, %v; want %q", got, err, tt.out)
			}
			if err != nil && (need.CodeOf(err) != tt.code || need.KindOf(err) != need.Invalid) {
				t.Errorf("code = %s, kind %v; want %s", need.CodeOf(err), need.KindOf(err), tt.code)
			}
		})
	}
}
