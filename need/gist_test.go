package need_test

import (
	"slices"
	"testing"

	"tanxu/need"
)

func TestGistsAlike(t *testing.T) {
	t.Parallel()
	const text = "目前铜合金带材导电率只有76%IACS，下游客户要求更高，希望提高到80%IACS以上"
	tests := map[string]struct {
		a, b string
		want bool
	}{
		"the same":           {text, text, true},
		"width and marks":    {text, "目前铜合金带材导电率只有７６％IACS。下游客户要求更高；希望提高到80%IACS以上 ", true},
		"one word more":      {text, text + "，很急", true},
		"another figure":     {text, "目前铜合金带材导电率只有75%IACS，下游客户要求更高，希望提高到80%IACS以上", true},
		"half of it":         {text, "目前铜合金带材导电率只有76%IACS", false},
		"another need":       {text, "酸洗废水COD处理后仍有150mg/L，排放不达标，希望降到50mg/L以下", false},
		"nothing":            {"", "", false},
		"nothing and a text": {"", text, false},
		"one character each": {"铜", "铜", false},
		"the clauses turned": {text, "下游客户要求更高，希望提高到80%IACS以上，目前铜合金带材导电率只有76%IACS", true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := need.GistOf(tt.a), need.GistOf(tt.b)
			if got := a.Alike(b, 0.85); got != tt.want || b.Alike(a, 0.85) != tt.want {
				t.Errorf("Alike = %t, want %t", got, tt.want)
			}
			if got := a.Likeness(b); (got >= 0.85) != tt.want || got != b.Likeness(a) {
				t.Errorf("Likeness = %g, alike %t", got, tt.want)
			}
		})
	}
}

func TestFigures(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		a, b string
		same bool
	}{
		"of length":               {"带材厚度做到0.08 mm", "带材厚度做到80 μm", true},
		"of pressure":             {"抗拉强度不低于560MPa", "抗拉强度不低于560N/mm²", true},
		"of flow":                 {"处理量500 kg/h", "处理量0.5t/h", true},
		"another figure":          {"导电率≥80%IACS", "导电率≥82%IACS", false},
		"another unit":            {"寿命2000次", "寿命2000小时", false},
		"money counts not":        {"导电率≥80%IACS，预算300万元", "导电率≥80%IACS，预算面议", true},
		"a standard is no figure": {"硬度90HV，按GB/T 4340.1-2009", "硬度90HV", true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := need.Figures(tt.a), need.Figures(tt.b)
			if slices.Equal(a, b) != tt.same {
				t.Errorf("%v and %v, want the same %t", a, b, tt.same)
			}
		})
	}
}
