package api_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/uuid"

	"tanxu/need"
	"tanxu/postgres"
)

// row says how an operation is called, and what each caller gets. Each call is
// made anew, with objects of its own.
type row struct {
	call    func(f *fixture) call
	right   int // for who may: the right centre, and the one above
	sibling int // for the same of a centre beside; 0: as right, since lists are never refused
}

func get(path string) func(*fixture) call {
	return func(*fixture) call { return call{method: http.MethodGet, path: path} }
}

func onNeed(method, path, body string, header map[string]string) func(*fixture) call {
	return func(f *fixture) call {
		id := f.need(ganzhou, inReview()...)
		return call{method: method, path: strings.Replace(path, "{id}", id, 1), body: body, header: header}
	}
}

func onConversation(method, path, body string, taken bool) func(*fixture) call {
	return func(f *fixture) call {
		id := f.conversation()
		if taken {
			_, err := f.store.TakeOver(f.t.Context(), f.store.Root(), need.ConversationID(id), func(string) string { return "joined" })
			must(f.t, err)
		}
		return call{method: method, path: strings.Replace(path, "{id}", id, 1), body: body}
	}
}

// rows has each operation of the document but those of the chat.
func rows() map[string]row {
	version := map[string]string{"If-Match": `"15"`}
	return map[string]row{
		"listNeeds":        {get("/needs"), 200, 0},
		"getNeed":          {onNeed("GET", "/needs/{id}", "", nil), 200, 404},
		"patchNeed":        {onNeed("PATCH", "/needs/{id}", `{"title":"高导铜合金线材"}`, version), 200, 404},
		"submitNeed":       {submit, 200, 404},
		"returnNeed":       {onNeed("POST", "/needs/{id}/return", `{"reasons":["missing_indicator"]}`, version), 200, 404},
		"approveNeed":      {onNeed("POST", "/needs/{id}/approve", "", version), 200, 404},
		"listSimilarNeeds": {onNeed("GET", "/needs/{id}/similar", "", nil), 200, 404},
		"listNeedPairs":    {get("/need-pairs"), 200, 0},
		"mergeNeed":        {onTwins("merge", true), 200, 404},
		"supersedeNeed":    {onTwins("supersede", true), 200, 404},
		"unmergeNeed":      {unmerge, 200, 404},
		"setNeedsApart":    {onTwins("apart", false), 204, 404},
		"listCases":        {get("/cases"), 200, 0},
		"countCases":       {get("/case-counts"), 200, 0},
		"openCase":         {openCase, 201, 404},
		"getCase":          {onCase("GET", "", ""), 200, 404},
		"actOnCase":        {onCase("POST", "/events", `{"kind":"recommended"}`), 200, 404},
		"clickMatch":       {click, 204, 404},
		"listNeedEvents":   {onNeed("GET", "/needs/{id}/events", "", nil), 200, 404},
		"listMatches":      {onNeed("GET", "/needs/{id}/matches", "", nil), 200, 404},
		"runMatches":       {onNeed("POST", "/needs/{id}/matches", "", nil), 200, 404},
		"decideMatch":      {decide, 200, 404},

		"listNeedExperts":      {onNeed("GET", "/needs/{id}/experts", "", nil), 200, 404},
		"listSimilarCases":     {onNeed("GET", "/needs/{id}/similar-cases", "", nil), 200, 404},
		"listNeedFinance":      {onNeed("GET", "/needs/{id}/finance", "", nil), 200, 404},
		"assessNeedFinance":    {onNeed("POST", "/needs/{id}/finance", `{"facts":{"tags":{"高企":true}}}`, nil), 200, 404},
		"listAchievementNeeds": {needsOfAchievement, 200, 404},

		"followUpNeed": {onNeed("POST", "/needs/{id}/follow-up", "", nil), 200, 404},

		"uploadDocument": {func(*fixture) call {
			return fileCall("需求.csv", "企业,需求\n"+uuid.NewString()+",降低能耗\n")
		}, 201, 0},
		"listBlocks":       {blocksOfNeed, 200, 404},
		"downloadDocument": {fileOfNeed, 200, 404},
		"listImports":      {get("/imports"), 200, 0},
		"getImport":        {onImport("GET", "", ""), 200, 404},
		"listImportRows":   {onImport("GET", "/rows", ""), 200, 404},
		"getImportReport":  {onImport("GET", "/report", ""), 200, 404},
		"correctMapping":   {onImport("POST", "/mapping", `{"columns":[{"table":0,"col":0,"target":"org_name"}]}`), 200, 404},
		"runImport":        {onImport("POST", "/run", ""), 200, 404},
		"reopenImport":     {onImport("POST", "/again", ""), 200, 404},
		"cancelImport":     {onImport("POST", "/cancel", ""), 200, 404},

		"listConversations":    {get("/conversations"), 200, 0},
		"getConversation":      {onConversation("GET", "/conversations/{id}", "", false), 200, 404},
		"listMessages":         {onConversation("GET", "/conversations/{id}/messages", "", false), 200, 404},
		"sendMessage":          {onConversation("POST", "/conversations/{id}/messages", `{"text":"您好，我是小李"}`, true), 201, 404},
		"takeOverConversation": {onConversation("POST", "/conversations/{id}/takeover", "", false), 200, 404},
		"releaseConversation":  {onConversation("POST", "/conversations/{id}/release", "", true), 200, 404},

		"listAchievements":    {get("/achievements"), 200, 0},
		"getAchievement":      {achievementOfGanzhou, 200, 404},
		"listExperts":         {get("/experts"), 200, 0},
		"listFinanceProducts": {get("/finance-products"), 200, 0},
		"listCentres":         {get("/centres"), 200, 0},

		"listAPIKeys":  {get("/api-keys"), 200, 0},
		"createAPIKey": {createKey, 201, 404},
		"revokeAPIKey": {revokeKey, 204, 404},

		"listWebhooks":   {get("/webhooks"), 200, 0},
		"createWebhook":  {createWebhook, 201, 404},
		"changeWebhook":  {onWebhook("PATCH", "", `{"disabled":true}`), 200, 404},
		"deleteWebhook":  {onWebhook("DELETE", "", ""), 204, 404},
		"listDeliveries": {onWebhook("GET", "/deliveries", ""), 200, 404},
		"replayDelivery": {replayDelivery, 200, 404},
		"tryWebhook":     {onWebhook("POST", "/test", ""), 201, 404},

		"signIn":  {signIn, 200, 0},
		"signOut": {func(*fixture) call { return call{method: "DELETE", path: "/auth/session"} }, 204, 0},
		"getMe":   {get("/auth/me"), 200, 0},

		"listAudit":  {get("/audit"), 200, 0},
		"listUsers":  {get("/users"), 200, 0},
		"createUser": {createUser, 201, 404},
		"changeUser": {onUser("PATCH", "", `{"name":"李明"}`), 200, 404},
		"linkUser":   {onUser("POST", "/link", ""), 201, 404},

		// A key has no account, and the fixture no single sign-on.
		"changePassword": {onAccount("POST", "/auth/password", `{"old":"correct horse","new":"battery staple"}`), 403, 0},
		"beginTOTP":      {onAccount("POST", "/auth/totp", ""), 403, 0},
		"confirmTOTP":    {onAccount("PUT", "/auth/totp", `{"code":"123456"}`), 403, 0},
		"removeTOTP":     {onAccount("DELETE", "/auth/totp", `{"code":"123456"}`), 403, 0},
		"listSignInWays": {get("/auth/ways"), 200, 0},
		"redeemUserLink": {redeemLink, 200, 0},
		"startSSO":       {get("/auth/sso"), 404, 0},
		"finishSSO":      {get("/auth/sso/callback"), 302, 0},

		"getStats":     {get("/stats"), 200, 0},
		"getOpenAPI":   {get("/openapi.json"), 200, 0},
		"streamEvents": {get("/events"), 200, 0},
	}
}

