package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
)

func TestAWebhookFromItsAddressToItsEnd(t *testing.T) {
	t.Parallel()
	f := start(t)
	key := f.all(ganzhou)
	ask := func(method, path, body string) answer {
		return f.do(call{method: method, path: "/api/v1/webhooks" + path, key: key, body: body})
	}
	made := ask("POST", "", `{"name":"省平台","url":"https://platform.example.cn/in","events":["need.published","case.signed"]}`)
	if made.status != 201 || !strings.Contains(made.text, `"secret":"whsec_`) || !strings.Contains(made.text, `"centre_path":"jx/gz/"`) {
		t.Fatalf("made: %d %s", made.status, made.text)
	}
	if list := ask("GET", "", ""); strings.Contains(list.text, "whsec_") || !strings.Contains(list.text, "省平台") {
		t.Errorf("list: %s", list.text)
	}
	id := between(t, made.text, `"id":"`)
	if changed := ask("PATCH", "/"+id, `{"name":" 新平台 ","disabled":true}`); !strings.Contains(changed.text, `"name":"新平台"`) || !strings.Contains(changed.text, `"need.published"`) {
		t.Errorf("changed: %d %s", changed.status, changed.text)
	}
	if a := ask("POST", "/"+id+"/test", ""); a.status != 409 || !strings.Contains(a.text, "已经停用") {
		t.Errorf("test of a disabled one: %d %s", a.status, a.text)
	}
	ask("PATCH", "/"+id, `{"disabled":false}`)
	ping := ask("POST", "/"+id+"/test", "")
	if !strings.Contains(ping.text, `"status":"pending"`) || !strings.Contains(ping.text, `"event":"ping"`) {
		t.Errorf("ping: %d %s", ping.status, ping.text)
	}
	delivery := between(t, ping.text, `"id":"`)
	for status, want := range map[string]bool{"": true, "?status=pending": true, "?status=sent": false} {
		if a := ask("GET", "/"+id+"/deliveries"+status, ""); a.status != 200 || strings.Contains(a.text, delivery) != want {
			t.Errorf("deliveries%s: %d %s", status, a.status, a.text)
		}
	}
	other := between(t, ask("POST", "", `{"name":"另一个","url":"https://b.example.cn","events":["need.draft"]}`).text, `"id":"`)
	for _, path := range []string{"/" + other + "/deliveries/" + delivery + "/replay", "/" + id + "/deliveries/" + uuid.NewString() + "/replay"} {
		if a := ask("POST", path, ""); a.status != 404 {
			t.Errorf("%s: %d %s", path, a.status, a.text)
		}
	}
	if a := ask("DELETE", "/"+id, ""); a.status != 204 {
		t.Errorf("deleted: %d %s", a.status, a.text)
	}
	if a := ask("GET", "/"+id+"/deliveries", ""); a.status != http.StatusNotFound {
		t.Errorf("after the end: %d %s", a.status, a.text)
	}
}

func between(t *testing.T, text, before string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, before)
	word, _, end := strings.Cut(rest, `"`)
	if !ok || !end {
		t.Fatalf("no %s in %s", before, text)
	}
	return word
}

// TestAddressesThatNothingIsSentTo are refused in words, when a webhook is made
// and when it is changed.
func TestAddressesThatNothingIsSentTo(t *testing.T) {
	t.Parallel()
	f := start(t)
	key, id := f.all(ganzhou), f.webhook()
	tests := map[string]struct{ url, says string }{
		"no address":   {"省平台", "完整地址"},
		"a file":       {"file:///etc/passwd", "完整地址"},
		"a password":   {"https://a:b@example.cn/", "不要带用户名"},
		"this machine": {"http://127.0.0.1:8080/api", "这台服务器自己"},
		"metadata":     {"http://169.254.169.254/latest/meta-data/", "这台服务器自己"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := f.in(t)
			for _, c := range []call{
				{method: "POST", path: "/api/v1/webhooks", body: `{"name":"x","events":["need.draft"],"url":"` + tt.url + `"}`},
				{method: "PATCH", path: "/api/v1/webhooks/" + id, body: `{"url":"` + tt.url + `"}`},
			} {
				c.key = key
				if a := f.do(c); a.status/100 != 4 || !strings.Contains(a.text, tt.says) {
					t.Errorf("%s: %d %s, want %q", c.method, a.status, a.text, tt.says)
				}
			}
		})
	}
	for _, body := range []string{
		`{"name":"x","url":"https://a.cn","events":[]}`, `{"name":"x","url":"https://a.cn","events":["need.deleted"]}`,
		`{"name":"x","url":"https://a.cn","events":["need.draft"],"secret":"mine"}`,
	} {
		if a := f.do(call{method: "POST", path: "/api/v1/webhooks", key: key, body: body}); a.status/100 != 4 {
			t.Errorf("%s: %d", body, a.status)
		}
	}
}
