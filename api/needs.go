package api

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"tanxu/need"
	"tanxu/need/record"
	"tanxu/postgres"
)

// needs is what the handler of needs asks of storage.
type needs interface {
	Needs(ctx context.Context, scope need.Scope, f postgres.NeedFilter, p postgres.Page) ([]postgres.Need, string, error)
	Need(ctx context.Context, scope need.Scope, id need.ID) (postgres.Need, error)
	NeedEvents(ctx context.Context, scope need.Scope, id need.ID) ([]need.Event, error)
	// ChangeNeed lets change decide what happens to the need, if it still has
	// this version, and stores it.
	ChangeNeed(ctx context.Context, scope need.Scope, id need.ID, version int,
		change func(*need.Need) ([]need.Event, error)) (postgres.Need, error)
}

// needHandler shows needs and takes what brokers change in them.
type needHandler struct{ needs needs }

// NeedRecord is a need as the API shows it: the record, and where it belongs.
type NeedRecord struct {
	record.Record

	CentrePath string `json:"centre_path"`
}

// ListNeeds handles GET /needs.
func (h *needHandler) ListNeeds(ctx context.Context, in ListNeedsRequestObject) (ListNeedsResponseObject, error) {
	p := in.Params
	filter := postgres.NeedFilter{
		Chain: value(p.Chain), Region: value(p.Region), Query: value(p.Q), Sort: string(value(p.Sort)),
	}
	filter.Type, filter.Centre = value(p.Type), need.CentrePath(value(p.Centre))
	if p.From != nil {
		filter.From = p.From.Time
	}
	if p.To != nil {
		filter.To = p.To.AddDate(0, 0, 1)
	}
	for _, s := range value(p.Status) {
		filter.Statuses = append(filter.Statuses, need.Status(s))
	}
	list, next, err := h.needs.Needs(ctx, scopeOf(ctx), filter, pageOf(p.Cursor, p.Limit))
	if err != nil {
		return nil, err
	}
	return ListNeeds200JSONResponse{Items: each(list, needSummaryOf), NextCursor: nextOf(next)}, nil
}

// GetNeed handles GET /needs/{id}.
func (h *needHandler) GetNeed(ctx context.Context, in GetNeedRequestObject) (GetNeedResponseObject, error) {
	n, err := h.needs.Need(ctx, scopeOf(ctx), need.ID(in.ID.String()))
	if err != nil {
		return nil, err
	}
	answer, err := needOf(n)
	return GetNeed200JSONResponse{answer}, err
}

// PatchNeed handles PATCH /needs/{id}.
func (h *needHandler) PatchNeed(ctx context.Context, in PatchNeedRequestObject) (PatchNeedResponseObject, error) {
	answer, err := h.change(ctx, in.ID, in.Params.IfMatch, func(n *need.Need, by need.Actor) ([]need.Event, error) {
		return eventsOf(n, in.Body, by, time.Now())
	})
	return PatchNeed200JSONResponse{answer}, err
}

// change stores what decide makes of the version that the caller has seen.
func (h *needHandler) change(ctx context.Context, id ID, seen *IfMatch,
	decide func(n *need.Need, by need.Actor) ([]need.Event, error),
) (NeedJSONResponse, error) {
	version, err := versionOf(seen)
	if err != nil {
		return NeedJSONResponse{}, err
	}
	scope := scopeOf(ctx)
	n, err := h.needs.ChangeNeed(ctx, scope, need.ID(id.String()), version, func(n *need.Need) ([]need.Event, error) {
		return decide(n, scope.Actor)
	})
	if err != nil {
		return NeedJSONResponse{}, err
	}
	return needOf(n)
}

func needOf(n postgres.Need) (NeedJSONResponse, error) {
	w := NeedRecord{CentrePath: string(n.Centre)}
	if err := json.Unmarshal(n.Record, &w.Record); err != nil {
		return NeedJSONResponse{}, fmt.Errorf("read the record of need %s: %w", n.ID, err)
	}
	return NeedJSONResponse{Body: w, Headers: NeedResponseHeaders{ETag: etag(n.Version)}}, nil
}

func needSummaryOf(n postgres.Need) NeedSummary {
	s := NeedSummary{
		ID: uuidOf(n.ID), Title: n.Title, Status: NeedStatus(n.Status), Version: n.Version, Score: n.Score,
		Chain: n.Chain, Region: n.Region, CentrePath: string(n.Centre), Org: n.Org,
		CreatedAt: n.Created, UpdatedAt: n.Updated,
	}
	if n.Conversation != nil {
		s.ConversationID = new(uuidOf(*n.Conversation))
	}
	return s
}
