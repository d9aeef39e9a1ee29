package need

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Verdict is what can be said of a condition by what is known.
type Verdict string

// The verdicts.
const (
	Met      Verdict = "met"
	NotMet   Verdict = "not_met"
	NotKnown Verdict = "not_known"
)

// Operator says how a condition is decided.
type Operator string

// The operators of the rule language (docs/library-format.md).
const (
	Is      Operator = "is"       // a flag, a code or a tag that is had
	In      Operator = "in"       // one of several codes or tags
	Least   Operator = "at_least" // a figure
	Most    Operator = "at_most"
	Range   Operator = "between"
	All     Operator = "all"
	Any     Operator = "any"
	Not     Operator = "not"
	ByHuman Operator = "" // only a person can decide: never known
)

// Condition is one condition of a finance product, a tree of tests on facts.
type Condition struct {
	Op        Operator
	Fact      Fact
	Low, High float64 // of between; of at_least and at_most both are the bound
	Words     []string
	Yes       bool
	Parts     []Condition // of all, any and not
}

// The limits of a condition: what is larger is no rule that people published.
const (
	deepest = 5
	widest  = 20
)

// Valid returns nil if c can be decided, else an Invalid error that says what is
// wrong.
func (c Condition) Valid() error { return c.valid(1) }

func (c Condition) valid(depth int) error {
	bad := func(format string, args ...any) error { return Errorf(Invalid, "finance_rule", format, args...) }
	shape := c.Fact.Shape()
	switch {
	case depth > deepest:
		return bad("conditions stand %d deep, at most %d", depth, deepest)
	case c.Op == All || c.Op == Any || c.Op == Not:
		if len(c.Parts) == 0 || len(c.Parts) > widest || c.Op == Not && len(c.Parts) != 1 {
			return bad("%s has %d parts", c.Op, len(c.Parts))
		}
		for _, part := range c.Parts {
			if err := part.valid(depth + 1); err != nil {
				return err
			}
		}
		return nil
	case shape == NoFact || c.Fact == FactDay:
		return bad("%q is no fact", c.Fact)
	case c.Op == Is && shape == FlagFact:
		return nil
	case (c.Op == Is || c.Op == In) && (shape == CodeFact || shape == TagsFact):
		return c.wordsValid()
	case (c.Op == Least || c.Op == Most || c.Op == Range) && shape == NumberFact:
		if math.IsNaN(c.Low) || math.IsNaN(c.High) || c.Low < 0 || c.Low > c.High || c.High > mostMoney {
			return bad("%s has no proper bounds", c.Fact)
		}
		return nil
	default:
		return bad("%s cannot be asked with %q", c.Fact, c.Op)
	}
}

func (c Condition) wordsValid() error {
	if len(c.Words) == 0 || len(c.Words) > widest || c.Op == Is && len(c.Words) != 1 {
		return Errorf(Invalid, "finance_rule", "%s names %d values", c.Fact, len(c.Words))
	}
	for _, w := range c.Words {
		_, err := strconv.Atoi(w)
		isCode := c.Fact == FactRegion && len(w) == 6 && err == nil
		if !isCode && !slices.Contains(c.Fact.Words(), w) {
			return Errorf(Invalid, "finance_rule", "%s cannot be %q", c.Fact, w)
		}
	}
	return nil
}

// Decide says whether c is met by what is known.
func (c Condition) Decide(k Knowledge) Verdict {
	switch c.Op {
	case All:
		return decideParts(c.Parts, k, NotMet, Met)
	case Any:
		return decideParts(c.Parts, k, Met, NotMet)
	case Not:
		return negated(c.Parts[0].Decide(k))
	case ByHuman:
		return NotKnown
	}
	v, known := k[c.Fact]
	if !known {
		return NotKnown
	}
	switch c.Fact.Shape() {
	case FlagFact:
		return yes(v.Yes == c.Yes)
	case CodeFact:
		return anyOf(c.Words, func(w string) Verdict { return c.Fact.same(w, v.Code) })
	case TagsFact:
		return anyOf(c.Words, func(w string) Verdict {
			had, said := v.Tags[w]
			if !said {
				return NotKnown
			}
			return yes(had)
		})
	default:
		return within(v, c)
	}
}

// decideParts decides a list of which one part can settle all.
func decideParts(parts []Condition, k Knowledge, settles, otherwise Verdict) Verdict {
	out := otherwise
	for _, part := range parts {
		switch part.Decide(k) {
		case settles:
			return settles
		case NotKnown:
			out = NotKnown
		}
	}
	return out
}

func anyOf(words []string, decide func(string) Verdict) Verdict {
	out := NotMet
	for _, w := range words {
		switch decide(w) {
		case Met:
			return Met
		case NotKnown:
			out = NotKnown
		}
	}
	return out
}

func negated(v Verdict) Verdict {
	switch v {
	case Met:
		return NotMet
	case NotMet:
		return Met
	default:
		return NotKnown
	}
}

func yes(ok bool) Verdict {
	if ok {
		return Met
	}
	return NotMet
}

// within compares a figure, which may be known as a range only.
func within(v FactValue, c Condition) Verdict {
	low, high := c.Low, c.High
	switch c.Op {
	case Least:
		high = math.Inf(1)
	case Most:
		low = math.Inf(-1)
	}
	switch {
	case v.Low >= low && v.High <= high:
		return Met
	case v.High < low || v.Low > high:
		return NotMet
	default:
		return NotKnown
	}
}

// same compares a code with the one that is known. A region covers what lies in
// it; of a province alone it is not known which city is meant.
func (f Fact) same(wanted, known string) Verdict {
	if f != FactRegion || len(known) != 6 || len(wanted) != 6 {
		return yes(wanted == known)
	}
	switch {
	case strings.HasPrefix(known, area(wanted)):
		return Met
	case strings.HasPrefix(wanted, area(known)):
		return NotKnown
	default:
		return NotMet
	}
}

// area is the part of a code that says which area it is.
func area(code string) string {
	if strings.HasSuffix(code, "0000") {
		return code[:2]
	}
	return strings.TrimSuffix(code, "00")
}
