package demo_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"tanxu/extract"
	"tanxu/need"
	"tanxu/rag"
)

// told is what a contact of the demo says, in one text.
type told struct {
	ID      string `json:"id"`
	Opening string `json:"opening"`
	Facts   []struct {
		Say string `json:"say"`
	} `json:"facts"`
}

// TestEveryClaimHasItsSpan compares every achievement of the demo with every
// need: whatever a match says stands in the words of both sides.
func TestEveryClaimHasItsSpan(t *testing.T) {
	t.Parallel()

	file, err := os.Open("data/achievements.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	achievements, err := rag.ReadAchievements(file, "jx/")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("data/interviews.json")
	if err != nil {
		t.Fatal(err)
	}
	var contacts []told
	if err := json.Unmarshal(raw, &contacts); err != nil {
		t.Fatal(err)
	}
	rules, claims, kinds := extract.NewRules(), 0, map[need.ReasonKind]int{}
	for _, c := range contacts {
		text := c.Opening
		for _, f := range c.Facts {
			text += "\n" + f.Say
		}
		n := extract.FromText(rules, "", text, time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))
		for _, a := range achievements {
			reasons, gaps := rag.Explain(n, a, need.LexemeStats{})
			for _, r := range slices.Concat(reasons, gaps) {
				claims++
				kinds[r.Kind]++
				checkClaim(t, n, text, a, r)
			}
			for _, g := range gaps {
				if rag.Ask(g, "zh") == "" || rag.Ask(g, "en") == "" {
					t.Errorf("%s of %s leaves nothing to ask", g.Kind, a.Code)
				}
			}
		}
	}
	if len(contacts) < 12 || len(achievements) < 312 || claims < 10_000 {
		t.Errorf("%d claims about %d needs and %d achievements", claims, len(contacts), len(achievements))
	}
	for _, k := range []need.ReasonKind{need.ReasonWords, need.ReasonIndicatorMet, need.ReasonRight, need.GapIndicatorShort, need.GapIndicatorAbsent, need.GapRight} {
		if kinds[k] == 0 {
			t.Errorf("no claim of kind %s in %v", k, kinds)
		}
	}
}

// checkClaim holds a claim against the texts themselves, read anew.
func checkClaim(t *testing.T, n *need.Need, text string, a need.Achievement, r need.Reason) {
	t.Helper()
	theirs := map[string]string{
		"title": a.Title, "summary": a.Summary, "indicators": a.Indicators, "chain": a.Chain, "stage": a.Stage, "region": a.Region,
	}
	ofRight := r.Kind == need.ReasonRight || r.Kind == need.GapRight
	switch {
	case r.Kind == need.GapIndicatorAbsent: // what is missing cannot be cited
	case ofRight:
		for _, part := range strings.Fields(r.Achievement.Quote) {
			if !strings.Contains(string(a.Detail), part) {
				t.Errorf("%s: %q is no right of %s", r.Kind, part, a.Code)
			}
		}
		if r.Achievement.Quote == "" {
			t.Errorf("%s of %s cites nothing", r.Kind, a.Code)
		}
	case !holds(theirs[r.Achievement.Ref], r.Achievement):
		t.Errorf("%s: %+v does not stand in %s", r.Kind, r.Achievement, a.Code)
	}
	if ofRight && r.Need == (need.Evidence{}) {
		return
	}
	ours := map[string]string{"text": text, "title": n.Title}
	if own, isField := ours[r.Need.Ref]; isField && !holds(own, r.Need) || r.Need.Quote == "" {
		t.Errorf("%s: %+v does not stand in the need", r.Kind, r.Need)
	}
	for _, lang := range []string{"zh", "en"} {
		if said := rag.Say(r, lang); said == "" || strings.Contains(said, "%!") {
			t.Errorf("%s is said as %q", r.Kind, said)
		}
	}
}

func holds(text string, e need.Evidence) bool {
	r := []rune(text)
	return e.Quote != "" && e.Start >= 0 && e.End <= len(r) && string(r[e.Start:e.End]) == e.Quote
}
