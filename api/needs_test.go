package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tanxu/need"
)

func (f *fixture) patch(id, version, body string) answer {
	f.t.Helper()
	return f.do(call{
		method: "PATCH", path: "/api/v1/needs/" + id, key: f.all(ganzhou), body: body,
		header: map[string]string{"If-Match": version},
	})
}

func TestPatchNeed(t *testing.T) {
	t.Parallel()
	f := start(t)
	id := f.need(ganzhou, inReview()...)
	a := f.patch(id, `"15"`, `{
		"title":"高导铜合金线材", "reason":"电话里核实",
		"fields":{
			"problem":{"value":"导电率只有 76 %IACS"}, "scene":{"confirm":true}, "tried":{"value":["加过铬锆","换过炉子"],"reason":"补充"},
			"budget":{"value":{"min":80,"max":80,"unit":"万元"}}, "deadline":{"value":{"iso":"P12M","text":""}},
			"region":{"value":"赣州"}, "ip_terms":null, "expected_goal":null},
		"indicators":[
			{"id":"i1","name":"电导率","op":"≥","current":{"text":"76","num":76},"target":{"text":"80","num":80},"unit":"%IACS","condition":"20 ℃"},
			{"id":"i2","remove":true},
			{"name":"软化温度","op":"range","target":{"text":"500~550","num":500,"num2":550},"unit":"℃"}]}`).want(t, 200, "")
	fields := a.json["fields"].(map[string]any)
	for key, want := range map[string]string{
		"problem":  "map[value:导电率只有 76 %IACS status:filled source:broker]",
		"scene":    "map[value:连铸连轧产线 status:confirmed source:contact]",
		"tried":    "map[value:[加过铬锆 换过炉子] status:filled source:broker]",
		"budget":   "map[value:map[max:80 min:80 unit:万元] status:filled source:broker]",
		"deadline": "map[value:map[iso:P12M text:P12M] status:filled source:broker]",
		"region":   "map[value:赣州 status:filled source:broker]",
		"ip_terms": "map[value:<nil> status:missing source:contact]",
	} {
		got := fields[key].(map[string]any)
		if s := fmt.Sprintf("map[value:%v status:%v source:%v]", got["value"], got["status"], got["source"]); s != want {
			t.Errorf("%s: %s, want %s", key, s, want)
		}
	}
	rows := a.json["indicators"].([]any)
	if len(rows) != 2 || rows[0].(map[string]any)["name"] != "电导率" || len(rows[0].(map[string]any)["evidence"].([]any)) != 1 {
		t.Errorf("rows %v: a corrected name keeps the words behind the figures", rows)
	}
	if added := rows[1].(map[string]any); added["id"] == "i2" || added["status"] != "filled" {
		t.Errorf("the new row: %v", added)
	}
	if a.json["title"] != "高导铜合金线材" || a.header.Get("ETag") != fmt.Sprintf("%q", fmt.Sprint(a.json["version"])) {
		t.Errorf("title %v, version %v, ETag %s", a.json["title"], a.json["version"], a.header.Get("ETag"))
	}

	history := f.do(call{method: "GET", path: "/api/v1/needs/" + id + "/events?limit=100", key: f.all(ganzhou)}).want(t, 200, "")
	items := history.json["items"].([]any)
	last := items[15].(map[string]any)
	if len(items) != int(a.json["version"].(float64)) || last["kind"] != "title_set" || !strings.HasPrefix(last["by"].(string), "broker:") {
		t.Errorf("%d events, the first of the patch is %v", len(items), last)
	}
}

func TestAPatchThatChangesNothingIsNoEvent(t *testing.T) {
	t.Parallel()
	f := start(t)
	id := f.need(ganzhou)
	a := f.patch(id, `"1"`, `{"title":"高导铜合金","fields":{"budget":null}}`).want(t, 200, "")
	if a.json["version"] != 1.0 {
		t.Errorf("version %v after nothing", a.json["version"])
	}
}

func TestPatchNeedVersions(t *testing.T) {
	t.Parallel()
	f := start(t)
	id := f.need(ganzhou)
	path, key := "/api/v1/needs/"+id, f.all(ganzhou)
	f.do(call{method: "PATCH", path: path, key: key, body: `{"title":"新"}`}).want(t, http.StatusPreconditionRequired, "version_missing")
	for _, stale := range []string{`"2"`, `"0"`, "*", "abc", `"-1"`} {
		f.patch(id, stale, `{"title":"新"}`).want(t, http.StatusPreconditionFailed, "version_stale")
	}
	f.patch(id, `W/"1"`, `{"title":"新"}`).want(t, 200, "")
	f.patch(id, `"1"`, `{"title":"更新"}`).want(t, http.StatusPreconditionFailed, "version_stale")
}

