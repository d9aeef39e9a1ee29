package eval

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// maxTurns ends a session that goes nowhere.
const maxTurns = 45

// Session is one finished interview of a persona and its scores.
type Session struct {
	ID          string   `json:"id"`
	Kind        string   `json:"kind"`
	Field       Hits     `json:"field"`
	Rows        Hits     `json:"rows"`        // value, unit and comparator
	RowsCurrent Hits     `json:"rowsCurrent"` // and today's value
	RowsFull    Hits     `json:"rowsFull"`    // and the condition
	Told        float64  `json:"told"`
	Explicit    float64  `json:"explicit"` // of the facts that need no second question
	Probed      float64  `json:"probed"`   // of the others; -1 where the persona has none
	Statuses    float64  `json:"statuses"`
	Type        float64  `json:"type"` // need type, as value or suggestion; -1 where gold has none
	Chain       float64  `json:"chain"`
	Cluster     float64  `json:"cluster"`
	Questions   int      `json:"questions"`
	Turns       int      `json:"turns"`
	Repeats     int      `json:"repeats"`
	Ungrounded  int      `json:"ungrounded"`
	NeedsOver   int      `json:"needsOver"`
	Finished    bool     `json:"finished"`
	ReadBack    bool     `json:"readBack"`
	Routed      bool     `json:"routed"` // the routes fit the verdict
	Status      string   `json:"status"`
	Log         []Line   `json:"log,omitempty"`
	Missed      []string `json:"missed,omitempty"`
	Dialogue
	Claims
	Trust Trust `json:"trust"`
	Spent Spent `json:"spent"`
}

// Line is one message of a session.
type Line struct {
	Who  string   `json:"who"`
	Text string   `json:"text"`
	Asks []string `json:"asks,omitempty"`
}

// Interview runs one persona against a chat.
func Interview(ctx context.Context, p Persona, chat Chat) (Session, error) {
	s := Session{ID: p.ID, Kind: p.Kind}
	contact := NewContact(p)
	heard, err := chat.Open(ctx, p)
	if err != nil {
		return s, fmt.Errorf("persona %s: open: %w", p.ID, err)
	}
	s.hear(heard)
	said, ever := map[string]string{}, map[string]bool{}
	text := p.Opening
	for s.Turns < maxTurns {
		if ctx.Err() != nil {
			return s, fmt.Errorf("persona %s: turn %d: %w", p.ID, s.Turns, context.Cause(ctx))
		}
		s.Turns++
		s.Log = append(s.Log, Line{Who: "contact", Text: text})
		if heard, err = chat.Say(ctx, text); err != nil {
			return s, fmt.Errorf("persona %s: turn %d: %w", p.ID, s.Turns, err)
		}
		said[heard.Message] = text
		records, err := chat.Needs(ctx)
		if err != nil {
			return s, fmt.Errorf("persona %s: record after turn %d: %w", p.ID, s.Turns, err)
		}
		maps.Copy(ever, rightOf(p, records))
		asks, probe, card := s.hear(heard)
		if len(asks) > 0 {
			s.Questions++
		}
		s.ReadBack = s.ReadBack || card
		s.Status = heard.Status
		if slices.Contains([]string{"done", "closed", "handed_over"}, heard.Status) {
			s.Finished = true
			break
		}
		text = contact.Answer(asks, probe, card)
	}
	s.Repeats = contact.repeats
	records, err := chat.Needs(ctx)
	if err != nil {
		return s, fmt.Errorf("persona %s: record: %w", p.ID, err)
	}
	s.score(p, contact, records, said)
	s.scoreDialogue(p, contact, records)
	s.Claims = claimsOf(records, slices.Collect(maps.Values(said)))
	s.Trust = trustOf(p, records)
	s.Lost = lost(ever, rightOf(p, records))
	return s, nil
}

// hear keeps the replies of a turn and returns what the last of them asks.
func (s *Session) hear(h Heard) (asks []string, probe, card bool) {
	for _, r := range h.Replies {
		text := r.Text
		if r.hasCard() {
			card = true
			text += "\n" + string(r.Card)
		}
		s.Log = append(s.Log, Line{Who: "bot", Text: text, Asks: r.Asks})
		if len(r.Asks) > 0 {
			asks, probe = r.Asks, r.Probe
		}
	}
	return asks, probe, card
}
