package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"tanxu/need"
)

// SubmitNeed handles POST /needs/{id}/submit.
func (h *needHandler) SubmitNeed(ctx context.Context, in SubmitNeedRequestObject) (SubmitNeedResponseObject, error) {
	answer, err := h.change(ctx, in.ID, in.Params.IfMatch, func(n *need.Need, by need.Actor) ([]need.Event, error) {
		return moved(n, need.StatusReview, by, "")
	})
	return SubmitNeed200JSONResponse{answer}, err
}

// ReturnNeed handles POST /needs/{id}/return.
func (h *needHandler) ReturnNeed(ctx context.Context, in ReturnNeedRequestObject) (ReturnNeedResponseObject, error) {
	note := strings.TrimSpace(value(in.Body.Note))
	if note == "" && slices.Contains(in.Body.Reasons, NeedReturnReasonsOther) {
		return nil, need.Errorf(need.Invalid, "note_required", "reason other without a note")
	}
	answer, err := h.change(ctx, in.ID, in.Params.IfMatch, func(n *need.Need, by need.Actor) ([]need.Event, error) {
		return moved(n, need.StatusReturned, by, need.ReturnNote(each(in.Body.Reasons, func(r NeedReturnReasons) string { return string(r) }), note))
	})
	return ReturnNeed200JSONResponse{answer}, err
}

// ApproveNeed handles POST /needs/{id}/approve.
func (h *needHandler) ApproveNeed(ctx context.Context, in ApproveNeedRequestObject) (ApproveNeedResponseObject, error) {
	answer, err := h.change(ctx, in.ID, in.Params.IfMatch, func(n *need.Need, by need.Actor) ([]need.Event, error) {
		switch {
		case n.Status != need.StatusReview:
			return nil, need.Errorf(need.Conflict, "status_transition", "a need cannot be approved from %s", n.Status)
		case !n.Publishable():
			q := n.Quality()
			return nil, &notReady{
				need.Errorf(need.Conflict, "not_ready", "need %s has %d points", n.ID, q.Score), slices.Clone(q.Missing),
			}
		}
		return moved(n, need.StatusPublished, by, "")
	})
	return ApproveNeed200JSONResponse{answer}, err
}

// moved is the event that takes a need to another status, if it may go there.
func moved(n *need.Need, to need.Status, by need.Actor, note string) ([]need.Event, error) {
	if err := n.Status.Move(to); err != nil {
		return nil, err
	}
	return []need.Event{{Kind: need.StatusChanged, At: time.Now(), By: by, Need: n.ID, To: string(to), Note: note}}, nil
}
