package extract_test

import (
	"testing"
	"time"

	"tanxu/extract"
	"tanxu/need"
)

// now is when all texts of these tests are read.
func now() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) }

// read reads an answer to a question about the given fields.
func read(text string, asked ...need.Key) extract.Reading {
	return extract.NewRules().Read(text, extract.Context{Ref: "message:m1", Now: now(), Asked: asked})
}

// grounded fails the test if evidence is no substring at its offsets.
func grounded(t *testing.T, text string, r extract.Reading) {
	t.Helper()

	var all []need.Evidence
	for _, f := range r.Values {
		all = append(all, f.Item.Evidence...)
	}
	for _, f := range r.Rows {
		all = append(all, f.Row.Evidence...)
	}
	for _, m := range r.Marks {
		all = append(all, m.Quote)
	}
	for _, route := range r.Routes {
		all = append(all, route.Evidence...)
	}
	runes := []rune(text)
	for _, e := range all {
		if e.Start < 0 || e.End > len(runes) || e.Start > e.End || string(runes[e.Start:e.End]) != e.Quote {
			t.Errorf("evidence %+v does not stand in %q", e, text)
		}
	}
}

func TestRowsOfAnswers(t *testing.T) {
	t.Parallel()

	tests := map[string]struct{ text, name, now, op, target, unit, condition string }{
		"now and target":            {"镀层孔隙率现在1.8%，目标不超过0.5%。", "镀层孔隙率", "1.8", "≤", "0.5", "%", ""},
		"with a method":             {"接触电阻现在12毫欧，目标5毫欧以下，四线法测，按GB/T 5095.2。", "接触电阻", "12", "≤", "5", "毫欧", "四线法测，按GB/T 5095.2"},
		"terse":                     {"圆度3.5μm，要1.5μm。三坐标测。", "圆度", "3.5", "≤", "1.5", "μm", "三坐标测"},
		"rising target":             {"收率82%，要90%。", "收率", "82", "≥", "90", "%", ""},
		"in fragments":              {"毛刺高度0.12mm\n要0.03mm以下\n显微镜测", "毛刺高度", "0.12", "≤", "0.03", "mm", "显微镜测"},
		"from to":                   {"成品率从76%提到90%以上", "成品率", "76", "≥", "90", "%", ""},
		"target only":               {"耐盐雾要做到720小时以上", "耐盐雾", "", "≥", "720", "小时", ""},
		"tolerance":                 {"温漂现在正负5ppm，要做到正负2ppm", "温漂", "5", "±", "2", "ppm", ""},
		"spoken numerals":           {"轴承寿命现在八百个小时，要一千五百个小时以上", "轴承寿命", "800", "≥", "1500", "小时", ""},
		"target without unit":       {"剥离强度现在0.8牛每毫米，想提到1.4以上", "剥离强度", "0.8", "≥", "1.4", "牛每毫米", ""},
		"condition in front":        {"前提是120度老化，断裂伸长率要不低于200%", "断裂伸长率", "", "≥", "200", "%", "前提是120度老化"},
		"conditions of other units": {"热阻现在0.9K/W，目标0.5K/W以内，25度、风速2米每秒", "热阻", "0.9", "≤", "0.5", "K/W", "25度，风速2米每秒"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			r := read(tt.text, need.KeyIndicator)
			grounded(t, tt.text, r)
			if len(r.Rows) != 1 {
				t.Fatalf("got %d rows: %+v", len(r.Rows), r.Rows)
			}
			row := r.Rows[0].Row
			current, target := "", ""
			if row.Current != nil {
				current = row.Current.Text
			}
			if row.Target != nil {
				target = row.Target.Text
			}
			got := [...]string{row.Name, current, string(row.Op), target, row.Unit, row.Condition}
			want := [...]string{tt.name, tt.now, tt.op, tt.target, tt.unit, tt.condition}
			if got != want {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}
