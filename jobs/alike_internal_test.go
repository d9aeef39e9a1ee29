package jobs

import "testing"

// TestAlike holds what is added to the likeness of gists, which package need
// tests: one form of width and symbols, and how alike is enough.
func TestAlike(t *testing.T) {
	t.Parallel()
	const text = "目前铜合金带材导电率只有76%IACS，幅面2m2，下游客户要求更高，希望提高到80%IACS以上"
	tests := map[string]struct {
		other string
		want  bool
	}{
		"width and symbols": {"目前铜合金带材导电率只有７６％IACS，幅面２㎡，下游客户要求更高，希望提高到80%IACS以上", true},
		"one word more":     {text + "，很急", true},
		"half of it":        {"目前铜合金带材导电率只有76%IACS，幅面2m2", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := alike(gistOf(text), gistOf(tt.other)); got != tt.want {
				t.Errorf("alike = %t, want %t", got, tt.want)
			}
		})
	}
}
