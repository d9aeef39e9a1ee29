package api

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"tanxu/need"
	"tanxu/postgres"
)

// accountStore is what keeping one's own account asks of storage.
type accountStore interface {
	SetPassword(ctx context.Context, scope need.Scope, id, hash string) (postgres.User, error)
	RedeemUserLink(ctx context.Context, token, hash string) (postgres.User, error)
	SetTOTP(ctx context.Context, scope need.Scope, id, secret string, step int64) error
}

// accountHandler lets people look after their own account.
type accountHandler struct {
	store   accountStore
	session *sessionHandler
}

// minPassword is the length of a password, in characters. Rules on their kinds
// would only make people write them down (NIST SP 800-63B, 5.1.1.2).
const minPassword = 12

// newPassword returns the hash of a password that somebody chooses.
func newPassword(login, password string) (hash string, err error) {
	runes := []rune(password)
	switch {
	case !utf8.ValidString(password), len(runes) < minPassword:
		return "", need.Errorf(need.Invalid, "password_short", "a password of %d characters", len(runes))
	case strings.Count(password, string(runes[:1])) == len(runes),
		login != "" && strings.Contains(strings.ToLower(password), strings.ToLower(login)):
		return "", need.Errorf(need.Invalid, "password_plain", "a password that is one character, or has the login in it")
	}
	return HashPassword(password)
}

// RedeemUserLink handles POST /auth/link.
func (h *accountHandler) RedeemUserLink(ctx context.Context, in RedeemUserLinkRequestObject) (RedeemUserLinkResponseObject, error) {
	r := ctx.(*gin.Context)
	if !h.session.byPlace.take(r.ClientIP()) {
		return nil, tooMany(h.session.byPlace, "too many links from %s", r.ClientIP())
	}
	hash, err := newPassword("", in.Body.Password)
	if err != nil {
		return nil, err
	}
	u, err := h.store.RedeemUserLink(ctx, in.Body.Token, hash)
	if err != nil {
		return nil, err
	}
	signedInAs(r, u)
	return RedeemUserLink200JSONResponse(userOf(u)), nil
}

// ChangePassword handles POST /auth/password.
func (h *accountHandler) ChangePassword(ctx context.Context, in ChangePasswordRequestObject) (ChangePasswordResponseObject, error) {
	who, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	r := ctx.(*gin.Context)
	if !h.session.byLogin.take(who.user.Login) {
		return nil, tooMany(h.session.byLogin, "too many tries of the password of one login")
	}
	ok, err := h.session.matches(ctx, in.Body.Old, who.user.Password)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, need.Errorf(need.Invalid, "old_password_wrong", "user %s gives another password than the present one", who.id)
	}
	hash, err := newPassword(who.user.Login, in.Body.New)
	if err != nil {
		return nil, err
	}
	if in.Body.New == in.Body.Old {
		return nil, need.Errorf(need.Invalid, "password_same", "user %s keeps the password", who.id)
	}
	u, err := h.store.SetPassword(ctx, who.scope(), who.id, hash)
	if err != nil {
		return nil, err
	}
	cookie, err := h.session.open(r.Request, u)
	if err != nil {
		return nil, err
	}
	return ChangePassword204Response{Headers: ChangePassword204ResponseHeaders{SetCookie: &cookie}}, nil
}

// signedIn returns the caller, unless it is a program: a key has no account.
func signedIn(ctx context.Context) (*caller, error) {
	who := callerOf(ctx)
	if who.kind != MeKindUser {
		return nil, need.Errorf(need.Denied, "not_a_user", "%s %s has no account", who.kind, who.id)
	}
	return who, nil
}