func submit(f *fixture) call {
	id := f.need(ganzhou)
	return call{method: "POST", path: "/needs/" + id + "/submit", header: map[string]string{"If-Match": `"1"`}}
}

func decide(f *fixture) call {
	_, match := ranked(f)
	return call{method: "POST", path: "/matches/" + match + "/decision", body: `{"decision":"recommended"}`}
}

func achievementOfGanzhou(f *fixture) call {
	code := uuid.NewString()
	must(f.t, f.store.PutAchievements(f.t.Context(), f.store.Root(), []need.IndexedAchievement{{
		Achievement: need.Achievement{Centre: ganzhou, Code: code, Title: "钨铜复合材料"},
	}}))
	list, _, err := f.store.ListAchievements(f.t.Context(), f.store.Root(), postgres.LibraryFilter{Query: code}, postgres.Page{})
	must(f.t, err)
	return call{method: "GET", path: "/achievements/" + string(list[0].ID)}
}

func needsOfAchievement(f *fixture) call {
	c := achievementOfGanzhou(f)
	c.path += "/needs"
	return c
}

func createKey(*fixture) call {
	return call{method: "POST", path: "/api-keys", body: `{"name":"导出","scopes":["needs:read"],"centre_path":"jx/gz/"}`}
}

func revokeKey(f *fixture) call {
	k, _, err := f.store.CreateAPIKey(f.t.Context(), f.store.Root(), postgres.APIKey{Centre: ganzhou, Name: "旧", Scopes: []string{"needs:read"}})
	must(f.t, err)
	return call{method: "DELETE", path: "/api-keys/" + k.ID}
}

