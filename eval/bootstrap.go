package eval

import (
	"math/rand/v2"
	"slices"
)

// bootstrapOf is the mean of the values with the 95 % interval of 10,000
// resamples; the generator is seeded, so that a report can be repeated.
func bootstrapOf(name string, values []float64) Figure {
	f := Figure{Name: name, N: len(values)}
	if f.N == 0 {
		return f
	}
	mean := func(pick func(i int) float64) float64 {
		sum := 0.0
		for i := range values {
			sum += pick(i)
		}
		return sum / float64(len(values))
	}
	f.Mean = mean(func(i int) float64 { return values[i] })
	const resamples = 10_000
	rng := rand.New(rand.NewPCG(1, uint64(f.N)))
	means := make([]float64, resamples)
	for r := range means {
		means[r] = mean(func(int) float64 { return values[rng.IntN(len(values))] })
	}
	slices.Sort(means)
	f.Low, f.High = means[resamples/40], means[resamples-1-resamples/40]
	return f
}
