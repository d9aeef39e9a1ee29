//go:build live

package extract_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"tanxu/extract"
	"tanxu/llm/endpoint"
	"tanxu/llm/guard"
)

var record = flag.String("record", "", "file that the exchanges are written to, for TestRecordedExchanges")

// A real endpoint, for the protocol only: the call comes back, what it gives is
// grounded, and every number stands in its words. What a model makes of a
// sentence is measured elsewhere.
//
//	TANXU_LIVE_BASE_URL=… TANXU_LIVE_MODEL=… go test -tags live ./extract -run Live -v
func TestLiveUnderstand(t *testing.T) {
	base := os.Getenv("TANXU_LIVE_BASE_URL")
	if base == "" {
		t.Skip("TANXU_LIVE_BASE_URL is not set")
	}
	tape := &recorder{}
	m, err := endpoint.New(endpoint.Config{
		BaseURL: base, Key: os.Getenv("TANXU_LIVE_API_KEY"), Model: os.Getenv("TANXU_LIVE_MODEL"), Vendor: os.Getenv("TANXU_LIVE_VENDOR"),
		Guard: guard.Options{Try: 10 * time.Minute, Concurrent: 1}, HTTP: tape,
	})
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("TANXU_LIVE_PROBE") != "" {
		form, err := m.Probe(t.Context())
		t.Logf("probe: %s, %v", form, err)
	}
	u := understander(t, m, extract.UnderstandOptions{})
	for _, turn := range turns() {
		t.Run(turn.Text, func(t *testing.T) {
			tape.text = turn.Text
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
			defer cancel()
			got, err := u.Understand(ctx, turn.input())
			if err != nil {
				t.Fatalf("%v (%s)", err, m.Describe())
			}
			t.Logf("%s | dropped %v | %+v | %s", brief(got), got.Dropped, got.Usage, m.Describe())
			checkEvidence(t, turn.Text, got.Readings["message:a"])
			for _, row := range got.Readings["message:a"].Rows {
				if !extract.NumbersStand(turn.Text, row.Row.Target, "") || !extract.NumbersStand(turn.Text, row.Row.Current, "") {
					t.Errorf("row %+v holds a number that was never said", row.Row)
				}
			}
		})
	}
	if *record != "" {
		tape.write(t, *record)
	}
}

// recorder keeps what was said over the wire.
type recorder struct {
	mu   sync.Mutex
	text string // of the turn
	list []exchange
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	asked, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	req.Body = io.NopCloser(bytes.NewReader(asked))
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	var in struct {
		Messages []struct{ Role, Content string }
	}
	var out struct {
		Choices []struct{ Message struct{ Content string } }
	}
	if json.Unmarshal(asked, &in) == nil && json.Unmarshal(body, &out) == nil && len(in.Messages) > 0 && len(out.Choices) > 0 {
		r.mu.Lock()
		defer r.mu.Unlock()
		user := in.Messages[len(in.Messages)-1].Content
		r.list = append(r.list, exchange{Request: requestKey(user), Text: r.text, Content: out.Choices[0].Message.Content})
	}
	return resp, nil
}

func (r *recorder) write(t *testing.T, file string) {
	t.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(r.list); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}
