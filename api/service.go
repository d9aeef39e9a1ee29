package api

import (
	"context"
	"net/http"
	"time"

	"tanxu/need"
	"tanxu/postgres"
)

// service is what counts and live changes ask of storage.
type service interface {
	Stats(ctx context.Context, scope need.Scope) (postgres.Stats, error)
	Changes(ctx context.Context, scope need.Scope, after time.Time) ([]postgres.Change, error)
	Subscribe(id need.ConversationID) (signals <-chan struct{}, cancel func())
}

// serviceHandler serves the document, counts and live changes.
type serviceHandler struct {
	service  service
	document []byte
	poll     time.Duration
}

// GetStats handles GET /stats.
func (h *serviceHandler) GetStats(ctx context.Context, _ GetStatsRequestObject) (GetStatsResponseObject, error) {
	st, err := h.service.Stats(ctx, scopeOf(ctx))
	if err != nil {
		return nil, err
	}
	return GetStats200JSONResponse{
		NeedsByStatus: st.NeedsByStatus, NeedsByChain: st.NeedsByChain, NeedsNew7D: st.NeedsNew, NeedsMeanScore: st.NeedsMeanScore,
		ConversationsByStatus: st.ConversationsByStatus, ConversationsWithBroker: st.ConversationsWithBroker,
		Achievements: st.Achievements, Experts: st.Experts, FinanceProducts: st.FinanceProducts,
	}, nil
}

// GetOpenAPI handles GET /openapi.json.
func (h *serviceHandler) GetOpenAPI(context.Context, GetOpenAPIRequestObject) (GetOpenAPIResponseObject, error) {
	return openAPI(h.document), nil
}

// openAPI is the document as it was read, in the order in which it was written.
type openAPI []byte

// VisitGetOpenAPIResponse writes the document.
func (d openAPI) VisitGetOpenAPIResponse(w http.ResponseWriter) error {
	w.Header().Set("Content-Type", "application/json")
	_, err := w.Write(d)
	return err
}
