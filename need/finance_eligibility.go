package need

import (
	"cmp"
	"maps"
	"slices"
)

// FinanceRule is one condition as it was published, and as it is decided.
type FinanceRule struct {
	Text string // as published; "" for what follows from the product's own limits
	When Condition
}

// FactQuestion asks for one fact; of a tag, whether it is had.
type FactQuestion struct {
	Fact Fact
	Tag  string
}

// RuleOutcome is what can be said of one rule.
type RuleOutcome struct {
	Rule    FinanceRule
	Verdict Verdict
	Used    []Fact         // the known facts that it speaks of
	Asks    []FactQuestion // what would settle it, where it is not known
}

// Eligibility is what can be said of all rules of a product.
type Eligibility struct {
	Verdict Verdict // the worst of the rules; without rules nothing is known
	Rules   []RuleOutcome
}

// Eligible decides the rules of a product by what is known.
func Eligible(rules []FinanceRule, k Knowledge) Eligibility {
	k = k.Complete()
	e := Eligibility{Verdict: Met}
	if len(rules) == 0 {
		e.Verdict = NotKnown
	}
	for _, r := range rules {
		o := RuleOutcome{Rule: r, Verdict: r.When.Decide(k), Used: r.When.used(k)}
		if o.Verdict == NotKnown {
			o.Asks = r.When.asks(k)
		}
		e.Rules = append(e.Rules, o)
		if o.Verdict == NotMet || o.Verdict == NotKnown && e.Verdict == Met {
			e.Verdict = o.Verdict
		}
	}
	return e
}

// Asks are the questions whose answers would settle the product, each once.
func (e Eligibility) Asks() []FactQuestion {
	var out []FactQuestion
	for _, o := range e.Rules {
		for _, q := range o.Asks {
			if !slices.Contains(out, q) {
				out = append(out, q)
			}
		}
	}
	return out
}

// Open returns how many rules are not known yet.
func (e Eligibility) Open() int {
	n := 0
	for _, o := range e.Rules {
		if o.Verdict == NotKnown {
			n++
		}
	}
	return n
}

// used are the known facts that a condition speaks of, in its order.
func (c Condition) used(k Knowledge) []Fact {
	var out []Fact
	if _, known := k[c.Fact]; known {
		out = append(out, c.Fact)
	}
	for _, part := range c.Parts {
		for _, f := range part.used(k) {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out
}

// asks are the questions that an undecided condition leaves: nothing is asked
// about a part that is decided, whatever its own parts leave open.
func (c Condition) asks(k Knowledge) []FactQuestion {
	if c.Decide(k) != NotKnown || c.Op == ByHuman {
		return nil
	}
	if len(c.Parts) > 0 {
		var out []FactQuestion
		for _, part := range c.Parts {
			out = append(out, part.asks(k)...)
		}
		return out
	}
	if c.Fact.Shape() != TagsFact {
		return []FactQuestion{{Fact: c.Fact}}
	}
	var out []FactQuestion
	for _, w := range c.Words {
		if _, said := k[c.Fact].Tags[w]; !said {
			out = append(out, FactQuestion{c.Fact, w})
		}
	}
	return out
}

// OpenQuestion is a question and how much its answer would settle.
type OpenQuestion struct {
	FactQuestion

	Products int     // that wait for it, among others
	Weight   float64 // a product counts in parts, one for each question that it waits for
}

// OpenQuestions are the questions that all the products wait for, those first
// that settle most. What a product that is out of the question waits for is not
// asked.
func OpenQuestions(list []Eligibility) []OpenQuestion {
	found := map[FactQuestion]OpenQuestion{}
	for _, e := range list {
		if e.Verdict != NotKnown {
			continue
		}
		asks := e.Asks()
		for _, q := range asks {
			o := found[q]
			found[q] = OpenQuestion{q, o.Products + 1, o.Weight + 1/float64(len(asks))}
		}
	}
	return slices.SortedFunc(maps.Values(found), func(a, b OpenQuestion) int {
		return cmp.Or(
			cmp.Compare(b.Weight, a.Weight), cmp.Compare(b.Products, a.Products),
			cmp.Compare(a.Fact, b.Fact), cmp.Compare(a.Tag, b.Tag))
	})
}
