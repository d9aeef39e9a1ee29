package jobs

import "testing"

func TestAlike(t *testing.T) {
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
			a, b := gistOf(tt.a), gistOf(tt.b)
			if got := alike(a, b); got != tt.want || alike(b, a) != tt.want {
				t.Errorf("alike = %t, want %t", got, tt.want)
			}
		})
	}
}
