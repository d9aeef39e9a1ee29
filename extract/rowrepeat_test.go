package extract_test

import (
	"testing"

	"tanxu/extract"
	"tanxu/need"
)

func TestANumberSaidAgainIsNoCondition(t *testing.T) {
	t.Parallel()

	known := &need.Indicator{ID: "i1", Name: "饼里麸皮掺量", Unit: "%", Current: &need.Quantity{Text: "18", Num: 18}, Target: &need.Quantity{Text: "35", Num: 35}}
	r := extract.NewRules().Read("我捋一下，60%是小试跑的，量产的饼就是18%，占粉料质量，你记18%。",
		extract.Context{Ref: "message:1", Now: now(), Asked: []need.Key{need.KeyIndicator}, Rows: []*need.Indicator{known}})
	if len(r.Rows) != 1 || r.Rows[0].Row.Current == nil || r.Rows[0].Row.Current.Num != 18 {
		t.Fatalf("rows %+v", r.Rows)
	}
	if c := r.Rows[0].Row.Condition; c != "" {
		t.Errorf("condition %q", c)
	}
}
