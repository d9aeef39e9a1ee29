package eval

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"tanxu/need"
)

// Text is one text to read.
type Text struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// goldNeed is what readers marked in one text.
type goldNeed struct {
	ID         string                 `json:"id"`
	Chain      string                 `json:"chain"`
	NeedType   string                 `json:"need_type"`
	Fields     map[string][]goldField `json:"fields"`
	Indicators []goldRow              `json:"indicators"`
}

type goldField struct {
	Quote string  `json:"quote"`
	Value string  `json:"value"`
	ISO   string  `json:"iso"`
	Min   float64 `json:"min"`
	Max   float64 `json:"max"`
}

type goldRow struct {
	Name      string  `json:"name"`
	Current   *string `json:"current"`
	Op        string  `json:"op"`
	Target    *string `json:"target"`
	Unit      string  `json:"unit"`
	Condition string  `json:"condition"`
}

// Names of the scores of Extract that are no field keys.
const (
	ScoreValueUnit = "indicator: value and unit"
	ScoreFull      = "indicator: and comparator and name"
	ScoreCondition = "indicator: and condition"
	ScoreSpans     = "field spans, all"
)

// Extract reads every text that has gold and compares. Field scores are F1 of
// the characters that the quotes cover; budget, deadline and coop_mode count
// exact values; indicators count rows. All are pooled over the texts, with
// intervals from resampling whole texts.
func Extract(ctx context.Context, read func(Text) *need.Need, gold, texts io.Reader) (Report, error) {
	byID := map[string]Text{}
	all, err := decodeLines[Text](texts)
	if err != nil {
		return Report{}, fmt.Errorf("read texts: %w", err)
	}
	for _, t := range all {
		byID[t.ID] = t
	}
	golds, err := decodeLines[goldNeed](gold)
	if err != nil {
		return Report{}, fmt.Errorf("read gold: %w", err)
	}
	board := newScoreboard()
	for _, g := range golds {
		if err := ctx.Err(); err != nil {
			return Report{}, fmt.Errorf("score extraction: %w", err)
		}
		t, ok := byID[g.ID]
		if !ok {
			return Report{}, need.Errorf(need.Invalid, "text_missing", "gold %s has no text", g.ID)
		}
		scoreText(board, g, t, read(t))
	}
	return board.report("extract", len(golds)), nil
}

// decodeLines reads JSON lines of one type.
func decodeLines[T any](r io.Reader) ([]T, error) {
	var out []T
	err := eachLine(r, func(line []byte) error {
		var v T
		if err := json.Unmarshal(line, &v); err != nil {
			return need.Errorf(need.Invalid, "json_line", "%w", err)
		}
		out = append(out, v)
		return nil
	})
	return out, err
}

func scoreText(b *scoreboard, g goldNeed, t Text, got *need.Need) {
	b.add(string(need.KeyChain), labelCounts(g.Chain, got, need.KeyChain))
	b.add(string(need.KeyNeedType), labelCounts(g.NeedType, got, need.KeyNeedType))
	spans := counts{}
	for _, k := range need.Keys() {
		switch k {
		case need.KeyBudget, need.KeyDeadline, need.KeyCoopMode:
			b.add(string(k), exactCounts(g.Fields[string(k)], got.Field(k), k))
		case need.KeyProblem, need.KeyScene, need.KeyExpectedGoal, need.KeyKeyTech, need.KeyFoundation, need.KeyTried, need.KeyConstraints, need.KeyPartnerReq:
			c := spanCounts(g.Fields[string(k)], got.Field(k), t)
			spans = spans.plus(c)
			b.add(string(k), c)
		}
	}
	b.add(ScoreSpans, spans)
	b.add(ScoreValueUnit, rowCounts(g.Indicators, got.Indicators, sameValue))
	b.add(ScoreFull, rowCounts(g.Indicators, got.Indicators, func(g goldRow, r *need.Indicator) bool {
		return sameValue(g, r) && sameName(g, r) && g.Op == string(r.Op)
	}))
	b.add(ScoreCondition, rowCounts(g.Indicators, got.Indicators, func(g goldRow, r *need.Indicator) bool {
		return sameValue(g, r) && sameName(g, r) && g.Op == string(r.Op) && sameCondition(g, r)
	}))
}

