package extract_test

import (
	"strings"
	"testing"

	"tanxu/extract"
	"tanxu/need"
)

// BenchmarkReadAnswer is one answer of an interview: part of each turn.
func BenchmarkReadAnswer(b *testing.B) {
	r, c := extract.NewRules(), extract.Context{Ref: "message:m1", Now: now(), Asked: []need.Key{need.KeyIndicator}}
	for b.Loop() {
		r.Read("接触电阻现在12毫欧，目标5毫欧以下，四线法测，按GB/T 5095.2。", c)
	}
}

// BenchmarkReadText is a description of 12,000 characters and more, the longest that is read.
func BenchmarkReadText(b *testing.B) {
	text := strings.Repeat("目前铸件内部气孔多，合格率只有82%，希望通过优化浇注工艺把合格率提高到95%以上，砂型温度控制在40℃以内。", 400)
	r, c := extract.NewRules(), extract.Context{Ref: "text", Now: now()}
	for b.Loop() {
		r.Read(text, c)
	}
}
