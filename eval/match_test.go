package eval_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"tanxu/eval"
)

const (
	matchNeeds = `{"id":"n1","title":"铜带","text":"导电率偏低"}
{"id":"n2","title":"脐橙","text":"腐烂"}
{"id":"n3","title":"无人评过","text":"x"}`
	matchTitles = `{"id":"a1","title_tokens":"高 导 铜带 LiFePO4 battery"}
{"id":"a2","title_tokens":"铜箔"}
{"id":"a3","title_tokens":"脐橙 保鲜"}`
	matchPairs = `{"need":"n1","achievement":"a1","level":1}
{"need":"n1","achievement":"a1","level":4}
{"need":"n1","achievement":"a2","level":2}
{"need":"n2","achievement":"a2","level":1}
{"need":"n2","achievement":"a3","level":2}`
)

func TestMatch(t *testing.T) {
	t.Parallel()

	d, err := eval.ReadMatchData(strings.NewReader(matchNeeds), strings.NewReader(matchTitles), strings.NewReader(matchPairs))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Needs) != 2 || d.Titles[0].Title != "高导铜带LiFePO4 battery" {
		t.Fatalf("read %+v", d)
	}
	pool := []string{"a1", "a2", "a3"}
	tests := map[string]struct {
		backwards bool
		ndcg      float64
		recall    float64
	}{
		"best first": {false, 1, 1},
		// n1: (3 + 15/log2(3)) / (15 + 3/log2(3)); n2: (1 + 3/log2(3)) / (3 + 1/log2(3))
		"best last": {true, ((3+15/math.Log2(3))/(15+3/math.Log2(3)) + (1+3/math.Log2(3))/(3+1/math.Log2(3))) / 2, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			rank := func(_ context.Context, n eval.MatchNeed, ids []string) ([]string, error) {
				if ids == nil {
					ids = pool
				}
				order := slices.Clone(ids)
				slices.Sort(order)
				if (n.ID == "n2") != tt.backwards {
					slices.Reverse(order)
				}
				return order, nil
			}
			figures, err := eval.Match(t.Context(), rank, d)
			if err != nil {
				t.Fatal(err)
			}
			if f := figures[0]; f.Name != "NDCG@10" || f.N != 2 || math.Abs(f.Mean-tt.ndcg) > 1e-9 {
				t.Errorf("%+v, want %f", f, tt.ndcg)
			}
			if f := figures[1]; f.Name != "recall@10" || f.N != 1 || f.Mean != tt.recall {
				t.Errorf("%+v", f)
			}
		})
	}
}

func TestMatchDataErrorsNameTheLine(t *testing.T) {
	t.Parallel()

	_, err := eval.ReadMatchData(strings.NewReader("{}\n\nnone"), strings.NewReader(""), strings.NewReader(""))
	if err == nil || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("error %v", err)
	}
}

func TestFigure(t *testing.T) {
	t.Parallel()

	f := eval.FigureOf("x", []float64{0, 1, 0, 1})
	if f.N != 4 || f.Mean != .5 || math.Abs(f.High-f.Low-2*1.96*math.Sqrt(1.0/3/4)) > 1e-9 {
		t.Errorf("%+v", f)
	}
	if f := eval.FigureOf("x", nil); f.N != 0 || f.Mean != 0 {
		t.Errorf("nothing gave %+v", f)
	}
}
