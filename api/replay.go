package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"tanxu/need"
	"tanxu/postgres"
)

// idempotencyHeader names a call, so that it has its effect once.
const idempotencyHeader = "Idempotency-Key"

// replays keeps the answers of calls that were named.
type replays interface {
	BeginCall(ctx context.Context, scope need.Scope, key, route string, hash []byte) (*postgres.Answer, error)
	FinishCall(ctx context.Context, scope need.Scope, key string, a postgres.Answer) error
	AbandonCall(ctx context.Context, scope need.Scope, key string) error
}

// kept is what of an answer is given again.
type kept struct {
	ETag string `json:"etag,omitempty"`
	Type string `json:"type"`
	Body []byte `json:"body"`
}

// replay runs a named call once; a repetition gets the first answer. A call
// that was refused had no effect, and may be tried again under its name.
func (s *server) replay(c *gin.Context) {
	key := c.GetHeader(idempotencyHeader)
	if key == "" || !s.ops.find(c).named {
		return
	}
	hash, err := callHash(c.Request)
	if err != nil {
		s.problems.fail(c, err)
		return
	}
	scope := scopeOf(c)
	answer, err := s.replays.BeginCall(c, scope, key, c.Request.Method+" "+c.Request.URL.Path, hash)
	switch {
	case err != nil:
		s.problems.fail(c, err)
	case answer != nil:
		s.answerAgain(c, answer)
	default:
		s.runOnce(c, scope, key)
	}
}

func (s *server) answerAgain(c *gin.Context, a *postgres.Answer) {
	var k kept
	if err := json.Unmarshal(a.Body, &k); err != nil {
		s.problems.fail(c, fmt.Errorf("read a kept answer: %w", err))
		return
	}
	if k.ETag != "" {
		c.Header("ETag", k.ETag)
	}
	c.Header("Idempotency-Replayed", "true")
	c.Data(a.Status, k.Type, k.Body)
	c.Abort()
}

// runOnce keeps the answer even if the caller has gone meanwhile: it will ask
// again.
func (s *server) runOnce(c *gin.Context, scope need.Scope, key string) {
	w := &recorder{ResponseWriter: c.Writer}
	c.Writer = w
	ctx, done := context.WithoutCancel(c.Request.Context()), false
	defer func() {
		if done {
			return
		}
		if err := s.replays.AbandonCall(ctx, scope, key); err != nil {
			s.opt.Log.WarnContext(ctx, "idempotency key stays taken for a while", "error", err)
		}
	}()
	c.Next()

	if w.Status() < http.StatusOK || w.Status() >= http.StatusMultipleChoices {
		return
	}
	body, err := json.Marshal(kept{ETag: w.Header().Get("ETag"), Type: w.Header().Get("Content-Type"), Body: w.body.Bytes()})
	if err == nil {
		err = s.replays.FinishCall(ctx, scope, key, postgres.Answer{Status: w.Status(), Body: body})
	}
	if err != nil {
		s.opt.Log.WarnContext(ctx, "answer of a named call is not kept", "error", err)
	}
	done = true // the effect is there: another call under this name must not have it again
}

// callHash tells calls apart by what they carry.
func callHash(r *http.Request) ([]byte, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n", r.URL.RawQuery, r.Header.Get("If-Match"))
	if r.GetBody != nil {
		body, err := r.GetBody()
		if err == nil {
			_, err = io.Copy(h, body)
		}
		if err != nil {
			return nil, fmt.Errorf("read the body again: %w", err)
		}
	}
	return h.Sum(nil), nil
}

// recorder keeps what is written.
type recorder struct {
	gin.ResponseWriter

	body bytes.Buffer
}

// Write writes and keeps.
func (r *recorder) Write(p []byte) (int, error) {
	r.body.Write(p)
	return r.ResponseWriter.Write(p)
}

// WriteString writes and keeps.
func (r *recorder) WriteString(s string) (int, error) {
	r.body.WriteString(s)
	return r.ResponseWriter.WriteString(s)
}
