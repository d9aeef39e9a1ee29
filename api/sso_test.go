package api_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"tanxu/api"
)

// provider is an OpenID Connect provider over HTTP, whose people all are at
// once whoever the test says.
type provider struct {
	*httptest.Server

	key    *rsa.PrivateKey
	claims map[string]any // beside those of the protocol
	nonce  string         // of the attempt, unless the test spoils it
	code   string
}

func newProvider(t *testing.T) *provider {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	p := &provider{key: key, code: "c0de"}
	mux := http.NewServeMux()
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		must(t, json.NewEncoder(w).Encode(v))
	}
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{
			"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256"},
		})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: &key.PublicKey, KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("/token", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("code") != p.code || len(r.FormValue("code_verifier")) < 43 {
			w.WriteHeader(http.StatusBadRequest)
			answer(w, map[string]string{"error": "invalid_grant"})
			return
		}
		answer(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": p.token(t)})
	})
	return p
}

func (p *provider) token(t *testing.T) string {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: p.key}, (&jose.SignerOptions{}).WithHeader("kid", "k"))
	must(t, err)
	now := time.Now()
	text, err := jwt.Signed(signer).Claims(jwt.Claims{
		Issuer: p.URL, Subject: "42", Audience: jwt.Audience{"tanxu"}, IssuedAt: jwt.NewNumericDate(now), Expiry: jwt.NewNumericDate(now.Add(time.Minute)),
	}).Claims(map[string]any{"nonce": p.nonce}).Claims(p.claims).Serialize()
	must(t, err)
	return text
}

// begin starts a sign-in and returns the state, and the cookie of the attempt.
func (p *provider) begin(t *testing.T, f *fixture) (state string, cookie map[string]string) {
	t.Helper()
	a := f.do(call{method: "GET", path: "/api/v1/auth/sso"}).want(t, 302, "")
	at, err := url.Parse(a.header.Get("Location"))
	must(t, err)
	q := at.Query()
	if !strings.HasPrefix(at.String(), p.URL+"/authorize?") || q.Get("code_challenge_method") != "S256" || q.Get("client_id") != "tanxu" ||
		q.Get("redirect_uri") != "https://tanxu.example/api/v1/auth/sso/callback" {
		t.Fatalf("sent to %s", at)
	}
	p.nonce = q.Get("nonce")
	return q.Get("state"), cookieOf(a)
}

func TestSingleSignOn(t *testing.T) {
	t.Parallel()
	p := newProvider(t)
	f := start(t, func(o *api.Options) { o.BaseURL = "https://tanxu.example" })
	f.sso = api.NewOIDC("赣服通", p.URL, "tanxu", "secret")
	f.serve()
	f.user(ganzhou, "wangfang@example.cn", "broker", "correct horse")
	if ways := f.do(call{method: "GET", path: "/api/v1/auth/ways"}).want(t, 200, ""); ways.json["sso"] != "赣服通" {
		t.Errorf("ways %v", ways.json)
	}
	finish := func(state, code string, cookie map[string]string) answer {
		return f.do(call{method: "GET", path: "/api/v1/auth/sso/callback?state=" + state + "&code=" + code, header: cookie}).want(t, 302, "")
	}
	refused := func(a answer, code string) {
		t.Helper()
		if at := a.header.Get("Location"); at != "/console?sso="+code || strings.Contains(a.header.Get("Set-Cookie"), "tanxu_session") {
			t.Errorf("sent to %s with %s, want %s", at, a.header.Get("Set-Cookie"), code)
		}
	}

	state, cookie := p.begin(t, f)
	refused(finish("another", p.code, cookie), "sso_failed")
	refused(finish(state, p.code, nil), "sso_failed")
	refused(finish(state, "wrong", cookie), "sso_failed")
	p.claims = map[string]any{"preferred_username": "nobody"}
	refused(finish(state, p.code, cookie), "sso_unknown")
	p.claims = map[string]any{"email": "wangfang@example.cn"} // which the provider has not verified
	refused(finish(state, p.code, cookie), "sso_unknown")
	p.claims = map[string]any{"email": "wangfang@example.cn", "email_verified": true}
	p.nonce = "of another attempt"
	refused(finish(state, p.code, cookie), "sso_failed")

	state, cookie = p.begin(t, f)
	a := finish(state, p.code, cookie)
	if a.header.Get("Location") != "/console" {
		t.Fatalf("sent to %s", a.header.Get("Location"))
	}
	me := f.do(call{method: "GET", path: "/api/v1/auth/me", header: cookieOf(a)}).want(t, 200, "")
	if me.json["role"] != "broker" {
		t.Errorf("signed in as %v", me.json)
	}
	// The subject stays when the name changes, and nobody else gets in by the old name.
	state, cookie = p.begin(t, f)
	p.claims = map[string]any{"preferred_username": "wang.fang"}
	if a := finish(state, p.code, cookie); a.header.Get("Location") != "/console" {
		t.Errorf("a known subject is sent to %s", a.header.Get("Location"))
	}
	f.disable(me.json["id"].(string))
	state, cookie = p.begin(t, f)
	refused(finish(state, p.code, cookie), "sso_unknown")
}

func TestAProviderThatIsAway(t *testing.T) {
	t.Parallel()
	p := newProvider(t)
	p.Close()
	f := start(t)
	f.sso = api.NewOIDC("赣服通", p.URL, "tanxu", "secret")
	f.serve()
	f.do(call{method: "GET", path: "/api/v1/auth/sso"}).want(t, 503, "sso_down")
}
