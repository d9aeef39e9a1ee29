package webchat

import (
	"context"
	_ "embed" // for the texts
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"tanxu/need"
)

//go:embed problems.json
var problemTexts []byte

// text is what people read of a problem.
type text struct{ Title, Detail string }

// texts are the problems by language and code.
type texts map[string]map[string]text

// readTexts panics on a broken file, which is part of the binary.
func readTexts() texts {
	var t texts
	if err := json.Unmarshal(problemTexts, &t); err != nil {
		panic(fmt.Sprintf("webchat: problems.json: %v", err))
	}
	return t
}

// refusal is an error of this edge: the status, a stable code, and what stands
// for {0} in the text of the code.
type refusal struct {
	status int
	code   string
	arg    string
	after  time.Duration // Retry-After, 0 for none
}

func (e *refusal) Error() string { return fmt.Sprintf("%d %s %s", e.status, e.code, e.arg) }

func refuse(status int, code string, arg ...string) error {
	return &refusal{status: status, code: code, arg: strings.Join(arg, ", ")}
}

// refusalOf maps the kinds of the domain's errors, the only place that does.
func refusalOf(err error) *refusal {
	if e, ok := errors.AsType[*refusal](err); ok {
		return e
	}
	code := need.CodeOf(err)
	switch need.KindOf(err) {
	case need.Invalid:
		return &refusal{status: http.StatusUnprocessableEntity, code: code}
	case need.NotFound:
		return &refusal{status: http.StatusNotFound, code: code}
	case need.Conflict:
		return &refusal{status: http.StatusConflict, code: code}
	case need.Denied:
		return &refusal{status: http.StatusForbidden, code: code}
	case need.TooMany:
		return &refusal{status: http.StatusTooManyRequests, code: "too_many", after: time.Minute}
	case need.Unavailable:
		return &refusal{status: http.StatusServiceUnavailable, code: "unavailable", after: 3 * time.Second}
	default:
		return &refusal{status: http.StatusInternalServerError, code: "internal"}
	}
}

// fail answers with the problem, in the language of the session.
func (c *Channel) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // the caller has gone
	}
	p := refusalOf(err)
	if p.status >= http.StatusInternalServerError {
		c.opt.Failed(r.Context(), err)
	}
	t, ok := c.texts[langOf(r)][p.code]
	if !ok {
		t = c.texts[langOf(r)]["status_"+strconv.Itoa(p.status)]
	}
	if p.after > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(p.after.Seconds()))))
	}
	w.Header().Set("Content-Type", "application/problem+json; charset=utf-8")
	w.Header().Set("Content-Language", langOf(r))
	w.WriteHeader(p.status)
	body, _ := json.Marshal(map[string]any{ // strings and a number: cannot fail
		"type": "about:blank", "status": p.status, "code": p.code,
		"title": t.Title, "detail": strings.ReplaceAll(t.Detail, "{0}", p.arg),
	})
	_, _ = w.Write(body) // the client has gone; nobody is left to tell
}
