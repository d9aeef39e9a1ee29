package api_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"tanxu/need"
	"tanxu/postgres"
)

func (queue) EnqueueLibrary(context.Context, pgx.Tx, postgres.LibraryJob) error { return nil }

// entry adds an achievement to a centre.
func (f *fixture) entry(centre need.CentrePath, l need.Library, values need.Values) need.Entry {
	f.t.Helper()
	e, err := f.store.AddEntry(f.t.Context(), need.Scope{Path: centre, Actor: "broker:1"}, need.Entry{Library: l, Values: values, Shared: true})
	must(f.t, err)
	return e
}

// ok fails the test unless an answer has this status. Records have a code as
// problems do.
func ok(t *testing.T, a answer, status int) {
	t.Helper()
	if a.status != status {
		t.Fatalf("answer %d, want %d: %s", a.status, status, a.text)
	}
}

func copper() need.Values {
	return need.Values{"title": "高导铜合金线材" + uuid.NewString(), "owner_org": "赣江材料研究院", "stage": "中期", "contact_name": "李工", "contact_phone": "13800000001"}
}

// onEntry calls a path of an achievement of Ganzhou.
func onEntry(method, path, body string) func(*fixture) call {
	return func(f *fixture) call {
		e := f.entry(ganzhou, need.Achievements, copper())
		return call{
			method: method, path: "/libraries/achievements/entries/" + string(e.ID) + path, body: body,
			header: map[string]string{"If-Match": fmt.Sprintf(`"%d"`, e.Version)},
		}
	}
}

func libraryRows() map[string]row {
	return map[string]row{
		"listLibraries":    {get("/libraries"), 200, 0},
		"listEntries":      {get("/libraries/providers/entries"), 200, 0},
		"addEntry":         {addProvider, 201, 0},
		"getEntry":         {onEntry("GET", "", ""), 200, 404},
		"patchEntry":       {onEntry("PATCH", "", `{"values":{"stage":"成熟应用"}}`), 200, 404},
		"listEntryHistory": {onEntry("GET", "/history", ""), 200, 404},
		"confirmEntry":     {onEntry("POST", "/confirm", ""), 200, 404},
		"archiveEntry":     {onEntry("POST", "/archive", `{"note":"已停产"}`), 200, 404},
		"restoreEntry":     {onEntry("POST", "/restore", ""), 200, 404},
		"setCheck":         {onEntry("PUT", "/checks/tested", `{"evidence":"省检测院报告 2025-117"}`), 200, 404},
		"listPairs":        {get("/libraries/experts/pairs"), 200, 0},
		"decidePair":       {keepPair, 204, 404},
		"exportLibrary":    {get("/libraries/achievements/export?format=csv"), 200, 0},
		"uploadLibraryDocument": {func(*fixture) call {
			c := fileCall("成果.csv", "成果名称,完成单位\n"+uuid.NewString()+",某大学\n")
			c.path = "/libraries/achievements/documents"
			return c
		}, 201, 0},
		"listOrganisationNeeds": {func(f *fixture) call {
			e := f.entry(ganzhou, need.Organisations, need.Values{"name": "甲公司" + uuid.NewString()})
			return call{method: "GET", path: "/organisations/" + string(e.ID) + "/needs"}
		}, 200, 404},
		"getNeedOrganisation": {organisationOfNeed, 200, 404},
	}
}

func addProvider(*fixture) call {
	return call{method: "POST", path: "/libraries/providers/entries", body: `{"values":{"name":"某知识产权评估公司` + uuid.NewString() + `","kinds":["知识产权评估"]}}`}
}

