package rag

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"tanxu/llm"
	"tanxu/need"
	"tanxu/prompts"
)

// CardWriter has a model say a match in two or three sentences, from the claims
// that were checked already. What it says is checked against them once more.
type CardWriter struct {
	model   llm.Model
	prompts *prompts.Set
}

// cardPrompt is the id of the prompt of a CardWriter.
const cardPrompt = "card.zh"

// NewCardWriter returns a CardWriter that asks m with a prompt of p.
func NewCardWriter(m llm.Model, p *prompts.Set) (*CardWriter, error) {
	if _, ok := p.Prompt(cardPrompt); !ok {
		return nil, fmt.Errorf("no prompt %s", cardPrompt)
	}
	return &CardWriter{model: m, prompts: p}, nil
}

// wireClaim is a claim as the model is shown it.
type wireClaim struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Need  string `json:"need,omitempty"`
	Offer string `json:"offer,omitempty"`
	Ask   string `json:"ask,omitempty"`
}

// longestCited is how many characters of a quote the model is shown.
const longestCited = 160

// Write returns the sentences of the model that hold, at most one a part; none
// for a match of which there is nothing to say. The model is not asked twice.
func (w *CardWriter) Write(ctx context.Context, n *need.Need, m *need.Match) ([]need.CardLine, error) {
	claims := claimsOf(m)
	if len(claims) == 0 {
		return nil, nil
	}
	req, err := w.prompts.Render(cardPrompt, map[string]any{"match": map[string]any{
		"need": n.Title, "offer": m.Achievement.Title, "claims": claims,
	}})
	if err != nil {
		return nil, err
	}
	resp, err := w.model.Complete(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("write the card of match %s: %w", m.ID, err)
	}
	var answer struct {
		Sentences []sentence `json:"sentences"`
	}
	if err := json.Unmarshal([]byte(resp.Text), &answer); err != nil {
		return nil, fmt.Errorf("write the card of match %s: %w: %w", m.ID, llm.ErrInvalid, err)
	}
	var out []need.CardLine
	said := map[need.CardPart]bool{}
	for _, s := range answer.Sentences {
		if l, err := s.checked(m); err == nil && !said[l.Part] {
			said[l.Part] = true
			out = append(out, l)
		}
	}
	return out, nil
}

// claimsOf are the claims that a model may speak of. A right in force and a
// finished case are facts that stand on the card by themselves.
func claimsOf(m *need.Match) []wireClaim {
	var out []wireClaim
	add := func(letter string, list []need.Reason) {
		for i, r := range list {
			if r.Kind == need.ReasonCase || r.Kind == need.ReasonRight {
				continue
			}
			out = append(out, wireClaim{
				claimID(letter, i), Say(r, "zh"), upTo(r.Need.Quote, longestCited), upTo(r.Achievement.Quote, longestCited), Ask(r, "zh"),
			})
		}
	}
	add("r", m.Reasons)
	add("g", m.Gaps)
	return out
}

func claimID(letter string, i int) string { return letter + strconv.Itoa(i) }
