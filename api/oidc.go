package api

import (
	"context"
	"sync"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"tanxu/need"
)

// OIDC signs people in by OpenID Connect, with the code flow and PKCE. The
// provider is asked for its addresses when the first person signs in, so that
// the service starts without it.
type OIDC struct {
	title          string
	issuer, client string
	secret         string

	mu       sync.Mutex
	provider *oidc.Provider
}

// NewOIDC returns the provider at issuer, where we are known as client. The
// title is what people read on the button.
func NewOIDC(title, issuer, client, secret string) *OIDC {
	return &OIDC{title: title, issuer: issuer, client: client, secret: secret}
}

// Name is what people call it.
func (o *OIDC) Name() string { return o.title }

// Start returns where a browser signs in.
func (o *OIDC) Start(ctx context.Context, callback, state, nonce, verifier string) (string, error) {
	cfg, _, err := o.config(ctx, callback)
	if err != nil {
		return "", err
	}
	return cfg.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)), nil
}

// Finish trades the code for who has signed in. A login is the provider's
// preferred_username, or an e-mail address that it has verified.
func (o *OIDC) Finish(ctx context.Context, callback, code, nonce, verifier string) (subject, login string, err error) {
	cfg, provider, err := o.config(ctx, callback)
	if err != nil {
		return "", "", err
	}
	token, err := cfg.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if err != nil {
		return "", "", need.Errorf(need.Denied, "sso_failed", "trade the code of %s: %w", o.issuer, err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := provider.Verifier(&oidc.Config{ClientID: o.client}).Verify(ctx, raw)
	if err != nil {
		return "", "", need.Errorf(need.Denied, "sso_failed", "check the token of %s: %w", o.issuer, err)
	}
	var claims struct {
		Username string `json:"preferred_username"`
		Email    string `json:"email"`
		Verified bool   `json:"email_verified"`
	}
	if err := id.Claims(&claims); err != nil || id.Nonce != nonce {
		return "", "", need.Errorf(need.Denied, "sso_failed", "the token of %s is of another attempt, or unreadable: %v", o.issuer, err)
	}
	login = claims.Username
	if login == "" && claims.Verified {
		login = claims.Email
	}
	return id.Issuer + "|" + id.Subject, login, nil
}

func (o *OIDC) config(ctx context.Context, callback string) (*oauth2.Config, *oidc.Provider, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.provider == nil {
		// The provider keeps the context for later calls: it must not end with this request.
		p, err := oidc.NewProvider(context.WithoutCancel(ctx), o.issuer)
		if err != nil {
			return nil, nil, need.Errorf(need.Unavailable, "sso_down", "reach %s: %w", o.issuer, err)
		}
		o.provider = p
	}
	return &oauth2.Config{
		ClientID: o.client, ClientSecret: o.secret, Endpoint: o.provider.Endpoint(), RedirectURL: callback,
		Scopes: []string{oidc.ScopeOpenID, "profile", "email"},
	}, o.provider, nil
}
