package rag_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"tanxu/rag"
)

func TestLexemes(t *testing.T) {
	t.Parallel()

	tests := map[string]struct{ text, want string }{
		"pairs of characters":                {"铜铬锆合金", "铜铬 铬锆 锆合 合金"},
		"a character alone":                  {"钨，铜", "钨 铜"},
		"number and unit apart":              {"导电率≥80%IACS", "导电 电率 80 %iacs"},
		"full width is the same":             {"导电率≥８０％ＩＡＣＳ", "导电 电率 80 %iacs"},
		"decimal number, unit with a slash":  {"克容量 152.5mAh/g", "克容 容量 152.5 mah/g"},
		"names that begin with a letter":     {"IP67 LiFePO4 Al2O3", "ip67 lifepo4 al2o3"},
		"names that begin with a digit":      {"5G基站", "5 5g g 基站"},
		"alloys":                             {"Cu-Cr-Zr 合金", "cu cr zr 合金"},
		"a range":                            {"60-80℃", "60 80 °c"},
		"standards":                          {"GB/T 32791", "gb/t 32791"},
		"a word as often as it stands there": {"铜带、铜带", "铜带 铜带"},
		"signs alone give nothing":           {"≥ ± （）/ - . \x00 \u200b", ""},
		"a text that is no UTF-8":            {"铜带\xff\xfe铜带", "铜带 铜带"},
		"what is too long is no word":        {strings.Repeat("a", 100), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			if got := rag.Lexemes(tt.text); !slices.Equal(got, strings.Fields(tt.want)) {
				t.Errorf("Lexemes(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func FuzzLexemes(f *testing.F) {
	for _, seed := range []string{"导电率≥80%IACS", "5G、IP67、Cu-Cr-Zr", "60-80℃ 99.5%", "\xff\x00a/-.", "𠀀𠀁a̐éö̲", "1.2.3/4-5·6"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range rag.Lexemes(text) {
			if l == "" || !utf8.ValidString(l) || utf8.RuneCountInString(l) > 40 || strings.ContainsAny(l, " \x00\n") {
				t.Errorf("Lexemes(%q) has %q", text, l)
			}
		}
	})
}