// pair makes two records of Ganzhou one pair.
func (f *fixture) pair() (postgres.Pair, need.Entry, need.Entry) {
	f.t.Helper()
	one, other := f.entry(ganzhou, need.Achievements, copper()), f.entry(ganzhou, need.Achievements, copper())
	must(f.t, f.store.Compared(f.t.Context(), &one, postgres.PairByWords, []postgres.Pair{{One: one, Other: other, Reason: postgres.PairByWords, Score: 0.9}}))
	list, _, err := f.store.Pairs(f.t.Context(), need.Scope{Path: ganzhou, Actor: "broker:1"}, need.Achievements, postgres.Page{Limit: 100})
	must(f.t, err)
	for _, p := range list {
		if p.One.ID == one.ID || p.Other.ID == one.ID {
			return p, one, other
		}
	}
	f.t.Fatal("the pair is not listed")
	return postgres.Pair{}, one, other
}

func keepPair(f *fixture) call {
	p, _, _ := f.pair()
	return call{method: "POST", path: "/libraries/achievements/pairs/" + p.ID + "/decision", body: `{"decision":"keep"}`}
}

func organisationOfNeed(f *fixture) call {
	i, n := f.imported() // of 甲公司
	_ = i
	if list, _, err := f.store.Entries(f.t.Context(), f.store.Root(), need.Organisations, postgres.EntryFilter{Query: "甲公司 register"}, postgres.Page{}); err != nil || len(list) == 0 {
		_, err := f.store.AddEntry(f.t.Context(), need.Scope{Path: province, Actor: "broker:1"}, need.Entry{
			Library: need.Organisations, Code: "register", Shared: true, Values: need.Values{"name": "某甲有限公司", "aliases": []any{"甲公司"}},
		})
		if need.KindOf(err) != need.Conflict {
			must(f.t, err)
		}
	}
	return call{method: "GET", path: "/needs/" + string(n) + "/organisation"}
}

func TestARecordIsKept(t *testing.T) {
	t.Parallel()

	f := start(t)
	as := f.all(ganzhou)
	made := f.as(as, call{method: "POST", path: "/libraries/achievements/entries", body: `{"code":"GX-1","values":{
		"title":"短流程铜铬锆合金制备技术","trl":6,"ip":[{"kind":"发明专利","number":"ZL202310000001.0","pledge":"质押中"}],"contact_phone":"13800000001"}}`})
	ok(t, made, http.StatusCreated)
	id := made.json["id"].(string)
	if got := made.json["values"].(map[string]any)["stage"]; got != "中期" {
		t.Errorf("TRL 6 is stage %v", got)
	}
	if !strings.Contains(made.text, `"missing":["summary"`) {
		t.Errorf("nothing is missing in %s", made.text)
	}
	path := "/libraries/achievements/entries/" + id
	patch := func(version, body string) answer {
		return f.as(as, call{method: "PATCH", path: path, body: body, header: map[string]string{"If-Match": version}})
	}
	patch(`"1"`, `{"values":{"trl":9},"note":"已量产"}`).want(t, http.StatusUnprocessableEntity, "invalid_entry")
	patch(`"1"`, `{"values":{"colour":"红"}}`).want(t, http.StatusUnprocessableEntity, "invalid_entry")
	ok(t, patch(`"1"`, `{"values":{"trl":9,"stage":"成熟应用","price":null},"note":"已量产"}`), http.StatusOK)
	patch(`"1"`, `{"values":{"trl":9}}`).want(t, http.StatusPreconditionFailed, "version_stale")
	f.as(as, call{method: "POST", path: "/libraries/achievements/entries", body: `{"code":"GX-1","values":{"title":"别的"}}`}).want(t, http.StatusConflict, "code_taken")

	history := f.as(as, call{method: "GET", path: path + "/history"})
	ok(t, history, http.StatusOK)
	for _, part := range []string{`"kind":"changed"`, `"kind":"created"`, `"note":"已量产"`, `{"from":6,"key":"trl","to":9}`} {
		if !strings.Contains(history.text, part) {
			t.Errorf("the history has no %s: %s", part, history.text)
		}
	}
	if a := f.as(f.all(province), call{method: "GET", path: path}); !strings.Contains(a.text, "13800000001") || a.json["editable"] != true {
		t.Errorf("the centre above reads %s", a.text)
	}
}

