package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"tanxu/need"
)

// problems answers errors.
type problems struct {
	texts *texts
	log   *slog.Logger
}

// places is an Invalid error that names what is wrong in the input. Details
// are codes; they become texts in the answer.
type places struct {
	error

	at []ProblemPlace
}

// Unwrap returns the error itself, with its kind and code.
func (p *places) Unwrap() error { return p.error }

// notReady is a Conflict error that names what a need lacks.
type notReady struct {
	error

	missing []string
}

// Unwrap returns the error itself, with its kind and code.
func (n *notReady) Unwrap() error { return n.error }

// retryAfter is an error whose caller should wait.
type retryAfter struct {
	error

	wait time.Duration
}

// Unwrap returns the error itself, with its kind and code.
func (r *retryAfter) Unwrap() error { return r.error }

// clientGone is the status of a request that nobody waits for any more; only
// the log sees it.
const clientGone = 499

// fail answers with err as problem+json and ends the request. It is the only
// place that knows both kinds and statuses.
func (p *problems) fail(c *gin.Context, err error) {
	switch {
	case errors.Is(err, context.Canceled) && c.Request.Context().Err() != nil:
		c.AbortWithStatus(clientGone)
		return
	case errors.Is(err, context.DeadlineExceeded) && need.KindOf(err) == need.Internal:
		err = need.Errorf(need.Unavailable, "busy", "%w", err)
	}
	status, code := statusOf(err), need.CodeOf(err)
	if need.KindOf(err) == need.Internal {
		code = "internal"
	}
	if status >= http.StatusInternalServerError {
		p.log.LogAttrs(c, slog.LevelError, "request failed",
			slog.String("request", requestID(c)), slog.String("route", c.FullPath()), slog.String("error", err.Error()))
	}
	lang := p.texts.lang(c.GetHeader("Accept-Language"))
	body := Problem{
		Type: "about:blank", Status: status, Code: code,
		Title: p.texts.ofError(lang, err), Instance: new(requestID(c)),
	}
	if at, ok := errors.AsType[*places](err); ok {
		body.Errors = new(p.translated(lang, at.at))
	}
	if n, ok := errors.AsType[*notReady](err); ok {
		body.Missing = &n.missing
	}
	if r, ok := errors.AsType[*retryAfter](err); ok {
		c.Header("Retry-After", strconv.Itoa(max(1, int(r.wait/time.Second))))
	} else if status == http.StatusServiceUnavailable {
		c.Header("Retry-After", "5")
	}
	if status == http.StatusUnauthorized {
		c.Header("WWW-Authenticate", `Bearer realm="tanxu"`)
	}
	c.Header("Content-Type", "application/problem+json; charset=utf-8")
	c.Header("Content-Language", lang)
	c.Header("Vary", "Accept-Language")
	c.AbortWithStatusJSON(status, body)
}

func (p *problems) translated(lang string, at []ProblemPlace) []ProblemPlace {
	list := make([]ProblemPlace, 0, len(at))
	for _, place := range at {
		list = append(list, ProblemPlace{Pointer: place.Pointer, Detail: p.texts.of(lang, place.Detail)})
	}
	return list
}

// statusOf maps kinds to statuses; a few codes have one of their own.
func statusOf(err error) int {
	switch need.CodeOf(err) {
	case "bad_json", "bad_parameter", "cursor_invalid", "bad_form":
		return http.StatusBadRequest
	case "media_type", "form_missing", "document_type", "document_legacy":
		return http.StatusUnsupportedMediaType
	case "body_too_large", "document_size":
		return http.StatusRequestEntityTooLarge
	case "method_not_allowed":
		return http.StatusMethodNotAllowed
	case "version_stale":
		return http.StatusPreconditionFailed
	case "version_missing":
		return http.StatusPreconditionRequired
	case "unauthenticated", "bad_credentials":
		return http.StatusUnauthorized
	}
	switch need.KindOf(err) {
	case need.Invalid:
		return http.StatusUnprocessableEntity
	case need.NotFound:
		return http.StatusNotFound
	case need.Conflict:
		return http.StatusConflict
	case need.Unavailable:
		return http.StatusServiceUnavailable
	case need.Denied:
		return http.StatusForbidden
	case need.TooMany:
		return http.StatusTooManyRequests
	default:
		return http.StatusInternalServerError
	}
}
