package api_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"tanxu/need"
	"tanxu/rag"
)

// products puts those of the demo centre in the library of the province.
func (f *fixture) products() {
	f.t.Helper()
	file, err := os.Open("../demo/data/finance_products.jsonl")
	must(f.t, err)
	defer file.Close()
	list, err := rag.ReadFinanceProducts(file, province)
	must(f.t, err)
	must(f.t, f.store.PutFinanceProducts(f.t.Context(), f.store.Root(), list))
}

// fitOf is the product with this code in an answer.
func fitOf(t *testing.T, a answer, code string) map[string]any {
	t.Helper()
	for _, item := range a.json["items"].([]any) {
		fit := item.(map[string]any)
		if fit["product"].(map[string]any)["code"] == code {
			return fit
		}
	}
	t.Fatalf("no product %s in %s", code, a.text)
	return nil
}

func TestFinanceOfANeed(t *testing.T) {
	t.Parallel()

	f := start(t)
	f.products()
	id, key := f.need(ganzhou, inReview()...), f.key(ganzhou, "needs:read")
	path := "/api/v1/needs/" + id + "/finance"
	a := f.do(call{method: "GET", path: path, key: key}).want(t, 200, "")
	if fit := fitOf(t, a, "FP002"); fit["verdict"] != "not_known" {
		t.Errorf("without further facts: %v", fit["verdict"])
	}
	if first := a.json["questions"].([]any)[0].(map[string]any); first["text"] == "" || first["products"].(float64) < 2 {
		t.Errorf("the first question is %v", first)
	}

	facts := `{"facts":{"tags":{"高企":true},"established_years":4,"revenue":{"min":2000,"max":3000},"amount":80,"term_months":12,"region":"360700"}}`
	a = f.do(call{method: "POST", path: path, key: key, body: facts}).want(t, 200, "")
	if fit := fitOf(t, a, "FP002"); fit["verdict"] != "met" {
		t.Errorf("with further facts: %v", fit)
	}
	if fit := fitOf(t, a, "FP007"); fit["verdict"] != "not_met" {
		t.Errorf("of another city: %v", fit)
	}
	en := f.do(call{method: "POST", path: path, key: key, body: facts, header: map[string]string{"Accept-Language": "en"}}).want(t, 200, "")
	if fit := fitOf(t, en, "FP002"); !strings.Contains(fit["rules"].([]any)[1].(map[string]any)["why"].(string), "known: years since founding 4") {
		t.Errorf("in English: %v", fit["rules"])
	}
	// Nothing is kept.
	a = f.do(call{method: "GET", path: path, key: key}).want(t, 200, "")
	if fit := fitOf(t, a, "FP002"); fit["verdict"] != "not_known" {
		t.Errorf("facts were kept: %v", fit["verdict"])
	}
	for _, bad := range []string{
		`{"years":3}`, `{"day":20260101}`, `{"established_years":"3"}`, `{"established_years":-1}`, `{"established_years":{"min":3}}`,
		`{"established_years":{"min":3,"max":2}}`, `{"tags":{"独角兽":true}}`, `{"tags":["高企"]}`, `{"region":"赣州"}`, `{"credit_clean":"yes"}`,
	} {
		f.do(call{method: "POST", path: path, key: key, body: `{"facts":` + bad + `}`}).want(t, 422, "fact")
	}
}

// TestFinanceKnowsTheRecommendedAchievement: its maturity is that of the need.
func TestFinanceKnowsTheRecommendedAchievement(t *testing.T) {
	t.Parallel()

	f := start(t)
	f.products()
	must(t, f.store.PutAchievements(t.Context(), f.store.Root(), []need.IndexedAchievement{{Achievement: need.Achievement{
		Centre: province, Code: "A", Title: "高强高导铜合金制备技术", Stage: "中期", TRL: 6, Shared: true,
	}}}))
	id := f.need(ganzhou, inReview()...)
	scope := need.Scope{Path: ganzhou, Actor: need.System}
	f.publish(id)
	run, err := firstThree{f.store}.Match(t.Context(), scope, need.ID(id))
	must(t, err)
	_, err = f.store.DecideMatch(t.Context(), scope, run.Matches[0].ID, need.Decision{Recommended: true})
	must(t, err)
	a := f.do(call{method: "GET", path: "/api/v1/needs/" + id + "/finance", key: f.all(ganzhou)}).want(t, 200, "")
	places := map[string]string{}
	for _, leg := range a.json["route"].([]any) {
		l := leg.(map[string]any)
		places[l["kind"].(string)] = l["place"].(string)
	}
	if places["概念验证"] != "passed" || places["中试基金"] != "here" || places["产业基金"] != "ahead" {
		t.Errorf("the route is %v", places)
	}
	if fit := fitOf(t, a, "FP012"); fit["verdict"] != "not_met" {
		t.Errorf("a seed fund for TRL 6: %v", fit["verdict"])
	}
}

func TestExpertsAndNeedsAreFound(t *testing.T) {
	t.Parallel()

	f := start(t)
	must(t, f.store.PutExperts(t.Context(), f.store.Root(), []need.Expert{{
		Centre: province, Code: "E1", Name: "李某", Shared: true, Summary: "长期做铜合金导电率的提升。", Keywords: []string{"连铸连轧产线"},
		Detail: json.RawMessage(`{"projects":[{"title":"高导铜合金连铸连轧","year":2025}]}`),
	}}))
	id := f.need(ganzhou, inReview()...)
	a := f.do(call{method: "GET", path: "/api/v1/needs/" + id + "/experts", key: f.all(ganzhou)}).want(t, 200, "")
	items := a.json["items"].([]any)
	if len(items) != 1 || a.json["model"] != "lexical" {
		t.Fatalf("experts: %s", a.text)
	}
	quotes := map[string]string{}
	for _, r := range items[0].(map[string]any)["reasons"].([]any) {
		reason := r.(map[string]any)
		quotes[reason["kind"].(string)], _ = reason["expert"].(map[string]any)["quote"].(string)
	}
	if quotes["project"] != "高导铜合金连铸连轧" || quotes["words"] != "连铸连轧产线" {
		t.Errorf("the reasons cite %v", quotes)
	}

	achievement := f.achievement()
	a = f.do(call{method: "GET", path: "/api/v1/achievements/" + achievement + "/needs", key: f.all(ganzhou)}).want(t, 200, "")
	items = a.json["items"].([]any)
	if len(items) != 1 || items[0].(map[string]any)["need"].(map[string]any)["id"] != id {
		t.Fatalf("needs: %s", a.text)
	}
	a = f.do(call{method: "GET", path: "/api/v1/achievements/" + achievement + "/needs", key: f.all(nanchang)}).want(t, 200, "")
	if len(a.json["items"].([]any)) != 0 {
		t.Errorf("a sibling sees %s", a.text)
	}
}
