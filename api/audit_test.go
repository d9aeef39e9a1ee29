package api_test

import (
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
)

func TestWhatIsDoneIsWrittenDown(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.user(ganzhou, "liming", "broker", "correct horse")
	f.user(province, "auditor", "auditor", "correct horse")
	f.user(nanchang, "nearby", "auditor", "correct horse")
	f.do(post("/auth/session", `{"user":"liming","password":"guess"}`, nil)).want(t, 401, "bad_credentials")
	broker := f.session(signInBody)
	id := f.need(ganzhou)
	f.do(call{method: "GET", path: "/api/v1/needs/" + id, header: broker}).want(t, 200, "")
	broker["If-Match"] = `"1"`
	f.do(post("/needs/"+id+"/submit", "", broker)).want(t, 200, "")
	f.do(post("/api-keys", `{"name":"x","scopes":["needs:read"]}`, broker)).want(t, 403, "scope_missing")
	f.do(post("/api-keys", `{"name":"x","scopes":["needs:read"]}`, nil)).want(t, 401, "unauthenticated")

	list := func(who, query string) (seen []string) {
		t.Helper()
		header := f.session(`{"user":"` + who + `","password":"correct horse"}`)
		a := f.do(call{method: "GET", path: "/api/v1/audit" + query, header: header}).want(t, 200, "")
		for _, item := range a.json["items"].([]any) {
			row := item.(map[string]any)
			seen = append(seen, row["actor"].(string)[:5]+" "+row["operation"].(string))
		}
		return seen
	}
	// The sign-in of who asks comes first; nobody's call is not kept.
	want := []string{"user  signIn", "user  createAPIKey", "user  submitNeed", "user  signIn", "login signIn"}
	if got := list("auditor", ""); !slices.Equal(got, want) {
		t.Errorf("written down: %q", got)
	}
	if got := list("auditor", "?refused=true"); !slices.Equal(got, []string{"user  createAPIKey", "login signIn"}) {
		t.Errorf("refused: %q", got)
	}
	if got := list("auditor", "?operation=submitNeed&q="+id[:8]); !slices.Equal(got, []string{"user  submitNeed"}) {
		t.Errorf("found: %q", got)
	}
	if got := list("nearby", ""); !slices.Equal(got, []string{"user  signIn"}) {
		t.Errorf("another city sees %q", got)
	}
	f.do(call{method: "GET", path: "/api/v1/audit", header: broker}).want(t, 403, "scope_missing")

	for _, sql := range []string{`UPDATE audit SET name = 'x'`, `DELETE FROM audit`, `TRUNCATE audit`} {
		err := f.store.InScope(t.Context(), f.store.Root(), func(tx pgx.Tx) error {
			_, err := tx.Exec(t.Context(), sql)
			return err
		})
		if err == nil {
			t.Errorf("%s is done", sql)
		}
	}
}
