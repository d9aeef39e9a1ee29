package api

import (
	"context"

	"tanxu/need"
	"tanxu/postgres"
)

// mostOrganisationNeeds bounds the needs of one organisation that are shown.
const mostOrganisationNeeds = 100

// organisations is what links needs with the register.
type organisations interface {
	OrganisationNeeds(ctx context.Context, scope need.Scope, id need.EntryID, limit int) ([]postgres.OrganisationNeed, error)
	NeedOrganisation(ctx context.Context, scope need.Scope, id need.ID) (need.Entry, bool, error)
	Need(ctx context.Context, scope need.Scope, id need.ID) (postgres.Need, error)
}

// organisationHandler says whose needs are.
type organisationHandler struct{ organisations organisations }

// ListOrganisationNeeds handles GET /organisations/{id}/needs.
func (h *organisationHandler) ListOrganisationNeeds(ctx context.Context, in ListOrganisationNeedsRequestObject) (ListOrganisationNeedsResponseObject, error) {
	list, err := h.organisations.OrganisationNeeds(ctx, scopeOf(ctx), need.EntryID(in.ID.String()), mostOrganisationNeeds)
	if err != nil {
		return nil, err
	}
	return ListOrganisationNeeds200JSONResponse{Items: each(list, func(n postgres.OrganisationNeed) OrganisationNeed {
		return OrganisationNeed{ID: uuidOf(n.ID), Title: n.Title, Status: NeedStatus(n.Status), Org: n.Org}
	})}, nil
}

// GetNeedOrganisation handles GET /needs/{id}/organisation.
func (h *organisationHandler) GetNeedOrganisation(ctx context.Context, in GetNeedOrganisationRequestObject) (GetNeedOrganisationResponseObject, error) {
	id := need.ID(in.ID.String())
	if _, err := h.organisations.Need(ctx, scopeOf(ctx), id); err != nil {
		return nil, err
	}
	e, found, err := h.organisations.NeedOrganisation(ctx, scopeOf(ctx), id)
	if err == nil && !found {
		err = need.Errorf(need.NotFound, "organisation_unknown", "the organisation of need %s is not in the register", id)
	}
	answer, err := entryAnswer(ctx, e, err)
	return GetNeedOrganisation200JSONResponse{answer}, err
}
