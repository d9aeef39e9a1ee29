package eval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tanxu/llm"
	"tanxu/need/record"
)

// SingleChat is the baseline of one prompt: a model that was told how to
// interview leads the talk in free words, sees all of it each turn, and writes
// the record once, at the end. Nothing that it writes is checked.
type SingleChat struct {
	model llm.Model
	talk  []llm.Message
	said  spoken
	done  bool
	wrote []record.Record // nil until the talk is over
}

// NewSingleChat returns a chat with the interviewer that m plays.
func NewSingleChat(m llm.Model) *SingleChat {
	return &SingleChat{model: m, talk: []llm.Message{{Role: llm.SystemRole, Text: interviewerRules() + singlePrompt}}}
}

// Open implements Chat.
func (c *SingleChat) Open(context.Context, Persona) (Heard, error) {
	return Heard{Status: "interviewing"}, nil
}

// Say implements Chat.
func (c *SingleChat) Say(ctx context.Context, text string) (Heard, error) {
	id := hearContact(&c.talk, &c.said, text)
	resp, err := c.model.Complete(ctx, llm.Request{Name: "single", Messages: c.talk, MaxTokens: maxAnswer})
	if err != nil && !errors.Is(err, llm.ErrBlank) {
		return Heard{}, fmt.Errorf("interviewer on %s: %w", id, err)
	}
	c.talk = append(c.talk, llm.Message{Role: llm.AssistantRole, Text: resp.Text})
	say, tags := tagged(resp.Text)
	c.done = slices.Contains(tags, "end")
	card := slices.Contains(tags, "card")
	return heardFrom(id, say, slices.DeleteFunc(tags, func(t string) bool { return t == "card" || t == "end" }), card, c.done), nil
}

// tagged parts the lines that name what is asked from what is said.
func tagged(text string) (say string, tags []string) {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if words, ok := strings.CutPrefix(line, "#"); ok {
			tags = append(tags, strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune(" ,，、#", r) })...)
			continue
		}
		lines = append(lines, line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n")), tags
}

// Needs implements Chat. The record is written when the talk is over; before
// that there is none.
func (c *SingleChat) Needs(ctx context.Context) ([]record.Record, error) {
	if c.wrote != nil || !c.done && len(c.said) < maxTurns {
		return c.wrote, nil
	}
	ask := append(slices.Clip(c.talk), llm.Message{Role: llm.UserRole, Text: "访谈结束。请输出完整的记录。"})
	resp, err := c.model.Complete(ctx, llm.Request{
		Name: "record", Messages: ask, Schema: &llm.Schema{Name: "record", JSON: json.RawMessage(recordSchema)}, MaxTokens: maxAnswer,
	})
	if err != nil && !errors.Is(err, llm.ErrInvalid) && !errors.Is(err, llm.ErrBlank) {
		return nil, fmt.Errorf("record of the interviewer: %w", err)
	}
	var w written
	if err != nil || readWritten(resp.Text, &w) != nil {
		w = written{} // a record that can't be read is none
	}
	c.wrote = w.records(c.said)
	return c.wrote, nil
}
