package eval_test

import (
	"testing"

	"tanxu/eval"
	"tanxu/need"
)

func pairs(list []need.Twin) [][2]need.ID {
	out := make([][2]need.ID, len(list))
	for i, t := range list {
		out[i] = [2]need.ID{t.A, t.B}
	}
	return out
}

func TestCopiesAreFound(t *testing.T) {
	t.Parallel()
	c := eval.NewCrowd(4000, 11)
	r := c.Score(pairs(need.Twins(c.Prints())))
	if r.Recall < 0.95 || r.Precision < 0.9 {
		t.Errorf("recall %.3f, precision %.3f: %+v", r.Recall, r.Precision, r.Kinds)
	}
	for _, how := range eval.Copies() {
		if r.Kinds[how] < 0.9 {
			t.Errorf("copies by %s: %.3f found", how, r.Kinds[how])
		}
	}
	for _, how := range eval.Others() {
		if r.Kinds[how] > 0.05 {
			t.Errorf("needs with %s: %.3f held to be the same", how, r.Kinds[how])
		}
	}
}

// BenchmarkTwins compares 100,000 needs with each other in memory.
func BenchmarkTwins(b *testing.B) {
	c := eval.NewCrowd(100_000, 5)
	prints := c.Prints()
	var r eval.DedupeReport
	for b.Loop() {
		r = c.Score(pairs(need.Twins(prints)))
	}
	b.ReportMetric(r.Recall, "recall")
	b.ReportMetric(r.Precision, "precision")
}
