package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/jackc/pgx/v5"
	"github.com/prometheus/client_golang/prometheus"

	"tanxu/api"
	"tanxu/internal/pgtest"
	"tanxu/need"
	"tanxu/postgres"
	"tanxu/rag"
	"tanxu/webhook"
)

const (
	province need.CentrePath = "jx/"
	ganzhou  need.CentrePath = "jx/gz/"
	nanchang need.CentrePath = "jx/nc/"
)

// queue takes turns and runs none.
type queue struct{}

func (queue) EnqueueTurn(context.Context, pgx.Tx, postgres.Turn) error { return nil }

func (queue) EnqueueImport(context.Context, pgx.Tx, postgres.ImportJob) error { return nil }

// firstThree matches a need with the first three achievements of the library.
type firstThree struct{ store *postgres.Store }

func (m firstThree) Match(ctx context.Context, scope need.Scope, id need.ID) (need.MatchRun, error) {
	n, err := m.store.Need(ctx, scope, id)
	if err != nil {
		return need.MatchRun{}, err
	}
	list, _, err := m.store.ListAchievements(ctx, scope, postgres.LibraryFilter{}, postgres.Page{Limit: 3})
	if err != nil {
		return need.MatchRun{}, err
	}
	run := need.MatchRun{Model: need.Lexical, Version: n.Version}
	for i, a := range list {
		run.Matches = append(run.Matches, need.Match{
			Need: id, Rank: i + 1, Score: 1 / float64(i+1), Achievement: a,
			Reasons: []need.Reason{{Kind: need.ReasonWords, Words: []string{"导电率", "铜合金"}, Need: need.Evidence{Ref: "title", End: 3, Quote: "铜合金"}}},
			Gaps:    []need.Reason{{Kind: need.GapIndicatorAbsent, Field: "indicator:i1", Name: "导电率", Wanted: "≥80 %IACS"}},
		})
	}
	return m.store.PutMatches(ctx, scope, id, run)
}

// finder finds by words alone.
type finder struct{ store *postgres.Store }

func (f finder) FindExperts(ctx context.Context, scope need.Scope, id need.ID) ([]need.ExpertMatch, string, error) {
	if _, err := f.store.Need(ctx, scope, id); err != nil {
		return nil, "", err
	}
	events, err := f.store.NeedEvents(ctx, scope, id)
	if err != nil {
		return nil, "", err
	}
	return rag.NewExpertFinder(f.store, nil, nil).Find(ctx, scope, need.Fold(id, events))
}

func (f finder) FindCases(ctx context.Context, scope need.Scope, id need.ID) ([]need.FinishedCase, error) {
	if _, err := f.store.Need(ctx, scope, id); err != nil {
		return nil, err
	}
	events, err := f.store.NeedEvents(ctx, scope, id)
	if err != nil {
		return nil, err
	}
	return rag.NewCaseFinder(f.store, nil, nil).Find(ctx, scope, need.Fold(id, events))
}

func (f finder) FindNeeds(ctx context.Context, scope need.Scope, id need.AchievementID) ([]need.NeedMatch, error) {
	a, err := f.store.Achievement(ctx, scope, id)
	if err != nil {
		return nil, err
	}
	return rag.NewNeedFinder(f.store, nil, nil).Find(ctx, scope, a)
}

// fixture is the whole of the API over a database of its own.
type fixture struct {
	t     *testing.T
	store *postgres.Store
	url   string
	log   *locked
	ready error
	sso   api.SSO
	keys  map[string]string // by centre and what they may do
	opt   api.Options

	handler http.Handler
	routes  routers.Router
}

func start(t *testing.T, change ...func(*api.Options)) *fixture {
	t.Helper()
	f := &fixture{t: t, log: &locked{}, keys: map[string]string{}}
	var err error
	f.store, err = postgres.Open(t.Context(), pgtest.DB(t), postgres.Options{
		Root: province, Queue: queue{}, Imports: queue{}, Libraries: queue{}, AllowSuperuser: true, MaxConns: 6,
	})
	must(t, err)
	t.Cleanup(f.store.Close)
	for path, kind := range map[need.CentrePath]string{province: "province", ganzhou: "city", nanchang: "city"} {
		must(t, f.store.PutCentre(t.Context(), f.store.Root(), postgres.Centre{Path: path, Kind: kind, NameZH: "中心", NameEN: "centre"}))
	}
	must(t, f.store.PutInvite(t.Context(), f.store.Root(), postgres.Invite{Token: "gz", Centre: ganzhou}))
	f.opt = api.Options{Log: slog.New(slog.NewJSONHandler(f.log, nil)), Poll: 10 * time.Millisecond}
	for _, c := range change {
		c(&f.opt)
	}
	f.serve()
	return f
}

// in is the same service for a test within the test.
func (f *fixture) in(t *testing.T) *fixture {
	g := *f
	g.t, g.keys = t, map[string]string{}
	return &g
}

// publish approves a need, whatever it lacks.
func (f *fixture) publish(id string) {
	f.t.Helper()
	_, err := f.store.ChangeNeed(f.t.Context(), f.store.Root(), need.ID(id), 0, func(n *need.Need) ([]need.Event, error) {
		return []need.Event{{Kind: need.StatusChanged, Need: n.ID, At: time.Now(), By: "broker:1", To: string(need.StatusPublished)}}, nil
	})
	must(f.t, err)
}

