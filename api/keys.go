package api

import (
	"context"
	"slices"
	"time"

	"tanxu/need"
	"tanxu/postgres"
)

// keys is what the handler of API keys asks of storage.
type keys interface {
	APIKeys(ctx context.Context, scope need.Scope) ([]postgres.APIKey, error)
	CreateAPIKey(ctx context.Context, scope need.Scope, k postgres.APIKey) (postgres.APIKey, string, error)
	RevokeAPIKey(ctx context.Context, scope need.Scope, id string) error
	Centre(ctx context.Context, scope need.Scope, path need.CentrePath) (postgres.Centre, error)
}

// keyHandler hands out API keys and takes them back.
type keyHandler struct{ keys keys }

// ListAPIKeys handles GET /api-keys.
func (h *keyHandler) ListAPIKeys(ctx context.Context, _ ListAPIKeysRequestObject) (ListAPIKeysResponseObject, error) {
	list, err := h.keys.APIKeys(ctx, scopeOf(ctx))
	if err != nil {
		return nil, err
	}
	page := ListAPIKeys200JSONResponse{Items: make([]APIKey, 0, len(list))}
	for _, k := range list {
		page.Items = append(page.Items, keyOf(k))
	}
	return page, nil
}

// CreateAPIKey handles POST /api-keys. A key reaches no further than who makes it.
func (h *keyHandler) CreateAPIKey(ctx context.Context, in CreateAPIKeyRequestObject) (CreateAPIKeyResponseObject, error) {
	who := callerOf(ctx)
	k := postgres.APIKey{Centre: who.centre, Name: in.Body.Name, Expires: in.Body.ExpiresAt}
	if in.Body.CentrePath != nil {
		k.Centre = need.CentrePath(*in.Body.CentrePath)
	}
	for _, s := range in.Body.Scopes {
		if !slices.Contains(who.scopes, string(s)) {
			return nil, need.Errorf(need.Denied, "scope_missing", "%s %s cannot hand out scope %s", who.kind, who.id, s)
		}
		k.Scopes = append(k.Scopes, string(s))
	}
	if k.Expires != nil && k.Expires.Before(time.Now()) {
		return nil, need.Errorf(need.Invalid, "expired", "a key that ended at %s", k.Expires)
	}
	if _, err := h.keys.Centre(ctx, who.scope(), k.Centre); err != nil {
		return nil, err
	}
	made, secret, err := h.keys.CreateAPIKey(ctx, who.scope(), k)
	if err != nil {
		return nil, err
	}
	return CreateAPIKey201JSONResponse{Key: keyOf(made), Secret: secret}, nil
}

// RevokeAPIKey handles DELETE /api-keys/{id}.
func (h *keyHandler) RevokeAPIKey(ctx context.Context, in RevokeAPIKeyRequestObject) (RevokeAPIKeyResponseObject, error) {
	if err := h.keys.RevokeAPIKey(ctx, scopeOf(ctx), in.ID.String()); err != nil {
		return nil, err
	}
	return RevokeAPIKey204Response{}, nil
}

func keyOf(k postgres.APIKey) APIKey {
	return APIKey{
		ID: uuidOf(k.ID), Name: k.Name, Prefix: k.Prefix, Scopes: k.Scopes, CentrePath: string(k.Centre),
		CreatedAt: k.Created, ExpiresAt: k.Expires, RevokedAt: k.Revoked,
	}
}
