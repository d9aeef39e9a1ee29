package api

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"tanxu/need"
	"tanxu/postgres"
)

// SSO is the sign-in of an organisation's own provider.
type SSO interface {
	// Name is what people call it.
	Name() string
	// Start returns where a browser signs in, for these secrets of the attempt.
	Start(ctx context.Context, callback, state, nonce, verifier string) (address string, err error)
	// Finish returns who has signed in: a subject that stays, and a login that the
	// provider vouches for, "" if there is none.
	Finish(ctx context.Context, callback, code, nonce, verifier string) (subject, login string, err error)
}

// subjects finds the users of single sign-on.
type subjects interface {
	UserBySubject(ctx context.Context, scope need.Scope, subject, login string) (postgres.User, error)
}

// ssoHandler signs people in by a provider.
type ssoHandler struct {
	sso     SSO // nil where there is none
	users   subjects
	session *sessionHandler
	base    string // address under which people reach the service
}

const (
	ssoCookie = "tanxu_sso"
	ssoTime   = 10 * time.Minute
	ssoPath   = prefix + "/auth/sso"
)

// ListSignInWays handles GET /auth/ways.
func (h *ssoHandler) ListSignInWays(context.Context, ListSignInWaysRequestObject) (ListSignInWaysResponseObject, error) {
	if h.sso == nil {
		return ListSignInWays200JSONResponse{}, nil
	}
	return ListSignInWays200JSONResponse{Sso: h.sso.Name()}, nil
}

// StartSSO handles GET /auth/sso. The secrets of the attempt go with the
// browser, so that nobody else can end what it has begun (RFC 9700, 2.1).
func (h *ssoHandler) StartSSO(ctx context.Context, _ StartSSORequestObject) (StartSSOResponseObject, error) {
	if h.sso == nil {
		return nil, need.Errorf(need.NotFound, "sso_off", "single sign-on is not set up")
	}
	state, nonce, verifier := rand.Text(), rand.Text(), rand.Text()+rand.Text()
	address, err := h.sso.Start(ctx, h.callback(), state, nonce, verifier)
	if err != nil {
		return nil, err
	}
	cookie := h.cookie(ctx.(*gin.Context).Request, strings.Join([]string{state, nonce, verifier}, "."), int(ssoTime/time.Second))
	return StartSSO302Response{Headers: ElsewhereResponseHeaders{Location: &address, SetCookie: &cookie}}, nil
}

// FinishSSO handles GET /auth/sso/callback. What goes wrong is shown by the
// sign-in page, where people can try again.
func (h *ssoHandler) FinishSSO(ctx context.Context, in FinishSSORequestObject) (FinishSSOResponseObject, error) {
	c := ctx.(*gin.Context)
	address := "/console"
	cookie, err := h.finish(c, in.Params)
	switch need.KindOf(err) {
	case need.Internal:
		if err != nil {
			return nil, err
		}
	default:
		address, cookie = "/console?sso="+need.CodeOf(err), h.cookie(c.Request, "", -1)
	}
	return FinishSSO302Response{Headers: ElsewhereResponseHeaders{Location: &address, SetCookie: &cookie}}, nil
}

func (h *ssoHandler) finish(c *gin.Context, in FinishSSOParams) (cookie string, err error) {
	if h.sso == nil {
		return "", need.Errorf(need.NotFound, "sso_off", "single sign-on is not set up")
	}
	r := c.Request
	begun, err := r.Cookie(ssoCookie)
	if err != nil {
		return "", need.Errorf(need.Denied, "sso_failed", "the browser has begun no sign-in: %w", err)
	}
	secrets := strings.Split(begun.Value, ".")
	if len(secrets) != 3 || subtle.ConstantTimeCompare([]byte(secrets[0]), []byte(value(in.State))) != 1 || in.Code == nil {
		return "", need.Errorf(need.Denied, "sso_failed", "the provider answers another attempt, or with %q", value(in.Error))
	}
	subject, login, err := h.sso.Finish(r.Context(), h.callback(), *in.Code, secrets[1], secrets[2])
	if err != nil {
		return "", err
	}
	u, err := h.users.UserBySubject(r.Context(), h.session.people.Root(), subject, login)
	if isNotFound(err) || err == nil && u.Disabled != nil {
		return "", need.Errorf(need.Denied, "sso_unknown", "no user for %q (login %q)", subject, login)
	}
	if err != nil {
		return "", err
	}
	signedInAs(c, u)
	return h.session.open(r, u)
}

func (h *ssoHandler) callback() string { return h.base + ssoPath + "/callback" }

func (h *ssoHandler) cookie(r *http.Request, value string, age int) string {
	c := http.Cookie{
		Name: ssoCookie, Value: value, Path: ssoPath, MaxAge: age,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: h.session.secure(r),
	}
	return c.String()
}
