package api_test

import (
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

// ranked is a match of a need of Ganzhou.
func ranked(f *fixture) (needID, match string) {
	f.t.Helper()
	f.achievement()
	needID = f.need(ganzhou)
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
