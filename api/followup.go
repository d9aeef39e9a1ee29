package api

import (
	"context"

	"tanxu/need"
	"tanxu/postgres"
)

// followUps is what the handler of follow-ups asks of storage.
type followUps interface {
	FollowUp(ctx context.Context, scope need.Scope, id need.ID) (postgres.FollowUp, error)
}

// followUpHandler makes links by which contacts are asked for what is missing.
type followUpHandler struct{ followUps followUps }

// FollowUpNeed handles POST /needs/{id}/follow-up.
func (h *followUpHandler) FollowUpNeed(ctx context.Context, in FollowUpNeedRequestObject) (FollowUpNeedResponseObject, error) {
	f, err := h.followUps.FollowUp(ctx, scopeOf(ctx), need.ID(in.ID.String()))
	if err != nil {
		return nil, err
	}
	w := FollowUpNeed200JSONResponse{Token: f.Token, Path: "/c/" + f.Token, NeedID: in.ID, ExpiresAt: f.Expires}
	if f.Conversation != nil {
		w.ConversationID = new(uuidOf(*f.Conversation))
	}
	return w, nil
}
