package rag

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"tanxu/need"
)

// ruleLine is one rule in a file of finance products.
type ruleLine struct {
	Text string         `json:"text"`
	When *conditionLine `json:"when,omitempty"` // none: only a person can decide
}

// conditionLine is a condition in a file: a fact with one test, or all, any or
// not of others.
type conditionLine struct {
	Fact    need.Fact       `json:"fact,omitempty"`
	Is      json.RawMessage `json:"is,omitempty"` // true, false, a code or a tag
	In      []string        `json:"in,omitempty"`
	AtLeast *float64        `json:"at_least,omitempty"`
	AtMost  *float64        `json:"at_most,omitempty"`
	Between []float64       `json:"between,omitempty"`
	All     []conditionLine `json:"all,omitempty"`
	Any     []conditionLine `json:"any,omitempty"`
	Not     *conditionLine  `json:"not,omitempty"`
}

// mostRules of a product; nobody publishes more conditions.
const mostRules = 30

// rules reads the rules of a file, strictly.
func rules(lines []ruleLine) ([]need.FinanceRule, error) {
	if len(lines) > mostRules {
		return nil, fmt.Errorf("detail.rules: %d rules, at most %d", len(lines), mostRules)
	}
	out := make([]need.FinanceRule, 0, len(lines))
	for i, l := range lines {
		if err := first(length("text", l.Text, 1, 200)); err != nil {
			return nil, fmt.Errorf("detail.rules, rule %d: %w", i+1, err)
		}
		r := need.FinanceRule{Text: strings.TrimSpace(l.Text)}
		if l.When != nil {
			c, err := l.When.condition()
			if err == nil {
				err = c.Valid()
			}
			if err != nil {
				return nil, fmt.Errorf("detail.rules, rule %d: %w", i+1, err)
			}
			r.When = c
		}
		out = append(out, r)
	}
	return out, nil
}

func (l conditionLine) condition() (need.Condition, error) {
	c := need.Condition{Fact: l.Fact}
	tests := 0
	test := func(there bool, op need.Operator, fill func()) {
		if there {
			tests++
			c.Op = op
			fill()
		}
	}
	var err error
	parts := func(list []conditionLine) func() {
		return func() {
			for _, part := range list {
				p, bad := part.condition()
				c.Parts, err = append(c.Parts, p), errors.Join(err, bad)
			}
		}
	}
	bound := func(n *float64) func() { return func() { c.Low, c.High = *n, *n } }
	test(l.Is != nil, need.Is, func() { err = errors.Join(err, l.readIs(&c)) })
	test(l.In != nil, need.In, func() { c.Words = l.In })
	test(l.AtLeast != nil, need.Least, bound(l.AtLeast))
	test(l.AtMost != nil, need.Most, bound(l.AtMost))
	test(l.Between != nil, need.Range, func() {
		if len(l.Between) != 2 {
			err = errors.New("between takes two figures")
			return
		}
		c.Low, c.High = l.Between[0], l.Between[1]
	})
	test(l.All != nil, need.All, parts(l.All))
	test(l.Any != nil, need.Any, parts(l.Any))
	if l.Not != nil {
		test(true, need.Not, parts([]conditionLine{*l.Not}))
	}
	switch {
	case err != nil:
		return c, err
	case tests != 1:
		return c, fmt.Errorf("a condition has one of is, in, at_least, at_most, between, all, any, not; this one has %d", tests)
	case c.Parts != nil && l.Fact != "":
		return c, fmt.Errorf("%s names no fact of its own", c.Op)
	}
	return c, nil
}

func (l conditionLine) readIs(c *need.Condition) error {
	if l.Fact.Shape() == need.FlagFact {
		return json.Unmarshal(l.Is, &c.Yes)
	}
	var word string
	if err := json.Unmarshal(l.Is, &word); err != nil {
		return err
	}
	c.Words = []string{word}
	return nil
}

// FinanceRules returns the rules of a product: those that were published as
// data, and those that follow from its region, chain, maturity, limit, term and
// day. What was published in words alone only a person can decide.
func FinanceRules(p need.FinanceProduct) []need.FinanceRule {
	var d financeDetail
	if err := json.Unmarshal(p.Detail, &d); err != nil {
		return nil // of another version: nothing is known of it
	}
	list, err := rules(d.Rules)
	if err != nil {
		return nil
	}
	if len(list) == 0 {
		for _, text := range d.Conditions {
			list = append(list, need.FinanceRule{Text: text})
		}
	}
	return append(list, d.limits()...)
}

// limits are the rules that follow from the fields of a product.
func (d financeDetail) limits() []need.FinanceRule {
	var out []need.FinanceRule
	add := func(there bool, c need.Condition) {
		if there {
			out = append(out, need.FinanceRule{When: c})
		}
	}
	add(len(d.Regions) > 0, need.Condition{Op: need.In, Fact: need.FactRegion, Words: d.Regions})
	add(len(d.Chains) > 0, need.Condition{Op: need.In, Fact: need.FactChain, Words: d.Chains})
	stage := need.Condition{Op: need.In, Fact: need.FactStage, Words: d.Stages}
	level := need.Condition{Op: need.Range, Fact: need.FactTRL, Low: float64(d.TRLMin), High: float64(d.TRLMax)}
	if d.TRLMax == 0 {
		level.High = 9
	}
	hasLevel := d.TRLMin > 0 || d.TRLMax > 0
	switch {
	case len(d.Stages) > 0 && hasLevel:
		add(true, need.Condition{Op: need.All, Parts: []need.Condition{stage, level}})
	default:
		add(len(d.Stages) > 0, stage)
		add(hasLevel, level)
	}
	add(d.Limit > 0, need.Condition{Op: need.Most, Fact: need.FactAmount, Low: d.Limit, High: d.Limit})
	add(d.TermMonths > 0, need.Condition{Op: need.Most, Fact: need.FactTermMonths, Low: float64(d.TermMonths), High: float64(d.TermMonths)})
	if day, err := time.Parse(date, d.ValidUntil); err == nil {
		add(true, need.Condition{Op: need.Most, Fact: need.FactDay, Low: dayNumber(day), High: dayNumber(day)})
	}
	return out
}

// dayNumber writes a day as need.FactDay holds it.
func dayNumber(t time.Time) float64 { return float64(t.Year()*10000 + int(t.Month())*100 + t.Day()) }
