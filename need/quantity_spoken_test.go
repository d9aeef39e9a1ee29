package need_test

import (
	"testing"

	"tanxu/need"
)

func TestMeasuresSpoken(t *testing.T) {
	t.Parallel()

	for name, tt := range map[string]struct {
		text, quote, number, unit string
		op                        need.Op
	}{
		"so many of a hundred":       {"封边开胶一百块里头有七八块", "一百块里头有七八块", "7~8", "%", need.Between},
		"one of ten":                 {"泵体十个里有一个渗水", "十个里有一个", "10", "%", ""},
		"a thing in between":         {"五十台电机里头就有两台异响", "五十台电机里头就有两台", "4", "%", ""},
		"of each hundred at most":    {"每百件最多两件返工", "每百件最多两件", "2", "%", need.AtMost},
		"same pieces, without 里":     {"1000片坏了3片", "1000片坏了3片", "0.3", "%", ""},
		"what a raw material yields": {"一百斤鲜笋出二十斤笋干", "一百斤鲜笋出二十斤", "20", "%", ""},
		"three nines":                {"送货准时要三个九以上", "三个九以上", "99.9", "%", need.AtLeast},
		"a part of a few":            {"良率大概三分之一", "大概三分之一", "33.3", "%", need.About},
		"more parts of a few":        {"四分之三都得返工", "四分之三", "75", "%", ""},
		"of ten thousand":            {"错漏率万分之三", "万分之三", "0.03", "%", ""},
		"of a million":               {"氯根不超过百万分之五", "不超过百万分之五", "5", "ppm", need.AtMost},
		"a decimal of a hundred":     {"水分百分之零点五", "百分之零点五", "0.5", "%", ""},
		"doubled":                    {"刀具寿命翻一番", "翻一番", "1", "倍", ""},
		"halved":                     {"换模时间减半", "减半", "50", "%", ""},
		"ten and some":               {"含氧量十几个ppm", "十几个ppm", "11~19", "ppm", need.Between},
		"most of the tens":           {"烘一窑大几十度电", "大几十度电", "50~100", "度电", need.Between},
		"must not exceed":            {"圆度不要超过0.03毫米", "不要超过0.03毫米", "0.03", "毫米", need.AtMost},
		"a product in words":         {"绝缘层电阻率不低于3×10^12欧姆米", "不低于3×10^12欧姆米", "3×10^12", "欧姆米", need.AtLeast},
		"a product with its word":    {"拧紧扭矩要12牛乘米以上", "12牛乘米以上", "12", "牛乘米", need.AtLeast},
		"so much of a hundred grams": {"钠含量不超过0.8克每百克", "不超过0.8克每百克", "0.8", "克每百克", need.AtMost},
		"pieces in an hour":          {"码垛要到12桶一分钟", "12桶一分钟", "12", "桶一分钟", ""},
		"thousands of oersteds":      {"剩磁够了，矫顽力要到24千奥", "24千奥", "24", "千奥", ""},
		"do not fall below":          {"出水温度别再低于40度", "别再低于40度", "40", "度", need.AtLeast},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			got := need.Measures(tt.text)
			if len(got) != 1 {
				t.Fatalf("Measures(%q) = %+v, want one", tt.text, got)
			}
			m := got[0]
			if quote := string([]rune(tt.text)[m.Start:m.End]); quote != tt.quote {
				t.Errorf("quote = %q, want %q", quote, tt.quote)
			}
			if m.Quantity.Text != tt.number || m.Unit != tt.unit || m.Op != tt.op {
				t.Errorf("got %q %q %q, want %q %q %q", m.Op, m.Quantity.Text, m.Unit, tt.op, tt.number, tt.unit)
			}
		})
	}
}

func TestMeasuresOfOneShare(t *testing.T) {
	t.Parallel()

	got := need.Measures("漏气的一百个里头有十三四个，最多一个")
	if len(got) != 2 || got[0].Unit != "%" || got[1].Unit != "%" || got[1].Quantity.Num != 1 || got[1].Op != need.AtMost {
		t.Errorf("got %+v", got)
	}
	got = need.Measures("一百个里头有三个。每班最多做五十个")
	if len(got) != 2 || got[1].Unit != "个" {
		t.Errorf("another sentence counts by itself: %+v", got)
	}
}

func TestMeasuresPassOverVagueNumbers(t *testing.T) {
	t.Parallel()

	for _, text := range []string{"几十个ppm", "数百次", "好几万转", "一班一百多公里里程表"} {
		for _, m := range need.Measures(text) {
			if m.Quantity.Num != 100 {
				t.Errorf("Measures(%q) found %+v", text, m)
			}
		}
	}
}
