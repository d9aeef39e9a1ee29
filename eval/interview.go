package eval

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
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
	Probed      float64  `json:"probed"` // -1 where the persona has none
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
	said := map[string]string{}
	text := p.Opening
	for s.Turns < maxTurns {
		s.Turns++
		s.Log = append(s.Log, Line{Who: "contact", Text: text})
		if heard, err = chat.Say(ctx, text); err != nil {
			return s, fmt.Errorf("persona %s: turn %d: %w", p.ID, s.Turns, err)
		}
		said[heard.Message] = text
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

// InterviewReport is what a run over many personas adds up to.
type InterviewReport struct {
	Figures  []Figure  `json:"figures"`
	Sessions []Session `json:"sessions"`
}

// InterviewReportOf adds sessions up: means over personas with bootstrap intervals.
func InterviewReportOf(sessions []Session) InterviewReport {
	r := InterviewReport{Sessions: sessions}
	add := func(name string, value func(Session) (float64, bool)) {
		var values []float64
		for _, s := range sessions {
			if v, ok := value(s); ok {
				values = append(values, v)
			}
		}
		r.Figures = append(r.Figures, bootstrapOf(name, values))
	}
	scored := func(of func(Session) Hits) func(Session) (float64, bool) {
		return func(s Session) (float64, bool) { v := of(s); return v.F1(), v.Gold > 0 }
	}
	add("field F1", scored(func(s Session) Hits { return s.Field }))
	add("indicator F1", scored(func(s Session) Hits { return s.Rows }))
	add("indicator F1 + current", scored(func(s Session) Hits { return s.RowsCurrent }))
	add("indicator F1 + condition", scored(func(s Session) Hits { return s.RowsFull }))
	add("told facts", func(s Session) (float64, bool) { return s.Told, true })
	add("told probed facts", func(s Session) (float64, bool) { return s.Probed, s.Probed >= 0 })
	add("statuses", func(s Session) (float64, bool) { return s.Statuses, s.Statuses >= 0 })
	add("need type (suggested)", func(s Session) (float64, bool) { return s.Type, s.Type >= 0 })
	add("chain (suggested)", func(s Session) (float64, bool) { return s.Chain, s.Chain >= 0 })
	add("cluster (suggested)", func(s Session) (float64, bool) { return s.Cluster, s.Cluster >= 0 })
	add("ask F1", scored(func(s Session) Hits { return s.Ask }))
	add("told and recorded", func(s Session) (float64, bool) { return s.Recorded, true })
	add("abstained", func(s Session) (float64, bool) { return s.Abstained, s.Abstained >= 0 })
	add("characters typed", func(s Session) (float64, bool) { return float64(s.Burden), true })
	add("good as it is", func(s Session) (float64, bool) { return one(s.Good()), true })
	add("questions", func(s Session) (float64, bool) { return float64(s.Questions), true })
	add("turns", func(s Session) (float64, bool) { return float64(s.Turns), true })
	add("repeats after refusal", func(s Session) (float64, bool) { return float64(s.Repeats), true })
	add("ungrounded values", func(s Session) (float64, bool) { return float64(s.Ungrounded), true })
	add("needs too many", func(s Session) (float64, bool) { return float64(s.NeedsOver), true })
	add("read back", func(s Session) (float64, bool) { return one(s.ReadBack), true })
	add("finished", func(s Session) (float64, bool) { return one(s.Finished), true })
	add("routes fit the verdict", func(s Session) (float64, bool) { return one(s.Routed), true })
	return r
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// Table writes the report for people: the figures, then one line a persona.
func (r InterviewReport) Table(w io.Writer) error {
	for _, f := range r.Figures {
		if _, err := fmt.Fprintln(w, f); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
	}
	for _, s := range slices.SortedFunc(slices.Values(r.Sessions), func(a, b Session) int { return cmp.Compare(a.ID, b.ID) }) {
		_, err := fmt.Fprintf(w, "%-8s %-16s field %.2f rows %.2f +cond %.2f told %.2f q %2d rep %d ungr %d over %d %s%s\n",
			s.ID, s.Kind, s.Field.F1(), s.Rows.F1(), s.RowsFull.F1(), s.Told, s.Questions, s.Repeats, s.Ungrounded, s.NeedsOver,
			s.Status, strings.Repeat(" misrouted", int(one(!s.Routed))))
		if err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
	}
	return nil
}
