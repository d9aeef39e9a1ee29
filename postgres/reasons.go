package postgres

import (
	"encoding/json"
	"fmt"

	"tanxu/need"
)

// reason is how a need.Reason stands in the database. Names are never changed:
// old rows have them.
type reason struct {
	Kind        need.ReasonKind `json:"kind"`
	Field       string          `json:"field,omitempty"`
	Words       []string        `json:"words,omitempty"`
	Name        string          `json:"name,omitempty"`
	Wanted      string          `json:"wanted,omitempty"`
	Offered     string          `json:"offered,omitempty"`
	Need        *span           `json:"need,omitempty"`
	Achievement *span           `json:"achievement,omitempty"`
}

// span is a need.Evidence in the database.
type span struct {
	Ref   string `json:"ref"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Quote string `json:"quote"`
}

func storedReasons(list []need.Reason) []reason {
	out := make([]reason, 0, len(list))
	for _, r := range list {
		out = append(out, reason{
			Kind: r.Kind, Field: r.Field, Words: r.Words, Name: r.Name, Wanted: r.Wanted, Offered: r.Offered,
			Need: storedSpan(r.Need), Achievement: storedSpan(r.Achievement),
		})
	}
	return out
}

func storedSpan(e need.Evidence) *span {
	if e == (need.Evidence{}) {
		return nil
	}
	return &span{Ref: e.Ref, Start: e.Start, End: e.End, Quote: e.Quote}
}

func readReasons(raw []byte) ([]need.Reason, error) {
	var list []reason
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("decode reasons: %w", err)
	}
	out := make([]need.Reason, len(list))
	for i, r := range list {
		out[i] = need.Reason{
			Kind: r.Kind, Field: r.Field, Words: r.Words, Name: r.Name, Wanted: r.Wanted, Offered: r.Offered,
			Need: r.Need.evidence(), Achievement: r.Achievement.evidence(),
		}
	}
	return out, nil
}

func (s *span) evidence() need.Evidence {
	if s == nil {
		return need.Evidence{}
	}
	return need.Evidence{Ref: s.Ref, Start: s.Start, End: s.End, Quote: s.Quote}
}
