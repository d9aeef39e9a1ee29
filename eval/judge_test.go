package eval_test

import (
	"testing"

	"tanxu/eval"
	"tanxu/need"
	"tanxu/postgres"
)

func TestJudgementsBecomeLevels(t *testing.T) {
	t.Parallel()
	list := []postgres.Judgement{
		{Need: "n1", Library: need.Achievements, Entry: "a1", Kind: "clicked", Rank: 2}, {Need: "n1", Library: need.Achievements, Entry: "a1", Kind: "recommended", Rank: 3},
		{Need: "n1", Library: need.Achievements, Entry: "a1", Kind: "signed", Rank: 3}, {Need: "n1", Library: need.Achievements, Entry: "a2", Kind: "declined", Reason: "other_field", Rank: 1},
		{Need: "n1", Library: need.Achievements, Entry: "a3", Kind: "declined", Reason: "immature", Rank: 4}, {Need: "n2", Library: need.Achievements, Entry: "a1", Kind: "clicked", Rank: 1},
		{Need: "n2", Library: need.Achievements, Entry: "a2", Kind: "declined", Reason: "other_object", Rank: 5}, {Need: "n2", Library: need.Achievements, Entry: "a2", Kind: "recommended"},
	}
	want := map[string]eval.JudgedPair{
		"n1a1": {Need: "n1", Achievement: "a1", Level: 4, Rank: 2, Clicks: 1},
		"n1a2": {Need: "n1", Achievement: "a2", Level: 1, Rank: 1},
		"n1a3": {Need: "n1", Achievement: "a3", Level: 2, Rank: 4},
		"n2a2": {Need: "n2", Achievement: "a2", Level: 3, Rank: 5},
	}
	got := eval.Judge(list)
	if len(got) != len(want) {
		t.Errorf("%d pairs, want %d: %+v", len(got), len(want), got)
	}
	for _, p := range got {
		if p != want[p.Need+p.Achievement] {
			t.Errorf("%+v, want %+v", p, want[p.Need+p.Achievement])
		}
	}
}
