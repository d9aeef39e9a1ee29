package extract_test

import (
	"testing"
	"time"

	"tanxu/extract"
	"tanxu/need"
)

func TestMethodsAndConditions(t *testing.T) {
	t.Parallel()

	for text, want := range map[string][2]string{
		"剥离力要8N以上，按GB/T 2790测": {"GB/T 2790", "按GB/T 2790测"},
		"色差要0.6以内，用分光测色仪测":     {"", "用分光测色仪测"},
		"跳动不超过0.03，三坐标打的":      {"", "三坐标打的"},
		"温升要60K以内，现在满载的时候":     {"", "满载的时候"},
		"采净率要九成以上，坡度25度能爬":     {"", ""},
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()

			r := extract.NewRules().Read(text, extract.Context{Ref: "message:1", Now: time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC), Asked: []need.Key{need.KeyIndicator}})
			if len(r.Rows) != 1 {
				t.Fatalf("rows %+v, want one", r.Rows)
			}
			if row := r.Rows[0].Row; row.Method != want[0] || row.Condition != want[1] {
				t.Errorf("method %q, condition %q, want %q", row.Method, row.Condition, want)
			}
		})
	}
}
