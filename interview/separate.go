package interview

import (
	"context"
	"time"

	"tanxu/need"
)

// Separator says which answers would tell apart what the library holds for a
// need: by field, or "indicator:ID" of a row, from 0 for nothing to 1. Only
// achievements that the centre may read count.
type Separator interface {
	Separate(ctx context.Context, centre need.CentrePath, n *need.Need) (map[string]float64, error)
}

const (
	// separateTime is how long a turn waits for a Separator.
	separateTime = 400 * time.Millisecond
	// separateWorth is what the most telling answer adds to the score of its
	// question: as much as staying on the topic. It changes which question comes
	// first, not whether one is worth asking.
	separateWorth = 3.0
)

// separate learns what would tell the candidates apart. Without a Separator, or
// when it fails or takes too long, all questions are alike to it.
func (t *turn) separate(ctx context.Context, centre need.CentrePath) {
	n := t.s.Need(t.s.Active)
	if t.opt.Separate == nil || n == nil || t.s.Phase != PhaseInterviewing || centre == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, separateTime)
	defer cancel()
	if found, err := t.opt.Separate.Separate(ctx, centre, n); err == nil {
		t.telling = found
	}
}

// bonus is what a question gains by telling candidates apart.
func (t *turn) bonus(c candidate) float64 {
	key := string(c.key)
	if row := rowOf(c.id); row != "" {
		key += ":" + row
	}
	return separateWorth * t.telling[key]
}
