package interview

import "testing"

func TestALineKeepsWhatIsBelowZero(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"-30到85度，每2度一个点": "-30到85度，每2度一个点",
		"- 零下也行":         "零下也行",
		"3-5天，":          "3-5天",
		"，20度以下。":        "20度以下",
	} {
		if got := line(in); got != want {
			t.Errorf("line(%q) = %q, want %q", in, got, want)
		}
	}
}
