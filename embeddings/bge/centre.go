package bge

import (
	_ "embed"
	"encoding/binary"
	"math"
)

// meanFile is the mean of the model's unit vectors of 15,887 titles of Chinese
// papers (ChinaXiv, CC BY 4.0; CSL, Apache-2.0), as 512 little-endian floats.
//
//go:embed mean.bin
var meanFile []byte

// mean is where all texts of the trade lie: the model puts them into a narrow
// cone, so that what any two of them share hides how they differ.
func mean() []float32 {
	out := make([]float32, dims)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(meanFile[4*i:]))
	}
	return out
}

// centre takes the mean from a unit vector, in place, and scales what is left to
// length 1 again.
func centre(v, mean []float32) []float32 {
	for i := range v {
		v[i] -= mean[i]
	}
	return unit(v)
}
