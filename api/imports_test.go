package api_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tanxu/need"
	"tanxu/postgres"
)

// fileCall uploads a file.
func fileCall(name, content string) call {
	body := &bytes.Buffer{}
	form := multipart.NewWriter(body)
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	if err != nil || form.Close() != nil {
		panic("a form in memory cannot be written")
	}
	return call{method: http.MethodPost, path: "/documents", body: body.String(), header: map[string]string{"Content-Type": form.FormDataContentType()}}
}

const mapping = `{"tables":[{"table":"","layout":"rows","header":[1],"first":2,"rows":1,"hidden":false,"columns":[
	{"col":0,"letter":"A","header":"单位名称","target":"","confidence":0,"reason":"unknown","samples":["甲公司"],"cells":7},
	{"col":1,"letter":"B","header":"技术需求","target":"problem","confidence":1,"reason":"name","samples":["=1+1"]}]}],
	"text":{"table":"","layout":"none","rows":0,"hidden":false,"columns":[]},"notes":[]}`

// imported is an import of Ganzhou whose file is read, with two settled rows.
func (f *fixture) imported() (postgres.Import, need.ID) {
	f.t.Helper()
	scope := need.Scope{Path: ganzhou, Actor: "broker:1"}
	i, _, err := f.store.AddDocument(f.t.Context(), scope, "", "需求.csv", []byte(uuid.NewString()))
	must(f.t, err)
	j := postgres.ImportJob{Centre: ganzhou, Import: i.ID}
	l, ok, err := f.store.ClaimImport(f.t.Context(), j, time.Minute)
	if err != nil || !ok {
		f.t.Fatalf("claim: %t, %v", ok, err)
	}
	id := uuid.Must(uuid.NewV7()).String()
	must(f.t, f.store.CommitRows(f.t.Context(), l, []postgres.SettledRow{
		{
			ImportRow: postgres.ImportRow{
				Ordinal: 1, Number: 2, Outcome: "need", Title: "=降低能耗", Need: &id,
				Cells: []postgres.Cell{{Place: "cell=B2", Header: "技术需求", Target: "problem", Text: "降低能耗", Read: true}, {Place: "cell=C2", Target: "contact_phone", Text: "13800000001"}},
			},
			Make: &postgres.NewNeed{ID: need.ID(id), Org: "甲公司", Events: []need.Event{
				{Kind: need.NeedStarted, At: time.Now(), By: need.System, Need: need.ID(id), Note: "=降低能耗"},
			}},
		},
		{ImportRow: postgres.ImportRow{Ordinal: 2, Number: 3, Outcome: "skipped", Reason: "total", Cells: []postgres.Cell{{Text: "+合计"}}, Issues: []postgres.RowIssue{{Code: "unread", Place: "sheet=2026%25 汇总&cell=J10", Text: "面议"}}}},
	}))
	must(f.t, f.store.ReadyImport(f.t.Context(), l, json.RawMessage(mapping), uuid.NewString(), 2))
	return i, need.ID(id)
}

func onImport(method, path, body string) func(*fixture) call {
	return func(f *fixture) call {
		i, _ := f.imported()
		return call{method: method, path: "/imports/" + i.ID + path, body: body}
	}
}

func blocksOfNeed(f *fixture) call {
	i, n := f.imported()
	return call{method: "GET", path: "/documents/" + i.Document + "/blocks?need=" + string(n)}
}

func fileOfNeed(f *fixture) call {
	i, _ := f.imported()
	return call{method: "GET", path: "/documents/" + i.Document + "/content"}
}

func (f *fixture) as(key string, c call) answer {
	f.t.Helper()
	c.path, c.key = "/api/v1"+c.path, key
	return f.do(c)
}

func TestUploads(t *testing.T) {
	t.Parallel()
	f := start(t)
	broker := f.all(ganzhou)
	first := f.as(broker, fileCall("需求.csv", "企业,需求\n甲,降低能耗\n")).want(t, 201, "")
	again := f.as(broker, fileCall("别名.csv", "企业,需求\n甲,降低能耗\n")).want(t, 200, "")
	idOf := func(a answer) any { return a.json["import"].(map[string]any)["id"] }
	if idOf(first) != idOf(again) || again.json["duplicate"] != true {
		t.Errorf("the same file again: %s", again.text)
	}
	if other := f.as(f.all(nanchang), fileCall("需求.csv", "企业,需求\n甲,降低能耗\n")).want(t, 201, ""); idOf(other) == idOf(first) {
		t.Error("another centre learns of the file")
	}
	for name, tt := range map[string]struct {
		call   call
		status int
		code   string
	}{
		"no kind that is read": {fileCall("需求.exe", "MZ"), 415, "document_type"},
		"an old form":          {fileCall("需求.xls", "\xD0\xCF\x11\xE0"), 415, "document_legacy"},
		"another content":      {fileCall("需求.xlsx", "你好"), 422, "document_content"},
		"empty":                {fileCall("需求.txt", ""), 422, "document_empty"},
		"too large":            {fileCall("需求.csv", strings.Repeat("a", need.MaxFile+1)), 413, "document_size"},
		"far too large":        {fileCall("需求.csv", strings.Repeat("a", need.MaxFile+1<<20)), 413, "document_size"},
		"no form":              {call{method: "POST", path: "/documents", body: `{"file":"x"}`}, 415, "form_missing"},
		"no file":              {call{method: "POST", path: "/documents", body: "--x--\r\n", header: map[string]string{"Content-Type": "multipart/form-data; boundary=x"}}, 422, "file_missing"},
		"cut":                  {call{method: "POST", path: "/documents", body: "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nab", header: map[string]string{"Content-Type": "multipart/form-data; boundary=x"}}, 400, "bad_form"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f.in(t).as(broker, tt.call).want(t, tt.status, tt.code)
		})
	}
}

