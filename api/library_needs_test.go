package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tanxu/need"
	"tanxu/postgres"
)

// twoNeeds are two needs of Ganzhou in review, held to be one.
func twoNeeds(f *fixture) (keep, drop string) {
	f.t.Helper()
	keep, drop = f.need(ganzhou, inReview()...), f.need(ganzhou, inReview()...)
	a, b := need.ID(min(keep, drop)), need.ID(max(keep, drop))
	must(f.t, f.store.PutTwins(f.t.Context(), []need.ID{a}, []need.Twin{{A: a, B: b, Kind: need.TwinNear, Likeness: 0.9, Figures: 1}}))
	return keep, drop
}

func onTwins(what string, versions bool) func(*fixture) call {
	return func(f *fixture) call {
		keep, drop := twoNeeds(f)
		c := call{method: "POST", path: "/needs/" + keep + "/" + what, body: `{"other":"` + drop + `"}`}
		if versions {
			c.body = `{"other":"` + drop + `","other_version":15,"fields":{"problem":"other"}}`
			c.header = map[string]string{"If-Match": `"15"`}
		}
		return c
	}
}

func unmerge(f *fixture) call {
	keep, drop := twoNeeds(f)
	c := call{method: "POST", path: "/api/v1/needs/" + keep + "/merge", key: f.all(ganzhou), body: `{"other":"` + drop + `","other_version":15}`,
		header: map[string]string{"If-Match": `"15"`}}
	f.do(c).want(f.t, 200, "")
	return call{method: "POST", path: "/needs/" + keep + "/unmerge", body: `{"other":"` + drop + `"}`, header: map[string]string{"If-Match": `"16"`}}
}

// ranked is a match of an approved need of Ganzhou.
func ranked(f *fixture) (needID, match string) {
	f.t.Helper()
	f.achievement()
	needID = f.need(ganzhou)
	f.publish(needID)
	run, err := firstThree{f.store}.Match(f.t.Context(), need.Scope{Path: ganzhou, Actor: need.System}, need.ID(needID))
	must(f.t, err)
	return needID, string(run.Matches[0].ID)
}

func openCase(f *fixture) call {
	_, match := ranked(f)
	return call{method: "POST", path: "/cases", body: `{"match_id":"` + match + `"}`}
}

func click(f *fixture) call {
	_, match := ranked(f)
	return call{method: "POST", path: "/matches/" + match + "/click"}
}

func onCase(method, path, body string) func(*fixture) call {
	return func(f *fixture) call {
		_, match := ranked(f)
		k, _, err := f.store.OpenCase(f.t.Context(), need.Scope{Path: ganzhou, Actor: "broker:1"}, need.CaseSubject{Match: need.MatchID(match)})
		must(f.t, err)
		return call{method: method, path: "/cases/" + string(k.ID) + path, body: body, header: map[string]string{"If-Match": `"1"`}}
	}
}

func TestAMergeIsShownAndUndone(t *testing.T) {
	t.Parallel()
	f := start(t)
	keep, drop := twoNeeds(f)
	key := f.all(ganzhou)
	post := func(what, version, body string) answer {
		return f.do(call{method: "POST", path: "/api/v1/needs/" + keep + "/" + what, key: key, body: body, header: map[string]string{"If-Match": version}})
	}
	merge := `{"other":"` + drop + `","other_version":15,"fields":{"scene":"both"},"reason":"同一企业重复填报"}`
	post("merge", `"14"`, merge).want(t, 412, "version_stale")
	post("merge", `"15"`, strings.Replace(merge, "scene", "weather", 1)).want(t, 422, "invalid_body")
	post("merge", `"15"`, strings.Replace(merge, drop, keep, 1)).want(t, 422, "merge_same")
	post("merge", `"15"`, merge).want(t, 200, "")
	gone := f.do(call{method: "GET", path: "/api/v1/needs/" + drop, key: key}).want(t, 200, "")
	if gone.json["status"] != "merged" || gone.json["into"] != keep {
		t.Errorf("the other need is %v into %v", gone.json["status"], gone.json["into"])
	}
	pairs := f.do(call{method: "GET", path: "/api/v1/need-pairs?need=" + keep, key: key}).want(t, 200, "")
	if items := pairs.json["items"].([]any); len(items) != 1 || items[0].(map[string]any)["state"] != "merged" {
		t.Errorf("pairs %v", items)
	}
	now := f.do(call{method: "GET", path: "/api/v1/needs/" + keep, key: key}).want(t, 200, "")
	post("unmerge", now.header.Get("ETag"), `{"other":"`+drop+`"}`).want(t, 200, "")
	if back := f.do(call{method: "GET", path: "/api/v1/needs/" + drop, key: key}); back.json["status"] != "review" {
		t.Errorf("the other need is %v", back.json["status"])
	}
	post("unmerge", f.do(call{method: "GET", path: "/api/v1/needs/" + keep, key: key}).header.Get("ETag"), `{"other":"`+drop+`"}`).want(t, 409, "merge_unknown")
}

