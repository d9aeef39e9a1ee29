package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/api"
	"tanxu/need"
)

const signInBody = `{"user":"liming","password":"correct horse"}`

// signIn returns the cookie of a session.
func (f *fixture) signIn() string {
	f.t.Helper()
	a := f.do(call{method: "POST", path: "/api/v1/auth/session", body: signInBody}).want(f.t, 200, "")
	cookie, _, _ := strings.Cut(a.header.Get("Set-Cookie"), ";")
	return cookie
}

func TestSignInAndOut(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.user(ganzhou, "liming", "broker", "correct horse")
	a := f.do(call{method: "POST", path: "/api/v1/auth/session", body: `{"user":"LiMing","password":"correct horse"}`}).want(t, 200, "")
	set := a.header.Get("Set-Cookie")
	for _, part := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(set, part) {
			t.Errorf("cookie %q lacks %s", set, part)
		}
	}
	if strings.Contains(set, "Secure") {
		t.Errorf("cookie %q would not come back over plain HTTP to this machine", set)
	}
	if a.json["role"] != "broker" || a.json["kind"] != "user" || a.json["centre"].(map[string]any)["path"] != "jx/gz/" {
		t.Errorf("signed in as %v", a.json)
	}

	cookie := map[string]string{"Cookie": f.signIn()}
	f.do(call{method: "GET", path: "/api/v1/auth/me", header: cookie}).want(t, 200, "")
	f.do(call{method: "GET", path: "/api/v1/needs", header: cookie}).want(t, 200, "")
	f.do(call{method: "GET", path: "/api/v1/api-keys", header: cookie}).want(t, 403, "scope_missing")
	f.do(call{method: "DELETE", path: "/api/v1/auth/session", header: cookie}).want(t, 204, "")
	f.do(call{method: "GET", path: "/api/v1/auth/me", header: cookie}).want(t, 401, "unauthenticated")
}

func TestACookieIsSecureElsewhere(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		plain bool
		host  string
		want  bool
	}{
		"on this machine":                  {false, "127.0.0.1:8080", false},
		"by name on this machine":          {false, "localhost:8080", false},
		"under a name":                     {false, "tanxu.example", true},
		"under a name, plain HTTP allowed": {true, "tanxu.example", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t, func(o *api.Options) { o.PlainHTTP = tt.plain })
			f.user(ganzhou, "liming", "broker", "correct horse")
			a := f.do(call{method: "POST", path: "/api/v1/auth/session", body: signInBody, header: map[string]string{"Host": tt.host}})
			if got := strings.Contains(a.header.Get("Set-Cookie"), "Secure"); got != tt.want {
				t.Errorf("Secure is %v in %q", got, a.header.Get("Set-Cookie"))
			}
		})
	}
}

func TestWrongCredentialsAllLookTheSame(t *testing.T) {
	t.Parallel()
	f := start(t)
	u := f.user(ganzhou, "liming", "broker", "correct horse")
	gone := f.user(ganzhou, "gone", "broker", "correct horse")
	f.disable(gone.ID)
	bodies := map[string]string{
		"wrong password": `{"user":"liming","password":"battery staple"}`,
		"no such login":  `{"user":"nobody","password":"correct horse"}`,
		"disabled":       `{"user":"gone","password":"correct horse"}`,
	}
	seen := map[string]bool{}
	for name, body := range bodies {
		a := f.do(call{method: "POST", path: "/api/v1/auth/session", body: body})
		if a.status != http.StatusUnauthorized || a.json["code"] != "bad_credentials" || a.header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d %s", name, a.status, a.text)
		}
		seen[a.json["title"].(string)] = true
	}
	if len(seen) != 1 {
		t.Errorf("the answers differ: %v", seen)
	}

	f.do(call{method: "POST", path: "/api/v1/auth/session", body: signInBody, header: map[string]string{"Sec-Fetch-Site": "cross-site"}}).want(t, 403, "cross_origin")
	cookie := map[string]string{"Cookie": f.signIn()}
	f.disable(u.ID)
	f.do(call{method: "GET", path: "/api/v1/auth/me", header: cookie}).want(t, 401, "unauthenticated")
}

