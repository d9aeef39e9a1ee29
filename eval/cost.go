package eval

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"tanxu/llm"
)

// Cost counts what a model under test is asked. It is safe for concurrent use.
type Cost struct {
	model llm.Model
	down  func(error)
	mu    sync.Mutex
	spent Spent
}

// Spent is what a run has cost.
type Spent struct {
	Calls      int `json:"calls"`
	Failed     int `json:"failed"`
	Prompt     int `json:"prompt"`     // tokens
	Cached     int `json:"cached"`     // of them, from the provider's cache
	Completion int `json:"completion"` // tokens
}

var _ llm.Model = (*Cost)(nil)

// NewCost returns m, counted. Down is told when m does not answer, so that a run
// which is to be answered to the end can stop; nil for nobody.
func NewCost(m llm.Model, down func(error)) *Cost { return &Cost{model: m, down: down} }

// Complete implements llm.Model.
func (c *Cost) Complete(ctx context.Context, req llm.Request) (llm.Response, error) {
	resp, err := c.model.Complete(ctx, req)
	if err != nil && c.down != nil && !errors.Is(err, llm.ErrInvalid) && !errors.Is(err, llm.ErrBlank) {
		c.down(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.spent.Calls++
	if err != nil {
		c.spent.Failed++
	}
	c.spent.Prompt += resp.Usage.Prompt
	c.spent.Cached += resp.Usage.Cached
	c.spent.Completion += resp.Usage.Completion
	return resp, err
}

// Spent returns what was counted so far.
func (c *Cost) Spent() Spent {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.spent
}

// Tokens are all that went in and came out.
func (s Spent) Tokens() float64 { return float64(s.Prompt + s.Completion) }

// Price weighs tokens as providers do, in prompt tokens that are not cached:
// a cached one costs a fifth of them, one of the answer three times as much.
func (s Spent) Price() float64 {
	const cached, answered = 0.2, 3
	return float64(s.Prompt-s.Cached) + cached*float64(s.Cached) + answered*float64(s.Completion)
}

// spentOn adds up what sessions have cost, and their turns.
func spentOn(sessions []Session) (all Spent, turns int) {
	for _, s := range sessions {
		all.Calls += s.Spent.Calls
		all.Failed += s.Spent.Failed
		all.Prompt += s.Spent.Prompt
		all.Cached += s.Spent.Cached
		all.Completion += s.Spent.Completion
		turns += s.Turns
	}
	return all, turns
}

// print writes the cost of a run of so many turns.
func (s Spent) print(w io.Writer, name string, turns int) error {
	if s.Calls == 0 {
		return nil
	}
	per := float64(max(turns, 1))
	_, err := fmt.Fprintf(w, "%s: %d calls (%d failed), %.2f a turn; tokens a turn: %.0f in, of them %.0f cached, %.0f out; %.0f in all\n",
		name, s.Calls, s.Failed, float64(s.Calls)/per, float64(s.Prompt)/per, float64(s.Cached)/per, float64(s.Completion)/per, s.Tokens())
	if err != nil {
		return fmt.Errorf("print the cost: %w", err)
	}
	return nil
}
