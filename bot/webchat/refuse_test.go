package webchat_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"testing"

	"tanxu/bot"
	"tanxu/bot/webchat"
	"tanxu/need"
)

func TestBadMessagesAreRefusedInWords(t *testing.T) {
	t.Parallel()
	p := serve(t, webchat.Options{Limits: webchat.Limits{Session: 1000, Burst: webchat.Bursts{Session: 1000}}})
	tests := map[string]struct {
		body   string
		status int
		code   string
	}{
		"empty":                    {`{"client_id":"1","text":""}`, 422, "text_empty"},
		"white space only":         {`{"client_id":"1","text":" 　\n\t"}`, 422, "text_empty"},
		"zero-width only":          {`{"client_id":"1","text":"\u200b\u200d\ufeff"}`, 422, "text_empty"},
		"neither text nor choice":  {`{"client_id":"1"}`, 422, "text_empty"},
		"text and choice":          {`{"client_id":"1","text":"好","choice":"skip"}`, 422, "text_and_choice"},
		"unknown choice":           {`{"client_id":"1","choice":"b1-2"}`, 422, "choice_unknown"},
		"one 字 too long":           {`{"client_id":"1","text":"` + strings.Repeat("铜", need.MaxText+1) + `"}`, 422, "text_too_long"},
		"100 KB":                   {`{"client_id":"1","text":"` + strings.Repeat("a", 100<<10) + `"}`, 422, "text_too_long"},
		"over 256 KB":              {`{"client_id":"1","text":"` + strings.Repeat("a", webchat.MaxBody) + `"}`, 413, "body_too_large"},
		"zero byte":                {`{"client_id":"1","text":"a\u0000b"}`, 422, "text_binary"},
		"escape sequences":         {`{"client_id":"1","text":"\u001b[31m红"}`, 422, "text_binary"},
		"invalid UTF-8":            {"{\"client_id\":\"1\",\"text\":\"\xff\xfe\"}", 422, "text_encoding"},
		"GBK bytes":                {"{\"client_id\":\"1\",\"text\":\"\xcd\xad\xb4\xf8\"}", 422, "text_encoding"},
		"half of a surrogate pair": {`{"client_id":"1","text":"好\ud83d"}`, 422, "text_encoding"},
		"unknown field":            {`{"client_id":"1","text":"好","admin":true}`, 422, "field_unknown"},
		"wrong type of a field":    {`{"client_id":"1","text":{"a":1}}`, 422, "field_invalid"},
		"client_id on two lines":   {`{"client_id":"1\n2","text":"好"}`, 422, "field_invalid"},
		"client_id too long":       {`{"client_id":"` + strings.Repeat("x", 201) + `","text":"好"}`, 422, "field_invalid"},
		"no JSON":                  {`text=好`, 400, "json_invalid"},
		"a list":                   {`[]`, 422, "field_invalid"},
		"half an object":           {`{"client_id":"1","text":"好"`, 400, "json_invalid"},
		"two objects":              {`{"client_id":"1","text":"好"}{}`, 400, "json_invalid"},
		"nothing":                  {``, 400, "json_invalid"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := p.do(http.MethodPost, p.path("/messages?wait=5s"), tt.body)
			if got.status != tt.status || got.code() != tt.code {
				t.Errorf("answer = %d %s, want %d %s", got.status, got.body, tt.status, tt.code)
			}
		})
	}
	t.Cleanup(func() {
		if n := len(p.store.kept()); n != 1 {
			t.Errorf("%d messages were kept, want the start only", n)
		}
	})
}

