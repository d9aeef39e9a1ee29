package api

import (
	"cmp"
	"context"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"tanxu/need"
	"tanxu/postgres"
)

// people is what signing in asks of storage.
type people interface {
	Root() need.Scope
	User(ctx context.Context, scope need.Scope, id string) (postgres.User, error)
	UserByLogin(ctx context.Context, scope need.Scope, login string) (postgres.User, error)
	UseTOTP(ctx context.Context, scope need.Scope, id string, step int64) (fresh bool, err error)
	Centre(ctx context.Context, scope need.Scope, path need.CentrePath) (postgres.Centre, error)
}

// locks is what holds off those who guess passwords.
type locks interface {
	SignInLocked(ctx context.Context, login string) (until time.Time, err error)
	SignInFailed(ctx context.Context, login string, limit int, lock time.Duration) error
	SignInWorked(ctx context.Context, login string) error
}

const (
	cookieName  = "tanxu_session"
	idleTime    = 30 * time.Minute
	sessionTime = 12 * time.Hour
	touchTime   = time.Minute // a session's idle time is written this often at most
	hashers     = 4           // passwords hashed at a time, 19 MiB each

	// GB/T 22239-2019, 8.1.4.1 b): failures are limited, and lock what they tried.
	maxFailures = 5
	lockTime    = 15 * time.Minute
)

// sessionHandler signs people in and out.
type sessionHandler struct {
	people  people
	locks   locks
	manager *scs.SessionManager
	byLogin *limiter
	byPlace *limiter // a whole office may share an address
	hashing chan struct{}
	clock   func() time.Time
	plain   bool   // cookies may go over plain HTTP
	decoy   string // hash that logins without a user are compared with
}

func newSessionHandler(p people, l locks, store scs.CtxStore, o Options) (*sessionHandler, error) {
	decoy, err := HashPassword(rand32())
	if err != nil {
		return nil, err
	}
	return &sessionHandler{
		people: p, locks: l, plain: o.PlainHTTP, clock: o.Clock,
		// Not scs.New: it starts a goroutine for a store in memory.
		manager: &scs.SessionManager{
			Store: store, Lifetime: sessionTime, IdleTimeout: idleTime,
			Codec: scs.GobCodec{}, HashTokenInStore: true,
		},
		byLogin: newLimiter(10, time.Minute, o.Clock),
		byPlace: newLimiter(60, time.Minute, o.Clock),
		hashing: make(chan struct{}, hashers),
		decoy:   decoy,
	}, nil
}

// HashPassword returns the argon2id hash of a password, as a user is stored.
func HashPassword(password string) (string, error) {
	return argon2id.CreateHash(password, &argon2id.Params{
		Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32,
	})
}

// user returns whose session a cookie's token is, and keeps it alive if touch.
func (h *sessionHandler) user(ctx context.Context, token string, touch bool) (postgres.User, error) {
	ctx, err := h.manager.Load(ctx, token)
	if err != nil {
		return postgres.User{}, err
	}
	id := h.manager.GetString(ctx, "user")
	if id == "" {
		return postgres.User{}, need.Errorf(need.Denied, "unauthenticated", "session is unknown or over")
	}
	u, err := h.people.User(ctx, h.people.Root(), id)
	switch {
	case isNotFound(err), err == nil && u.Disabled != nil, err == nil && u.Generation != h.manager.GetInt(ctx, "generation"):
		return postgres.User{}, need.Errorf(need.Denied, "unauthenticated", "user %s is gone, disabled or signed out", id)
	case err != nil:
		return postgres.User{}, err
	}
	if now := time.Now(); touch && now.Unix()-h.manager.GetInt64(ctx, "seen") > int64(touchTime/time.Second) {
		h.manager.Put(ctx, "seen", now.Unix())
		if _, _, err := h.manager.Commit(ctx); err != nil {
			return postgres.User{}, err
		}
	}
	return u, nil
}

// SignIn handles POST /auth/session. Whatever is wrong, the answer is the same.
func (h *sessionHandler) SignIn(ctx context.Context, in SignInRequestObject) (SignInResponseObject, error) {
	r := ctx.(*gin.Context)
	r.Set(guestKey, in.Body.User)
	if !h.byLogin.take(strings.ToLower(in.Body.User)) {
		return nil, tooMany(h.byLogin, "too many sign-ins of one login")
	}
	if !h.byPlace.take(r.ClientIP()) {
		return nil, tooMany(h.byPlace, "too many sign-ins from %s", r.ClientIP())
	}
	u, err := h.admit(r.Request.Context(), in.Body.User, in.Body.Password, value(in.Body.Code))
	if err != nil {
		return nil, err
	}
	signedInAs(r, u)
	cookie, err := h.open(r.Request, u)
	if err != nil {
		return nil, err
	}
	me, err := h.me(ctx, userCaller(u))
	if err != nil {
		return nil, err
	}
	return SignIn200JSONResponse{Body: me, Headers: SignIn200ResponseHeaders{SetCookie: &cookie}}, nil
}

