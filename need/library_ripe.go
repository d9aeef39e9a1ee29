package need

import (
	"slices"
	"time"
	"unicode/utf8"
)

// Ripeness is how far an achievement has been worked up (梳理→验证→熟化).
type Ripeness string

// The steps, in their order; before the first one stands "".
const (
	Sorted Ripeness = "sorted" // 梳理: it is known what it is, whose, and what it can
	Proven Ripeness = "proven" // 验证: others have tested that it does it
	Ripe   Ripeness = "ripe"   // 熟化: it can be taken over by a firm
)

// CheckStep is one step with the items that have to be shown for it.
type CheckStep struct {
	Step  Ripeness
	Items []string
}

// Checklist are the steps of working up an achievement. An item counts once
// there is evidence for it.
func Checklist() []CheckStep {
	return []CheckStep{
		{Sorted, []string{"rights", "figures", "scene", "willing", "contact"}},
		{Proven, []string{"tested", "reviewed", "tried", "compared"}},
		{Ripe, []string{"piloted", "documented", "costed", "approved", "ordered"}},
	}
}

// Check is the evidence for one item.
type Check struct {
	Evidence string
	By       Actor
	At       time.Time
}

// longestEvidence is how many characters the evidence of an item may have.
const longestEvidence = 500

// SetCheck notes the evidence for an item of an achievement, or takes it back if
// there is none. The error is Invalid.
func (e *Entry) SetCheck(item string, c Check) error {
	if e.Library != Achievements || !isCheck(item) {
		return Errorf(Invalid, "check_unknown", "no item %q of %s", item, e.Library)
	}
	text := tidy(c.Evidence, true)
	if utf8.RuneCountInString(text) > longestEvidence {
		return Errorf(Invalid, "text_too_long", "evidence of %d characters", utf8.RuneCountInString(text))
	}
	checks := map[string]any{}
	if old, ok := e.Values["checks"].(map[string]any); ok {
		for key, v := range old {
			checks[key] = v
		}
	}
	delete(checks, item)
	if text != "" {
		checks[item] = map[string]any{"evidence": text, "by": string(c.By), "at": c.At.UTC().Format(time.RFC3339)}
	}
	e.Values["checks"] = checks
	return nil
}

// Checks are the items of an achievement that there is evidence for.
func (e *Entry) Checks() map[string]Check {
	out := map[string]Check{}
	stored, _ := e.Values["checks"].(map[string]any)
	for item, v := range stored {
		m, _ := v.(map[string]any)
		at, _ := time.Parse(time.RFC3339, Values(m).Text("at"))
		out[item] = Check{Values(m).Text("evidence"), Actor(Values(m).Text("by")), at}
	}
	return out
}

// Ripeness is the last step all of whose items, and those of the steps before
// it, have evidence; "" before the first.
func (e *Entry) Ripeness() Ripeness {
	checks, reached := e.Checks(), Ripeness("")
	for _, step := range Checklist() {
		for _, item := range step.Items {
			if checks[item].Evidence == "" {
				return reached
			}
		}
		reached = step.Step
	}
	return reached
}

func isCheck(item string) bool {
	return slices.ContainsFunc(Checklist(), func(s CheckStep) bool { return slices.Contains(s.Items, item) })
}

// validChecks reports whether all parts are evidence of items.
func validChecks(m map[string]any) bool {
	for item, v := range m {
		c, ok := v.(map[string]any)
		if !ok || !isCheck(item) || utf8.RuneCountInString(Values(c).Text("evidence")) > longestEvidence {
			return false
		}
	}
	return true
}
