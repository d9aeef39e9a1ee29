package api

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"tanxu/need"
	"tanxu/postgres"
)

// Addresses tells which addresses messages can be sent to.
type Addresses interface {
	// Check returns an Invalid error for an address that nothing is sent to.
	Check(url string) error
}

// webhooks is what the handler of webhooks asks of storage.
type webhooks interface {
	Webhooks(ctx context.Context, scope need.Scope) ([]postgres.Webhook, error)
	CreateWebhook(ctx context.Context, scope need.Scope, w postgres.Webhook) (postgres.Webhook, string, error)
	ChangeWebhook(ctx context.Context, scope need.Scope, id string, c postgres.WebhookChange) (postgres.Webhook, error)
	DeleteWebhook(ctx context.Context, scope need.Scope, id string) error
	Centre(ctx context.Context, scope need.Scope, path need.CentrePath) (postgres.Centre, error)
}

// webhookHandler keeps the addresses of other systems that are told what happens.
type webhookHandler struct {
	webhooks  webhooks
	addresses Addresses
}

// ListWebhooks handles GET /webhooks.
func (h *webhookHandler) ListWebhooks(ctx context.Context, _ ListWebhooksRequestObject) (ListWebhooksResponseObject, error) {
	list, err := h.webhooks.Webhooks(ctx, scopeOf(ctx))
	if err != nil {
		return nil, err
	}
	return ListWebhooks200JSONResponse{Items: each(list, webhookOf)}, nil
}

// CreateWebhook handles POST /webhooks.
func (h *webhookHandler) CreateWebhook(ctx context.Context, in CreateWebhookRequestObject) (CreateWebhookResponseObject, error) {
	who := callerOf(ctx)
	w := postgres.Webhook{Centre: who.centre, Name: strings.TrimSpace(in.Body.Name), URL: strings.TrimSpace(in.Body.URL), Events: hookEvents(in.Body.Events)}
	if in.Body.CentrePath != nil {
		w.Centre = need.CentrePath(*in.Body.CentrePath)
	}
	if err := h.addresses.Check(w.URL); err != nil {
		return nil, err
	}
	if _, err := h.webhooks.Centre(ctx, who.scope(), w.Centre); err != nil {
		return nil, err
	}
	made, secret, err := h.webhooks.CreateWebhook(ctx, who.scope(), w)
	if err != nil {
		return nil, err
	}
	return CreateWebhook201JSONResponse{Webhook: webhookOf(made), Secret: secret}, nil
}

// ChangeWebhook handles PATCH /webhooks/{id}.
func (h *webhookHandler) ChangeWebhook(ctx context.Context, in ChangeWebhookRequestObject) (ChangeWebhookResponseObject, error) {
	b := in.Body
	c := postgres.WebhookChange{Name: trimmed(b.Name), URL: trimmed(b.URL), Disabled: b.Disabled, Events: hookEvents(value(b.Events))}
	if c.URL != nil {
		if err := h.addresses.Check(*c.URL); err != nil {
			return nil, err
		}
	}
	w, err := h.webhooks.ChangeWebhook(ctx, scopeOf(ctx), in.ID.String(), c)
	if err != nil {
		return nil, err
	}
	return ChangeWebhook200JSONResponse(webhookOf(w)), nil
}

// DeleteWebhook handles DELETE /webhooks/{id}.
func (h *webhookHandler) DeleteWebhook(ctx context.Context, in DeleteWebhookRequestObject) (DeleteWebhookResponseObject, error) {
	if err := h.webhooks.DeleteWebhook(ctx, scopeOf(ctx), in.ID.String()); err != nil {
		return nil, err
	}
	return DeleteWebhook204Response{}, nil
}

func trimmed(s *string) *string {
	if s == nil {
		return nil
	}
	t := strings.TrimSpace(*s)
	return &t
}

// hookEvents returns nil for no events, which leaves them as they are.
func hookEvents(list []WebhookEvent) []string {
	if len(list) == 0 {
		return nil
	}
	return each(list, func(e WebhookEvent) string { return string(e) })
}

func webhookOf(w postgres.Webhook) Webhook {
	return Webhook{
		ID: uuidOf(w.ID), Name: w.Name, URL: w.URL, CentrePath: string(w.Centre), CreatedAt: w.Created, DisabledAt: w.Disabled,
		Events: each(w.Events, func(e string) WebhookEvent { return WebhookEvent(e) }),
	}
}

// deliveries is what the handler of deliveries asks of storage.
type deliveries interface {
	Deliveries(ctx context.Context, scope need.Scope, webhook, status string, p postgres.Page) ([]postgres.Delivery, string, error)
	Replay(ctx context.Context, scope need.Scope, webhook, delivery string) (postgres.Delivery, error)
	TryWebhook(ctx context.Context, scope need.Scope, webhook string) (postgres.Delivery, error)
}

// deliveryHandler shows what webhooks were told, and has it told again.
type deliveryHandler struct{ deliveries deliveries }

// ListDeliveries handles GET /webhooks/{id}/deliveries.
func (h *deliveryHandler) ListDeliveries(ctx context.Context, in ListDeliveriesRequestObject) (ListDeliveriesResponseObject, error) {
	p := in.Params
	list, next, err := h.deliveries.Deliveries(ctx, scopeOf(ctx), in.ID.String(), string(value(p.Status)), pageOf(p.Cursor, p.Limit))
	if err != nil {
		return nil, err
	}
	page := ListDeliveries200JSONResponse{Items: make([]Delivery, len(list)), NextCursor: nextOf(next)}
	for i, d := range list {
		if page.Items[i], err = deliveryOf(d); err != nil {
			return nil, err
		}
	}
	return page, nil
}

// ReplayDelivery handles POST /webhooks/{id}/deliveries/{delivery}/replay.
func (h *deliveryHandler) ReplayDelivery(ctx context.Context, in ReplayDeliveryRequestObject) (ReplayDeliveryResponseObject, error) {
	d, err := h.deliveries.Replay(ctx, scopeOf(ctx), in.ID.String(), in.Delivery.String())
	if err != nil {
		return nil, err
	}
	w, err := deliveryOf(d)
	return ReplayDelivery200JSONResponse(w), err
}

// TryWebhook handles POST /webhooks/{id}/test.
func (h *deliveryHandler) TryWebhook(ctx context.Context, in TryWebhookRequestObject) (TryWebhookResponseObject, error) {
	d, err := h.deliveries.TryWebhook(ctx, scopeOf(ctx), in.ID.String())
	if err != nil {
		return nil, err
	}
	w, err := deliveryOf(d)
	return TryWebhook201JSONResponse(w), err
}

func deliveryOf(d postgres.Delivery) (Delivery, error) {
	w := Delivery{
		ID: uuidOf(d.ID), Event: d.Event, Status: DeliveryStatus(d.Status), Tries: d.Tries, Code: d.Code, Answer: d.Answer, At: d.At,
	}
	if d.Status == "pending" {
		w.NextAt = &d.Next
	}
	if err := json.Unmarshal(d.Payload, &w.Payload); err != nil {
		return Delivery{}, fmt.Errorf("decode the payload of delivery %s: %w", d.ID, err)
	}
	return w, nil
}
