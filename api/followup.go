package api

import (
	"context"

	"tanxu/need"
	"tanxu/postgres"
)

// followUps is what the handler of follow-ups asks of storage.
type followUps interface {
	FollowUp(ctx context.Context, scope need.Scope, id need.ID) (postgres.FollowUp, error)
	ChangeNeed(ctx context.Context, scope need.Scope, id need.ID, version int,
		change func(*need.Need) ([]need.Event, error)) (postgres.Need, error)
}

// followUpHandler makes links by which contacts are asked for what is missing.
type followUpHandler struct{ followUps followUps }

// FollowUpNeed handles POST /needs/{id}/follow-up. A need in review goes back to
// its contact by it.
func (h *followUpHandler) FollowUpNeed(ctx context.Context, in FollowUpNeedRequestObject) (FollowUpNeedResponseObject, error) {
	scope, id := scopeOf(ctx), need.ID(in.ID.String())
	f, err := h.followUps.FollowUp(ctx, scope, id)
	if err != nil {
		return nil, err
	}
	_, err = h.followUps.ChangeNeed(ctx, scope, id, 0, func(n *need.Need) ([]need.Event, error) {
		if n.Status != need.StatusReview {
			return nil, nil
		}
		return moved(n, need.StatusReturned, scope.Actor, need.ReturnNote([]string{"follow_up"}, ""))
	})
	if err != nil {
		return nil, err
	}
	w := FollowUpNeed200JSONResponse{Token: f.Token, Path: "/c/" + f.Token, NeedID: in.ID, ExpiresAt: f.Expires}
	if f.Conversation != nil {
		w.ConversationID = new(uuidOf(*f.Conversation))
	}
	return w, nil
}
