package api

import (
	"context"
	"encoding/json"

	"tanxu/need"
	"tanxu/postgres"
)

// shelves is what needs are matched with.
type shelves interface {
	ListAchievements(context.Context, need.Scope, postgres.LibraryFilter, postgres.Page) ([]need.Achievement, string, error)
	Achievement(ctx context.Context, scope need.Scope, id need.AchievementID) (need.Achievement, error)
	Experts(context.Context, need.Scope, postgres.LibraryFilter, postgres.Page) ([]need.Expert, string, error)
	FinanceProducts(context.Context, need.Scope, postgres.LibraryFilter, postgres.Page) ([]need.FinanceProduct, string, error)
	Centres(ctx context.Context, scope need.Scope) ([]postgres.Centre, error)
}

// libraryHandler reads the library.
type libraryHandler struct{ library shelves }

// ListAchievements handles GET /achievements.
func (h *libraryHandler) ListAchievements(ctx context.Context, in ListAchievementsRequestObject) (ListAchievementsResponseObject, error) {
	p := in.Params
	filter := postgres.LibraryFilter{Query: value(p.Q), Chain: value(p.Chain), Region: value(p.Region), Stage: value(p.Stage)}
	list, next, err := h.library.ListAchievements(ctx, scopeOf(ctx), filter, pageOf(p.Cursor, p.Limit))
	if err != nil {
		return nil, err
	}
	return ListAchievements200JSONResponse{Items: each(list, summaryOf), NextCursor: nextOf(next)}, nil
}

// GetAchievement handles GET /achievements/{id}.
func (h *libraryHandler) GetAchievement(ctx context.Context, in GetAchievementRequestObject) (GetAchievementResponseObject, error) {
	a, err := h.library.Achievement(ctx, scopeOf(ctx), need.AchievementID(in.ID.String()))
	if err != nil {
		return nil, err
	}
	s := summaryOf(a)
	return GetAchievement200JSONResponse{
		ID: s.ID, Code: s.Code, Title: s.Title, Summary: s.Summary, Indicators: s.Indicators, Chain: s.Chain, Stage: s.Stage,
		Trl: s.Trl, OwnerOrg: s.OwnerOrg, Region: s.Region, Keywords: s.Keywords, CentrePath: s.CentrePath,
		UpdatedAt: s.UpdatedAt, Detail: detailOf(a.Detail),
	}, nil
}

// ListExperts handles GET /experts.
func (h *libraryHandler) ListExperts(ctx context.Context, in ListExpertsRequestObject) (ListExpertsResponseObject, error) {
	p := in.Params
	filter := postgres.LibraryFilter{Query: value(p.Q), Chain: value(p.Chain), Region: value(p.Region)}
	list, next, err := h.library.Experts(ctx, scopeOf(ctx), filter, pageOf(p.Cursor, p.Limit))
	if err != nil {
		return nil, err
	}
	return ListExperts200JSONResponse{Items: each(list, expertOf), NextCursor: nextOf(next)}, nil
}

// ListFinanceProducts handles GET /finance-products.
func (h *libraryHandler) ListFinanceProducts(ctx context.Context, in ListFinanceProductsRequestObject) (ListFinanceProductsResponseObject, error) {
	p := in.Params
	list, next, err := h.library.FinanceProducts(ctx, scopeOf(ctx), postgres.LibraryFilter{Query: value(p.Q)}, pageOf(p.Cursor, p.Limit))
	if err != nil {
		return nil, err
	}
	return ListFinanceProducts200JSONResponse{Items: each(list, productOf), NextCursor: nextOf(next)}, nil
}

// ListCentres handles GET /centres.
func (h *libraryHandler) ListCentres(ctx context.Context, _ ListCentresRequestObject) (ListCentresResponseObject, error) {
	list, err := h.library.Centres(ctx, scopeOf(ctx))
	if err != nil {
		return nil, err
	}
	return ListCentres200JSONResponse{Items: each(list, centreOf)}, nil
}

func centreOf(c postgres.Centre) Centre {
	return Centre{Path: string(c.Path), Kind: CentreKind(c.Kind), NameZh: c.NameZH, NameEn: c.NameEN}
}

func summaryOf(a need.Achievement) AchievementSummary {
	return AchievementSummary{
		ID: uuidOf(a.ID), Code: a.Code, Title: a.Title, Summary: a.Summary, Indicators: a.Indicators,
		Chain: a.Chain, Stage: a.Stage, Trl: given(a.TRL), OwnerOrg: a.Owner, Region: a.Region,
		Keywords: a.Keywords, CentrePath: string(a.Centre), UpdatedAt: a.Updated,
	}
}

func expertOf(e need.Expert) Expert {
	return Expert{
		ID: uuidOf(e.ID), Code: e.Code, Name: e.Name, Title: e.Title, Org: e.Org, Region: e.Region, Chain: e.Chain,
		Summary: e.Summary, Keywords: e.Keywords, Detail: detailOf(e.Detail), CentrePath: string(e.Centre), UpdatedAt: e.Updated,
	}
}

func productOf(p need.FinanceProduct) FinanceProduct {
	return FinanceProduct{
		ID: uuidOf(p.ID), Code: p.Code, Name: p.Name, Org: p.Org, Kind: p.Kind, Summary: p.Summary,
		Detail: detailOf(p.Detail), CentrePath: string(p.Centre), UpdatedAt: p.Updated,
	}
}

// detailOf reads what the import has checked to be an object, without the contact:
// whom it is shown to is decided where records are kept.
func detailOf(raw json.RawMessage) Detail {
	detail := Detail{}
	if err := json.Unmarshal(raw, &detail); err != nil {
		return Detail{}
	}
	for _, key := range []string{"contact_name", "contact_phone", "contact_email", "checks"} {
		delete(detail, key)
	}
	return detail
}

// each turns a list into another, never into null.
func each[A, B any](list []A, turn func(A) B) []B {
	out := make([]B, 0, len(list))
	for _, one := range list {
		out = append(out, turn(one))
	}
	return out
}
