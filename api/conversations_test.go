package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestABrokerTakesOverAndAnswers(t *testing.T) {
	t.Parallel()
	f := start(t)
	id, key := f.conversation(), f.all(ganzhou)
	path := "/api/v1/conversations/" + id
	say := call{method: "POST", path: path + "/messages", key: key, body: `{"text":" 您好，我是小李 "}`}
	f.do(say).want(t, http.StatusConflict, "not_taken_over")
	a := f.do(call{method: "POST", path: path + "/takeover", key: key}).want(t, 200, "")
	if a.json["owner"] != "broker" {
		t.Errorf("after the takeover: %s", a.text)
	}
	if m := f.do(say).want(t, 201, ""); m.json["text"] != "您好，我是小李" || m.json["from"] != "broker" || m.json["delivery"] != "pending" {
		t.Errorf("the answer: %s", m.text)
	}
	say.body = `{"text":"   "}`
	f.do(say).want(t, 422, "invalid_body")
	if a := f.do(call{method: "POST", path: path + "/release", key: key}).want(t, 200, ""); a.json["owner"] != "bot" {
		t.Errorf("after the release: %s", a.text)
	}

	first := f.do(call{method: "GET", path: path + "/messages?limit=1", key: key}).want(t, 200, "")
	if m := first.json["items"].([]any)[0].(map[string]any); m["from"] != "contact" || m["text"] != "我们的铜合金导电率上不去" || m["card"] != nil {
		t.Errorf("the first message: %v", m)
	}
	rest := f.do(call{method: "GET", path: path + "/messages?cursor=" + first.json["next_cursor"].(string), key: key}).want(t, 200, "")
	var said []string
	for _, m := range rest.json["items"].([]any) {
		said = append(said, m.(map[string]any)["from"].(string)+":"+m.(map[string]any)["text"].(string))
	}
	want := []string{"system:技术经纪人已接入，接下来由真人和您聊。", "broker:您好，我是小李", "system:技术经纪人已把对话交还给小助手。"}
	if !slices.Equal(said, want) || rest.json["next_cursor"] != nil {
		t.Errorf("the rest: %s", rest.text)
	}
	f.do(call{method: "GET", path: path + "/messages?cursor=xyz", key: key}).want(t, 400, "cursor_invalid")

	list := f.do(call{method: "GET", path: "/api/v1/conversations?owner=bot", key: key}).want(t, 200, "")
	last := list.json["items"].([]any)[0].(map[string]any)["last_message"].(map[string]any)
	if last["from"] != "system" || !strings.HasPrefix(last["text"].(string), "技术经纪人") {
		t.Errorf("the last message in the list: %v", last)
	}
	f.do(call{method: "GET", path: "/api/v1/conversations?cursor=xyz", key: key}).want(t, 400, "cursor_invalid")
}

func TestANamedCallHasItsEffectOnce(t *testing.T) {
	t.Parallel()
	f := start(t)
	id, key := f.conversation(), f.all(ganzhou)
	path := "/api/v1/conversations/" + id
	name := map[string]string{"Idempotency-Key": "click-1"}
	say := call{method: "POST", path: path + "/messages", key: key, body: `{"text":"您好"}`, header: name}
	f.do(say).want(t, http.StatusConflict, "not_taken_over") // refused: the name stays free
	f.do(call{method: "POST", path: path + "/takeover", key: key}).want(t, 200, "")
	one, two := f.do(say).want(t, 201, ""), f.do(say).want(t, 201, "")
	if one.text != two.text || two.header.Get("Idempotency-Replayed") != "true" || one.header.Get("Idempotency-Replayed") != "" {
		t.Errorf("first %s, again %s (%v)", one.text, two.text, two.header)
	}
	if list := f.do(call{method: "GET", path: path + "/messages", key: key}); len(list.json["items"].([]any)) != 3 { // the contact's, who has joined, and this
		t.Errorf("said twice: %s", list.text)
	}
	say.body = `{"text":"再见"}`
	f.do(say).want(t, 422, "idempotency_mismatch")

	nid := f.need(ganzhou)
	submit := call{method: "POST", path: "/api/v1/needs/" + nid + "/submit", key: key, header: map[string]string{"If-Match": `"1"`, "Idempotency-Key": "click-2"}}
	a, b := f.do(submit).want(t, 200, ""), f.do(submit).want(t, 200, "")
	if a.header.Get("ETag") != `"2"` || b.header.Get("ETag") != `"2"` || a.text != b.text {
		t.Errorf("ETags %s and %s of %s and %s", a.header.Get("ETag"), b.header.Get("ETag"), a.text, b.text)
	}
}

func TestMatchesAndDecisions(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.achievement()
	id, key := f.need(ganzhou), f.all(ganzhou)
	path := "/api/v1/needs/" + id + "/matches"
	empty := f.do(call{method: "GET", path: path, key: key}).want(t, 200, "")
	if len(empty.json["items"].([]any)) != 0 || empty.json["model"] != "" || empty.json["stale"] != false {
		t.Errorf("before the first run: %s", empty.text)
	}
	run := f.do(call{method: "POST", path: path, key: key}).want(t, 200, "")
	match := run.json["items"].([]any)[0].(map[string]any)
	reason, gap := match["reasons"].([]any)[0].(map[string]any), match["gaps"].([]any)[0].(map[string]any)
	if !strings.Contains(reason["text"].(string), "铜合金") || !strings.Contains(gap["text"].(string), "≥80 %IACS") || gap["need"] != nil {
		t.Errorf("reason %v, gap %v", reason, gap)
	}
	english := f.do(call{method: "GET", path: path, key: key, header: map[string]string{"Accept-Language": "en"}})
	if !strings.Contains(english.text, "Both speak of") {
		t.Errorf("in English: %s", english.text)
	}

	decide := call{method: "POST", path: "/api/v1/matches/" + match["id"].(string) + "/decision", key: key}
	for body, code := range map[string]string{
		`{"decision":"maybe"}`:                       "invalid_body",
		`{"decision":"rejected"}`:                    "reason_required",
		`{"decision":"rejected","reason":"other"}`:   "note_required",
		`{"decision":"rejected","reason":"unlucky"}`: "invalid_body",
	} {
		decide.body = body
		f.do(decide).want(t, 422, code)
	}
	decide.body = `{"decision":"rejected","reason":"immature","note":"还在实验室"}`
	d := f.do(decide).want(t, 200, "").json["decision"].(map[string]any)
	if d["decision"] != "rejected" || d["reason"] != "immature" || !strings.HasPrefix(d["by"].(string), "broker:") {
		t.Errorf("decision %v", d)
	}

	f.patch(id, `"1"`, `{"title":"新"}`).want(t, 200, "")
	if list := f.do(call{method: "GET", path: path, key: key}); list.json["stale"] != true || list.json["need_version"] != 1.0 {
		t.Errorf("after a change: %s", list.text)
	}
}
