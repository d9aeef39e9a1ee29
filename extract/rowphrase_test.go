package extract_test

import (
	"testing"
	"time"

	"tanxu/extract"
	"tanxu/need"
)

// rowText writes a row as name current→op target unit {condition}.
func rowText(r need.Indicator) string {
	value := func(q *need.Quantity) string {
		if q == nil {
			return ""
		}
		return q.Text
	}
	s := r.Name + " " + value(r.Current) + "→" + string(r.Op) + value(r.Target) + r.Unit
	if r.Condition != "" {
		s += " {" + r.Condition + "}"
	}
	return s
}

func readRows(text string, asked ...need.Key) []string {
	r := extract.NewRules().Read(text, extract.Context{Ref: "message:1", Now: time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC), Asked: asked})
	var out []string
	for _, f := range r.Rows {
		out = append(out, rowText(f.Row))
	}
	return out
}

func TestRowsOfTalk(t *testing.T) {
	t.Parallel()

	for text, want := range map[string][]string{
		// names
		"以后主轴伸长不要超过0.02毫米，现在热了有0.06毫米": {"主轴伸长 0.06→≤0.02毫米"},
		"X、Y方向的窜动现在大概18微米，想压到6微米以内":    {"X、Y方向的窜动 18→≤6微米"},
		"那个柜门老是翘，量下来翘了3毫米，客户只让0.8":     {"翘曲 3→≤0.8毫米"},
		"能耗降一半就行":                                    {"能耗降低 →≥50%"},
		"the scrap rate is 9% now, we want below 4%": {"scrap rate 9→<4%"},
		"我们的锌锭含铅量0.15，电池厂要0.05以下":                    {"锌锭含铅量 0.15→≤0.05"},
		// shares, grades, spoken numbers
		"漏油率现在一百台里头有七八台，想做到最多一台":   {"漏油率 7~8→≤1%"},
		"开胶率百分之零点八，想做到万分之五":        {"开胶率 0.8→≤0.05%"},
		"面漆硬度现在HB，客户要2H":           {"面漆硬度 HB→≥2H"},
		"孔壁粗糙度Ra3.2，想做到Ra1.6":      {"孔壁粗糙度Ra 3.2→≤1.6"},
		"出水COD一千二到一千五，园区要COD100以下": {"出水COD 1200~1500→≤100"},
		// conditions
		"风机噪声在满负荷工况下现在86分贝，想降到75分贝以内":    {"风机噪声 86→≤75分贝 {在满负荷工况下}"},
		"含油率按GB/T 14488测现在是19.5，要达到21以上": {"含油率 19.5→≥21 {按GB/T 14488测}"},
		"要求：粘结强度（浸水7天）≥0.6MPa":           {"粘结强度 →≥0.6MPa {浸水7天}"},
		"要求：氧含量≤12ppm（现平均20ppm）":         {"氧含量 20→≤12ppm"},
		// no indicators
		"我们试过把固化温度提到180度，附着力掉到3兆帕": nil,
		"同行能做到2%以内，我们没那么高":         nil,
		"一年产值两个亿，五条线三班倒，职工三百来人":    nil,
		"委托出去做，半年内见效果":             nil,
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()

			got := readRows(text)
			if len(got) != len(want) {
				t.Fatalf("rows %q, want %q", got, want)
			}
			for i := range want {
				if got[i] != want[i] {
					t.Errorf("row %q, want %q", got[i], want[i])
				}
			}
		})
	}
}

func TestRowsOfSpokenAnswers(t *testing.T) {
	t.Parallel()

	for text, want := range map[string][]string{
		"泡盐水72小时不生锈，现在24小时就锈":                                    {"不生锈时间 24→≥72小时"},
		"噪音也要管，离一米不超过66分贝":                                       {"噪音 →≤66分贝 {离一米}"},
		"卷绕速度现在每分钟六百米，想提到九百":                                     {"卷绕速度 600→≥900米/分钟"},
		"抗拉强度现在四百三，要五百以上":                                        {"抗拉强度 430→≥500"},
		"杂质含量要降到三个ppm以下，现在是十几个":                                  {"杂质含量 11~19→≤3ppm"},
		"保温桶六小时要在60度以上":                                          {"温度 →≥60度 {保温桶六小时}"},
		"首先是平面度，要0.2以内":                                          {"平面度 →≤0.2"},
		"noise at 1 m is 72 dB, customers require 65 dB or less": {"噪声 72→≤65dB {noise at 1 m}"},
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()

			got := readRows(text, need.KeyIndicator)
			if len(got) != len(want) {
				t.Fatalf("rows %q, want %q", got, want)
			}
			for i := range want {
				if got[i] != want[i] {
					t.Errorf("row %q, want %q", got[i], want[i])
				}
			}
		})
	}
}
