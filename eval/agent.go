package eval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"tanxu/llm"
	"tanxu/need/record"
)

// maxAnswer bounds an answer of a baseline, in tokens: whole records are long.
const maxAnswer = 6000

// AgentChat is the baseline of an agent: each turn the model is shown all that
// was said, and writes the whole record and the next question as JSON. Nothing
// that it writes is checked.
type AgentChat struct {
	model llm.Model
	talk  []llm.Message
	said  spoken
	last  agentTurn
}

// agentTurn is one answer of the agent.
type agentTurn struct {
	written
	Say  string   `json:"say"`
	Asks []string `json:"asks"`
	Card bool     `json:"card"`
	Done bool     `json:"done"`
}

// NewAgentChat returns a chat with the agent that m plays.
func NewAgentChat(m llm.Model) *AgentChat {
	return &AgentChat{model: m, talk: []llm.Message{{Role: llm.SystemRole, Text: interviewerRules() + agentPrompt}}}
}

// Open implements Chat.
func (c *AgentChat) Open(context.Context, Persona) (Heard, error) {
	return Heard{Status: "interviewing"}, nil
}

// Say implements Chat. An answer that can't be read leaves the record as it was
// and repeats the question before.
func (c *AgentChat) Say(ctx context.Context, text string) (Heard, error) {
	id := hearContact(&c.talk, &c.said, text)
	resp, err := c.model.Complete(ctx, llm.Request{
		Name: "agent", Messages: c.talk, Schema: &llm.Schema{Name: "turn", JSON: json.RawMessage(agentSchema)}, MaxTokens: maxAnswer,
	})
	if err != nil && !errors.Is(err, llm.ErrInvalid) && !errors.Is(err, llm.ErrBlank) {
		return Heard{}, fmt.Errorf("agent on %s: %w", id, err)
	}
	var turn agentTurn
	if err == nil && readWritten(resp.Text, &turn) == nil {
		c.last = turn
	}
	c.talk = append(c.talk, llm.Message{Role: llm.AssistantRole, Text: c.last.Say})
	return heardFrom(id, c.last.Say, c.last.Asks, c.last.Card, c.last.Done), nil
}

// Needs implements Chat.
func (c *AgentChat) Needs(context.Context) ([]record.Record, error) {
	return c.last.records(c.said), nil
}

// hearContact adds words of the contact to a talk and returns their id.
func hearContact(talk *[]llm.Message, said *spoken, text string) string {
	id := "m" + strconv.Itoa(len(*said)+1)
	*said = append(*said, struct{ id, text string }{id, text})
	*talk = append(*talk, llm.Message{Role: llm.UserRole, Text: text})
	return id
}

// heardFrom is what an interviewer of prompts alone has said.
func heardFrom(id, text string, asks []string, card, done bool) Heard {
	r := Reply{ID: id + ".0", From: "bot", Text: text, Asks: asks}
	h := Heard{Message: id, Status: "interviewing"}
	switch {
	case done:
		h.Status = "done"
	case card:
		h.Status, r.Card, r.Asks = "confirming", json.RawMessage(`{"lines":[]}`), nil
	}
	h.Replies = []Reply{r}
	return h
}
