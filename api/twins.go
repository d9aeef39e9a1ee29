package api

import (
	"context"
	"time"

	"tanxu/need"
	"tanxu/postgres"
)

// twins is what the handler of needs that are alike asks of storage.
type twins interface {
	Twins(ctx context.Context, scope need.Scope, id need.ID, p postgres.Page) ([]postgres.Twin, string, error)
	SimilarNeeds(ctx context.Context, scope need.Scope, id need.ID, limit int) ([]postgres.Similar, error)
	SetApart(ctx context.Context, scope need.Scope, a, b need.ID) error
	ChangeBoth(ctx context.Context, scope need.Scope, p postgres.Pairing, becomes postgres.TwinState,
		change func(keep, drop need.Side) (onKeep, onDrop []need.Event, err error)) (postgres.Need, error)
}

// twinHandler shows needs that are alike, and brings them together.
type twinHandler struct{ twins twins }

// similar is how many needs that are alike are shown.
const similar = 12

// ListSimilarNeeds handles GET /needs/{id}/similar.
func (h *twinHandler) ListSimilarNeeds(ctx context.Context, in ListSimilarNeedsRequestObject) (ListSimilarNeedsResponseObject, error) {
	list, err := h.twins.SimilarNeeds(ctx, scopeOf(ctx), need.ID(in.ID.String()), similar)
	if err != nil {
		return nil, err
	}
	return ListSimilarNeeds200JSONResponse{Items: each(list, func(s postgres.Similar) SimilarNeed {
		return SimilarNeed{Need: needSummaryOf(s.Need), Likeness: s.Likeness, Figures: s.Figures, SameOrg: s.SameOrg, Twin: s.Twin}
	})}, nil
}

// ListNeedPairs handles GET /need-pairs.
func (h *twinHandler) ListNeedPairs(ctx context.Context, in ListNeedPairsRequestObject) (ListNeedPairsResponseObject, error) {
	var id need.ID
	if in.Params.Need != nil {
		id = need.ID(in.Params.Need.String())
	}
	list, next, err := h.twins.Twins(ctx, scopeOf(ctx), id, pageOf(in.Params.Cursor, in.Params.Limit))
	if err != nil {
		return nil, err
	}
	return ListNeedPairs200JSONResponse{NextCursor: nextOf(next), Items: each(list, func(t postgres.Twin) NeedPair {
		return NeedPair{
			Kind: NeedPairKind(t.Kind), Likeness: t.Likeness, Figures: t.Figures, SameOrg: t.SameOrg, State: NeedPairState(t.State),
			FoundAt: t.Found, Needs: []NeedSummary{needSummaryOf(t.Sides[0]), needSummaryOf(t.Sides[1])},
		}
	})}, nil
}

// SetNeedsApart handles POST /needs/{id}/apart.
func (h *twinHandler) SetNeedsApart(ctx context.Context, in SetNeedsApartRequestObject) (SetNeedsApartResponseObject, error) {
	err := h.twins.SetApart(ctx, scopeOf(ctx), need.ID(in.ID.String()), need.ID(in.Body.Other.String()))
	if err != nil {
		return nil, err
	}
	return SetNeedsApart204Response{}, nil
}

// MergeNeed handles POST /needs/{id}/merge.
func (h *twinHandler) MergeNeed(ctx context.Context, in MergeNeedRequestObject) (MergeNeedResponseObject, error) {
	answer, err := h.replace(ctx, in.ID, in.Params.IfMatch, in.Body, need.StatusMerged)
	return MergeNeed200JSONResponse{answer}, err
}

// SupersedeNeed handles POST /needs/{id}/supersede.
func (h *twinHandler) SupersedeNeed(ctx context.Context, in SupersedeNeedRequestObject) (SupersedeNeedResponseObject, error) {
	answer, err := h.replace(ctx, in.ID, in.Params.IfMatch, in.Body, need.StatusSuperseded)
	return SupersedeNeed200JSONResponse{answer}, err
}

func (h *twinHandler) replace(ctx context.Context, id ID, seen *IfMatch, body *NeedMerge, as need.Status) (NeedJSONResponse, error) {
	version, err := versionOf(seen)
	if err != nil {
		return NeedJSONResponse{}, err
	}
	take := need.Taken{Fields: map[need.Key]need.Take{}, Rows: value(body.Indicators)}
	for key, how := range value(body.Fields) {
		if !need.Key(key).Known() {
			return NeedJSONResponse{}, wrongAt("/fields/"+key, "place_unknown")
		}
		take.Fields[need.Key(key)] = need.Take(how)
	}
	pair := postgres.Pairing{
		Keep: need.ID(id.String()), KeepVersion: version, Drop: need.ID(body.Other.String()), DropVersion: body.OtherVersion,
	}
	return h.both(ctx, pair, postgres.TwinState(as), func(keep, drop need.Side, by need.Actor) ([]need.Event, []need.Event, error) {
		return need.Replace(keep, drop, as, take, need.Deed{By: by, At: time.Now(), Why: value(body.Reason)})
	})
}

// UnmergeNeed handles POST /needs/{id}/unmerge.
func (h *twinHandler) UnmergeNeed(ctx context.Context, in UnmergeNeedRequestObject) (UnmergeNeedResponseObject, error) {
	version, err := versionOf(in.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	pair := postgres.Pairing{Keep: need.ID(in.ID.String()), KeepVersion: version, Drop: need.ID(in.Body.Other.String())}
	answer, err := h.both(ctx, pair, postgres.TwinOpen, func(keep, drop need.Side, by need.Actor) ([]need.Event, []need.Event, error) {
		return need.Restore(keep, drop, need.Deed{By: by, At: time.Now(), Why: value(in.Body.Reason)})
	})
	return UnmergeNeed200JSONResponse{answer}, err
}

func (h *twinHandler) both(ctx context.Context, p postgres.Pairing, becomes postgres.TwinState,
	decide func(keep, drop need.Side, by need.Actor) (onKeep, onDrop []need.Event, err error),
) (NeedJSONResponse, error) {
	scope := scopeOf(ctx)
	n, err := h.twins.ChangeBoth(ctx, scope, p, becomes, func(keep, drop need.Side) ([]need.Event, []need.Event, error) {
		return decide(keep, drop, scope.Actor)
	})
	if err != nil {
		return NeedJSONResponse{}, err
	}
	return needOf(n)
}
