package openai

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// maxAnswer bounds the bytes of one answer: a command call needs a few
// kilobytes, and an endpoint that runs away must not fill the memory.
const maxAnswer = 1 << 20

var errTooLong = errors.New("answer longer than 1 MiB")

// transport adds to the library what it lacks: keys that providers want in the
// body of chat completions, a temperature of 0 that is really sent, and the
// raw answer for those who ask for it in the context.
type transport struct {
	base http.RoundTripper
}

// exchange is what one call wants from, and learns of, the wire.
type exchange struct {
	extra  map[string]json.RawMessage
	status int
	header http.Header
	body   []byte
}

type exchangeKey struct{}

func withExchange(ctx context.Context, x *exchange) context.Context {
	return context.WithValue(ctx, exchangeKey{}, x)
}

// RoundTrip implements http.RoundTripper. Other paths than chat completions
// are sent unchanged: a recording, for one, is no JSON.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	x, ok := req.Context().Value(exchangeKey{}).(*exchange)
	if !ok {
		return t.base.RoundTrip(req)
	}
	if strings.HasSuffix(req.URL.Path, "/chat/completions") {
		merged, err := merge(req, x.extra)
		if err != nil {
			return nil, fmt.Errorf("merge keys into request: %w", err)
		}
		req = merged
	}
	resp, err := t.base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	x.status, x.header = resp.StatusCode, resp.Header
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if cerr := resp.Body.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, fmt.Errorf("read answer: %w", err)
	}
	if len(body) > maxAnswer {
		return nil, errTooLong
	}
	x.body = body
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// merge returns a copy of req with the keys added; a key that the library has
// set stays.
func merge(req *http.Request, extra map[string]json.RawMessage) (*http.Request, error) {
	raw, err := io.ReadAll(req.Body)
	if cerr := req.Body.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, err
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(raw, &keys); err != nil {
		return nil, err
	}
	for k, v := range extra {
		if _, set := keys[k]; !set {
			keys[k] = v
		}
	}
	raw, err = json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	out := req.Clone(req.Context())
	out.ContentLength = int64(len(raw))
	out.Body = io.NopCloser(bytes.NewReader(raw))
	out.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(raw)), nil }
	return out, nil
}
