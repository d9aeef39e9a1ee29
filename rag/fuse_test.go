package rag_test

import (
	"math"
	"testing"

	"tanxu/need"
	"tanxu/rag"
)

func TestFuse(t *testing.T) {
	t.Parallel()

	tuned := &rag.Weights{Dense: .6, Words: .1, Chars: .3}
	tests := map[string]struct {
		weights *rag.Weights
		legs    []rag.Legs
		want    []float64
	}{
		"the best of all legs has 1":          {tuned, []rag.Legs{{Dense: .8, Words: 10, Chars: 4}, {Dense: .4}}, []float64{1, .3}},
		"a leg that nobody has takes no part": {tuned, []rag.Legs{{Words: 3, Chars: 2}, {Words: 3, Chars: 1}}, []float64{1, .625}},
		"nothing at all":                      {tuned, []rag.Legs{{}, {}}, []float64{0, 0}},
		"no candidates":                       {tuned, nil, nil},
		"untuned: by ranks":                   {nil, []rag.Legs{{Dense: .9, Words: 1}, {Dense: .1, Words: 2}}, []float64{(1 + 61./62) / 2, (61./62 + 1) / 2}},
		"untuned: nothing in a leg":           {nil, []rag.Legs{{Dense: .9, Words: 1}, {Dense: .1}}, []float64{1, 61. / 62 / 2}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			got := rag.Fuse(tt.weights, tt.legs)
			if len(got) != len(tt.want) {
				t.Fatalf("Fuse() = %v, want %v", got, tt.want)
			}
			for i := range got {
				if math.Abs(got[i]-tt.want[i]) > 1e-9 {
					t.Errorf("Fuse() = %v, want %v", got, tt.want)
				}
			}
		})
	}
}

func TestWeightsFor(t *testing.T) {
	t.Parallel()

	for model, tuned := range map[string]bool{
		"bge-small-zh-v1.5-int8/ort-1.27/512/abcd": true, "static-ngram-zh/256/abcd": true, need.Lexical: true,
		"BAAI/bge-m3/openai/1024/abcd": false, "": false,
	} {
		w := rag.WeightsFor(model)
		if (w != nil) != tuned {
			t.Errorf("WeightsFor(%q) = %v", model, w)
		}
		if w != nil && math.Abs(w.Dense+w.Words+w.Chars-1) > 1e-9 {
			t.Errorf("the weights for %q are %+v and do not add up to 1", model, w)
		}
	}
}

// TestTitlesAreComparedByCharacters: the pairs of 废气除尘 and of the first title
// have nothing in common.
func TestTitlesAreComparedByCharacters(t *testing.T) {
	t.Parallel()

	s := open(t)
	fill(t, s, nil, []need.Achievement{
		{Centre: province, Code: "1", Title: "除湿抑尘装置研究", Summary: "研究一种装置。", Shared: true},
		{Centre: province, Code: "2", Title: "脐橙保鲜方法研究", Summary: "研究一种方法。", Shared: true},
		{Centre: province, Code: "3", Title: "铜带退火方法研究", Summary: "研究一种方法。", Shared: true},
	})
	found, err := rag.NewSearcher(s, nil, nil).Search(t.Context(), s.Root(), rag.Query{Title: "除烟尘的研究"}, 3)
	must(t, err)
	if len(found.Hits) != 3 || found.Hits[0].Achievement.Code != "1" {
		t.Errorf("found %+v", found.Hits)
	}
}