// admit returns the user of these credentials, unless the login is locked by
// failures, or by now.
func (h *sessionHandler) admit(ctx context.Context, login, password, code string) (postgres.User, error) {
	until, err := h.locks.SignInLocked(ctx, login)
	if err != nil {
		return postgres.User{}, err
	}
	if wait := time.Until(until); wait > 0 {
		return postgres.User{}, &retryAfter{need.Errorf(need.TooMany, "login_locked", "login %q is locked until %s", login, until), wait}
	}
	u, err := h.check(ctx, login, password)
	if err == nil && u.TOTP != "" {
		if code == "" {
			return u, need.Errorf(need.Denied, "code_missing", "user %s has a second factor", u.ID)
		}
		err = h.checkCode(ctx, u, code)
	}
	switch {
	case need.KindOf(err) == need.Denied:
		if err := h.locks.SignInFailed(ctx, login, maxFailures, lockTime); err != nil {
			return u, err
		}
		return u, err
	case err != nil:
		return u, err
	}
	return u, h.locks.SignInWorked(ctx, login)
}

// check returns the user of these credentials. It takes the same time whether
// the login is known or not.
func (h *sessionHandler) check(ctx context.Context, login, password string) (postgres.User, error) {
	u, err := h.people.UserByLogin(ctx, h.people.Root(), login)
	if err != nil && !isNotFound(err) {
		return u, err
	}
	ok, err := h.matches(ctx, password, cmp.Or(u.Password, h.decoy))
	if err != nil {
		return u, err
	}
	if !ok || u.Password == "" || u.Disabled != nil {
		return u, need.Errorf(need.Denied, "bad_credentials", "login or password is wrong")
	}
	return u, nil
}

// matches compares a password with a hash, when it is its turn.
func (h *sessionHandler) matches(ctx context.Context, password, hash string) (bool, error) {
	select {
	case h.hashing <- struct{}{}:
		defer func() { <-h.hashing }()
	case <-ctx.Done():
		return false, need.Errorf(need.Unavailable, "busy", "wait to check a password: %w", ctx.Err())
	}
	return argon2id.ComparePasswordAndHash(password, hash)
}

// open begins a session under a fresh token and returns its cookie; a session
// that the browser had ends.
func (h *sessionHandler) open(r *http.Request, u postgres.User) (cookie string, err error) {
	old := ""
	if cookie, err := r.Cookie(h.cookieName(r)); err == nil {
		old = cookie.Value
	}
	ctx, err := h.manager.Load(r.Context(), old)
	if err == nil {
		err = h.manager.RenewToken(ctx)
	}
	if err != nil {
		return "", err
	}
	h.manager.Put(ctx, "user", u.ID)
	h.manager.Put(ctx, "generation", u.Generation)
	h.manager.Put(ctx, "seen", time.Now().Unix())
	token, _, err := h.manager.Commit(ctx)
	if err != nil {
		return "", err
	}
	return h.cookie(r, token, time.Now().Add(sessionTime)), nil
}

// SignOut handles DELETE /auth/session.
func (h *sessionHandler) SignOut(ctx context.Context, _ SignOutRequestObject) (SignOutResponseObject, error) {
	r := ctx.(*gin.Context)
	if cookie, err := r.Request.Cookie(h.cookieName(r.Request)); err == nil {
		loaded, err := h.manager.Load(r.Request.Context(), cookie.Value)
		if err == nil {
			err = h.manager.Destroy(loaded)
		}
		if err != nil {
			return nil, err
		}
	}
	gone := h.cookie(r.Request, "", time.Unix(1, 0))
	return SignOut204Response{Headers: SignOut204ResponseHeaders{SetCookie: &gone}}, nil
}

// GetMe handles GET /auth/me.
func (h *sessionHandler) GetMe(ctx context.Context, _ GetMeRequestObject) (GetMeResponseObject, error) {
	me, err := h.me(ctx, callerOf(ctx))
	return GetMe200JSONResponse(me), err
}

func (h *sessionHandler) me(ctx context.Context, who *caller) (Me, error) {
	centre, err := h.people.Centre(ctx, who.scope(), who.centre)
	if err != nil {
		return Me{}, err
	}
	return Me{
		Kind: who.kind, ID: uuidOf(who.id), Name: who.name, Role: who.role, Scopes: who.scopes, Centre: centreOf(centre),
		MustChangePassword: who.user.MustChange, Totp: who.user.TOTP != "",
	}, nil
}

// cookie is Secure wherever the browser would send it back: not over plain HTTP
// to this machine, where people try the service out.
func (h *sessionHandler) cookie(r *http.Request, token string, expiry time.Time) string {
	cookie := http.Cookie{
		Name: h.cookieName(r), Value: token, Path: "/", Expires: expiry,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: h.secure(r),
	}
	if token == "" {
		cookie.MaxAge = -1
	}
	return cookie.String()
}

// cookieName has the prefix by which a browser takes the cookie from this very
// host only, where it can.
func (h *sessionHandler) cookieName(r *http.Request) string {
	if h.secure(r) {
		return "__Host-" + cookieName
	}
	return cookieName
}

func (h *sessionHandler) secure(r *http.Request) bool {
	return r.TLS != nil || !h.plain && !loopback(r.Host)
}

func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
