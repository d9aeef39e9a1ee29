package webchat

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"
)

// MaxBody is the largest JSON body.
const MaxBody = 256 << 10

// handler answers a request, or says by an error why not. It must not have
// written anything when it returns an error.
type handler func(http.ResponseWriter, *http.Request) error

// callKey finds the call of a request in its context.
type callKey struct{}

// call is what is learnt about a request while it is served.
type call struct{ lang string }

func setLang(r *http.Request, lang string) {
	if c, ok := r.Context().Value(callKey{}).(*call); ok && (lang == "zh" || lang == "en") {
		c.lang = lang
	}
}

func langOf(r *http.Request) string {
	if c, ok := r.Context().Value(callKey{}).(*call); ok {
		return c.lang
	}
	return "zh"
}

// serve puts the limits, headers and errors that all calls share around h.
func (c *Channel) serve(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lang := "zh"
		if strings.HasPrefix(strings.ToLower(r.Header.Get("Accept-Language")), "en") {
			lang = "en"
		}
		r = r.WithContext(context.WithValue(r.Context(), callKey{}, &call{lang}))
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		err := c.limits.address(c.opt.Address(r))
		if err == nil {
			err = c.guard(h, w, r)
		}
		if err != nil {
			c.fail(w, r, err)
		}
	})
}

// guard turns a panic into an error, so that one request cannot end the rest.
func (c *Channel) guard(h handler, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		got := recover()
		if got == nil {
			return
		}
		if got == http.ErrAbortHandler { //nolint:errorlint // the value that net/http compares with
			panic(got)
		}
		c.opt.Failed(r.Context(), fmt.Errorf("panic in %s: %v", r.Pattern, got))
		err = refuse(http.StatusInternalServerError, "internal")
	}()
	return h(w, r)
}

func notFound(http.ResponseWriter, *http.Request) error {
	return refuse(http.StatusNotFound, "not_found")
}

func notAllowed(methods []string) handler {
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Allow", strings.Join(methods, ", "))
		return refuse(http.StatusMethodNotAllowed, "method_not_allowed")
	}
}

// readJSON reads a body that must be one JSON object without unknown members.
func readJSON(w http.ResponseWriter, r *http.Request, into any) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return refuse(http.StatusUnsupportedMediaType, "content_type")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		return refuse(http.StatusRequestEntityTooLarge, "body_too_large")
	}
	if err != nil {
		return refuse(http.StatusBadRequest, "body_broken")
	}
	if !utf8.Valid(body) || halfSurrogate(body) {
		return refuse(http.StatusUnprocessableEntity, "text_encoding")
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return badJSON(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return refuse(http.StatusBadRequest, "json_invalid")
	}
	return nil
}

func badJSON(err error) error {
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return refuse(http.StatusUnprocessableEntity, "field_unknown", strings.Trim(name, `"`))
	}
	if wrong := new(json.UnmarshalTypeError); errors.As(err, &wrong) {
		return refuse(http.StatusUnprocessableEntity, "field_invalid", wrong.Field)
	}
	return refuse(http.StatusBadRequest, "json_invalid")
}

// halfSurrogate reports whether decoding would replace half of a pair by
// U+FFFD without a word: the original text would be lost.
func halfSurrogate(body []byte) bool {
	var text any
	if json.Unmarshal(body, &text) != nil || !containsReplacement(text) {
		return false
	}
	lower := bytes.ToLower(body)
	return !bytes.Contains(body, []byte("\uFFFD")) && !bytes.Contains(lower, []byte(`\ufffd`))
}

func containsReplacement(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.ContainsRune(v, utf8.RuneError)
	case map[string]any:
		for _, e := range v {
			if containsReplacement(e) {
				return true
			}
		}
	}
	return false
}

func writeJSON(w http.ResponseWriter, status int, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("write answer: %w", err)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(text) // the client has gone; nobody is left to tell
	return nil
}