func TestNeedsAreFilteredByTypeCentreAndDay(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.need(ganzhou)
	f.need(nanchang)
	today := time.Now().UTC().Format(time.DateOnly)
	for query, want := range map[string]int{
		"":                             2,
		"?centre=jx/nc/":               1,
		"?from=" + today:               2,
		"?to=2020-01-01":               0,
		"?from=2020-01-01&to=" + today: 2,
		"?type=量子计算":                   0,
	} {
		got := f.do(call{method: "GET", path: "/api/v1/needs" + query, key: f.all(province)}).want(t, 200, "")
		if n := len(got.json["items"].([]any)); n != want {
			t.Errorf("%q: %d needs, want %d", query, n, want)
		}
	}
}

func TestACaseOverTheAPI(t *testing.T) {
	t.Parallel()
	f := start(t)
	key := f.all(ganzhou)
	_, match := ranked(f)
	opened := f.do(call{method: "POST", path: "/api/v1/cases", key: key, body: `{"match_id":"` + match + `"}`}).want(t, 201, "")
	id := opened.json["summary"].(map[string]any)["id"].(string)
	f.do(call{method: "POST", path: "/api/v1/cases", key: key, body: `{"match_id":"` + match + `"}`}).want(t, 409, "case_exists")
	f.do(call{method: "POST", path: "/api/v1/cases", key: key, body: `{}`}).want(t, 422, "case_subject")
	f.do(call{method: "POST", path: "/api/v1/cases", key: key, body: `{"match_id":"` + uuid.NewString() + `"}`}).want(t, 404, "match_unknown")
	act := func(version, body string) answer {
		return f.do(call{method: "POST", path: "/api/v1/cases/" + id + "/events", key: key, body: body, header: map[string]string{"If-Match": version}})
	}
	act(`"1"`, `{"kind":"declined"}`).want(t, 422, "reason_required")
	act(`"1"`, `{"kind":"signed","contract":"x","on":"2026-01-02"}`).want(t, 409, "case_stage")
	act(`"1"`, `{"kind":"recommended"}`).want(t, 200, "")
	act(`"1"`, `{"kind":"consented","side":"need","consent":"agreed"}`).want(t, 412, "version_stale")
	act(`"2"`, `{"kind":"next_step","step":{"text":"约企业看样","who":"李明","due":"2026-12-01"}}`).want(t, 200, "")
	got := f.do(call{method: "GET", path: "/api/v1/cases/" + id, key: key}).want(t, 200, "")
	if stays := got.json["stays"].([]any); len(stays) != 2 || len(got.json["events"].([]any)) != 3 {
		t.Errorf("stays %v, events %v", stays, got.json["events"])
	}
	counts := f.do(call{method: "GET", path: "/api/v1/case-counts", key: key}).want(t, 200, "")
	if counts.json["by_stage"].(map[string]any)["introduction"] != 1.0 {
		t.Errorf("counts %v", counts.json)
	}
	if _, _, err := f.store.Cases(t.Context(), need.Scope{Path: nanchang, Actor: "broker:2"}, postgres.CaseFilter{Need: "x"}, postgres.Page{}); need.KindOf(err) != need.NotFound {
		t.Errorf("a need that is no id: %v", err)
	}
}

