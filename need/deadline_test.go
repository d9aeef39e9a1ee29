package need_test

import (
	"testing"
	"time"

	"tanxu/need"
)

func TestDeadlines(t *testing.T) {
	t.Parallel()

	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	tests := map[string]struct {
		text, iso, quote string
		limit            bool
	}{
		"a day":                  {"2027年11月30日前完成", "2027-11-30", "2027年11月30日", true},
		"a day, spoken":          {"最晚2027年10月15号", "2027-10-15", "2027年10月15号", true},
		"a month":                {"计划2027年6月结题", "2027-06", "2027年6月", true},
		"with points":            {"截止2027.6", "2027-06", "2027.6", true},
		"with dashes":            {"2027-06-30之前", "2027-06-30", "2027-06-30", true},
		"a year":                 {"2028年", "2028", "2028年", false},
		"next year's June":       {"明年六月要用", "2027-06", "明年六月", true},
		"before a holiday":       {"明年五一之前", "2027-05", "明年五一", true},
		"a month, no holiday":    {"今年十一月底前", "2026-11-30", "今年十一月底", true},
		"next year's day":        {"明年8月31号前", "2027-08-31", "明年8月31号", true},
		"end of this year":       {"今年底", "2026-12", "今年底", false},
		"before the end of year": {"年底前搞定", "2026-12", "年底", true},
		"the year after next":    {"后年上半年", "2028-06", "后年上半年", false},
		"third quarter":          {"明年三季度投产", "2027-09", "明年三季度", true},
		"Q3":                     {"2027年Q3", "2027-09", "2027年Q3", false},
		"second half":            {"2027年下半年", "2027-12", "2027年下半年", false},
		"spring comes next year": {"3月15号前要样品", "2027-03-15", "3月15号", true},
		"year in Chinese":        {"二零二七年十二月", "2027-12", "二零二七年十二月", false},
		"full width":             {"２０２７年６月", "2027-06", "２０２７年６月", false},
		"within a year":          {"一年内", "P12M", "一年", true},
		"half a year":            {"半年左右", "P6M", "半年", true},
		"months":                 {"18个月", "P18M", "18个月", false},
		"two years and a half":   {"两年半", "P30M", "两年半", false},
		"a year and a half":      {"给一年半时间", "P18M", "一年半", true},
		"years":                  {"实施周期3年", "P36M", "3年", true},
		"a range of years":       {"工期2-3年", "P36M", "2-3年", true},
		"weeks":                  {"6周内", "P42D", "6周", true},
		"days":                   {"45天", "P45D", "45天", false},
		"ten months, in words":   {"十个月里头要装上", "P10M", "十个月", true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			got := need.Deadlines(tt.text, now)
			if len(got) == 0 {
				t.Fatalf("Deadlines(%q) found nothing", tt.text)
			}
			w := got[0]
			if w.Deadline.ISO != tt.iso || w.Limit != tt.limit {
				t.Errorf("got %s limit=%v, want %s limit=%v", w.Deadline.ISO, w.Limit, tt.iso, tt.limit)
			}
			if quote := string([]rune(tt.text)[w.Start:w.End]); quote != tt.quote {
				t.Errorf("quote = %q, want %q", quote, tt.quote)
			}
		})
	}
}

func TestDeadlinesRefuseWhatCannotBe(t *testing.T) {
	t.Parallel()

	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for _, text := range []string{"2027年13月", "2027年2月30日", "没有时间要求", "价格2027.50元"} {
		for _, w := range need.Deadlines(text, now) {
			if len(w.Deadline.ISO) > 4 {
				t.Errorf("Deadlines(%q) = %s", text, w.Deadline.ISO)
			}
		}
	}
}
