package eval

import (
	"slices"
	"strings"
)

// The sentences that a simulated contact has besides its facts.
const (
	sayGoOn    = "嗯，你接着问吧。"
	sayUnclear = "一下说不太清。"
	sayNothing = "这个不清楚，没有。"
	sayConfirm = "对的，确认无误。"
	sayLeave   = "我还有会，先到这吧，就按这些提交。"
)

// leavesAfter is how many questions an impatient contact answers.
const leavesAfter = 10

// Contact is a simulated contact: it answers by rule which field a question asks
// about, never by its wording, so that a deterministic service gets the same
// answers each time.
type Contact struct {
	persona   Persona
	told      map[string]bool
	asked     map[string]int // questions by field
	questions int
	fruitful  int // questions that brought a fact
	left      bool
	refused   map[string]bool
	repeats   int // questions about a field that was refused
}

// NewContact returns the contact of a persona; what it tells in its opening
// counts as told.
func NewContact(p Persona) *Contact {
	c := &Contact{persona: p, told: map[string]bool{}, asked: map[string]int{}, refused: map[string]bool{}}
	for _, f := range p.Facts {
		if f.Disclose == "open" {
			c.told[f.ID] = true
		}
	}
	return c
}

// Answer returns what the contact says to a message that asks about the fields
// asks, or that shows a read-back card.
func (c *Contact) Answer(asks []string, probe, hasCard bool) string {
	if hasCard {
		if f := c.correction(""); f != nil {
			return c.tell(*f)
		}
		return sayConfirm
	}
	if len(asks) == 0 {
		return sayGoOn
	}
	c.questions++
	if c.persona.Kind == "impatient" && c.questions > leavesAfter && !c.left {
		c.left = true
		return sayLeave
	}
	var parts []string
	before := len(c.told)
	for _, key := range asks {
		parts = append(parts, c.about(factField(key), probe)...)
	}
	if len(c.told) > before {
		c.fruitful++
	}
	return join(parts)
}

// about answers a question about one field.
func (c *Contact) about(field string, probe bool) []string {
	if c.refused[field] {
		c.repeats++
	}
	c.asked[field]++
	second := c.asked[field] > 1 || probe
	var parts []string
	if f := c.correction(field); f != nil && second {
		parts = append(parts, c.tell(*f))
	}
	known, vague := false, ""
	fresh := 0
	for _, f := range c.persona.Facts {
		if f.Field != field {
			continue
		}
		known = true
		if c.told[f.ID] || f.Corrects != "" {
			continue
		}
		if f.Disclose == "probed" && !second {
			if vague == "" {
				vague = f.SayVague
			}
			continue
		}
		if fresh < 2 {
			fresh++
			parts = append(parts, c.tell(f))
		}
	}
	switch {
	case len(parts) > 0:
	case !known:
		parts = append(parts, sayNothing)
	case vague != "":
		parts = append(parts, vague)
	default:
		parts = append(parts, sayUnclear)
	}
	return parts
}

func (c *Contact) tell(f Fact) string {
	c.told[f.ID] = true
	if f.Disclose == "never" {
		c.refused[f.Field] = true
	}
	return f.Say
}

// correction returns the next fact that replaces one already told, of a field
// or, with "", of any.
func (c *Contact) correction(field string) *Fact {
	for i, f := range c.persona.Facts {
		if f.Corrects != "" && !c.told[f.ID] && c.told[f.Corrects] && (field == "" || f.Field == field) {
			return &c.persona.Facts[i]
		}
	}
	return nil
}

// factField maps a key of the record to the fields that facts have.
func factField(key string) string {
	switch {
	case key == "constraints":
		return "constraint"
	case key == "key_tech":
		return "problem"
	case key == "expected_goal", key == "indicators", strings.HasPrefix(key, "indicator"):
		return "indicator"
	default:
		return key
	}
}

// join puts sentences behind each other, on lines of their own where they have
// no full stop.
func join(parts []string) string {
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			r := []rune(parts[i-1])
			if len(r) > 0 && !slices.Contains([]rune("。！？"), r[len(r)-1]) {
				b.WriteString("\n")
			}
		}
		b.WriteString(p)
	}
	return b.String()
}

// share is how many of the facts that pass the filter were told.
func (c *Contact) share(filter func(Fact) bool) (told, all int) {
	for _, f := range c.persona.Facts {
		if !filter(f) {
			continue
		}
		all++
		if c.told[f.ID] {
			told++
		}
	}
	return told, all
}