func TestMappingsAreCorrected(t *testing.T) {
	t.Parallel()
	f := start(t)
	broker := f.all(ganzhou)
	i, _ := f.imported()
	post := func(body string) answer {
		return f.as(broker, call{method: "POST", path: "/imports/" + i.ID + "/mapping", body: body})
	}
	post(`{"columns":[{"table":0,"col":9,"target":"problem"}]}`).want(t, 422, "invalid_body")
	post(`{"columns":[{"table":0,"col":0,"target":"no_such"}]}`).want(t, 422, "invalid_body")
	post(`{"tables":[{"table":3,"layout":"none"}]}`).want(t, 422, "invalid_body")
	a := post(`{"columns":[{"table":0,"col":0,"target":"org_name"}]}`).want(t, 200, "")
	if !strings.Contains(a.text, `"reason":"person"`) || !strings.Contains(a.text, `"target":"org_name"`) {
		t.Errorf("mapping = %s", a.text)
	}
	f.as(broker, call{method: "POST", path: "/imports/" + i.ID + "/run"}).want(t, 200, "")
	post(`{"columns":[{"table":0,"col":0,"target":"title"}]}`).want(t, 409, "import_state")
	f.as(broker, call{method: "POST", path: "/imports/" + i.ID + "/cancel"}).want(t, 200, "")
	f.as(f.all(nanchang), call{method: "GET", path: "/imports/" + i.ID}).want(t, 404, "import_unknown")
}

func TestReportsSayWhatCameOfEachRow(t *testing.T) {
	t.Parallel()
	f := start(t)
	broker := f.all(ganzhou)
	i, n := f.imported()
	english := map[string]string{"Accept-Language": "en"}
	a := f.as(broker, call{method: "GET", path: "/imports/" + i.ID + "/rows?limit=1", header: english}).want(t, 200, "")
	if next := a.json["next_cursor"]; next != "1" || !strings.Contains(a.text, string(n)) {
		t.Errorf("rows = %s", a.text)
	}
	a = f.as(broker, call{method: "GET", path: "/imports/" + i.ID + "/rows?problems=true", header: english}).want(t, 200, "")
	if items := a.json["items"].([]any); len(items) != 1 || !strings.Contains(a.text, "A line of totals") {
		t.Errorf("problems = %s", a.text)
	}
	csv := f.as(broker, call{method: "GET", path: "/imports/" + i.ID + "/report"}).want(t, 200, "").text
	if !strings.HasPrefix(csv, "\ufeff序号,") || !strings.Contains(csv, ",'=降低能耗,") || !strings.Contains(csv, ",'+合计") {
		t.Errorf("report = %s", csv)
	}
	if !strings.Contains(csv, "这一格没有读出内容，原文保留在文件里 工作表“2026% 汇总”的 J10") || !strings.Contains(csv, "\n,,A,这一列没有导入,单位名称,,有 7 格写了内容,\n") {
		t.Errorf("report without words for places, or without the columns left out: %s", csv)
	}
	blocks := f.as(broker, call{method: "GET", path: "/documents/" + i.Document + "/blocks?need=" + string(n)}).want(t, 200, "")
	if !strings.Contains(blocks.text, `"ref":"document:`+i.Document+`#cell=B2"`) {
		t.Errorf("blocks = %s", blocks.text)
	}
	path := "/documents/" + i.Document + "/blocks?need=" + string(n)
	stranger := f.as(f.key(ganzhou, "needs:read"), call{method: "GET", path: path}).want(t, 200, "")
	if !strings.Contains(blocks.text, "13800000001") || strings.Contains(stranger.text, "13800000001") || strings.Contains(csv, "13800000001") {
		t.Errorf("contact data: broker %s, others %s, report %s", blocks.text, stranger.text, csv)
	}
}

func TestAFollowUpIsOneLink(t *testing.T) {
	t.Parallel()
	f := start(t)
	broker := f.all(ganzhou)
	_, n := f.imported()
	path := "/needs/" + string(n) + "/follow-up"
	a := f.as(broker, call{method: "POST", path: path}).want(t, 200, "")
	b := f.as(broker, call{method: "POST", path: path}).want(t, 200, "")
	if a.json["token"] != b.json["token"] || a.json["path"] != "/c/"+a.json["token"].(string) {
		t.Errorf("links %s and %s", a.text, b.text)
	}
	reviewed := f.need(ganzhou, inReview()...)
	f.as(broker, call{method: "POST", path: "/needs/" + reviewed + "/follow-up"}).want(t, 200, "")
	if n := f.as(broker, call{method: "GET", path: "/needs/" + reviewed}).want(t, 200, ""); n.json["status"] != "returned" {
		t.Errorf("a need in review is %v after its follow-up", n.json["status"])
	}
	published := f.need(ganzhou, inReview()...)
	_, err := f.store.ChangeNeed(t.Context(), f.store.Root(), need.ID(published), 0, func(n *need.Need) ([]need.Event, error) {
		return []need.Event{{Kind: need.StatusChanged, At: time.Now(), By: need.System, Need: n.ID, To: string(need.StatusPublished)}}, nil
	})
	must(t, err)
	f.as(broker, call{method: "POST", path: "/needs/" + published + "/follow-up"}).want(t, 409, "status_transition")
}
