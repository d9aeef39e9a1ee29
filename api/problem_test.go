package api_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tanxu/api"
)

func texts(t *testing.T, lang string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile("texts/" + lang + ".json")
	must(t, err)
	byCode := map[string]string{}
	must(t, json.Unmarshal(raw, &byCode))
	return byCode
}

// TestEveryCodeHasATextInBothLanguages reads the codes from this package's
// source. Those of other packages may have one; their kind always has.
func TestEveryCodeHasATextInBothLanguages(t *testing.T) {
	t.Parallel()
	zh, en := texts(t, "zh"), texts(t, "en")
	codes := map[string]string{}
	collect(t, ".", codes)
	if len(codes) < 30 {
		t.Fatalf("only %d codes found: the reader of the source is broken", len(codes))
	}
	for code, where := range codes {
		for lang, byCode := range map[string]map[string]string{"zh": zh, "en": en} {
			if byCode[code] == "" {
				t.Errorf("%s: code %q has no text in %s", where, code, lang)
			}
		}
	}
	for code := range zh {
		if en[code] == "" {
			t.Errorf("%q has a Chinese text only", code)
		}
	}
	for code := range en {
		if zh[code] == "" {
			t.Errorf("%q has an English text only", code)
		}
	}
}

// collect finds the codes of need.Errorf, and those of places and kinds
// in a folder's files.
func collect(t *testing.T, dir string, codes map[string]string) {
	t.Helper()
	files, err := fs.Glob(os.DirFS(dir), "*.go")
	must(t, err)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || name == "generated.go" {
			continue
		}
		path := filepath.Join(dir, name)
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		must(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if code := errorCode(n); code != "" {
					codes[code] = path
				}
			case *ast.BasicLit:
				if text, _ := strconv.Unquote(n.Value); strings.HasPrefix(text, "place_") || strings.HasPrefix(text, "kind_") {
					codes[text] = path
				}
			}
			return true
		})
	}
}

// errorCode is the code in a call of need.Errorf, "" for another call.
func errorCode(n *ast.CallExpr) string {
	f, ok := n.Fun.(*ast.SelectorExpr)
	if !ok || f.Sel.Name != "Errorf" || len(n.Args) < 3 {
		return ""
	}
	code, ok := n.Args[1].(*ast.BasicLit)
	if !ok || code.Kind != token.STRING {
		return ""
	}
	text, err := strconv.Unquote(code.Value)
	if err != nil || strings.ContainsAny(text, " %") {
		return ""
	}
	return text
}

func TestProblemsSpeakTheCallersLanguage(t *testing.T) {
	t.Parallel()
	f := start(t)
	zh, en := texts(t, "zh"), texts(t, "en")
	for accept, want := range map[string]string{
		"":                        zh["unauthenticated"],
		"zh-CN,zh;q=0.9,en;q=0.8": zh["unauthenticated"],
		"en-US,en;q=0.9":          en["unauthenticated"],
		"fr":                      zh["unauthenticated"],
		"en;q=0.2,zh;q=0.9":       zh["unauthenticated"],
		"\x00;;;q=":               zh["unauthenticated"],
	} {
		header := map[string]string{}
		if accept != "" && accept[0] != 0 {
			header["Accept-Language"] = accept
		}
		a := f.do(call{method: "GET", path: "/api/v1/needs", header: header}).want(t, http.StatusUnauthorized, "unauthenticated")
		if a.json["title"] != want {
			t.Errorf("Accept-Language %q: %v, want %q", accept, a.json["title"], want)
		}
		if a.header.Get("Content-Type") != "application/problem+json; charset=utf-8" || a.json["instance"] != a.header.Get("X-Request-Id") {
			t.Errorf("header %v of %s", a.header, a.text)
		}
	}
}

func TestRequestsThatNothingServes(t *testing.T) {
	t.Parallel()
	f := start(t, func(o *api.Options) { o.MaxBody = 1000 })
	key := f.all(ganzhou)
	id := f.need(ganzhou)
	tests := map[string]struct {
		call   call
		status int
		code   string
	}{
		"no route":            {call{method: "GET", path: "/api/v1/nothing"}, 404, "not_found"},
		"no page":             {call{method: "GET", path: "/wp-admin"}, 404, "not_found"},
		"no method":           {call{method: "PUT", path: "/api/v1/needs"}, 405, "method_not_allowed"},
		"a body that is huge": {call{method: "PATCH", path: "/api/v1/needs/" + id, key: key, body: `{"title":"` + strings.Repeat("a", 2000) + `"}`}, 413, "body_too_large"},
		"a body that is XML":  {call{method: "PATCH", path: "/api/v1/needs/" + id, key: key, body: `<a/>`, header: map[string]string{"Content-Type": "text/xml"}}, 415, "media_type"},
		"a body too much":     {call{method: "POST", path: "/api/v1/needs/" + id + "/submit", key: key, body: `{}`, header: map[string]string{"If-Match": `"1"`}}, 400, "bad_parameter"},
		"no bearer":           {call{method: "GET", path: "/api/v1/needs", header: map[string]string{"Authorization": "Basic eDp5"}}, 401, "unauthenticated"},
	}
	for name, tt := range tests {
		if a := f.do(tt.call); a.status != tt.status || a.json["code"] != tt.code {
			t.Errorf("%s: %d %s, want %d %s", name, a.status, a.text, tt.status, tt.code)
		}
	}
}

func TestDatabaseDown(t *testing.T) {
	t.Parallel()
	f := start(t)
	key := f.all(ganzhou)
	f.store.Close()
	a := f.do(call{method: "GET", path: "/api/v1/needs", key: key}).want(t, http.StatusServiceUnavailable, "database_down")
	if a.header.Get("Retry-After") == "" {
		t.Error("nothing says when to try again")
	}
	if strings.Contains(a.text, "pool") {
		t.Errorf("the answer tells of the inside: %s", a.text)
	}
}

// TestLogsHoldNoSecrets greps the access log for what it must never hold.
func TestLogsHoldNoSecrets(t *testing.T) {
	t.Parallel()
	f := start(t)
	key := f.all(ganzhou)
	f.user(ganzhou, "liming", "broker", "correct horse")
	cookie := f.signIn()
	id := f.need(ganzhou)
	f.do(call{method: "GET", path: "/api/v1/needs?q=CANARY-query", key: key, header: map[string]string{"Cookie": cookie}})
	f.do(call{method: "PATCH", path: "/api/v1/needs/" + id, key: key, body: `{"title":"CANARY-title"}`, header: map[string]string{"If-Match": `"1"`}})
	f.do(call{method: "GET", path: "/CANARY-path"})
	f.do(call{method: "GET", path: "/api/v1/needs", header: map[string]string{"Authorization": "Bearer tx_0011223344_CANARY"}})
	f.do(call{method: "POST", path: "/api/v1/auth/session", body: `{"user":"CANARY","password":"CANARY"}`})
	log := f.logged()
	_, secret, _ := strings.Cut(strings.TrimPrefix(key, "tx_"), "_")
	_, token, _ := strings.Cut(cookie, "=")
	for _, word := range []string{"CANARY", "correct horse", secret, token} {
		if strings.Contains(log, word) {
			t.Errorf("the log holds %q:\n%s", word, log)
		}
	}
	if n := strings.Count(log, `"msg":"request"`); n != 6 {
		t.Errorf("%d requests logged, want 6:\n%s", n, log)
	}
	if !slices.Contains(strings.Split(log, `"`), "/api/v1/needs/:id") {
		t.Errorf("the log lacks routes:\n%s", log)
	}
}
