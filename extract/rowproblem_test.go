package extract_test

import (
	"testing"

	"tanxu/extract"
	"tanxu/need"
)

func TestRowsThatTheSubjectNames(t *testing.T) {
	t.Parallel()

	for text, want := range map[string][]string{
		"硬化时间也想缩，现在9小时，最好不超过5小时": {"硬化时间 9→≤5小时"},
		"击穿电压也盯着，不低于35千伏":        {"击穿电压 →≥35千伏"},
		"锡现在加2.4%，想降到1.5%以下":     {"锡加入量 2.4→≤1.5%"},
		"炉渣要掺到40%以上":             {"炉渣掺量 →≥40%"},
		"炉温970，要930以内":           {"炉温 970→≤930"},
		"腔温112，要95以内，环境40度":      {"腔温 112→≤95度 {环境40度}"},
		"断线率现在5%，要1%以内。水煮两小时后，剥离强度现在12牛，目标25牛以上": {"断线率 5→≤1%", "剥离强度 12→≥25牛 {水煮两小时后}"},
		"第一件，烧损率现在6%，要2%以内":                      {"烧损率 6→≤2%"},
		"放三个月打开看，现在12%有霉点，能2%以下就行":               {"霉点率 12→≤2% {放三个月打开看}"},
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

func TestRowsThatTheProblemNames(t *testing.T) {
	t.Parallel()

	for text, c := range map[string]struct{ problem, want string }{
		"现6‰，要1‰以下":      {"散热器，焊缝渗油，求助", "焊缝渗油率 6→≤1‰"},
		"现在7%，要3%以内":     {"我们的豆豉老是长霉点，客户退货", "长霉点率 7→≤3%"},
		"现在5桶一分钟，要12桶以上": {"想做一台自动灌装封盖的设备，现在全靠人", "灌装封盖速度 5→≥12桶一分钟"},
		"现在28处，做到5处以内":   {"车门焊接以后，焊点开裂", "焊点开裂 28→≤5"},
		"现在40个，要8个以内":    {"镜片上的划痕太多", "划痕个数 40→≤8个"},
		"现在30度，要25度以内":   {"仓库里的粮食发霉", "温度 30→≤25度"},
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()

			r := extract.NewRules().Read(text, extract.Context{Ref: "message:m", Asked: []need.Key{need.KeyIndicator}, Problem: c.problem})
			got := ""
			for _, f := range r.Rows {
				got += rowText(f.Row)
			}
			if got != c.want {
				t.Errorf("rows %q, want %q", got, c.want)
			}
		})
	}
}

func TestAnOldValueWasOfSomethingElse(t *testing.T) {
	t.Parallel()

	rows := []*need.Indicator{{ID: "i1", Name: "锡加入量", Unit: "%", Current: &need.Quantity{Num: 2.4, Text: "2.4"}, Target: &need.Quantity{Num: 1.5, Text: "1.5"}}}
	r := extract.NewRules().Read("哦，2.4是实验室的，大线上就是3.1%，目标还是1.5%。另外焊点强度要45兆帕以上。", extract.Context{Ref: "message:m", Asked: []need.Key{need.KeyIndicator}, Rows: rows})
	if len(r.Rows) != 2 || rowText(r.Rows[0].Row) != "焊点强度 →≥45兆帕" {
		t.Fatalf("%+v", r.Rows)
	}
	if got := r.Rows[1]; got.Row.ID != "i1" || !got.Corrects || got.Row.Current == nil || got.Row.Current.Num != 3.1 || got.Row.Target != nil {
		t.Errorf("%+v", got)
	}
}
