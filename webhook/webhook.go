// Package webhook tells other systems what happened here, in the form of
// Standard Webhooks: a POST of JSON that is signed with a shared secret. What
// is told, to whom, and when again is not its matter.
package webhook

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"tanxu/need"
)

// Message is something to tell.
type Message struct {
	ID     string // the same at each try
	URL    string
	Secret string // whsec_ and base64
	Body   []byte // JSON
}

// Answer is what a receiver said.
type Answer struct {
	Code int
	Text string // its beginning
}

// Options say how a client works; the zero value is ready to use.
type Options struct {
	Timeout time.Duration    // of one try; 0 means 10s
	Local   bool             // all addresses are reached, those of this machine too; for development
	Allowed []netip.Prefix   // that are reached although they are closed
	Clock   func() time.Time // of the signed time; nil means time.Now
}

// keep is how much of an answer is kept, in bytes.
const keep = 1 << 10

// Client sends messages. It is safe for concurrent use.
type Client struct {
	opt  Options
	http *http.Client
}

// NewClient returns a Client.
func NewClient(o Options) *Client {
	o.Timeout = cmp.Or(o.Timeout, 10*time.Second)
	if o.Clock == nil {
		o.Clock = time.Now
	}
	c := &Client{opt: o}
	// The name is resolved before Control is asked, so that it sees the address
	// that is dialled: a name cannot be pointed elsewhere in between. No proxy of
	// the environment: it would dial in our place, without asking.
	dialer := &net.Dialer{Timeout: o.Timeout, Control: c.control}
	c.http = &http.Client{
		Timeout:       o.Timeout,
		Transport:     &http.Transport{DialContext: dialer.DialContext, MaxIdleConnsPerHost: 1, IdleConnTimeout: 30 * time.Second, ForceAttemptHTTP2: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c
}

// Close ends connections that wait for further use.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Send tries once. An error says that no answer came, in words without secrets.
func (c *Client) Send(ctx context.Context, m Message) (Answer, error) {
	stamp := strconv.FormatInt(c.opt.Clock().Unix(), 10)
	signature, err := Sign(m.Secret, m.ID, stamp, m.Body)
	if err != nil {
		return Answer{}, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, m.URL, bytes.NewReader(m.Body))
	if err != nil {
		return Answer{}, fmt.Errorf("make the request of message %s: %w", m.ID, err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Tanxu-Webhook/1")
	r.Header.Set("Webhook-Id", m.ID)
	r.Header.Set("Webhook-Timestamp", stamp)
	r.Header.Set("Webhook-Signature", signature)
	answer, err := c.http.Do(r)
	if err != nil {
		if e, ok := errors.AsType[*url.Error](err); ok {
			err = e.Err // without the address, which may have a token in it
		}
		return Answer{}, fmt.Errorf("send message %s: %w", m.ID, err)
	}
	defer answer.Body.Close()
	// Whoever has answered with a code has taken the message or not, even if the
	// rest of the answer never comes.
	text, _ := io.ReadAll(io.LimitReader(answer.Body, keep))
	return Answer{Code: answer.StatusCode, Text: readable(text)}, nil
}

// readable is the beginning of an answer as a text that can be stored.
func readable(b []byte) string {
	for i := 0; i < utf8.UTFMax && len(b) == keep && !utf8.Valid(b); i++ {
		b = b[:len(b)-1] // a character that was cut
		if utf8.Valid(b) {
			break
		}
	}
	return strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(string(b), "�"), "\x00", "�"))
}

// prefix marks secrets of webhooks, so that scanners for leaks know them.
const prefix = "whsec_"

// Sign returns the signature of a message: of its id, the time and the body.
func Sign(secret, id, stamp string, body []byte) (string, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, prefix))
	if err != nil || len(key) == 0 {
		return "", need.Errorf(need.Invalid, "webhook_secret", "the secret of a webhook is no base64")
	}
	h := hmac.New(sha256.New, key)
	fmt.Fprintf(h, "%s.%s.", id, stamp)
	h.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(h.Sum(nil)), nil
}
