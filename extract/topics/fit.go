package topics

import (
	"math"
	"math/rand/v2"
	"slices"

	"tanxu/need"
)

// How the classifier is trained; the figures were chosen by the accuracy on
// texts of a writer whose texts were left out.
const (
	rounds    = 15
	rate      = 0.5
	decay     = 2e-5
	turnTrust = 0.5 // of which topics follow each other
)

// weights are those of a model before they are made bytes.
type weights struct {
	cells, squares []float64
}

// Fit trains a model: multinomial logistic regression by AdaGrad. The same
// samples make the same model.
func Fit(samples []Sample) *Model {
	n := len(Labels())
	w := weights{make([]float64, n*buckets), make([]float64, n*buckets)}
	type example struct {
		features []feature
		wanted   []float64
	}
	examples := make([]example, len(samples))
	for i, s := range samples {
		wanted := make([]float64, n)
		for _, k := range s.Topics {
			wanted[slices.Index(Labels(), k)] = 1 / float64(len(s.Topics))
		}
		examples[i] = example{s.features(), wanted}
	}
	draw := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same order each time
	for range rounds {
		for _, i := range draw.Perm(len(examples)) {
			w.step(examples[i].features, examples[i].wanted)
		}
	}
	m := w.model()
	m.turns, m.data = turns(samples), Sum(samples)
	return m
}

// step moves the weights toward one example.
func (w weights) step(features []feature, wanted []float64) {
	n := len(wanted)
	p := make(Scores, n)
	for _, f := range features {
		row := w.cells[int(f.bucket)*n:][:n]
		for i := range p {
			p[i] += f.value * row[i]
		}
	}
	p.normalised()
	for i := range p {
		p[i] = math.Exp(p[i]) - wanted[i]
	}
	for _, f := range features {
		row, squares := w.cells[int(f.bucket)*n:][:n], w.squares[int(f.bucket)*n:][:n]
		for i := range p {
			slope := f.value*p[i] + decay*row[i]
			squares[i] += slope * slope
			row[i] -= rate * slope / (math.Sqrt(squares[i]) + 1e-3)
		}
	}
}

// model makes bytes of the weights.
func (w weights) model() *Model {
	most := 0.0
	for _, v := range w.cells {
		most = max(most, math.Abs(v))
	}
	m := &Model{scale: most / math.MaxInt8, cells: make([]int8, len(w.cells))}
	for i, v := range w.cells {
		m.cells[i] = int8(math.Round(v / most * math.MaxInt8))
	}
	return m
}

// turns are how much likelier a topic is after another than anywhere.
func turns(samples []Sample) []int8 {
	labels := Labels()
	n := len(labels)
	alone, pairs := make([]float64, n), make([]float64, n*n)
	at := func(k need.Key) int { return slices.Index(labels, k) }
	for i, s := range samples {
		alone[at(s.Topics[0])]++
		if i > 0 && samples[i-1].Text == s.Text {
			pairs[at(samples[i-1].Topics[0])*n+at(s.Topics[0])]++
		}
	}
	out := make([]int8, n*n)
	for from := range n {
		sum := 0.0
		for to := range n {
			sum += pairs[from*n+to]
		}
		for to := range n {
			share := alone[to] / float64(len(samples))
			const doubt = 10
			v := math.Log((pairs[from*n+to]+doubt*share)/(sum+doubt)/share) * turnTrust / turnScale
			out[from*n+to] = int8(math.Round(max(-127, min(127, v))))
		}
	}
	return out
}
