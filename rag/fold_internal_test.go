package rag

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// slowly is what folded has to give, however it comes by it.
func slowly(text string) string { return strings.ToLower(norm.NFKC.String(text)) }

func TestEachPlainCharacterFoldsAsNFKCDoes(t *testing.T) {
	t.Parallel()

	for r := rune(0); r <= unicode.MaxRune; r++ {
		p, ok := plain(r)
		if !ok {
			continue
		}
		if got, want := string(p), slowly(string(r)); got != want {
			t.Errorf("%U folds into %q, want %q", r, got, want)
		}
		if !norm.NFKC.PropertiesString(string(p)).BoundaryBefore() {
			t.Errorf("%U joins what stands before it", r)
		}
	}
}

func FuzzFolded(f *testing.F) {
	for _, seed := range []string{"导电率≥８０％ＩＡＣＳ，", "ｶﾞ铜带～", "e\u0301A\u030a", "＜\u0338", "60-80℃…①", "\xff铜\u3000Ｃｕ", "K\u0301Å"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := folded(text), slowly(text); got != want {
			t.Errorf("folded(%q) = %q, want %q", text, got, want)
		}
	})
}