// Nobody is introduced to a need that is not approved, and no case is left
// behind; it may be shortlisted.
func TestAnUnapprovedNeedIsIntroducedToNobody(t *testing.T) {
	t.Parallel()
	f := start(t)
	key := f.all(ganzhou)
	f.achievement()
	id := f.need(ganzhou)
	run, err := firstThree{f.store}.Match(t.Context(), need.Scope{Path: ganzhou, Actor: need.System}, need.ID(id))
	must(t, err)
	match := string(run.Matches[0].ID)
	f.do(call{method: "POST", path: "/api/v1/matches/" + match + "/decision", key: key, body: `{"decision":"recommended"}`}).want(t, 409, "need_unapproved")
	none := f.do(call{method: "GET", path: "/api/v1/cases?need=" + id, key: key}).want(t, 200, "")
	if items := none.json["items"].([]any); len(items) != 0 {
		t.Errorf("cases %v", items)
	}
	opened := f.do(call{method: "POST", path: "/api/v1/cases", key: key, body: `{"match_id":"` + match + `"}`}).want(t, 201, "")
	path := "/api/v1/cases/" + opened.json["summary"].(map[string]any)["id"].(string) + "/events"
	introduce := call{method: "POST", path: path, key: key, body: `{"kind":"recommended"}`, header: map[string]string{"If-Match": `"1"`}}
	f.do(introduce).want(t, 409, "need_unapproved")
	f.publish(id)
	f.do(introduce).want(t, 200, "")
}

// Experts, providers and finance products are brought together with a need in
// the same stages; a loan that is signed leaves the need where it is.
func TestOthersThanAchievementsHaveCases(t *testing.T) {
	t.Parallel()
	f := start(t)
	key := f.all(ganzhou)
	f.products()
	must(t, f.store.PutExperts(t.Context(), f.store.Root(), []need.Expert{{Centre: ganzhou, Code: "E", Name: "王某", Org: "某大学"}}))
	made := f.do(call{method: "POST", path: "/api/v1/libraries/providers/entries", key: key, body: `{"values":{"name":"赣南评估中心","kinds":["知识产权评估"]}}`})
	id := f.need(ganzhou)
	f.publish(id)
	first := func(path string) string {
		list := f.do(call{method: "GET", path: path, key: key}).want(t, 200, "")
		return list.json["items"].([]any)[0].(map[string]any)["id"].(string)
	}
	expert, provider := first("/api/v1/experts"), made.json["id"].(string)
	for _, of := range []struct{ library, supply, status string }{
		{"providers", provider, "published"}, {"finance-products", first("/api/v1/finance-products"), "published"}, {"experts", expert, "signed"},
	} {
		library, supply := of.library, of.supply
		body := `{"need_id":"` + id + `","library":"` + library + `","supply_id":"` + supply + `"}`
		opened := f.do(call{method: "POST", path: "/api/v1/cases", key: key, body: body}).want(t, 201, "")
		s := opened.json["summary"].(map[string]any)
		if s["library"] != library || s["supply_id"] != supply || s["supply_title"] == "" {
			t.Errorf("case %v", s)
		}
		f.do(call{method: "POST", path: "/api/v1/cases", key: key, body: body}).want(t, 409, "case_exists")
		for i, act := range []string{`{"kind":"recommended"}`, `{"kind":"consented","side":"need","consent":"agreed"}`, `{"kind":"consented","side":"supply","consent":"agreed"}`, `{"kind":"signed","contract":"x-1","on":"2026-01-02"}`} {
			f.do(call{method: "POST", path: "/api/v1/cases/" + s["id"].(string) + "/events", key: key, body: act, header: map[string]string{"If-Match": fmt.Sprintf(`"%d"`, i+1)}}).want(t, 200, "")
		}
		if now := f.do(call{method: "GET", path: "/api/v1/needs/" + id, key: key}).want(t, 200, "").json["status"]; now != of.status {
			t.Errorf("after %s the need is %v, want %s", library, now, of.status)
		}
	}
	wrong := `{"need_id":"` + id + `","library":"experts","supply_id":"` + provider + `"}`
	f.do(call{method: "POST", path: "/api/v1/cases", key: key, body: wrong}).want(t, 404, "entry_unknown")
	f.do(call{method: "POST", path: "/api/v1/cases", key: key, body: `{"need_id":"` + id + `","library":"organisations","supply_id":"` + expert + `"}`}).want(t, 422, "invalid_body")
	similar := f.do(call{method: "GET", path: "/api/v1/needs/" + id + "/similar-cases", key: key}).want(t, 200, "")
	if items := similar.json["items"].([]any); len(items) != 0 {
		t.Errorf("a need is similar to itself: %v", items)
	}
}
