package eval

import (
	"math/rand/v2"
	"slices"
)

// bootstrapOf is the mean of the values with the 95 % interval of 10,000
// resamples; the generator is seeded, so that a report can be repeated.
func bootstrapOf(name string, values []float64) Figure {
	return resampled(name, len(values), func(pick func(i int) int) float64 {
		sum := 0.0
		for i := range values {
			sum += values[pick(i)]
		}
		return sum / float64(len(values))
	})
}

// bootstrapRatio is the ratio of two sums over the same cases, resampled by case.
func bootstrapRatio(name string, over, under []float64) Figure {
	return resampled(name, len(over), func(pick func(i int) int) float64 {
		a, b := 0.0, 0.0
		for i := range over {
			at := pick(i)
			a, b = a+over[at], b+under[at]
		}
		if b == 0 {
			return 0
		}
		return a / b
	})
}

// resampled is a statistic of n cases, of which pick says which one is taken in
// the i-th place.
func resampled(name string, n int, statistic func(pick func(i int) int) float64) Figure {
	f := Figure{Name: name, N: n}
	if n == 0 {
		return f
	}
	f.Mean = statistic(func(i int) int { return i })
	const draws = 10_000
	rng := rand.New(rand.NewPCG(1, uint64(n)))
	all := make([]float64, draws)
	for r := range all {
		all[r] = statistic(func(int) int { return rng.IntN(n) })
	}
	slices.Sort(all)
	f.Low, f.High = all[draws/40], all[draws-1-draws/40]
	return f
}
