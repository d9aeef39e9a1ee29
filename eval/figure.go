// Package eval scores the service against data that people have labelled. Each
// figure comes with its number of cases and a 95 % interval.
package eval

import (
	"fmt"
	"math"
)

// Figure is a mean over cases.
type Figure struct {
	Name string  `json:"name"`
	N    int     `json:"n"`
	Mean float64 `json:"mean"`
	Low  float64 `json:"low"`  // of the 95 % interval
	High float64 `json:"high"` // of the 95 % interval
}

// FigureOf is the mean of the values; its interval is that of the normal
// approximation, which is fair from about 30 cases on.
func FigureOf(name string, values []float64) Figure {
	f := Figure{Name: name, N: len(values)}
	if f.N == 0 {
		return f
	}
	for _, v := range values {
		f.Mean += v / float64(f.N)
	}
	var squares float64
	for _, v := range values {
		squares += (v - f.Mean) * (v - f.Mean)
	}
	half := 0.0
	if f.N > 1 {
		half = 1.96 * math.Sqrt(squares/float64(f.N-1)/float64(f.N))
	}
	f.Low, f.High = f.Mean-half, f.Mean+half
	return f
}

// String writes the figure as "NDCG@10 .805 [.78, .83] n=110".
func (f Figure) String() string {
	return fmt.Sprintf("%-24s %.3f  [%.3f, %.3f]  n=%d", f.Name, f.Mean, f.Low, f.High, f.N)
}
