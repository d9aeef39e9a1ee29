package rag

import (
	"cmp"
	"slices"
	"time"

	"tanxu/need"
)

// FinanceFit is a finance product with what can be said of its rules.
type FinanceFit struct {
	Product     need.FinanceProduct
	Eligibility need.Eligibility
}

// RelayLeg is one leg of the relay of funds, with the products that run it.
type RelayLeg struct {
	need.Leg

	Place    need.LegPlace
	Funds    []need.FinanceProduct
	With     []need.FinanceProduct // loans that go with it
	Transfer need.Eligibility      // of the hand-over to the next leg
}

// FinanceAdvice is what finance there is for a need.
type FinanceAdvice struct {
	Fits      []FinanceFit // open ones first: met, then not known, then not met
	Questions []need.OpenQuestion
	Route     []RelayLeg
	Known     need.Knowledge // with what follows from it
}

// Finance decides the rules of all products by what is known on a day.
func Finance(products []need.FinanceProduct, k need.Knowledge, today time.Time) FinanceAdvice {
	k = k.Complete()
	k[need.FactDay] = need.FactValue{Low: dayNumber(today), High: dayNumber(today), From: need.FactOfService}
	advice := FinanceAdvice{Known: k}
	var all []need.Eligibility
	for _, p := range products {
		e := need.Eligible(FinanceRules(p), k)
		advice.Fits, all = append(advice.Fits, FinanceFit{p, e}), append(all, e)
	}
	order := map[need.Verdict]int{need.Met: 0, need.NotKnown: 1, need.NotMet: 2}
	slices.SortStableFunc(advice.Fits, func(a, b FinanceFit) int {
		return cmp.Or(
			cmp.Compare(order[a.Eligibility.Verdict], order[b.Eligibility.Verdict]),
			cmp.Compare(a.Eligibility.Open(), b.Eligibility.Open()),
			cmp.Compare(a.Product.Code, b.Product.Code))
	})
	advice.Questions = need.OpenQuestions(all)
	for _, leg := range need.Relay() {
		advice.Route = append(advice.Route, relayLeg(leg, advice.Fits, k))
	}
	return advice
}

// relayLeg finds the products of a leg that nothing known rules out, but for
// its maturity: what lies ahead is not met yet.
func relayLeg(leg need.Leg, fits []FinanceFit, k need.Knowledge) RelayLeg {
	out := RelayLeg{Leg: leg, Place: leg.Place(k), Transfer: need.Eligible(leg.HandOver, k)}
	for _, f := range fits {
		switch {
		case !elsewhere(f.Eligibility) && f.Product.Kind == leg.Kind:
			out.Funds = append(out.Funds, f.Product)
		case !elsewhere(f.Eligibility) && slices.Contains(leg.Loans, f.Product.Kind):
			out.With = append(out.With, f.Product)
		}
	}
	return out
}

// elsewhere reports whether a product is for other regions or chains, or of
// another time: that does not change on the way.
func elsewhere(e need.Eligibility) bool {
	return slices.ContainsFunc(e.Rules, func(o need.RuleOutcome) bool {
		f := o.Rule.When.Fact
		return o.Verdict == need.NotMet && (f == need.FactRegion || f == need.FactChain || f == need.FactDay)
	})
}

// KnowledgeOf is what a need says of the facts, with the maturity of the
// achievement that was recommended for it, nil if none was. What is to be
// borrowed it does not say: the budget is that of the technology.
func KnowledgeOf(n *need.Need, a *need.Achievement) need.Knowledge {
	k := need.Knowledge{need.FactApplicant: {Code: "企业", From: need.FactOfNeed}} // whose needs these are
	if chain, _ := code(n, need.KeyChain); chain != "" {
		k[need.FactChain] = need.FactValue{Code: chain, From: need.FactOfNeed}
	}
	name, _ := code(n, need.KeyRegion)
	for _, r := range need.Regions() {
		if r.Name == name {
			k[need.FactRegion] = need.FactValue{Code: r.Code, From: need.FactOfNeed}
		}
	}
	if slices.ContainsFunc(n.Indicators, (*need.Indicator).Assessable) {
		k[need.FactMeasurable] = need.FactValue{Yes: true, From: need.FactOfNeed}
	}
	if a != nil && a.TRL > 0 {
		k[need.FactTRL] = need.FactValue{Low: float64(a.TRL), High: float64(a.TRL), From: need.FactOfMatch}
	}
	if a != nil && a.Stage != "" {
		k[need.FactStage] = need.FactValue{Code: a.Stage, From: need.FactOfMatch}
	}
	return k
}
