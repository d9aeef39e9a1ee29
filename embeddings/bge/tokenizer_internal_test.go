package bge

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

const vocabulary = `{"model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,
"vocab":{"[UNK]":0,"[CLS]":1,"[SEP]":2,"铜":3,"带":4,"life":5,"##po":6,"##4":7,"≥":8,"80":9,"%":10,"ia":11,"##cs":12,"，":13,"x":14,"##x":15}}}`

func TestEncode(t *testing.T) {
	t.Parallel()

	tokens, err := newTokenizer([]byte(vocabulary))
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		text  string
		limit int
		want  []int64
	}{
		"Han characters stand alone":               {"铜带", 512, []int64{1, 3, 4, 2}},
		"pieces of a word":                         {"LiFePO4", 512, []int64{1, 5, 6, 7, 2}},
		"numbers, units and full-width signs":      {"铜带≥80%IACS，", 512, []int64{1, 3, 4, 0, 10, 11, 12, 13, 2}},
		"a sign that stands apart":                 {"≥ 80 %", 512, []int64{1, 8, 9, 10, 2}},
		"one unknown piece makes the word unknown": {"lifez", 512, []int64{1, 0, 2}},
		"blanks and what cannot be seen":           {"\ufeff铜\u200b\t\n 带\x00", 512, []int64{1, 3, 4, 2}},
		"cut at the limit":                         {"铜带铜带铜带", 5, []int64{1, 3, 4, 3, 2}},
		"nothing":                                  {"", 512, []int64{1, 2}},
		"a word too long to try":                   {strings.Repeat("x", 101), 512, []int64{1, 0, 2}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			if got := tokens.encode(prepare("passage", tt.text), tt.limit); !slices.Equal(got, tt.want) {
				t.Errorf("encode(%q) = %v, want %v", tt.text, got, tt.want)
			}
		})
	}
}

func TestForeignTokenizerIsRefused(t *testing.T) {
	t.Parallel()

	for _, data := range []string{"", "{}", `{"model":{"type":"BPE"}}`, strings.Replace(vocabulary, "[CLS]", "[cls]", 1)} {
		if _, err := newTokenizer([]byte(data)); err == nil {
			t.Errorf("newTokenizer(%.40q) took it", data)
		}
	}
}

func FuzzEncode(f *testing.F) {
	tokens, err := newTokenizer([]byte(vocabulary))
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{"铜带≥80%IACS", "LiFePO4 \u200b", "\xff\xfe铜", "", "𠀀𪜀"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		ids := tokens.encode(prepare("query", text), 64)
		if len(ids) < 2 || len(ids) > 64 || ids[0] != tokens.cls || ids[len(ids)-1] != tokens.sep {
			t.Errorf("encode(%q) = %v", text, ids)
		}
		if n := utf8.RuneCountInString(text); len(ids) > n+len(instruction)+2 {
			t.Errorf("encode(%q) gave %d tokens for %d runes", text, len(ids), n)
		}
	})
}
