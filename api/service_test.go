package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"gopkg.in/yaml.v3"

	"os"

	"tanxu/api"
	"tanxu/need"
)

func TestTheDocumentIsServedAsItIs(t *testing.T) {
	t.Parallel()
	f := start(t)
	a := f.do(call{method: "GET", path: "/api/v1/openapi.json"}).want(t, 200, "")
	raw, err := os.ReadFile("openapi.yaml")
	must(t, err)
	var file any
	must(t, yaml.Unmarshal(raw, &file))
	text, err := json.Marshal(file)
	must(t, err)
	var want map[string]any
	must(t, json.Unmarshal(text, &want))
	if !reflect.DeepEqual(a.json, want) {
		t.Error("openapi.json differs from openapi.yaml")
	}
	must(t, document(t).Validate(t.Context()))
}

// TestEveryRouteIsDocumented compares what is served with the document, both
// ways.
func TestEveryRouteIsDocumented(t *testing.T) {
	t.Parallel()
	f := start(t)
	documented := map[string]bool{}
	for path, item := range document(t).Paths.Map() {
		for method := range item.Operations() {
			documented[method+" /api/v1"+strings.NewReplacer("{", ":", "}", "").Replace(path)] = true
		}
	}
	outside := map[string]bool{
		"GET /": true, "GET /healthz": true, "GET /readyz": true, "GET /metrics": true, "POST /telegram/webhook": true,
		"GET /c/*path": true, "GET /s/*path": true, "GET /console": true, "GET /console/*path": true, "GET /assets/*path": true,
	}
	served := map[string]bool{}
	for _, r := range f.handler.(*gin.Engine).Routes() {
		route := r.Method + " " + r.Path
		served[route] = true
		if !documented[route] && !outside[route] && r.Path != "/api/v1/chat/*path" {
			t.Errorf("%s is served, and not documented", route)
		}
	}
	for route := range documented {
		if !served[route] && !strings.Contains(route, " /api/v1/chat/") {
			t.Errorf("%s is documented, and not served", route)
		}
	}
}

func TestEveryOperationSaysItsScope(t *testing.T) {
	t.Parallel()
	known := map[string]bool{
		"public": true, "signed_in": true, "contact": true, "needs:read": true, "needs:write": true,
		"conversations:read": true, "conversations:write": true, "library:read": true, "library:write": true, "admin": true, "audit": true,
	}
	for path, item := range document(t).Paths.Map() {
		for method, op := range item.Operations() {
			if scope, _ := op.Extensions["x-scope"].(string); !known[scope] {
				t.Errorf("%s %s: x-scope %q", method, path, scope)
			}
		}
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.do(call{method: "GET", path: "/healthz"}).want(t, 200, "")
	f.do(call{method: "GET", path: "/readyz"}).want(t, 200, "")
	f.ready = errors.New("migrations are behind")
	f.do(call{method: "GET", path: "/healthz"}).want(t, 200, "")
	f.do(call{method: "GET", path: "/readyz"}).want(t, 503, "not_ready_yet")
	a := f.do(call{method: "GET", path: "/metrics"}).want(t, 200, "")
	if !strings.Contains(a.text, `tanxu_http_request_seconds_count{method="GET",route="/readyz",status="503"} 1`) {
		t.Errorf("metrics lack the request:\n%s", a.text)
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	f := start(t)
	for _, path := range []string{"/c/demo", "/s/0190-abc", "/console", "/console/needs/1"} {
		a := f.do(call{method: "GET", path: path}).want(t, 200, "")
		policy := a.header.Get("Content-Security-Policy")
		if a.header.Get("Cache-Control") != "no-cache" || !strings.Contains(policy, "script-src 'self';") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: cache %q, policy %q", path, a.header.Get("Cache-Control"), policy)
		}
		if strings.HasPrefix(path, "/console") {
			_, rest, _ := strings.Cut(policy, "'nonce-")
			nonce, _, _ := strings.Cut(rest, "'")
			if len(nonce) < 40 || !strings.Contains(a.text, `content="`+nonce+`"`) {
				t.Errorf("%s: the page does not carry the nonce of %q: %s", path, policy, a.text)
			}
		}
	}
	one, two := f.do(call{method: "GET", path: "/console"}), f.do(call{method: "GET", path: "/console"})
	if one.text == two.text {
		t.Error("two pages have the same nonce")
	}
	a := f.do(call{method: "GET", path: "/assets/a1b2c3.js"}).want(t, 200, "")
	if !strings.Contains(a.header.Get("Cache-Control"), "immutable") || a.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("asset: %v", a.header)
	}
	f.do(call{method: "GET", path: "/assets/../console/index.html"}).want(t, 404, "not_found")
	f.do(call{method: "GET", path: "/assets/none.js"}).want(t, 404, "not_found")
	if a := f.do(call{method: "GET", path: "/"}); a.status != http.StatusFound {
		t.Errorf("/ answers %d", a.status)
	}
	if a := f.do(call{method: "POST", path: "/api/v1/chat/sessions"}); a.text != "chat POST /api/v1/chat/sessions" {
		t.Errorf("the chat is not reached: %d %s", a.status, a.text)
	}
	if a := f.do(call{method: "POST", path: "/telegram/webhook"}); a.status != http.StatusAccepted {
		t.Errorf("the webhook is not reached: %d", a.status)
	}
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	now := time.Now()
	f := start(t, func(o *api.Options) { o.Rate, o.Clock = 3, func() time.Time { return now } })
	mine, other := f.all(ganzhou), f.all(nanchang)
	for left := 2; left >= 0; left-- {
		a := f.do(call{method: "GET", path: "/api/v1/auth/me", key: mine}).want(t, 200, "")
		if a.header.Get("RateLimit-Limit") != "3" || a.header.Get("RateLimit-Remaining") != fmt.Sprint(left) {
			t.Errorf("headers %v, want %d left", a.header, left)
		}
	}
	f.do(call{method: "GET", path: "/api/v1/auth/me", key: mine}).want(t, 429, "too_many")
	f.do(call{method: "GET", path: "/api/v1/auth/me", key: other}).want(t, 200, "")
	now = now.Add(20 * time.Second)
	f.do(call{method: "GET", path: "/api/v1/auth/me", key: mine}).want(t, 200, "")
	f.do(call{method: "GET", path: "/api/v1/auth/me", key: mine}).want(t, 429, "too_many")
}