func createWebhook(*fixture) call {
	return call{method: "POST", path: "/webhooks", body: `{"name":"省平台","url":"https://example.org/in","events":["need.published"],"centre_path":"jx/gz/"}`}
}

func (f *fixture) webhook() string {
	f.t.Helper()
	w, _, err := f.store.CreateWebhook(f.t.Context(), f.store.Root(), postgres.Webhook{
		Centre: ganzhou, Name: "省平台", URL: "https://example.org/in", Events: []string{"need.published"},
	})
	must(f.t, err)
	return w.ID
}

func onWebhook(method, path, body string) func(*fixture) call {
	return func(f *fixture) call {
		return call{method: method, path: "/webhooks/" + f.webhook() + path, body: body}
	}
}

func replayDelivery(f *fixture) call {
	id := f.webhook()
	d, err := f.store.TryWebhook(f.t.Context(), f.store.Root(), id)
	must(f.t, err)
	return call{method: "POST", path: "/webhooks/" + id + "/deliveries/" + d.ID + "/replay"}
}

func signIn(f *fixture) call {
	login := "u" + uuid.NewString()
	f.user(ganzhou, login, "broker", "correct horse")
	return call{method: "POST", path: "/auth/session", body: `{"user":"` + login + `","password":"correct horse"}`}
}

func createUser(*fixture) call {
	return call{method: "POST", path: "/users", body: `{"login":"u` + uuid.NewString() + `","name":"王芳","role":"broker","centre_path":"jx/gz/"}`}
}

func onUser(method, path, body string) func(*fixture) call {
	return func(f *fixture) call {
		u := f.user(ganzhou, "u"+uuid.NewString(), "broker", "correct horse")
		return call{method: method, path: "/users/" + u.ID + path, body: body}
	}
}

func onAccount(method, path, body string) func(*fixture) call {
	return func(*fixture) call { return call{method: method, path: path, body: body} }
}

func redeemLink(f *fixture) call {
	u := f.user(ganzhou, "u"+uuid.NewString(), "broker", "correct horse")
	token, err := f.store.NewUserLink(f.t.Context(), f.store.Root(), u.ID, time.Now().Add(time.Hour))
	must(f.t, err)
	return call{method: "POST", path: "/auth/link", body: `{"token":"` + token + `","password":"a long new one"}`}
}

func document(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile("openapi.yaml")
	must(t, err)
	return doc
}

// TestMatrix calls each operation as each kind of caller.
func TestMatrix(t *testing.T) {
	t.Parallel()
	table, f := rows(), start(t)
	maps.Copy(table, libraryRows())
	for path, item := range document(t).Paths.Map() {
		if strings.HasPrefix(path, "/chat/") {
			continue // served by bot/webchat, with tests of its own
		}
		for method, op := range item.Operations() {
			row, ok := table[op.OperationID]
			if !ok {
				t.Errorf("%s %s: operation %s has no row in this matrix", method, path, op.OperationID)
				continue
			}
			scope, _ := op.Extensions["x-scope"].(string)
			t.Run(op.OperationID, func(t *testing.T) {
				t.Parallel()
				own := f.in(t)
				own.serve() // failed calls are counted by address: all together are too many
				tryAll(own, row, scope)
			})
		}
	}
}

func tryAll(f *fixture, r row, scope string) {
	try := func(who, key string, status int) {
		f.t.Helper()
		c := r.call(f)
		c.path, c.key = "/api/v1"+c.path, key
		if a := f.status(c); a != status {
			f.t.Errorf("%s: %s %s answers %d, want %d", who, c.method, c.path, a, status)
		}
	}
	sibling := r.sibling
	if sibling == 0 {
		sibling = r.right
	}
	if scope == "public" {
		try("anonymous", "", r.right)
		return
	}
	try("anonymous", "", 401)
	try("unknown key", "tx_0011223344_nope", 401)
	wrong := "library:read"
	if scope == wrong {
		wrong = "needs:read"
	}
	if scope != "signed_in" {
		try("wrong scope", f.key(ganzhou, wrong), 403)
		try("no scope but the right one", f.key(ganzhou, needed(scope)...), r.right)
	}
	try("sibling centre", f.all(nanchang), sibling)
	try("parent", f.all(province), r.right)
	try("right centre", f.all(ganzhou), r.right)
}

// needed are the scopes that a call with one scope takes: an admin can only
// hand out what it has itself.
func needed(scope string) []string {
	if scope == "admin" {
		return []string{"admin", "needs:read"}
	}
	return []string{scope}
}
