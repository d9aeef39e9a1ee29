package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/pquerna/otp/totp"

	"tanxu/api"
)

// session signs somebody in and returns the headers of the session.
func (f *fixture) session(body string) map[string]string {
	f.t.Helper()
	a := f.do(call{method: "POST", path: "/api/v1/auth/session", body: body}).want(f.t, 200, "")
	return cookieOf(a)
}

func cookieOf(a answer) map[string]string {
	cookie, _, _ := strings.Cut(a.header.Get("Set-Cookie"), ";")
	return map[string]string{"Cookie": cookie}
}

func post(path, body string, header map[string]string) call {
	return call{method: "POST", path: "/api/v1" + path, body: body, header: header}
}

func TestAnInvitedUserChoosesAPassword(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.user(province, "root", "admin", "correct horse")
	admin := f.session(`{"user":"root","password":"correct horse"}`)
	made := f.do(post("/users", `{"login":"WangFang","name":"王芳","role":"broker","centre_path":"jx/gz/"}`, admin)).want(t, 201, "")
	token := made.json["token"].(string)
	if u := made.json["user"].(map[string]any); u["invited"] != true || u["login"] != "wangfang" || u["centre_path"] != "jx/gz/" {
		t.Errorf("made %v", u)
	}
	f.do(post("/users", `{"login":"wangfang","name":"另一位","role":"broker"}`, admin)).want(t, 409, "login_taken")
	f.do(post("/auth/session", `{"user":"wangfang","password":" "}`, nil)).want(t, 401, "bad_credentials")

	for body, code := range map[string]string{
		`"password":"短密码"`:                             "password_short",
		`"password":"aaaaaaaaaaaaaaaa"`:                "password_plain",
		`"password":"` + "密码" + `要够长"`:                 "password_short",
		`"password":"` + strings.Repeat("一", 13) + `"`: "password_plain",
	} {
		f.do(post("/auth/link", `{"token":"`+token+`",`+body+`}`, nil)).want(t, 422, code)
	}
	f.do(post("/auth/link", `{"token":"nope","password":"赣江水暖鸭先知江西好地方"}`, nil)).want(t, 404, "link_over")
	f.do(post("/auth/link", `{"token":"`+token+`","password":"赣江水暖鸭先知江西好地方"}`, nil)).want(t, 200, "")
	f.do(post("/auth/link", `{"token":"`+token+`","password":"赣江水暖鸭先知江西好地方"}`, nil)).want(t, 404, "link_over")
	broker := f.session(`{"user":"wangfang","password":"赣江水暖鸭先知江西好地方"}`)
	f.do(call{method: "GET", path: "/api/v1/needs", header: broker}).want(t, 200, "")
	f.do(call{method: "GET", path: "/api/v1/users", header: broker}).want(t, 403, "scope_missing")

	id := made.json["user"].(map[string]any)["id"].(string)
	patch := func(who map[string]string, id, body string) answer {
		return f.do(call{method: "PATCH", path: "/api/v1/users/" + id, body: body, header: who})
	}
	patch(admin, id, `{"role":"auditor"}`).want(t, 200, "")
	f.do(call{method: "GET", path: "/api/v1/needs", header: broker}).want(t, 401, "unauthenticated")
	auditor := f.session(`{"user":"wangfang","password":"赣江水暖鸭先知江西好地方"}`)
	f.do(call{method: "GET", path: "/api/v1/needs", header: auditor}).want(t, 200, "")
	f.do(post("/needs/0199a000-0000-7000-8000-000000000001/approve", "", auditor)).want(t, 403, "scope_missing")
	patch(admin, id, `{"disabled":true}`).want(t, 200, "")
	f.do(post("/users/"+id+"/link", "", admin)).want(t, 409, "user_disabled")
	f.do(post("/auth/session", `{"user":"wangfang","password":"赣江水暖鸭先知江西好地方"}`, nil)).want(t, 401, "bad_credentials")
	patch(admin, id, `{}`).want(t, 422, "invalid_body")
	patch(admin, id, `{"centre_path":"hn/"}`).want(t, 404, "centre_unknown")
	me := f.do(call{method: "GET", path: "/api/v1/auth/me", header: admin}).want(t, 200, "")
	patch(admin, me.json["id"].(string), `{"disabled":true}`).want(t, 409, "user_self")
}