func TestCallsOfStrangersAreRefused(t *testing.T) {
	t.Parallel()
	p := serve(t, webchat.Options{})
	other := serve(t, webchat.Options{})
	message := `{"client_id":"1","text":"好"}`
	tests := map[string]struct {
		method, path, body string
		header             []string
		status             int
		code               string
	}{
		"no token":           {"GET", p.path("/record"), "", []string{"Authorization", ""}, 401, "token_missing"},
		"basic auth":         {"GET", p.path("/record"), "", []string{"Authorization", "Basic YTpi"}, 401, "token_missing"},
		"wrong token":        {"GET", p.path("/record"), "", []string{"Authorization", "Bearer " + p.Token + "x"}, 401, "token_invalid"},
		"token of another":   {"GET", p.path("/record"), "", []string{"Authorization", "Bearer " + other.Token}, 401, "token_invalid"},
		"foreign session":    {"GET", other.path("/record"), "", nil, 404, "session_unknown"},
		"erase a foreign":    {"DELETE", other.path(""), "", nil, 404, "session_unknown"},
		"bad wait":           {"POST", p.path("/messages?wait=soon"), message, nil, 400, "wait_invalid"},
		"wait over a minute": {"POST", p.path("/messages?wait=61s"), message, nil, 400, "wait_invalid"},
		"negative wait":      {"POST", p.path("/messages?wait=-1s"), message, nil, 400, "wait_invalid"},
		"form body":          {"POST", p.path("/messages"), message, []string{"Content-Type", "text/plain"}, 415, "content_type"},
		"no content type":    {"POST", p.path("/messages"), message, []string{"Content-Type", ""}, 415, "content_type"},
		"unknown invite":     {"POST", "", `{"invite":"nobody"}`, nil, 404, "invite_unknown"},
		"no invite":          {"POST", "", `{}`, nil, 404, "invite_unknown"},
		"invite with a path": {"POST", "", `{"invite":"../demo"}`, nil, 404, "invite_unknown"},
		"unknown language":   {"POST", "", `{"invite":"demo","lang":"fr"}`, nil, 422, "lang_unknown"},
		"name with controls": {"POST", "", `{"invite":"demo","consent":true,"name":"a\u0007"}`, nil, 422, "field_invalid"},
		"unknown message":    {"GET", p.path("/messages?after=zzz"), "", nil, 404, "message_unknown"},
		"unknown path":       {"GET", p.path("/secrets"), "", nil, 404, "not_found"},
		"wrong method":       {"PUT", p.path("/messages"), "", nil, 405, "method_not_allowed"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := p.do(tt.method, tt.path, tt.body, tt.header...)
			if got.status != tt.status || got.code() != tt.code {
				t.Errorf("answer = %d %s, want %d %s", got.status, got.body, tt.status, tt.code)
			}
		})
	}
}

func TestClientIDStandsForOneMessage(t *testing.T) {
	t.Parallel()
	p := serve(t, webchat.Options{})
	p.do(http.MethodPost, p.path("/messages"), `{"client_id":"1","text":"80%IACS"}`)
	got := p.do(http.MethodPost, p.path("/messages"), `{"client_id":"1","text":"90%IACS"}`)
	if got.status != http.StatusConflict || got.code() != "client_id_reused" {
		t.Errorf("another text = %d %s, want 409", got.status, got.body)
	}
}

func TestProblemsSpeakTheLanguageOfTheSession(t *testing.T) {
	t.Parallel()
	p := serve(t, webchat.Options{})
	p.do(http.MethodPost, "", `{"invite":"demo","lang":"en"}`).into(p)
	got := p.do(http.MethodPost, p.path("/messages"), `{"client_id":"1","text":""}`)
	if !strings.Contains(got.body, "The message is empty") {
		t.Errorf("problem = %s, want English", got.body)
	}
	got = p.do(http.MethodPost, "", `{"invite":"nobody"}`, "Accept-Language", "zh-CN")
	if !strings.Contains(got.body, "链接无效") {
		t.Errorf("problem = %s, want Chinese", got.body)
	}
}

