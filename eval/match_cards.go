package eval

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"tanxu/need"
	"tanxu/rag"
)

// Cards explains matches of needs with achievements and checks each claim anew,
// knowing nothing of how it was made: that both quotes stand where they are said
// to stand, and that the words and figures of the claim stand in the quotes.
// text returns what a citation of the need points into. The claims come along,
// for somebody to read.
func Cards(ctx context.Context, needs []*need.Need, text func(n *need.Need, ref string) string, library []need.Achievement, r *rag.Ranker, cards int) ([]Figure, []Claim, error) {
	byID := make(map[string]need.Achievement, len(library))
	for _, a := range library {
		byID[string(a.ID)] = a
	}
	var spans, claims, each []float64
	var all []Claim
	for round := 0; len(each) < cards && round < 10; round++ {
		for _, n := range needs {
			list, err := r.Rank(ctx, rag.QueryOf(n), nil)
			if err != nil {
				return nil, nil, fmt.Errorf("rank for need %s: %w", n.ID, err)
			}
			if round >= len(list) || len(each) == cards {
				continue
			}
			a := byID[list[round].ID]
			reasons, gaps := rag.Explain(n, a, r.Stats())
			said := append(reasons, gaps...)
			for _, c := range said {
				spans = append(spans, yes(citedNeed(n, text, c) && citedOffer(a, c)))
				claims = append(claims, yes(supported(c)))
				all = append(all, Claim{n.Title, a.Title, c})
			}
			each = append(each, float64(len(said)))
		}
	}
	return []Figure{
		bootstrapOf("cited spans stand", spans), bootstrapOf("claims in their spans", claims), bootstrapOf("claims a card", each),
	}, all, nil
}

// Claim is one statement of a card.
type Claim struct {
	Need, Achievement string // titles
	Reason            need.Reason
}

// Drawn returns n of the claims, the same each time, so that they can be read
// once more after a change.
func Drawn(list []Claim, n int) []Claim {
	order := rand.New(rand.NewPCG(1, uint64(len(list)))).Perm(len(list)) //nolint:gosec // a sample is no secret
	out := make([]Claim, 0, n)
	for _, i := range order[:min(n, len(order))] {
		out = append(out, list[i])
	}
	return out
}

func yes(ok bool) float64 {
	if ok {
		return 1
	}
	return 0
}

// citedNeed reports whether the need's side of a claim is verbatim. What is said
// of a right may have none.
func citedNeed(n *need.Need, text func(n *need.Need, ref string) string, c need.Reason) bool {
	if c.Need.Quote == "" {
		return c.Kind == need.ReasonRight || c.Kind == need.GapRight
	}
	return at(text(n, c.Need.Ref), c.Need)
}

// citedOffer does the same for the achievement; what it does not state has none.
func citedOffer(a need.Achievement, c need.Reason) bool {
	if c.Kind == need.GapIndicatorAbsent {
		return c.Achievement.Quote == ""
	}
	text := map[string]string{
		"title": a.Title, "summary": a.Summary, "indicators": a.Indicators, "chain": a.Chain, "stage": a.Stage, "region": a.Region,
	}[c.Achievement.Ref]
	return at(text, c.Achievement) || strings.HasPrefix(c.Achievement.Ref, "ip:") && c.Achievement.Quote != ""
}

func at(text string, e need.Evidence) bool {
	r := []rune(text)
	return e.Start >= 0 && e.Start < e.End && e.End <= len(r) && string(r[e.Start:e.End]) == e.Quote
}

// supported reports whether what is shown of a claim stands in its quotes.
func supported(c need.Reason) bool {
	offer := strings.ToLower(c.Achievement.Quote)
	for _, w := range c.Words {
		if !strings.Contains(strings.ToLower(c.Need.Quote), strings.ToLower(w)) || !strings.Contains(offer, strings.ToLower(w)) {
			return false
		}
	}
	switch c.Kind {
	case need.ReasonIndicatorMet, need.GapIndicatorShort, need.GapIndicatorUnit, need.GapIndicatorUnclear:
		return c.Offered != "" && holdsDigits(offer, c.Offered)
	default:
		return true
	}
}

// holdsDigits reports whether each number of a figure stands in a quote.
func holdsDigits(quote, figure string) bool {
	for _, word := range strings.FieldsFunc(figure, func(r rune) bool { return (r < '0' || r > '9') && r != '.' }) {
		if !strings.Contains(quote, word) {
			return false
		}
	}
	return true
}
