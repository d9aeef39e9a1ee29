package api

import (
	"context"
	"slices"
	"time"

	"tanxu/need"
	"tanxu/rag"
)

// financing is what the handler of finance asks of storage.
type financing interface {
	NeedEvents(ctx context.Context, scope need.Scope, id need.ID) ([]need.Event, error)
	Matches(ctx context.Context, scope need.Scope, id need.ID) (need.MatchRun, error)
	AllFinanceProducts(ctx context.Context, scope need.Scope) ([]need.FinanceProduct, error)
}

// financeHandler says which finance products a need is eligible for.
type financeHandler struct {
	store financing
	texts *texts
}

// ListNeedFinance handles GET /needs/{id}/finance.
func (h *financeHandler) ListNeedFinance(ctx context.Context, in ListNeedFinanceRequestObject) (ListNeedFinanceResponseObject, error) {
	advice, err := h.advise(ctx, need.ID(in.ID.String()), nil)
	return ListNeedFinance200JSONResponse{advice}, err
}

// AssessNeedFinance handles POST /needs/{id}/finance.
func (h *financeHandler) AssessNeedFinance(ctx context.Context, in AssessNeedFinanceRequestObject) (AssessNeedFinanceResponseObject, error) {
	facts, err := knowledgeOf(in.Body.Facts)
	if err != nil {
		return nil, err
	}
	advice, err := h.advise(ctx, need.ID(in.ID.String()), facts)
	return AssessNeedFinance200JSONResponse{advice}, err
}

// advise decides all products by what the record says, the achievement that was
// recommended for the need, and the caller, who counts most.
func (h *financeHandler) advise(ctx context.Context, id need.ID, further need.Knowledge) (FinanceJSONResponse, error) {
	run, err := h.store.Matches(ctx, scopeOf(ctx), id)
	if err != nil {
		return FinanceJSONResponse{}, err
	}
	events, err := h.store.NeedEvents(ctx, scopeOf(ctx), id)
	if err != nil {
		return FinanceJSONResponse{}, err
	}
	products, err := h.store.AllFinanceProducts(ctx, scopeOf(ctx))
	if err != nil {
		return FinanceJSONResponse{}, err
	}
	var chosen *need.Achievement
	if i := slices.IndexFunc(run.Matches, func(m need.Match) bool { return m.Decision != nil && m.Decision.Recommended }); i >= 0 {
		chosen = &run.Matches[i].Achievement
	}
	known := rag.KnowledgeOf(need.Fold(id, events), chosen)
	for fact, v := range further {
		known[fact] = v
	}
	lang := langOf(ctx, h.texts)
	w := adviceOf(lang, rag.Finance(products, known, time.Now()))
	w.Cautions = rag.FinanceCautions(chosen, lang)
	return FinanceJSONResponse(w), nil
}

func adviceOf(lang string, a rag.FinanceAdvice) FinanceAdvice {
	w := FinanceAdvice{
		Items: make([]FinanceFit, 0, len(a.Fits)), Questions: make([]FinanceQuestion, 0, len(a.Questions)),
		Route: make([]FinanceLeg, 0, len(a.Route)), Known: []FinanceFact{},
	}
	for _, f := range a.Fits {
		w.Items = append(w.Items, FinanceFit{
			Product: productOf(f.Product), Verdict: Verdict(f.Eligibility.Verdict), Rules: rulesOf(lang, f.Eligibility, a.Known),
		})
	}
	for _, q := range a.Questions {
		asked := questionOf(lang)(q.FactQuestion)
		asked.Products = &q.Products
		w.Questions = append(w.Questions, asked)
	}
	code := func(p need.FinanceProduct) string { return p.Code }
	for _, leg := range a.Route {
		w.Route = append(w.Route, FinanceLeg{
			Kind: leg.Kind, Place: FinanceLegPlace(leg.Place), TrlMin: int(leg.Low), TrlMax: int(leg.High),
			Funds: each(leg.Funds, code), Loans: each(leg.With, code), HandOver: rulesOf(lang, leg.Transfer, a.Known),
		})
	}
	for _, fact := range need.Facts() {
		if v, ok := a.Known[fact]; ok {
			w.Known = append(w.Known, FinanceFact{Fact: string(fact), Text: rag.SayFact(fact, v, lang), Source: FinanceFactSource(v.From)})
		}
	}
	return w
}

func rulesOf(lang string, e need.Eligibility, known need.Knowledge) []FinanceRule {
	return each(e.Rules, func(o need.RuleOutcome) FinanceRule {
		return FinanceRule{
			Text: rag.SayRule(o.Rule, lang), Verdict: Verdict(o.Verdict), Why: rag.SayOutcome(o, known, lang),
			Questions: each(o.Asks, questionOf(lang)),
		}
	})
}

func questionOf(lang string) func(need.FactQuestion) FinanceQuestion {
	return func(q need.FactQuestion) FinanceQuestion {
		w := FinanceQuestion{Fact: string(q.Fact), Tag: given(q.Tag), Text: rag.SayQuestion(q, lang)}
		switch q.Fact.Shape() {
		case need.NumberFact:
			w.Shape = Number
		case need.TagsFact:
			w.Shape = Tag
		case need.FlagFact:
			w.Shape = Flag
		default:
			w.Shape = Code
			choices := q.Fact.Words()
			if q.Fact == need.FactRegion {
				choices = each(need.Regions(), func(r need.Region) string { return r.Code })
			}
			w.Choices = &choices
		}
		return w
	}
}
