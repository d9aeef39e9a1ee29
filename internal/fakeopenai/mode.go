package fakeopenai

import (
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Fault is one way in which an endpoint fails.
type Fault string

// The faults. The zero value of Mode is a healthy call.
const (
	OK          Fault = ""
	Hang        Fault = "hang"    // never answers
	Drip        Fault = "drip"    // one byte at a time
	Stall       Fault = "stall"   // stops in the middle of the body
	Limited     Fault = "429"     // with Retry-After
	ServerError Fault = "500"     // as HTML, as gateways do
	Unavailable Fault = "503"     // as JSON
	Reset       Fault = "reset"   // closes the connection
	ErrorBody   Fault = "error"   // status 200, the body is an error
	Blank       Fault = "blank"   // only spaces
	NoChoices   Fault = "choices" // an empty list
	Filtered    Fault = "filtered"
	Refused     Fault = "refused"
	NotJSON     Fault = "notjson"   // prose instead of JSON
	Fenced      Fault = "fenced"    // JSON between sentences, in a fence
	Thinking    Fault = "thinking"  // JSON behind thoughts
	Reasoning   Fault = "reasoning" // JSON in the reasoning field, content blank
	WrongSchema Fault = "schema"    // JSON of another shape
	Truncated   Fault = "truncated" // cut at Mode.K bytes, finish "length"
	Huge        Fault = "huge"      // Mode.K bytes of content, 2 MiB if 0
	NoSuchModel Fault = "404"
	Echo        Fault = "echo"     // repeats the prompt
	Obey        Fault = "obey"     // does what the text of the contact tells the machine
	Lie         Fault = "lies"     // commands whose evidence is false
	Foreign     Fault = "language" // answers in another language than the contact's
	Endless     Fault = "endless"  // thousands of times the same command
)

// Mode is how one call goes.
type Mode struct {
	Fault Fault
	K     int           // bytes, for Truncated and Huge
	After time.Duration // Retry-After, for Limited; 0 means 1 s
}

// early plays the faults that need no answer of the model; it reports whether
// the call is over.
func (s *Server) early(w http.ResponseWriter, r *http.Request, m Mode) bool {
	switch m.Fault {
	case Hang:
		s.wait(r, time.Hour)
	case Limited:
		after := max(m.After, time.Second)
		w.Header().Set("Retry-After", strconv.Itoa(int(after.Seconds())))
		writeError(w, http.StatusTooManyRequests, "rate_limit", "too many requests")
	case ServerError:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = w.Write([]byte("<html><body>Internal Server Error</body></html>"))
	case Unavailable:
		writeError(w, http.StatusServiceUnavailable, "overloaded", "try again later")
	case NoSuchModel:
		writeError(w, http.StatusNotFound, "model_not_found", "no such model")
	case Reset:
		reset(w)
	case ErrorBody:
		writeJSON(w, http.StatusOK, map[string]any{"error": map[string]any{"message": "internal overload", "code": "overloaded"}})
	case NoChoices:
		writeJSON(w, http.StatusOK, map[string]any{"object": "chat.completion", "choices": []any{}})
	default:
		return false
	}
	return true
}

// reset closes the connection so that the client sees a reset, not an end.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// wait blocks until d has passed, the client is gone or the server closes; it
// reports whether d has passed.
func (s *Server) wait(r *http.Request, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-r.Context().Done():
	case <-s.quit:
	}
	return false
}

// slow writes body byte by byte, or only half of it and then nothing.
func (s *Server) slow(w http.ResponseWriter, r *http.Request, body []byte, stall bool) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	control := http.NewResponseController(w)
	if stall {
		_, _ = w.Write(body[:len(body)/2])
		_ = control.Flush()
		s.wait(r, time.Hour)
		return
	}
	for i := range body {
		if _, err := w.Write(body[i : i+1]); err != nil || control.Flush() != nil || !s.wait(r, s.opt.Drip) {
			return
		}
	}
}

// distort returns what the model says, how it ends and what it thinks aloud.
func (m Mode) distort(text string, req Request) (content, finish, reasoning string) {
	switch m.Fault {
	case Blank:
		return strings.Repeat(" ", 40), "stop", ""
	case Filtered:
		return text, "content_filter", ""
	case NotJSON:
		return "好的，我来帮您整理一下这条需求。", "stop", ""
	case Fenced:
		return "好的，结果如下：\n```json\n" + text + "\n```\n请查收。", "stop", ""
	case Thinking:
		return "<think>用户说了 {\"draft\": 1}，先想一想。</think>\n" + text, "stop", ""
	case Reasoning:
		return "", "stop", text
	case WrongSchema:
		return `{"answer":"` + strconv.Itoa(len(text)) + `","items":[1,2,3]}`, "stop", ""
	case Truncated:
		return text[:min(m.K, len(text))], "length", ""
	case Huge:
		n := m.K
		if n == 0 {
			n = 2 << 20
		}
		return strings.Repeat("涂布机走带跑偏。", n/24+1), "stop", ""
	case Echo:
		return req.System + req.User, "stop", ""
	case Obey:
		return obey(req.User), "stop", ""
	case Lie:
		return lie(req.User), "stop", ""
	case Foreign:
		return foreign(req), "stop", ""
	case Endless:
		return endless(req.User), "stop", ""
	default:
		return text, "stop", ""
	}
}