func TestSomebodyElsesPasswordIsChangedFirst(t *testing.T) {
	t.Parallel()
	f := start(t)
	u := f.user(ganzhou, "liming", "broker", "correct horse")
	first := f.session(signInBody)
	f.sql(func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE users SET must_change = true WHERE id = $1`, u.ID)
		return err
	})
	f.do(call{method: "GET", path: "/api/v1/needs", header: first}).want(t, 403, "password_change_required")
	if me := f.do(call{method: "GET", path: "/api/v1/auth/me", header: first}).want(t, 200, ""); me.json["must_change_password"] != true {
		t.Errorf("me = %v", me.json)
	}
	change := func(old, next string) answer {
		return f.do(post("/auth/password", `{"old":"`+old+`","new":"`+next+`"}`, first))
	}
	change("wrong", "赣江水暖鸭先知江西好地方").want(t, 422, "old_password_wrong")
	change("correct horse", "short").want(t, 422, "password_short")
	change("correct horse", "my LiMing is long").want(t, 422, "password_plain")
	change("correct horse", "correct horse").want(t, 422, "password_same")
	second := cookieOf(change("correct horse", "赣江水暖鸭先知江西好地方").want(t, 204, ""))
	f.do(call{method: "GET", path: "/api/v1/needs", header: second}).want(t, 200, "")
	f.do(call{method: "GET", path: "/api/v1/needs", header: first}).want(t, 401, "unauthenticated")
	f.do(post("/auth/session", signInBody, nil)).want(t, 401, "bad_credentials")
}

func TestASecondFactor(t *testing.T) {
	t.Parallel()
	now := time.Now()
	f := start(t, func(o *api.Options) { o.Clock = func() time.Time { return now } })
	f.user(ganzhou, "liming", "broker", "correct horse")
	who := f.session(signInBody)
	f.do(call{method: "PUT", path: "/api/v1/auth/totp", body: `{"code":"123456"}`, header: who}).want(t, 409, "totp_not_begun")
	begun := f.do(post("/auth/totp", "", who)).want(t, 200, "")
	secret := begun.json["secret"].(string)
	if !strings.HasPrefix(begun.json["uri"].(string), "otpauth://totp/Tanxu:liming?") {
		t.Errorf("uri %s", begun.json["uri"])
	}
	code := func(at time.Time) string {
		c, err := totp.GenerateCode(secret, at)
		must(t, err)
		return c
	}
	f.do(call{method: "PUT", path: "/api/v1/auth/totp", body: `{"code":"12345"}`, header: who}).want(t, 422, "code_wrong")
	f.do(call{method: "PUT", path: "/api/v1/auth/totp", body: `{"code":"` + code(now) + `"}`, header: who}).want(t, 204, "")
	f.do(post("/auth/totp", "", who)).want(t, 409, "totp_on")

	with := func(c string) answer {
		return f.do(post("/auth/session", `{"user":"liming","password":"correct horse","code":"`+c+`"}`, nil))
	}
	f.do(post("/auth/session", signInBody, nil)).want(t, 403, "code_missing")
	with(code(now)).want(t, 403, "code_wrong") // it was used to switch it on
	with(code(now.Add(-10*time.Minute))).want(t, 403, "code_wrong")
	with(code(now.Add(30*time.Second))).want(t, 200, "") // clocks may differ
	with(code(now.Add(30*time.Second))).want(t, 403, "code_wrong")
	now = now.Add(2 * time.Minute)
	who = cookieOf(with(code(now)).want(t, 200, ""))
	f.do(call{method: "DELETE", path: "/api/v1/auth/totp", body: `{"code":"000000"}`, header: who}).want(t, 422, "code_wrong")
	now = now.Add(time.Minute)
	f.do(call{method: "DELETE", path: "/api/v1/auth/totp", body: `{"code":"` + code(now) + `"}`, header: who}).want(t, 204, "")
	f.session(signInBody)
}

// TestGuessingLocksALogin: the same for a login that nobody has, so that the
// lock tells nothing.
func TestGuessingLocksALogin(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.user(ganzhou, "liming", "broker", "correct horse")
	for _, login := range []string{"liming", "nobody"} {
		for range 5 {
			f.do(post("/auth/session", `{"user":"`+login+`","password":"guess"}`, nil)).want(t, 401, "bad_credentials")
		}
		a := f.do(post("/auth/session", `{"user":"`+login+`","password":"correct horse"}`, nil)).want(t, http.StatusTooManyRequests, "login_locked")
		if a.header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", login)
		}
	}
	f.sql(func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE sign_in_failures SET locked_until = now() - interval '1 second', at = now() - interval '20 minutes'`)
		return err
	})
	f.do(post("/auth/session", `{"user":"liming","password":"guess"}`, nil)).want(t, 401, "bad_credentials")
	f.session(signInBody)
	f.sql(func(tx pgx.Tx) error {
		var left int
		err := tx.QueryRow(t.Context(), `SELECT count(*) FROM sign_in_failures WHERE login = 'liming'`).Scan(&left)
		if left != 0 {
			t.Errorf("failures are kept after signing in")
		}
		return err
	})
}

func TestTheCookieIsOfThisHostOnly(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.user(ganzhou, "liming", "broker", "correct horse")
	elsewhere := map[string]string{"Host": "tanxu.example"}
	a := f.do(post("/auth/session", signInBody, elsewhere)).want(t, 200, "")
	set := a.header.Get("Set-Cookie")
	if !strings.HasPrefix(set, "__Host-tanxu_session=") || !strings.Contains(set, "Secure") || strings.Contains(set, "Domain") {
		t.Errorf("cookie %q", set)
	}
	value := strings.TrimPrefix(cookieOf(a)["Cookie"], "__Host-")
	f.do(call{method: "GET", path: "/api/v1/auth/me", header: map[string]string{"Host": "tanxu.example", "Cookie": value}}).want(t, 401, "unauthenticated")
	f.do(call{method: "GET", path: "/api/v1/auth/me", header: map[string]string{"Host": "tanxu.example", "Cookie": cookieOf(a)["Cookie"]}}).want(t, 200, "")
}
