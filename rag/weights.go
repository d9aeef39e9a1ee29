package rag

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

// weightsFile says how much each leg counts, for which embedders, and by which
// judged pairs and on which day that was found.
//
//go:embed weights.json
var weightsFile []byte

// Weights say how much each leg of a score counts.
type Weights struct {
	Dense float64 `json:"dense"`
	Words float64 `json:"words"`
	Chars float64 `json:"chars"`
}

func (w *Weights) list() [legCount]float64 { return [legCount]float64{w.Dense, w.Words, w.Chars} }

// tuning is the weights that were found for embedders whose id begins with Model.
type tuning struct {
	Model string `json:"model"`
	Weights
}

// tunings are the lines of the file of weights.
func tunings() ([]tuning, error) {
	var file struct {
		Tuned []tuning `json:"tuned"`
	}
	if err := json.Unmarshal(weightsFile, &file); err != nil {
		return nil, fmt.Errorf("read the weights: %w", err)
	}
	return file.Tuned, nil
}

// WeightsFor returns the weights that were tuned for an embedder, or for words
// alone (need.Lexical); nil where none were.
func WeightsFor(model string) *Weights {
	list, err := tunings()
	if err != nil {
		return nil // the file is in the binary, and a test reads it
	}
	for _, t := range list {
		if strings.HasPrefix(model, t.Model) {
			return &t.Weights
		}
	}
	return nil
}
