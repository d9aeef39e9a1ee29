package openai_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"tanxu/internal/fakeopenai"
	"tanxu/llm"
	"tanxu/llm/endpoint"
	"tanxu/llm/guard"
)

func TestTranscribe(t *testing.T) {
	t.Parallel()
	const said = "导电率只有76%IACS"
	tests := map[string]struct {
		script []fakeopenai.Mode
		say    string
		want   string
		err    error
		calls  int
	}{
		"a recording":          {nil, "  " + said + "\x00\n", said, nil, 1},
		"nobody speaks":        {nil, "", "", nil, 1},
		"only spaces":          {[]fakeopenai.Mode{{Fault: fakeopenai.Blank}}, said, "", nil, 1},
		"down once":            {[]fakeopenai.Mode{{Fault: fakeopenai.Unavailable}}, said, said, nil, 2},
		"hangs once":           {[]fakeopenai.Mode{{Fault: fakeopenai.Hang}}, said, said, nil, 2},
		"reset once":           {[]fakeopenai.Mode{{Fault: fakeopenai.Reset}}, said, said, nil, 2},
		"an error with 200":    {[]fakeopenai.Mode{{Fault: fakeopenai.ErrorBody}}, said, said, nil, 2},
		"text instead of JSON": {[]fakeopenai.Mode{{Fault: fakeopenai.NotJSON}}, said, said, nil, 2},
		"breaks off once":      {[]fakeopenai.Mode{{Fault: fakeopenai.Stall}}, said, said, nil, 2},
		"runs away":            {[]fakeopenai.Mode{{Fault: fakeopenai.Huge}}, said, "", llm.ErrInvalid, 1},
		"no such model":        {[]fakeopenai.Mode{{Fault: fakeopenai.NoSuchModel}}, said, "", llm.ErrDown, 1},
		"stays down":           {[]fakeopenai.Mode{{Fault: fakeopenai.ServerError}, {Fault: fakeopenai.ServerError}}, said, "", llm.ErrDown, 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, fakeopenai.Options{Key: "k", Transcript: says(tt.say)})
			s.Script(tt.script...)
			tr, err := endpoint.NewTranscriber(endpoint.Config{
				BaseURL: s.URL, Key: "k", Model: "whisper-1",
				Guard: guard.Options{Try: 300 * time.Millisecond, Retries: 1, Backoff: time.Millisecond},
			})
			if err != nil {
				t.Fatal(err)
			}
			text, err := tr.Transcribe(t.Context(), "语音.ogg", "zh", []byte("OggS…"))
			if text != tt.want || !errors.Is(err, tt.err) {
				t.Errorf("Transcribe() = %q, %v, want %q, %v", text, err, tt.want, tt.err)
			}
			calls := s.Requests()
			if len(calls) != tt.calls {
				t.Fatalf("%d calls, want %d", len(calls), tt.calls)
			}
			if c := calls[0]; c.Model != "whisper-1" || c.User != "语音.ogg" || string(c.Body) != "OggS…" {
				t.Errorf("call = %s %s %q", c.Model, c.User, c.Body)
			}
		})
	}
}

func TestTranscribeEndsWithItsCaller(t *testing.T) {
	t.Parallel()
	s := start(t, fakeopenai.Options{})
	s.SetMode(fakeopenai.Mode{Fault: fakeopenai.Hang})
	tr, err := endpoint.NewTranscriber(endpoint.Config{BaseURL: s.URL, Model: "whisper-1"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := tr.Transcribe(ctx, "a.ogg", "", []byte("OggS")); !errors.Is(err, llm.ErrDown) {
		t.Errorf("Transcribe() error = %v, want ErrDown", err)
	}
}