// labelCounts compares an inferred label. None suggested is right where the
// readers found no label of the list.
func labelCounts(gold string, n *need.Need, k need.Key) counts {
	const other = "其他"
	got := n.Suggested[k].Value
	if f := n.Fields[k]; f != nil && len(f.Items) > 0 {
		got = f.Items[0].Value.Text
	}
	if gold == "" {
		return counts{}
	}
	c := counts{wanted: 1}
	if got != "" || gold == other {
		c.found = 1
	}
	if got == gold || got == "" && gold == other {
		c.hits = 1
	}
	return c
}

// exactCounts compares values that are right or wrong.
func exactCounts(gold []goldField, f *need.Field, k need.Key) counts {
	used, c := make([]bool, len(f.Items)), counts{}
	for _, g := range gold {
		hit := slices.IndexFunc(f.Items, func(i need.Item) bool {
			switch k {
			case need.KeyBudget:
				return i.Value.Money != nil && i.Value.Money.Min == g.Min && i.Value.Money.Max == g.Max
			case need.KeyDeadline:
				return i.Value.Deadline != nil && i.Value.Deadline.ISO == g.ISO
			default:
				return i.Value.Text == g.Value
			}
		})
		if hit >= 0 && !used[hit] {
			used[hit] = true
			c.hits++
		}
	}
	c.found, c.wanted = float64(len(f.Items)), float64(len(gold))
	return c
}

// spanCounts compares the characters that the quotes cover, in text and title.
func spanCounts(gold []goldField, f *need.Field, t Text) counts {
	type place struct {
		title bool
		at    int
	}
	wanted, found := map[place]bool{}, map[place]bool{}
	for _, g := range gold {
		start, title := strings.Index(t.Text, g.Quote), false
		if start < 0 {
			start, title = strings.Index(t.Title, g.Quote), true
		}
		if start < 0 {
			continue
		}
		whole := t.Text
		if title {
			whole = t.Title
		}
		from := len([]rune(whole[:start]))
		for i := range len([]rune(g.Quote)) {
			wanted[place{title, from + i}] = true
		}
	}
	for _, item := range f.Items {
		for _, e := range item.Evidence {
			for i := e.Start; i < e.End; i++ {
				found[place{e.Ref == "title", i}] = true
			}
		}
	}
	c := counts{found: float64(len(found)), wanted: float64(len(wanted))}
	for p := range found {
		if wanted[p] {
			c.hits++
		}
	}
	return c
}

// rowCounts pairs gold rows with found ones, each once.
func rowCounts(gold []goldRow, got []*need.Indicator, same func(goldRow, *need.Indicator) bool) counts {
	used := make([]bool, len(got))
	c := counts{found: float64(len(got)), wanted: float64(len(gold))}
	for _, g := range gold {
		for i, r := range got {
			if !used[i] && same(g, r) {
				used[i] = true
				c.hits++
				break
			}
		}
	}
	return c
}

// sameValue compares the target, or today's value where gold has no target,
// and the unit.
func sameValue(g goldRow, r *need.Indicator) bool {
	if g.Unit != r.Unit && !need.SameUnit(g.Unit, r.Unit) {
		return false
	}
	if g.Target != nil {
		return r.Target != nil && slices.Equal(need.Numbers(*g.Target), need.Numbers(r.Target.Text))
	}
	return g.Current != nil && r.Target == nil && r.Current != nil && slices.Equal(need.Numbers(*g.Current), need.Numbers(r.Current.Text))
}

func sameName(g goldRow, r *need.Indicator) bool {
	return strings.Contains(g.Name, r.Name) || strings.Contains(r.Name, g.Name) || charOverlap(g.Name, r.Name) >= 0.5
}

func sameCondition(g goldRow, r *need.Indicator) bool {
	if g.Condition == "" || r.Condition == "" {
		return g.Condition == r.Condition
	}
	return charOverlap(g.Condition, r.Condition) >= 0.5
}

// charOverlap is the F1 of the characters of two texts, as bags.
func charOverlap(a, b string) float64 {
	seen, shared, total := map[rune]int{}, 0, 0
	for _, r := range a {
		seen[r]++
		total++
	}
	for _, r := range b {
		total++
		if seen[r] > 0 {
			seen[r]--
			shared++
		}
	}
	if total == 0 {
		return 0
	}
	return 2 * float64(shared) / float64(total)
}
