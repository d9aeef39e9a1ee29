package openai

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/sashabaranov/go-openai"

	"tanxu/llm"
)

// errorRunes bounds what is kept of an endpoint's error text.
const errorRunes = 200

// failure classifies an error of the library by the status that came with it.
func failure(err error, x *exchange) *llm.Failure {
	f := &llm.Failure{Kind: llm.ErrDown, Status: x.status, After: retryAfter(x.header, time.Now()), Err: err}
	if api, ok := errors.AsType[*openai.APIError](err); ok {
		f.Status = api.HTTPStatusCode
		f.Err = errors.New(clip(fmt.Sprintf("%s (%v)", api.Message, api.Code)))
	} else if req, ok := errors.AsType[*openai.RequestError](err); ok {
		f.Status = req.HTTPStatusCode
		f.Err = errors.New(clip(string(req.Body)))
	}
	switch {
	case errors.Is(err, errTooLong):
		f.Kind = llm.ErrInvalid
	case errors.Is(err, context.Canceled):
	case f.Status == http.StatusBadRequest && filtered(f.Err.Error()):
		f.Kind = llm.ErrBlank
	case f.Status == 0, f.Status < http.StatusBadRequest: // connection, or a body that is no JSON
		f.Again = true
	default:
		f.Again = worthRetry(f.Status)
	}
	return f
}

func worthRetry(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	default:
		return status >= http.StatusInternalServerError && status != http.StatusNotImplemented
	}
}

// filtered recognises the texts with which endpoints refuse a prompt.
func filtered(text string) bool {
	text = strings.ToLower(text)
	for _, word := range []string{"content_filter", "content filter", "data_inspection", "datainspection", "sensitive", "content_policy", "moderation"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// tooLong recognises a prompt over the model's context: no other form of the
// same request can help.
func tooLong(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "context") && (strings.Contains(text, "length") || strings.Contains(text, "size") || strings.Contains(text, "exceed"))
}

// errorBody reads an error that came with status 200.
func errorBody(x *exchange) *llm.Failure {
	var body struct {
		Error   json.RawMessage `json:"error"`
		Message string          `json:"message"`
	}
	if json.Unmarshal(x.body, &body) != nil {
		return nil
	}
	text := string(body.Error)
	if text == "" || text == "null" {
		text = body.Message
	}
	if text == "" {
		return nil
	}
	f := &llm.Failure{Kind: llm.ErrDown, Status: x.status, Again: true, After: retryAfter(x.header, time.Now()), Err: errors.New(clip(text))}
	if filtered(text) {
		f.Kind, f.Again = llm.ErrBlank, false
	}
	return f
}

// retryAfter reads the header in both of its forms, 0 if it says nothing.
func retryAfter(h http.Header, now time.Time) time.Duration {
	v := h.Get("Retry-After")
	if s, err := strconv.ParseFloat(v, 64); err == nil && s > 0 && s < 86400 {
		return time.Duration(s * float64(time.Second))
	}
	if at, err := http.ParseTime(v); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}

func clip(s string) string {
	if r := []rune(s); len(r) > errorRunes {
		return string(r[:errorRunes]) + "…"
	}
	return s
}
