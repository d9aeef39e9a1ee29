package webhook_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"go.uber.org/goleak"

	"tanxu/need"
	"tanxu/webhook"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The example of the specification of Standard Webhooks, whose signature was
// made by another program.
const (
	secret    = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	exampleID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
	signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
	body      = `{"test": 2432232314}`
	stamp     = 1614265330
)

func client(t *testing.T, o webhook.Options) *webhook.Client {
	t.Helper()
	c := webhook.NewClient(o)
	t.Cleanup(c.Close)
	return c
}

func TestAMessageIsSigned(t *testing.T) {
	t.Parallel()
	var got http.Header
	var text []byte
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r.Header
		text, _ = io.ReadAll(r.Body)
		w.WriteHeader(http.StatusAccepted)
		_, _ = io.WriteString(w, " 收到\x00 \xff")
	}))
	defer s.Close()
	c := client(t, webhook.Options{Local: true, Clock: func() time.Time { return time.Unix(stamp, 0) }})
	a, err := c.Send(t.Context(), webhook.Message{ID: exampleID, URL: s.URL, Secret: secret, Body: []byte(body)})
	if err != nil || a.Code != 202 || a.Text != "收到� �" {
		t.Errorf("answer %+v, %v", a, err)
	}
	if got.Get("webhook-id") != exampleID || got.Get("webhook-timestamp") != "1614265330" || got.Get("webhook-signature") != signature ||
		got.Get("Content-Type") != "application/json" || string(text) != body {
		t.Errorf("sent %v %s", got, text)
	}
}

func TestASecretThatIsNone(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "whsec_", "whsec_密钥"} {
		if _, err := webhook.Sign(s, "a", "1", nil); need.KindOf(err) != need.Invalid {
			t.Errorf("Sign(%q) = %v", s, err)
		}
	}
}

func TestAnAnswerIsCut(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = io.WriteString(w, "x"+strings.Repeat("错误", 10_000))
	}))
	defer s.Close()
	a, err := client(t, webhook.Options{Local: true}).Send(t.Context(), webhook.Message{ID: "a", URL: s.URL, Secret: secret})
	if err != nil || a.Code != 500 || len(a.Text) > 1024 || !utf8.ValidString(a.Text) || strings.Contains(a.Text, "�") || len(a.Text) < 1020 {
		t.Errorf("answer of %d bytes, %d, %v", len(a.Text), a.Code, err)
	}
}

func TestNobodyIsSentElsewhere(t *testing.T) {
	t.Parallel()
	var reached atomic.Bool
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Store(true) }))
	defer other.Close()
	s := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer s.Close()
	a, err := client(t, webhook.Options{Local: true}).Send(t.Context(), webhook.Message{ID: "a", URL: s.URL, Secret: secret})
	if err != nil || a.Code != 307 || reached.Load() {
		t.Errorf("answer %+v, %v, elsewhere %t", a, err, reached.Load())
	}
}

func TestAReceiverThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	held := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-held }))
	defer s.Close()
	defer close(held)
	_, err := client(t, webhook.Options{Local: true, Timeout: 20 * time.Millisecond}).Send(context.Background(), webhook.Message{ID: "a", URL: s.URL + "/?token=s3cret", Secret: secret})
	if err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("Send = %v", err)
	}
}

// TestOwnAddressesAreNotDialled: by a name too, since what is dialled is asked.
func TestOwnAddressesAreNotDialled(t *testing.T) {
	t.Parallel()
	var reached atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer s.Close()
	byName := strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
	for _, url := range []string{s.URL, byName, strings.Replace(s.URL, "127.0.0.1", "[::ffff:127.0.0.1]", 1), "http://169.254.169.254/latest/meta-data/", "http://100.100.100.200/"} {
		if _, err := client(t, webhook.Options{}).Send(t.Context(), webhook.Message{ID: "a", URL: url, Secret: secret}); need.CodeOf(err) != "webhook_address" {
			t.Errorf("Send to %s = %v", url, err)
		}
	}
	if reached.Load() != 0 {
		t.Error("the address was reached")
	}
	allowed := client(t, webhook.Options{Allowed: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	if _, err := allowed.Send(t.Context(), webhook.Message{ID: "a", URL: s.URL, Secret: secret}); err != nil || reached.Load() != 1 {
		t.Errorf("an address that is allowed: %v", err)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ url, code string }{
		"a name":                  {"https://platform.example.cn/hooks?token=1", ""},
		"a Chinese name":          {"https://赣江.例子/推送", ""},
		"inside the house":        {"http://10.2.3.4:8080/in", ""},
		"no scheme":               {"platform.example.cn/hooks", "webhook_url"},
		"a file":                  {"file:///etc/passwd", "webhook_url"},
		"no host":                 {"https:///x", "webhook_url"},
		"only a port":             {"http://:80/", "webhook_url"},
		"a password":              {"https://u:p@example.cn/", "webhook_url"},
		"a fragment":              {"https://example.cn/#a", "webhook_url"},
		"unreadable":              {"http://[::1", "webhook_url"},
		"a control character":     {"http://example.cn/\r\nX: 1", "webhook_url"},
		"too long":                {"https://example.cn/" + strings.Repeat("a", 2000), "webhook_url"},
		"empty":                   {"", "webhook_url"},
		"this machine":            {"http://127.0.0.1:8080/", "webhook_address"},
		"this machine by name":    {"http://LocalHost./", "webhook_address"},
		"a name below localhost":  {"http://db.localhost/", "webhook_address"},
		"this machine, IPv6":      {"http://[::1]/", "webhook_address"},
		"IPv4 in IPv6":            {"http://[::ffff:169.254.169.254]/", "webhook_address"},
		"translated":              {"http://[64:ff9b::7f00:1]/", "webhook_address"},
		"nowhere":                 {"http://0.0.0.0/", "webhook_address"},
		"link-local with a zone":  {"http://[fe80::1%25eth0]/", "webhook_address"},
		"metadata":                {"http://169.254.169.254/latest", "webhook_address"},
		"metadata of Alibaba":     {"http://100.100.100.200/", "webhook_address"},
		"metadata of AWS by IPv6": {"http://[fd00:ec2::254]/", "webhook_address"},
	}
	c := webhook.NewClient(webhook.Options{})
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := c.Check(tt.url)
			if tt.code == "" && err != nil || tt.code != "" && need.CodeOf(err) != tt.code {
				t.Errorf("Check(%q) = %v, want %q", tt.url, err, tt.code)
			}
		})
	}
	if err := webhook.NewClient(webhook.Options{Local: true}).Check("http://127.0.0.1:9/"); err != nil {
		t.Errorf("in development: %v", err)
	}
}

// FuzzCheck: no address crashes, and none that passes has a password in it.
func FuzzCheck(f *testing.F) {
	for _, s := range []string{"https://a.cn/x", "http://u:p@a", "http://[::1%25a]:0", "https://例子。中国/"} {
		f.Add(s)
	}
	c := webhook.NewClient(webhook.Options{})
	f.Fuzz(func(t *testing.T, s string) {
		if c.Check(s) != nil {
			return
		}
		r, err := http.NewRequest(http.MethodPost, s, nil)
		if err != nil || r.URL.User != nil || r.URL.Host == "" {
			t.Errorf("%q passes: %v", s, err)
		}
	})
}