func TestProblemTextsAreThereInBothLanguages(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("problems.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]map[string]struct{ Title, Detail string }
	if err := json.Unmarshal(raw, &texts); err != nil {
		t.Fatal(err)
	}
	for lang, other := range map[string]string{"zh": "en", "en": "zh"} {
		for code, text := range texts[lang] {
			if text.Title == "" || text.Detail == "" || texts[other][code].Title == "" {
				t.Errorf("%s lacks a text in %s or %s", code, lang, other)
			}
		}
	}
}

func TestTooManyCallsAreSlowedDown(t *testing.T) {
	t.Parallel()
	p := serve(t, webchat.Options{Limits: webchat.Limits{
		Session: 0.01, Opening: 0.01, Streams: 1, Burst: webchat.Bursts{Session: 2, Opening: 1},
	}})
	body := `{"client_id":"1","text":"好"}`
	p.do(http.MethodPost, p.path("/messages"), body)
	p.do(http.MethodPost, p.path("/messages"), body)
	third := p.do(http.MethodPost, p.path("/messages"), body)
	if third.status != http.StatusTooManyRequests || third.code() != "too_many" || third.header.Get("Retry-After") == "" {
		t.Errorf("third message = %d %s, want 429", third.status, third.body)
	}
	if got := p.do(http.MethodPost, "", `{"invite":"demo"}`); got.status != http.StatusTooManyRequests {
		t.Errorf("second session = %d, want 429", got.status)
	}
	_, stop := p.listen()
	defer stop()
	if got := p.do(http.MethodGet, p.path("/events"), ""); got.code() != "streams_too_many" {
		t.Errorf("second stream = %d %s, want 429", got.status, got.body)
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	const zip, png = "PK\x03\x04\x14\x00", "\x89PNG\r\n\x1a\n\x00"
	p := serve(t, webchat.Options{Limits: webchat.Limits{Session: 1000, Burst: webchat.Bursts{Session: 1000}}})
	tests := map[string]struct {
		field, name, content string
		status               int
		code                 string
	}{
		"a table":                   {"file", "需求表.xlsx", zip + "a", 202, ""},
		"capital extension":         {"file", "需求.PDF", "%PDF-1.7", 202, ""},
		"a photo":                   {"file", "裂纹.png", png, 202, ""},
		"a table with a password":   {"file", "需求表.xlsx", "\xd0\xcf\x11\xe0", 202, ""},
		"GBK text":                  {"file", "需求.csv", "\xcd\xad\xb4\xf8", 202, ""},
		"a program":                 {"file", "a.exe", "MZ", 415, "file_type"},
		"no extension":              {"file", "需求", "text", 415, "file_type"},
		"old Word":                  {"file", "需求.doc", "\xd0\xcf\x11\xe0", 415, "file_type"},
		"a program that says table": {"file", "a.xlsx", "MZ\x90", 422, "file_content"},
		"binary that says text":     {"file", "a.txt", "a\x00b", 422, "file_content"},
		"empty":                     {"file", "a.txt", "", 422, "file_empty"},
		"too large":                 {"file", "a.txt", strings.Repeat("a", webchat.MaxFile+1), 413, "file_too_large"},
		"other field":               {"document", "a.txt", "a", 422, "file_missing"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body, kind := multipartOf(t, tt.field, tt.name, tt.content)
			got := p.do(http.MethodPost, p.path("/files"), body, "Content-Type", kind)
			if got.status != tt.status || got.code() != tt.code {
				t.Errorf("answer = %d %s, want %d %s", got.status, got.body, tt.status, tt.code)
			}
		})
	}
}

func TestFileIsKeptByItsNameOnly(t *testing.T) {
	t.Parallel()
	p := serve(t, webchat.Options{})
	body, kind := multipartOf(t, "file", `C:\文档\需求表.pdf`, "%PDF-1.7")
	for range 2 {
		p.do(http.MethodPost, p.path("/files"), body, "Content-Type", kind)
	}
	in := p.store.kept()
	if len(in) != 2 || in[1].Kind != bot.KindUnsupported || in[1].Text != "文件：需求表.pdf" {
		t.Errorf("inbound = %+v, want one file", in)
	}
}

func multipartOf(t *testing.T, field, name, content string) (body, kind string) {
	t.Helper()
	b := &bytes.Buffer{}
	w := multipart.NewWriter(b)
	part, err := w.CreateFormFile(field, name)
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), w.FormDataContentType()
}
