package need_test

import (
	"testing"

	"tanxu/need"
)

func TestCountsAreNoMoney(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"竹片含水12个点": false, "派3个人": false, "12个百分点": false, "五十个": true, "80个左右": true} {
		if got := len(need.Amounts(text, true)) > 0; got != want {
			t.Errorf("%s: money %t", text, got)
		}
	}
}
