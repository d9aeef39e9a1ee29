package api

import (
	"context"
	"strings"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"tanxu/need"
	"tanxu/postgres"
)

// cases is what the handler of cases asks of storage.
type cases interface {
	Cases(ctx context.Context, scope need.Scope, f postgres.CaseFilter, p postgres.Page) ([]postgres.Case, string, error)
	Case(ctx context.Context, scope need.Scope, id need.CaseID) (postgres.Case, []need.CaseEvent, error)
	CaseCounts(ctx context.Context, scope need.Scope) (byStage map[string]int, overdue int, err error)
	OpenCase(ctx context.Context, scope need.Scope, of need.CaseSubject) (postgres.Case, []need.CaseEvent, error)
	ActOnCase(ctx context.Context, scope need.Scope, id need.CaseID, version int, e need.CaseEvent) (postgres.Case, []need.CaseEvent, error)
}

// caseHandler shows cases, and takes what happens to them.
type caseHandler struct{ cases cases }

// ListCases handles GET /cases.
func (h *caseHandler) ListCases(ctx context.Context, in ListCasesRequestObject) (ListCasesResponseObject, error) {
	p := in.Params
	f := postgres.CaseFilter{Stage: need.CaseStage(value(p.Stage)), Overdue: value(p.Overdue), Query: value(p.Q)}
	if p.Need != nil {
		f.Need = need.ID(p.Need.String())
	}
	list, next, err := h.cases.Cases(ctx, scopeOf(ctx), f, pageOf(p.Cursor, p.Limit))
	if err != nil {
		return nil, err
	}
	return ListCases200JSONResponse{Items: each(list, caseSummaryOf), NextCursor: nextOf(next)}, nil
}

// CountCases handles GET /case-counts.
func (h *caseHandler) CountCases(ctx context.Context, _ CountCasesRequestObject) (CountCasesResponseObject, error) {
	byStage, overdue, err := h.cases.CaseCounts(ctx, scopeOf(ctx))
	if err != nil {
		return nil, err
	}
	return CountCases200JSONResponse{ByStage: byStage, Overdue: overdue}, nil
}

// GetCase handles GET /cases/{id}.
func (h *caseHandler) GetCase(ctx context.Context, in GetCaseRequestObject) (GetCaseResponseObject, error) {
	k, events, err := h.cases.Case(ctx, scopeOf(ctx), need.CaseID(in.ID.String()))
	if err != nil {
		return nil, err
	}
	return GetCase200JSONResponse{caseOf(k, events, time.Now())}, nil
}

// OpenCase handles POST /cases.
func (h *caseHandler) OpenCase(ctx context.Context, in OpenCaseRequestObject) (OpenCaseResponseObject, error) {
	var of need.CaseSubject
	switch b := in.Body; {
	case b.MatchID != nil:
		of.Match = need.MatchID(b.MatchID.String())
	case b.NeedID != nil && b.SupplyID != nil && b.Library != nil:
		of.Need, of.Library, of.Entry = need.ID(b.NeedID.String()), need.Library(*b.Library), need.EntryID(b.SupplyID.String())
	default:
		return nil, need.Errorf(need.Invalid, "case_subject", "a case of nothing")
	}
	k, events, err := h.cases.OpenCase(ctx, scopeOf(ctx), of)
	if err != nil {
		return nil, err
	}
	return OpenCase201JSONResponse{caseOf(k, events, time.Now())}, nil
}

// ActOnCase handles POST /cases/{id}/events.
func (h *caseHandler) ActOnCase(ctx context.Context, in ActOnCaseRequestObject) (ActOnCaseResponseObject, error) {
	version, err := versionOf(in.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	b := in.Body
	e := need.CaseEvent{
		Kind: need.CaseEventKind(b.Kind), Reason: value(b.Reason), Note: strings.TrimSpace(value(b.Note)),
		Side: need.CaseSide(value(b.Side)), Consent: need.Consent(value(b.Consent)), On: value(b.On).Time,
		Contract: strings.TrimSpace(value(b.Contract)), Amount: value(b.Amount), Days: int(value(b.Days)), Goes: string(value(b.Goes)),
		Outcome: need.CaseOutcome(value(b.Outcome)),
	}
	if b.Step != nil {
		e.Step = &need.CaseStep{Text: strings.TrimSpace(b.Step.Text), Who: strings.TrimSpace(b.Step.Who), Due: b.Step.Due.Time}
	}
	k, events, err := h.cases.ActOnCase(ctx, scopeOf(ctx), need.CaseID(in.ID.String()), version, e)
	if err != nil {
		return nil, err
	}
	return ActOnCase200JSONResponse{caseOf(k, events, time.Now())}, nil
}

func caseSummaryOf(k postgres.Case) CaseSummary {
	return CaseSummary{
		ID: uuidOf(k.ID), CentrePath: string(k.Centre), NeedID: uuidOf(k.Need), NeedTitle: k.NeedTitle, Org: k.Org,
		Library: CaseLibrary(k.Library), SupplyID: uuidOf(k.Entry), SupplyTitle: k.Supply, OwnerOrg: k.Owner, Stage: CaseStage(k.Stage),
		Outcome: given(CaseOutcome(k.Outcome)), Version: k.Version, Since: k.Since, DueAt: k.Due, Overdue: k.Overdue, Step: stepOf(k.Step),
		Contract: given(k.Contract), CreatedAt: k.Created, UpdatedAt: k.Updated,
	}
}

func stepOf(s *need.CaseStep) *CaseStep {
	if s == nil {
		return nil
	}
	return &CaseStep{Text: s.Text, Who: s.Who, Due: openapi_types.Date{Time: s.Due}}
}

func caseOf(k postgres.Case, events []need.CaseEvent, now time.Time) CaseJSONResponse {
	c := need.FoldCase(k.ID, events)
	w := Case{
		Summary: caseSummaryOf(k), Rank: c.Of.Rank, Reason: given(c.Reason), Amount: given(c.Amount), SignedOn: dayOf(c.Signed),
		ProducedOn: dayOf(c.Produced), Consents: map[string]CaseConsents{}, NextFollowUp: c.NextFollowUp(), Events: each(events, caseEventOf),
	}
	for side, answer := range c.Consents {
		w.Consents[string(side)] = CaseConsents(answer)
	}
	for _, s := range c.Stays {
		stay, end := CaseStay{Stage: CaseStage(s.Stage), From: s.From}, now
		if !s.To.IsZero() {
			end, stay.To = s.To, &s.To
		}
		stay.Days = end.Sub(s.From).Hours() / 24
		w.Stays = append(w.Stays, stay)
	}
	return CaseJSONResponse{Body: w, Headers: CaseResponseHeaders{ETag: etag(k.Version)}}
}

func dayOf(t time.Time) *openapi_types.Date {
	if t.IsZero() {
		return nil
	}
	return &openapi_types.Date{Time: t}
}

func caseEventOf(e need.CaseEvent) CaseEvent {
	return CaseEvent{
		Kind: string(e.Kind), At: e.At, By: string(e.By), Reason: given(e.Reason), Note: given(e.Note), Side: given(CaseEventSide(e.Side)),
		Consent: given(CaseEventConsent(e.Consent)), On: dayOf(e.On), Contract: given(e.Contract), Amount: given(e.Amount), Days: given(e.Days),
		Goes: given(e.Goes), Step: stepOf(e.Step), Outcome: given(CaseOutcome(e.Outcome)),
	}
}