func TestWhatIsSharedComesWithoutContactsAndStays(t *testing.T) {
	t.Parallel()

	f := start(t)
	e := f.entry(province, need.Achievements, copper())
	path := "/libraries/achievements/entries/" + string(e.ID)
	a := f.as(f.all(ganzhou), call{method: "GET", path: path})
	ok(t, a, http.StatusOK)
	if strings.Contains(a.text, "13800000001") || strings.Contains(a.text, "李工") || a.json["editable"] != false {
		t.Errorf("a city reads %s", a.text)
	}
	if a := f.as(f.all(ganzhou), call{method: "GET", path: path + "/history"}); strings.Contains(a.text, "13800000001") {
		t.Errorf("a city reads the contact in the history: %s", a.text)
	}
	if a := f.as(f.all(ganzhou), call{method: "GET", path: "/achievements/" + string(e.ID)}); a.status != http.StatusOK || strings.Contains(a.text, "13800000001") {
		t.Errorf("a city reads of the achievement to be matched %s", a.text)
	}
	f.as(f.all(ganzhou), call{method: "POST", path: path + "/confirm"}).want(t, http.StatusForbidden, "entry_foreign")
	if a := f.as(f.all(ganzhou), call{method: "GET", path: "/libraries/achievements/entries?q=13800000001"}); strings.Contains(a.text, string(e.ID)) {
		t.Error("a record is found by the number of its contact")
	}
	if a := f.as(f.all(ganzhou), call{method: "GET", path: "/libraries/achievements/export?format=jsonl"}); strings.Contains(a.text, "高导铜") {
		t.Errorf("a city exports what is its province's: %s", a.text)
	}
}

func TestExportsActAsNoFormula(t *testing.T) {
	t.Parallel()

	f := start(t)
	e := copper()
	e["title"] = "=HYPERLINK(\"http://x\")"
	f.entry(ganzhou, need.Achievements, e)
	a := f.as(f.all(ganzhou), call{method: "GET", path: "/libraries/achievements/export?format=csv"})
	ok(t, a, http.StatusOK)
	if !strings.Contains(a.text, `"'=HYPERLINK`) || strings.Contains(a.text, "13800000001") {
		t.Errorf("exported %s", a.text)
	}
}

func TestAMergedRecordGivesWhatTheOtherLacks(t *testing.T) {
	t.Parallel()

	f := start(t)
	p, one, other := f.pair()
	as := f.all(ganzhou)
	stays, goes := one, other
	patched := f.as(as, call{
		method: "PATCH", path: "/libraries/achievements/entries/" + string(goes.ID), body: `{"values":{"price":"面议"}}`, header: map[string]string{"If-Match": `"1"`},
	})
	ok(t, patched, http.StatusOK)
	path := "/libraries/achievements/pairs/" + p.ID + "/decision"
	f.as(as, call{method: "POST", path: path, body: `{"decision":"merge"}`}).want(t, http.StatusUnprocessableEntity, "invalid_body")
	ok(t, f.as(as, call{method: "POST", path: path, body: `{"decision":"merge","stays":"` + string(stays.ID) + `"}`}), http.StatusNoContent)
	f.as(as, call{method: "POST", path: path, body: `{"decision":"keep"}`}).want(t, http.StatusNotFound, "pair_unknown")
	a := f.as(as, call{method: "GET", path: "/libraries/achievements/entries/" + string(stays.ID)})
	if !strings.Contains(a.text, "面议") {
		t.Errorf("merged into %s", a.text)
	}
	gone := f.as(as, call{method: "GET", path: "/libraries/achievements/entries/" + string(goes.ID)})
	if gone.json["merged_into"] != string(stays.ID) || gone.json["archived_at"] == nil {
		t.Errorf("the other is %s", gone.text)
	}
	history := f.as(as, call{method: "GET", path: "/libraries/achievements/entries/" + string(stays.ID) + "/history"})
	if n := strings.Count(history.text, `"kind":"created"`); n != 2 {
		t.Errorf("%d beginnings in the history, want those of both: %s", n, history.text)
	}
}
