package interview

import (
	"context"

	"tanxu/need"
)

// Restater says a whole need in words that people of other trades know.
type Restater interface {
	Restate(ctx context.Context, n *need.Need) ([]need.Event, error)
}

// restate asks the model about the needs that the contact has confirmed in this
// turn: what it suggests stands beside what was said. Without an answer the
// digest by rule stays.
func (t *turn) restate(ctx context.Context) {
	if t.opt.Restate == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, t.opt.Patience)
	defer cancel()
	for _, accepted := range t.events {
		n := t.s.Need(accepted.Need)
		if accepted.Kind != need.ReadBackAccepted || n == nil {
			continue
		}
		events, err := t.opt.Restate.Restate(ctx, n)
		if err != nil {
			t.emit(need.Event{Kind: need.CommandDropped, Need: n.ID, Note: "no restatement: " + err.Error()})
		}
		for _, e := range events {
			e.Message = accepted.Message
			t.emit(e)
		}
	}
}