func TestASessionEnds(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.user(ganzhou, "liming", "broker", "correct horse")
	cookie := map[string]string{"Cookie": f.signIn()}
	expires := func() (at time.Time) {
		f.sql(func(tx pgx.Tx) error { return tx.QueryRow(t.Context(), `SELECT expires_at FROM sessions`).Scan(&at) })
		return at
	}
	if left := time.Until(expires()); left > 30*time.Minute || left < 29*time.Minute {
		t.Errorf("an idle session ends in %s", left)
	}
	f.sql(func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE sessions SET expires_at = now() - interval '1 second'`)
		return err
	})
	f.do(call{method: "GET", path: "/api/v1/auth/me", header: cookie}).want(t, 401, "unauthenticated")
}

func TestSignInIsThrottled(t *testing.T) {
	t.Parallel()
	now := time.Now()
	f := start(t, func(o *api.Options) { o.Clock = func() time.Time { return now } })
	f.user(ganzhou, "liming", "broker", "correct horse")
	for range 10 {
		f.signIn()
	}
	a := f.do(call{method: "POST", path: "/api/v1/auth/session", body: signInBody}).want(t, 429, "too_many")
	if a.header.Get("Retry-After") == "" {
		t.Error("nothing says when to try again")
	}
}

func TestForeignPagesCannotUseTheSession(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.user(ganzhou, "liming", "broker", "correct horse")
	cookie := f.signIn()
	id := f.need(ganzhou)
	submit := call{method: "POST", path: "/api/v1/needs/" + id + "/submit"}
	for name, header := range map[string]map[string]string{
		"another site":   {"Sec-Fetch-Site": "cross-site"},
		"another origin": {"Origin": "https://evil.example"},
	} {
		header["Cookie"], header["If-Match"] = cookie, `"1"`
		submit.header = header
		if a := f.do(submit); a.status != http.StatusForbidden || a.json["code"] != "cross_origin" {
			t.Errorf("%s: %d %s", name, a.status, a.text)
		}
	}
	submit.header = map[string]string{"Cookie": cookie, "If-Match": `"1"`, "Sec-Fetch-Site": "same-origin"}
	a := f.do(submit).want(t, 200, "")
	events, err := f.store.NeedEvents(t.Context(), f.store.Root(), need.ID(id))
	must(t, err)
	if !strings.HasPrefix(string(events[1].By), "broker:") || a.json["status"] != "review" {
		t.Errorf("submitted by %s, now %v", events[1].By, a.json["status"])
	}
}

func TestKeysAreMadeShownOnceAndRevoked(t *testing.T) {
	t.Parallel()
	f := start(t)
	admin := f.all(ganzhou)
	body := `{"name":"大屏","scopes":["needs:read"]}`
	a := f.do(call{method: "POST", path: "/api/v1/api-keys", key: admin, body: body}).want(t, 201, "")
	secret, made := a.json["secret"].(string), a.json["key"].(map[string]any)
	f.do(call{method: "GET", path: "/api/v1/needs", key: secret}).want(t, 200, "")
	f.do(call{method: "GET", path: "/api/v1/conversations", key: secret}).want(t, 403, "scope_missing")
	if list := f.do(call{method: "GET", path: "/api/v1/api-keys", key: admin}); strings.Contains(list.text, secret) || !strings.Contains(list.text, made["prefix"].(string)) {
		t.Errorf("list of keys: %s", list.text)
	}
	f.do(call{method: "DELETE", path: "/api/v1/api-keys/" + made["id"].(string), key: admin}).want(t, 204, "")
	f.do(call{method: "GET", path: "/api/v1/needs", key: secret}).want(t, 401, "unauthenticated")

	f.do(call{method: "POST", path: "/api/v1/api-keys", key: f.key(ganzhou, "admin"), body: body}).want(t, 403, "scope_missing")
	f.do(call{method: "POST", path: "/api/v1/api-keys", key: admin, body: `{"name":"x","scopes":["needs:read"],"centre_path":"jx/"}`}).want(t, 404, "centre_unknown")
	f.do(call{method: "POST", path: "/api/v1/api-keys", key: admin, body: `{"name":"x","scopes":["needs:read"],"expires_at":"2020-01-01T00:00:00Z"}`}).want(t, 422, "expired")
	f.do(call{method: "POST", path: "/api/v1/api-keys", key: admin, body: `{"name":"x","scopes":["root"]}`}).want(t, 422, "invalid_body")
}
