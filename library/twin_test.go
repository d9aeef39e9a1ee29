package library_test

import (
	"slices"
	"testing"

	"tanxu/library"
	"tanxu/need"
)

func org(name, uscc string) *need.Entry {
	return &need.Entry{Library: need.Organisations, Values: need.Values{"name": name, "uscc": uscc}}
}

func achievement(title, owner, summary string) *need.Entry {
	return &need.Entry{Library: need.Achievements, Values: need.Values{"title": title, "owner_org": owner, "summary": summary}}
}

func TestNear(t *testing.T) {
	t.Parallel()

	const summary = "针对铜带导电率与强度难以兼顾的问题，采用上引连铸加形变时效的短流程路线，省去固溶处理。"
	tests := map[string]struct {
		a, b *need.Entry
		want bool
	}{
		"another legal form":              {org("赣东铜业股份有限公司", ""), org("赣东铜业有限公司", ""), true},
		"other credit codes":              {org("赣东铜业股份有限公司", "91350100M000100Y43"), org("赣东铜业有限公司", "91360100MA000022X0"), false},
		"other firms of one town":         {org("赣东铜业有限公司", ""), org("赣东电子有限公司", ""), false},
		"a title in other words":          {achievement("铜铬锆合金短流程制备技术", "某大学", summary), achievement("铜铬锆合金的短流程制备新技术", "某大学材料学院", summary), true},
		"one team, another thing":         {achievement("铜铬锆合金短流程制备技术", "某大学", summary), achievement("铜铬锆合金在线检测技术", "某大学", "基于涡流与超声的在线检测装置，识别线材表面裂纹和内部夹杂，速度三米每秒。"), false},
		"another size of the same series": {achievement("500 kg级真空感应炉", "某所", summary), achievement("1000 kg级真空感应炉", "某所", summary), false},
		"titles only":                     {achievement("脐橙智能分选系统研制", "农科院", ""), achievement("脐橙智能分选系统", "农科院", ""), true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			if score, got := library.Near(tt.a, tt.b); got != tt.want {
				t.Errorf("Near = %.2f, %t", score, got)
			}
			meet := slices.ContainsFunc(library.Bands(tt.a), func(b int64) bool { return slices.Contains(library.Bands(tt.b), b) })
			if tt.want && !meet {
				t.Error("they do not meet")
			}
		})
	}
}
