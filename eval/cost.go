package eval

import (
	"context"
	"fmt"
	"io"
	"sync"

	"tanxu/llm"
)

// Cost counts what a model under test is asked. It is safe for concurrent use.
type Cost struct {
	model llm.Model
	mu    sync.Mutex
	spent Spent
}

// Spent is what a run has cost.
type Spent struct {
	Calls      int `json:"calls"`
	Failed     int `json:"failed"`
	Prompt     int `json:"prompt"`     // tokens
	Completion int `json:"completion"` // tokens
}

var _ llm.Model = (*Cost)(nil)

// NewCost returns m, counted.
func NewCost(m llm.Model) *Cost { return &Cost{model: m} }

// Complete implements llm.Model.
func (c *Cost) Complete(ctx context.Context, req llm.Request) (llm.Response, error) {
	resp, err := c.model.Complete(ctx, req)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.spent.Calls++
	if err != nil {
		c.spent.Failed++
	}
	c.spent.Prompt += resp.Usage.Prompt
	c.spent.Completion += resp.Usage.Completion
	return resp, err
}

// Spent returns what was counted so far.
func (c *Cost) Spent() Spent {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.spent
}

// Print writes the cost of a run of so many turns.
func (s Spent) Print(w io.Writer, turns int) error {
	per := float64(max(turns, 1))
	_, err := fmt.Fprintf(w, "model: %d calls (%d failed), %.2f a turn; tokens a turn: %.0f in, %.0f out\n",
		s.Calls, s.Failed, float64(s.Calls)/per, float64(s.Prompt)/per, float64(s.Completion)/per)
	if err != nil {
		return fmt.Errorf("print the cost: %w", err)
	}
	return nil
}