func TestFailedKeysAreThrottledByAddress(t *testing.T) {
	t.Parallel()
	now := time.Now()
	f := start(t, func(o *api.Options) { o.Clock = func() time.Time { return now } })
	try := call{method: "GET", path: "/api/v1/auth/me", key: "tx_0011223344_guess"}
	for range 60 {
		f.do(try).want(t, 401, "unauthenticated")
	}
	f.do(try).want(t, 429, "too_many")
}

func TestStats(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.need(ganzhou, inReview()...)
	f.need(ganzhou)
	f.need(nanchang)
	f.conversation()
	a := f.do(call{method: "GET", path: "/api/v1/stats", key: f.all(ganzhou)}).want(t, 200, "")
	if fmt.Sprint(a.json["needs_by_status"]) != "map[draft:1 review:1]" || fmt.Sprint(a.json["conversations_by_status"]) != "map[consent:1]" || a.json["needs_new_7d"] != 2.0 {
		t.Errorf("stats %s", a.text)
	}
	all := f.do(call{method: "GET", path: "/api/v1/stats", key: f.all(province)}).want(t, 200, "")
	if fmt.Sprint(all.json["needs_by_status"]) != "map[draft:2 review:1]" {
		t.Errorf("stats of the province %s", all.text)
	}
}

func TestStreamTellsOfChanges(t *testing.T) {
	t.Parallel()
	stop := make(chan struct{})
	f := start(t, func(o *api.Options) { o.Stop = stop })
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, f.url+"/api/v1/events", nil)
	must(t, err)
	req.Header.Set("Authorization", "Bearer "+f.key(ganzhou, "needs:read"))
	res, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req)
	must(t, err)
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	if !lines.Scan() || lines.Text() != ": hello" {
		t.Fatalf("the stream begins with %q", lines.Text())
	}
	f.need(nanchang)
	f.conversation() // not for this key
	id := f.need(ganzhou)
	var event string
	for lines.Scan() {
		line := lines.Text()
		if strings.HasPrefix(line, "event: ") {
			event = line
		}
		if strings.HasPrefix(line, "data: ") {
			if event != "event: need" || !strings.Contains(line, id) {
				t.Errorf("told of %s %s", event, line)
			}
			break
		}
	}
	_, err = f.store.ChangeNeed(t.Context(), f.store.Root(), need.ID(id), 1, func(n *need.Need) ([]need.Event, error) {
		return []need.Event{{Kind: need.TitleSet, Need: n.ID, Note: "新"}}, nil
	})
	must(t, err)
	told := 0
	for told == 0 && lines.Scan() {
		if strings.HasPrefix(lines.Text(), "data: ") && strings.Contains(lines.Text(), id) {
			told++
		}
	}
	close(stop)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "data: ") {
			t.Errorf("told twice: %s", lines.Text())
		}
	}
	if told != 1 {
		t.Error("the second change was not told")
	}
}
