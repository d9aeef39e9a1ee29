package rag_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"tanxu/need"
	"tanxu/rag"
)

// fixed gives the same candidates for every need.
func fixed(list []need.Achievement, err error) rag.Candidates {
	return func(context.Context, need.CentrePath, rag.Query, int) ([]need.Achievement, error) { return list, err }
}

func TestSeparate(t *testing.T) {
	t.Parallel()

	var list []need.Achievement
	for i := range 10 {
		a := need.Achievement{
			ID: need.AchievementID(fmt.Sprint(i)), Title: "铜带", Stage: "中期", Region: "360700", Indicators: fmt.Sprintf("导电率≥%d %%IACS", 80+i),
		}
		if i%2 == 0 {
			a.Stage, a.Keywords, a.Indicators = "成熟应用", []string{"连铸连轧"}, a.Indicators+"；软化温度≥550 ℃"
		}
		list = append(list, a)
	}
	n := &need.Need{ID: "n1", Title: "铜带导电率提升", Indicators: []*need.Indicator{{ID: "i1", Name: "导电率"}}}
	got, err := rag.NewSeparator(fixed(list, nil)).Separate(t.Context(), province, n)
	must(t, err)
	for key, want := range map[string]float64{
		"coop_mode": 1, "deadline": 1, // half of them are ready
		"region": 0, "chain": 0, "ip_terms": 0, // all alike, or nothing stated
		"indicator:i1": 1, "indicator": 1, // all state the row; half state another quantity
		"key_tech": 1. / 3, // one keyword divides them
	} {
		if diff := got[key] - want; diff > 1e-9 || diff < -1e-9 {
			t.Errorf("%s tells %v apart, want %v", key, got[key], want)
		}
	}

	for name, s := range map[string]*rag.Separator{
		"an empty library": rag.NewSeparator(fixed(nil, nil)),
		"a few":            rag.NewSeparator(fixed(list[:3], nil)),
	} {
		if got, err := s.Separate(t.Context(), province, n); err != nil || len(got) != 0 {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	if got, err := rag.NewSeparator(fixed(list, nil)).Separate(t.Context(), province, &need.Need{}); err != nil || len(got) != 0 {
		t.Errorf("a need of which nothing is known: %v, %v", got, err)
	}
	if _, err := rag.NewSeparator(fixed(nil, errors.New("down"))).Separate(t.Context(), province, n); err == nil {
		t.Error("a search that failed went unnoticed")
	}
}
