package eval

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"text/tabwriter"
)

// Report is a table of scores.
type Report struct {
	Name   string  `json:"name"`
	N      int     `json:"n"` // texts or sessions
	Scores []Score `json:"scores"`
}

// Score is one figure with its 95 % interval.
type Score struct {
	Name      string  `json:"name"`
	N         int     `json:"n"` // things wanted
	Mean      float64 `json:"mean"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
}

// Score returns the score of that name, and whether there is one.
func (r Report) Score(name string) (Score, bool) {
	i := slices.IndexFunc(r.Scores, func(s Score) bool { return s.Name == name })
	if i < 0 {
		return Score{}, false
	}
	return r.Scores[i], true
}

// Print writes the table.
func (r Report) Print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "%s, n=%d\twanted\tF1\t95 %%\tprecision\trecall\n", r.Name, r.N)
	for _, s := range r.Scores {
		fmt.Fprintf(t, "%s\t%d\t%.3f\t%.3f–%.3f\t%.3f\t%.3f\n", s.Name, s.N, s.Mean, s.Low, s.High, s.Precision, s.Recall)
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("print %s: %w", r.Name, err)
	}
	return nil
}

// counts are what F1 is made of, for one text.
type counts struct{ hits, found, wanted float64 }

func (c counts) plus(o counts) counts {
	return counts{c.hits + o.hits, c.found + o.found, c.wanted + o.wanted}
}

func (c counts) f1() float64 { return quotient(2*c.hits, c.found+c.wanted) }

func quotient(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// scoreboard collects counts by score and text.
type scoreboard struct {
	order []string
	by    map[string][]counts
}

func newScoreboard() *scoreboard { return &scoreboard{by: map[string][]counts{}} }

func (b *scoreboard) add(name string, c counts) {
	if _, ok := b.by[name]; !ok {
		b.order = append(b.order, name)
	}
	b.by[name] = append(b.by[name], c)
}

// resamples is how often texts are drawn anew for an interval.
const resamples = 2000

func (b *scoreboard) report(name string, n int) Report {
	r := Report{Name: name, N: n}
	for _, score := range b.order {
		all := b.by[score]
		sum := counts{}
		for _, c := range all {
			sum = sum.plus(c)
		}
		low, high := interval(all)
		r.Scores = append(r.Scores, Score{
			Name: score, N: int(sum.wanted), Mean: sum.f1(), Low: low, High: high,
			Precision: quotient(sum.hits, sum.found), Recall: quotient(sum.hits, sum.wanted),
		})
	}
	return r
}

// interval is the 95 % bootstrap interval of the pooled F1; the draw is seeded,
// so that the same figures give the same interval.
func interval(all []counts) (low, high float64) {
	if len(all) == 0 {
		return 0, 0
	}
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a repeatable draw is wanted, no secret
	means := make([]float64, resamples)
	for i := range means {
		sum := counts{}
		for range all {
			sum = sum.plus(all[random.IntN(len(all))])
		}
		means[i] = sum.f1()
	}
	slices.Sort(means)
	return means[resamples*25/1000], means[resamples*975/1000]
}
