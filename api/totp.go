package api

import (
	"context"
	"crypto/subtle"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/pquerna/otp/totp"

	"tanxu/need"
	"tanxu/postgres"
)

// period is how long a code is shown, and skew how many periods clocks may
// differ (RFC 6238, 5.2).
const (
	period = 30 * time.Second
	skew   = 1
)

// codeStep returns the time step whose code this is; 0 if it is none near at.
func codeStep(secret, code string, at time.Time) (step int64, err error) {
	code = strings.ReplaceAll(code, " ", "")
	for d := int64(-skew); d <= skew; d++ {
		moment := at.Add(time.Duration(d) * period)
		want, err := totp.GenerateCode(secret, moment)
		if err != nil {
			return 0, err
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			step = moment.Unix() / int64(period/time.Second)
		}
	}
	return step, nil
}

// checkCode takes a code of the second factor, each once.
func (h *sessionHandler) checkCode(ctx context.Context, u postgres.User, code string) error {
	step, err := codeStep(u.TOTP, code, h.clock())
	if err != nil {
		return err
	}
	fresh := false
	if step > 0 {
		fresh, err = h.people.UseTOTP(ctx, h.people.Root(), u.ID, step)
	}
	if err == nil && !fresh {
		err = need.Errorf(need.Denied, "code_wrong", "user %s gives a code that is wrong, or was used", u.ID)
	}
	return err
}

// BeginTOTP handles POST /auth/totp. The secret waits in the session until a
// code shows that an authenticator has it.
func (h *accountHandler) BeginTOTP(ctx context.Context, _ BeginTOTPRequestObject) (BeginTOTPResponseObject, error) {
	who, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	if who.user.TOTP != "" {
		return nil, need.Errorf(need.Conflict, "totp_on", "user %s has a second factor", who.id)
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "Tanxu", AccountName: who.user.Login})
	if err != nil {
		return nil, err
	}
	err = h.session.keep(ctx.(*gin.Context), "totp", key.Secret())
	return BeginTOTP200JSONResponse{Secret: key.Secret(), URI: key.URL()}, err
}

// ConfirmTOTP handles PUT /auth/totp.
func (h *accountHandler) ConfirmTOTP(ctx context.Context, in ConfirmTOTPRequestObject) (ConfirmTOTPResponseObject, error) {
	who, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	secret, err := h.session.kept(ctx.(*gin.Context), "totp")
	if err != nil {
		return nil, err
	}
	if secret == "" || who.user.TOTP != "" {
		return nil, need.Errorf(need.Conflict, "totp_not_begun", "user %s confirms a second factor that was not begun", who.id)
	}
	step, err := codeStep(secret, in.Body.Code, h.session.clock())
	switch {
	case err != nil:
		return nil, err
	case step == 0:
		return nil, need.Errorf(need.Invalid, "code_wrong", "user %s gives a wrong first code", who.id)
	}
	if err := h.store.SetTOTP(ctx, who.scope(), who.id, secret, step); err != nil {
		return nil, err
	}
	return ConfirmTOTP204Response{}, nil
}

// RemoveTOTP handles DELETE /auth/totp.
func (h *accountHandler) RemoveTOTP(ctx context.Context, in RemoveTOTPRequestObject) (RemoveTOTPResponseObject, error) {
	who, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	if who.user.TOTP == "" {
		return RemoveTOTP204Response{}, nil
	}
	if !h.session.byLogin.take(who.user.Login) {
		return nil, tooMany(h.session.byLogin, "too many codes of one login")
	}
	if err := h.session.checkCode(ctx, who.user, in.Body.Code); err != nil {
		if need.KindOf(err) == need.Denied { // who asks is signed in
			err = need.Errorf(need.Invalid, need.CodeOf(err), "%w", err)
		}
		return nil, err
	}
	if err := h.store.SetTOTP(ctx, who.scope(), who.id, "", 0); err != nil {
		return nil, err
	}
	return RemoveTOTP204Response{}, nil
}

// keep puts a value into the session of a request.
func (h *sessionHandler) keep(c *gin.Context, key, value string) error {
	ctx, err := h.load(c)
	if err != nil {
		return err
	}
	h.manager.Put(ctx, key, value)
	_, _, err = h.manager.Commit(ctx)
	return err
}

// kept returns a value of the session of a request, "" if there is none.
func (h *sessionHandler) kept(c *gin.Context, key string) (string, error) {
	ctx, err := h.load(c)
	if err != nil {
		return "", err
	}
	return h.manager.GetString(ctx, key), nil
}

func (h *sessionHandler) load(c *gin.Context) (context.Context, error) {
	cookie, err := c.Request.Cookie(h.cookieName(c.Request))
	if err != nil {
		return nil, need.Errorf(need.Denied, "unauthenticated", "no session")
	}
	return h.manager.Load(c.Request.Context(), cookie.Value)
}
