package rag

import (
	"slices"
	"strings"
	"testing"

	"tanxu/need"
)

func TestCommon(t *testing.T) {
	t.Parallel()

	stats := need.LexemeStats{Documents: 300, Frequency: map[string]int{
		"温度": 20, "度不": 1, "不足": 9, "提升": 25, "率提": 9, "导电": 5, "电率": 4, "低温": 8, "池低": 1, "电池": 12, "技术": 280,
	}}
	tests := map[string]struct{ need, achievement, want string }{
		"the longest phrase":                     {"引线框架用的铜带", "用于引线框架铜带", "引线框架 铜带"},
		"parts of words are left out":            {"软化温度不足", "剥离强度不足的问题", ""},
		"a cut in the middle of a word moves":    {"锂电池低温续航", "异质结电池低铟靶材", "电池"},
		"the end of a name stays":                {"铜带导电率提升", "导电率≥82 %IACS", "导电率"},
		"Latin words are whole or not at all":    {"LiFePO4 正极", "Li 负极与 life", ""},
		"case and width are the same":            {"ＬｉＦｅＰＯ４正极", "lifepo4 正极", "ＬｉＦｅＰＯ４ 正极"},
		"numbers say nothing":                    {"提高到80", "约80", ""},
		"what most achievements have":            {"新技术", "一种技术", ""},
		"what two longer words share is no word": {"辊道窑烧成，良品率低", "隧道窑余热，成品率高", ""},
		"small words at the ends":                {"的回流焊和", "的回流焊和", "回流焊"},
		"signs and line feeds end a phrase":      {"回流，焊\n接", "回流，焊\n接", "回流"},
		"amounts say nothing":                    {"月产2万吨", "建成2万吨产线", ""},
		"short names with a digit do":            {"做5G滤波器", "5G 基站滤波器", "5G 滤波器"},
		"the end of a word is no phrase":         {"铜带良率提升慢", "收率提升显著", ""},
		"a phrase that lies in another is heard": {"铜带。高强铜带", "高强铜带", "高强铜带"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			var got []string
			for _, p := range common(stats, side{text: tt.need}, side{text: tt.achievement}) {
				got = append(got, p.text)
			}
			if slices.Sort(got); strings.Join(got, " ") != strings.Join(sorted(tt.want), " ") {
				t.Errorf("common(%q, %q) = %q, want %q", tt.need, tt.achievement, got, tt.want)
			}
		})
	}
}

func sorted(words string) []string { return slices.Sorted(slices.Values(strings.Fields(words))) }