func (f *fixture) serve() {
	f.t.Helper()
	var err error
	f.handler, err = api.New(api.Deps{
		Store: f.store, Matcher: firstThree{f.store}, Finder: finder{f.store}, Metrics: prometheus.NewRegistry(),
		Chat: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "chat "+r.Method+" "+r.URL.Path)
		}),
		Telegram: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusAccepted) }),
		Pages: fstest.MapFS{
			"chat/index.html":    {Data: []byte("<!doctype html><title>chat</title>")},
			"console/index.html": {Data: []byte(`<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__">`)},
			"assets/a1b2c3.js":   {Data: []byte("export {}")},
		},
		Ready: func(context.Context) error { return f.ready }, SSO: f.sso, Webhooks: webhook.NewClient(webhook.Options{}),
	}, f.opt)
	must(f.t, err)
	server := httptest.NewServer(f.handler)
	f.t.Cleanup(server.Close)
	f.url = server.URL
	doc := document(f.t)
	doc.Servers = openapi3.Servers{{URL: server.URL + "/api/v1"}}
	f.routes, err = legacy.NewRouter(doc)
	must(f.t, err)
}

// key is an API key of a centre with these scopes.
func (f *fixture) key(centre need.CentrePath, scopes ...string) string {
	f.t.Helper()
	name := string(centre) + strings.Join(scopes, ",")
	if f.keys[name] == "" {
		_, secret, err := f.store.CreateAPIKey(f.t.Context(), f.store.Root(), postgres.APIKey{Centre: centre, Name: name, Scopes: scopes})
		must(f.t, err)
		f.keys[name] = secret
	}
	return f.keys[name]
}

// all is a key of a centre that may do everything.
func (f *fixture) all(centre need.CentrePath) string {
	f.t.Helper()
	return f.key(centre, "needs:read", "needs:write", "conversations:read", "conversations:write", "library:read", "library:write", "admin", "audit")
}

// user adds somebody who can sign in.
func (f *fixture) user(centre need.CentrePath, login, role, password string) postgres.User {
	f.t.Helper()
	hash, err := api.HashPassword(password)
	must(f.t, err)
	u, err := f.store.CreateUser(f.t.Context(), f.store.Root(), postgres.User{Centre: centre, Login: login, Name: "李明", Role: role, Password: hash})
	must(f.t, err)
	return u
}

// call is one request; the zero value asks for nothing.
type call struct {
	method, path, key, body string
	header                  map[string]string
}

type answer struct {
	status int
	header http.Header
	text   string
	json   map[string]any
}

func (f *fixture) do(c call) answer {
	f.t.Helper()
	res := f.send(c)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	must(f.t, err)
	a := answer{status: res.StatusCode, header: res.Header, text: string(raw)}
	if strings.Contains(res.Header.Get("Content-Type"), "json") {
		if err := json.Unmarshal(raw, &a.json); err != nil {
			f.t.Fatalf("%s %s answers %s: %v", c.method, c.path, raw, err)
		}
	}
	f.fits(res, raw)
	return a
}

// fits fails the test unless an answer of the API is one that the document
// promises.
func (f *fixture) fits(res *http.Response, raw []byte) {
	f.t.Helper()
	route, params, err := f.routes.FindRoute(res.Request)
	if err != nil || strings.HasPrefix(route.Path, "/chat/") || route.Operation.OperationID == "getOpenAPI" {
		return // not of the API, or tested elsewhere
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: res.Request, Route: route, PathParams: params},
		Status:                 res.StatusCode, Header: res.Header, Body: io.NopCloser(bytes.NewReader(raw)),
		Options: &openapi3filter.Options{
			IncludeResponseStatus: true, SchemaValidationOptions: []openapi3.SchemaValidationOption{openapi3.EnableJSONSchema2020()},
		},
	}
	if err := openapi3filter.ValidateResponse(f.t.Context(), input); err != nil {
		f.t.Errorf("%s %s answers what the document does not promise: %v\n%s", res.Request.Method, res.Request.URL.Path, err, raw)
	}
}

// status is the status of an answer that may never end.
func (f *fixture) status(c call) int {
	f.t.Helper()
	res := f.send(c)
	must(f.t, res.Body.Close())
	return res.StatusCode
}

func (f *fixture) send(c call) *http.Response {
	f.t.Helper()
	req, err := http.NewRequestWithContext(f.t.Context(), c.method, f.url+c.path, strings.NewReader(c.body))
	must(f.t, err)
	if c.body != "" {
		req.Header.Set("Content-Type", "application/json")
	} else {
		req.Body = http.NoBody
	}
	if c.key != "" {
		req.Header.Set("Authorization", "Bearer "+c.key)
	}
	for k, v := range c.header {
		req.Header.Set(k, v)
	}
	req.Host = req.Header.Get("Host")
	res, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req) // follows no redirect
	must(f.t, err)
	return res
}

// want fails unless the answer has this status and, for a problem, this code.
func (a answer) want(t *testing.T, status int, code string) answer {
	t.Helper()
	got, _ := a.json["code"].(string)
	if a.status != status || got != code {
		t.Fatalf("answer %d %q, want %d %q: %s", a.status, got, status, code, a.text)
	}
	return a
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// locked keeps what many goroutines write.
type locked struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write writes alone.
func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// logged is what the service has logged so far.
func (f *fixture) logged() string {
	f.log.mu.Lock()
	defer f.log.mu.Unlock()
	return f.log.text.String()
}

// disable keeps a user out from now on.
func (f *fixture) disable(id string) {
	f.t.Helper()
	f.sql(func(tx pgx.Tx) error {
		_, err := tx.Exec(f.t.Context(), `UPDATE users SET disabled_at = now() WHERE id = $1`, id)
		return err
	})
}

// sql does what no operation does.
func (f *fixture) sql(fn func(pgx.Tx) error) {
	f.t.Helper()
	must(f.t, f.store.InScope(f.t.Context(), f.store.Root(), fn))
}
