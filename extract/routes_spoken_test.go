package extract_test

import (
	"testing"
	"time"

	"tanxu/extract"
	"tanxu/need"
)

func TestRoutesInPlainWords(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		text string
		want need.RouteKind
	}{
		"customers through us":  {"技术不缺，就想请你们介绍客户。", need.RouteMarket},
		"a whole line":          {"我们打算买一条喷涂线，交钥匙的那种。", need.RoutePurchase},
		"beyond what physics":   {"厂长也知道，这个数超过理论极限了。", need.RouteExpertCheck},
		"customers who return":  {"客户退货越来越多。", ""},
		"equipment they bought": {"去年买的设备老出毛病。", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			got := extract.NewRules().Read(tt.text, extract.Context{Ref: "text", Now: time.Now()}).Routes
			if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || got[0].Kind != tt.want) {
				t.Errorf("routes = %+v, want %q", got, tt.want)
			}
		})
	}
}