func TestPatchNeedRefuses(t *testing.T) {
	t.Parallel()
	f := start(t)
	id := f.need(ganzhou, inReview()...)
	tests := map[string]struct{ body, code, pointer string }{
		"no JSON":                     {`{"title":`, "bad_json", ""},
		"an unknown member":           {`{"titel":"新"}`, "invalid_body", ""},
		"an unknown member inside":    {`{"fields":{"problem":{"value":"x","colour":"red"}}}`, "invalid_body", "/fields/problem"},
		"nothing":                     {`{}`, "invalid_body", ""},
		"a title of the wrong type":   {`{"title":7}`, "invalid_body", "/title"},
		"a title that is too long":    {`{"title":"` + strings.Repeat("铜", 61) + `"}`, "invalid_body", "/title"},
		"a title of blanks":           {`{"title":"  "}`, "invalid_patch", "/title"},
		"an unknown field":            {`{"fields":{"colour":{"value":"红"}}}`, "invalid_patch", "/fields/colour"},
		"rows as a field":             {`{"fields":{"indicator":{"value":"红"}}}`, "invalid_patch", "/fields/indicator"},
		"neither value nor confirm":   {`{"fields":{"problem":{"reason":"x"}}}`, "invalid_patch", "/fields/problem/value"},
		"both value and confirm":      {`{"fields":{"problem":{"value":"x","confirm":true}}}`, "invalid_patch", "/fields/problem"},
		"confirming nothing":          {`{"fields":{"root_cause":{"confirm":true}}}`, "invalid_patch", "/fields/root_cause/confirm"},
		"a code that is none":         {`{"fields":{"chain":{"value":"造船"}}}`, "invalid_patch", "/fields/chain/value"},
		"a list for a text":           {`{"fields":{"problem":{"value":["a"]}}}`, "invalid_patch", "/fields/problem/value"},
		"a text for a list":           {`{"fields":{"tried":{"value":"a"}}}`, "invalid_patch", "/fields/tried/value"},
		"money in another unit":       {`{"fields":{"budget":{"value":{"min":1,"max":2,"unit":"元"}}}}`, "invalid_patch", "/fields/budget/value"},
		"money below nothing":         {`{"fields":{"budget":{"value":{"min":-1,"max":0,"unit":"万元"}}}}`, "invalid_patch", "/fields/budget/value"},
		"money from much to little":   {`{"fields":{"budget":{"value":{"min":3,"max":2,"unit":"万元"}}}}`, "invalid_patch", "/fields/budget/value"},
		"a date that is none":         {`{"fields":{"deadline":{"value":{"iso":"2027-13","text":""}}}}`, "invalid_patch", "/fields/deadline/value"},
		"a row that is not there":     {`{"indicators":[{"id":"i9","remove":true}]}`, "invalid_patch", "/indicators/0/id"},
		"a new row without a name":    {`{"indicators":[{"unit":"℃"}]}`, "invalid_patch", "/indicators/0/name"},
		"a target without comparator": {`{"indicators":[{"name":"温度","target":{"text":"5","num":5},"unit":"℃"}]}`, "invalid_patch", "/indicators/0/op"},
		"a comparator that is none":   {`{"indicators":[{"name":"温度","op":">>"}]}`, "invalid_body", "/indicators/0/op"},
	}
	for name, tt := range tests {
		a := f.patch(id, `"15"`, tt.body)
		status := http.StatusUnprocessableEntity
		if tt.code == "bad_json" {
			status = http.StatusBadRequest
		}
		if a.status != status || a.json["code"] != tt.code {
			t.Errorf("%s: %d %s", name, a.status, a.text)
			continue
		}
		if !strings.Contains(a.text, fmt.Sprintf(`"pointer":%q`, tt.pointer)) {
			t.Errorf("%s: no place %q in %s", name, tt.pointer, a.text)
		}
	}
	if n := f.do(call{method: "GET", path: "/api/v1/needs/" + id, key: f.all(ganzhou)}); n.json["version"] != 15.0 {
		t.Errorf("version %v after refusals", n.json["version"])
	}
}

func TestReview(t *testing.T) {
	t.Parallel()
	f := start(t)
	key := f.all(ganzhou)
	act := func(id, version, what, body string) answer {
		return f.do(call{method: "POST", path: "/api/v1/needs/" + id + "/" + what, key: key, body: body, header: map[string]string{"If-Match": version}})
	}
	thin := f.need(ganzhou)
	act(thin, `"1"`, "approve", "").want(t, 409, "status_transition")
	act(thin, `"1"`, "return", `{"reasons":["not_a_need"]}`).want(t, 409, "status_transition")
	act(thin, `"1"`, "submit", "").want(t, 200, "")
	a := act(thin, `"2"`, "approve", "").want(t, 409, "not_ready")
	if missing, _ := a.json["missing"].([]any); len(missing) == 0 {
		t.Errorf("nothing says what is missing: %s", a.text)
	}
	act(thin, `"2"`, "return", `{"reasons":[]}`).want(t, 422, "invalid_body")
	act(thin, `"2"`, "return", `{"reasons":["other"]}`).want(t, 422, "note_required")
	back := act(thin, `"2"`, "return", `{"reasons":["missing_indicator","other"],"note":"请写明\n测试条件"}`).want(t, 200, "")
	if back.json["status"] != "returned" {
		t.Errorf("status %v", back.json["status"])
	}
	history := f.do(call{method: "GET", path: "/api/v1/needs/" + thin + "/events", key: key}).want(t, 200, "")
	last := history.json["items"].([]any)[2].(map[string]any)
	if fmt.Sprint(last["reasons"]) != "[missing_indicator other]" || last["note"] != "请写明\n测试条件" {
		t.Errorf("the return in the history: %v", last)
	}

	rival := need.Event{Kind: need.ConflictFound, Key: need.KeyBudget, Item: &need.Item{Value: need.Value{Money: &need.Money{Min: 300, Max: 300, Unit: "万元"}}}}
	torn := act(f.need(ganzhou, append(inReview(), rival)...), `"16"`, "approve", "").want(t, 409, "not_ready")
	if missing, _ := torn.json["missing"].([]any); len(missing) == 0 || missing[0] != "conflict:budget" {
		t.Errorf("nothing says what stands in conflict: %s", torn.text)
	}

	good := act(f.need(ganzhou, inReview()...), `"15"`, "approve", "").want(t, 200, "")
	if good.json["status"] != "published" {
		t.Errorf("status %v", good.json["status"])
	}
}

func TestListNeeds(t *testing.T) {
	t.Parallel()
	f := start(t)
	key := f.all(ganzhou)
	for range 7 {
		f.need(ganzhou)
	}
	f.need(ganzhou, inReview()...)
	f.need(nanchang)
	for _, sort := range []string{"", "-updated_at", "updated_at", "created_at", "-created_at", "score", "-score"} {
		seen, cursor, pages := map[string]bool{}, "", 0
		for {
			a := f.do(call{method: "GET", key: key, path: "/api/v1/needs?limit=3&sort=" + sort + "&cursor=" + cursor})
			if sort == "" {
				a = f.do(call{method: "GET", key: key, path: strings.TrimSuffix("/api/v1/needs?limit=3&cursor="+cursor, "&cursor=")})
			}
			if cursor == "" {
				a = f.do(call{method: "GET", key: key, path: strings.TrimSuffix("/api/v1/needs?limit=3&sort="+sort, "&sort=")})
			}
			a.want(t, 200, "")
			for _, item := range a.json["items"].([]any) {
				id := item.(map[string]any)["id"].(string)
				if seen[id] {
					t.Errorf("sort %q shows %s twice", sort, id)
				}
				seen[id] = true
			}
			if pages == 0 {
				f.need(ganzhou) // what comes in between must not move what follows
			}
			pages++
			next, more := a.json["next_cursor"].(string)
			if !more {
				break
			}
			cursor = next
		}
		if len(seen) < 8 {
			t.Errorf("sort %q shows %d of at least 8", sort, len(seen))
		}
	}
	count := func(query string) int {
		a := f.do(call{method: "GET", key: key, path: "/api/v1/needs?limit=100&" + query}).want(t, 200, "")
		return len(a.json["items"].([]any))
	}
	if n := count("status=review,published"); n != 1 {
		t.Errorf("%d needs in review or published", n)
	}
	if n := count("q=" + url.QueryEscape("导电率上不去")); n != 1 {
		t.Errorf("%d needs speak of the problem", n)
	}
	for path, code := range map[string]string{
		"?cursor=xyz": "cursor_invalid", "?limit=0": "bad_parameter", "?limit=101": "bad_parameter", "?limit=many": "bad_parameter",
		"?status=lost": "bad_parameter", "?sort=title": "bad_parameter",
	} {
		f.do(call{method: "GET", path: "/api/v1/needs" + path, key: key}).want(t, http.StatusBadRequest, code)
	}
	first := f.do(call{method: "GET", path: "/api/v1/needs?limit=1&sort=score", key: key})
	f.do(call{method: "GET", path: "/api/v1/needs?limit=1&cursor=" + first.json["next_cursor"].(string), key: key}).want(t, 400, "cursor_invalid")
	f.do(call{method: "GET", path: "/api/v1/needs/not-an-id", key: key}).want(t, 404, "not_found")
}

func TestHistoryPages(t *testing.T) {
	t.Parallel()
	f := start(t)
	id := f.need(ganzhou, need.Event{Kind: need.TitleSet, Note: "一"}, need.Event{Kind: need.TitleSet, Note: "二"})
	path, key := "/api/v1/needs/"+id+"/events?limit=2", f.all(ganzhou)
	a := f.do(call{method: "GET", path: path, key: key}).want(t, 200, "")
	b := f.do(call{method: "GET", path: path + "&cursor=" + a.json["next_cursor"].(string), key: key}).want(t, 200, "")
	if len(a.json["items"].([]any)) != 2 || len(b.json["items"].([]any)) != 1 || b.json["next_cursor"] != nil {
		t.Errorf("pages %s and %s", a.text, b.text)
	}
	f.do(call{method: "GET", path: path + "&cursor=!!", key: key}).want(t, 400, "cursor_invalid")
}
