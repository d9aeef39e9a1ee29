package openai_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"tanxu/internal/fakeopenai"
	"tanxu/llm"
	"tanxu/llm/openai"
)

const schemaJSON = `{"type":"object","additionalProperties":false,"required":["op","quote"],"properties":{` +
	`"op":{"type":"string","enum":["set","none"]},"quote":{"type":["string","null"]}}}`

const fitting = `{"op":"set","quote":"走带到八十就跑偏"}`

func request() llm.Request {
	return llm.Request{
		Name:      "understand",
		Messages:  []llm.Message{{Role: llm.SystemRole, Text: "读懂一句话。"}, {Role: llm.UserRole, Text: "走带到八十就跑偏"}},
		Schema:    &llm.Schema{Name: "cmd", JSON: json.RawMessage(schemaJSON)},
		MaxTokens: 200,
	}
}

func start(t *testing.T, o fakeopenai.Options) *fakeopenai.Server {
	t.Helper()
	s, err := fakeopenai.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func model(t *testing.T, s *fakeopenai.Server, c openai.Config) *openai.Model {
	t.Helper()
	c.BaseURL, c.Model = s.URL, "qwen-plus"
	m, err := openai.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func says(text string) func(fakeopenai.Request) string {
	return func(fakeopenai.Request) string { return text }
}

// body returns the keys of the last request.
func body(t *testing.T, s *fakeopenai.Server) map[string]json.RawMessage {
	t.Helper()
	all := s.Requests()
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(all[len(all)-1].Body, &keys); err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestTemperatureAndVendorKeys(t *testing.T) {
	t.Parallel()
	s := start(t, fakeopenai.Options{Answer: says(fitting), Key: "secret"})
	m := model(t, s, openai.Config{Vendor: "dashscope", Key: "secret"})
	if _, err := m.Complete(t.Context(), request()); err != nil {
		t.Fatal(err)
	}
	keys := body(t, s)
	if string(keys["temperature"]) != "0" || string(keys["enable_thinking"]) != "false" || string(keys["max_tokens"]) != "200" {
		t.Errorf("temperature %s, enable_thinking %s, max_tokens %s", keys["temperature"], keys["enable_thinking"], keys["max_tokens"])
	}
	req := request()
	req.Temperature, req.Schema = 0.3, nil
	if _, err := m.Complete(t.Context(), req); err != nil {
		t.Fatal(err)
	}
	if got := string(body(t, s)["temperature"]); got != "0.3" {
		t.Errorf("temperature %s, want 0.3", got)
	}
}

func TestRefusedKeysAreLeftOut(t *testing.T) {
	t.Parallel()
	s := start(t, fakeopenai.Options{Answer: says(fitting), RefuseKeys: []string{"thinking", "temperature"}})
	m := model(t, s, openai.Config{Vendor: "volcengine"})
	for range 2 {
		if _, err := m.Complete(t.Context(), request()); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(s.Requests()); n != 4 {
		t.Errorf("%d calls, want 4: two refusals, then never again", n)
	}
	if keys := body(t, s); keys["thinking"] != nil || keys["temperature"] != nil {
		t.Errorf("refused keys are still sent")
	}
}

func TestTheNewerNameOfTheTokenLimit(t *testing.T) {
	t.Parallel()
	s := start(t, fakeopenai.Options{Answer: says(fitting), RefuseKeys: []string{"max_tokens"}})
	m := model(t, s, openai.Config{})
	for range 2 {
		if _, err := m.Complete(t.Context(), request()); err != nil {
			t.Fatal(err)
		}
	}
	if keys := body(t, s); string(keys["max_completion_tokens"]) != "200" || keys["max_tokens"] != nil || len(s.Requests()) != 3 {
		t.Errorf("limit %s after %d calls", keys["max_completion_tokens"], len(s.Requests()))
	}
}

func TestReasoningModelsTakeNoTemperature(t *testing.T) {
	t.Parallel()
	s := start(t, fakeopenai.Options{Answer: says(fitting)})
	m, err := openai.New(openai.Config{BaseURL: s.URL, Model: "gpt-5-mini"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Complete(t.Context(), request()); err != nil {
		t.Fatal(err)
	}
	if keys := body(t, s); keys["temperature"] != nil || string(keys["max_completion_tokens"]) != "200" {
		t.Errorf("temperature %s, limit %s", keys["temperature"], keys["max_completion_tokens"])
	}
}

func TestPresetsCanBeRead(t *testing.T) {
	t.Parallel()
	for name, n := range openai.PresetExtras() {
		if n != 1 {
			t.Errorf("preset %s has %d readable keys, want 1", name, n)
		}
	}
}

func TestPresetByBaseURL(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{
		"https://dashscope.aliyuncs.com/compatible-mode/v1": "dashscope",
		"https://dashscope-intl.aliyuncs.com/v1":            "dashscope",
		"https://api.deepseek.com":                          "deepseek",
		"https://open.bigmodel.cn/api/paas/v4":              "zhipu",
		"https://api.moonshot.cn/v1":                        "moonshot",
		"https://api.siliconflow.cn/v1":                     "siliconflow",
		"https://ark.cn-beijing.volces.com/api/v3":          "volcengine",
		"http://127.0.0.1:11434/v1":                         "ollama",
		"https://api.openai.com/v1":                         "openai",
		"http://10.0.0.9:8000/v1":                           "other",
	} {
		m, err := openai.New(openai.Config{BaseURL: base, Model: "m"})
		if err != nil || m.Vendor() != want {
			t.Errorf("%s is %v (%v), want %s", base, m.Vendor(), err, want)
		}
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		mode  fakeopenai.Mode
		kind  error
		again bool
	}{
		"hang":         {fakeopenai.Mode{Fault: fakeopenai.Hang}, context.DeadlineExceeded, true},
		"drip":         {fakeopenai.Mode{Fault: fakeopenai.Drip}, context.DeadlineExceeded, true},
		"stall":        {fakeopenai.Mode{Fault: fakeopenai.Stall}, context.DeadlineExceeded, true},
		"429":          {fakeopenai.Mode{Fault: fakeopenai.Limited}, llm.ErrDown, true},
		"500 as HTML":  {fakeopenai.Mode{Fault: fakeopenai.ServerError}, llm.ErrDown, true},
		"503":          {fakeopenai.Mode{Fault: fakeopenai.Unavailable}, llm.ErrDown, true},
		"404":          {fakeopenai.Mode{Fault: fakeopenai.NoSuchModel}, llm.ErrDown, false},
		"reset":        {fakeopenai.Mode{Fault: fakeopenai.Reset}, llm.ErrDown, true},
		"200 + error":  {fakeopenai.Mode{Fault: fakeopenai.ErrorBody}, llm.ErrDown, true},
		"blank":        {fakeopenai.Mode{Fault: fakeopenai.Blank}, llm.ErrBlank, true},
		"no choices":   {fakeopenai.Mode{Fault: fakeopenai.NoChoices}, llm.ErrBlank, true},
		"filtered":     {fakeopenai.Mode{Fault: fakeopenai.Filtered}, llm.ErrBlank, false},
		"refused":      {fakeopenai.Mode{Fault: fakeopenai.Refused}, llm.ErrBlank, false},
		"not JSON":     {fakeopenai.Mode{Fault: fakeopenai.NotJSON}, llm.ErrInvalid, false},
		"huge":         {fakeopenai.Mode{Fault: fakeopenai.Huge}, llm.ErrInvalid, false},
		"huge but fit": {fakeopenai.Mode{Fault: fakeopenai.Huge, K: 500_000}, llm.ErrInvalid, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, fakeopenai.Options{Answer: says(fitting)})
			s.SetMode(tt.mode)
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			if tt.kind != context.DeadlineExceeded {
				ctx = t.Context()
			}
			defer cancel()
			_, err := model(t, s, openai.Config{}).Complete(ctx, request())
			if !errors.Is(err, tt.kind) {
				t.Fatalf("error = %v, want %v", err, tt.kind)
			}
			f, ok := errors.AsType[*llm.Failure](err)
			if !ok || f.Again != tt.again {
				t.Errorf("failure %+v, want again=%v", f, tt.again)
			}
			if tt.mode.Fault == fakeopenai.Limited && f.After != time.Second {
				t.Errorf("wait %v, want 1s", f.After)
			}
		})
	}
}

func TestOddAnswersAreRead(t *testing.T) {
	t.Parallel()
	for _, fault := range []fakeopenai.Fault{fakeopenai.OK, fakeopenai.Fenced, fakeopenai.Thinking, fakeopenai.Reasoning} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			s := start(t, fakeopenai.Options{Answer: says(fitting)})
			s.SetMode(fakeopenai.Mode{Fault: fault})
			resp, err := model(t, s, openai.Config{}).Complete(t.Context(), request())
			if err != nil || !sameJSON(resp.Text, fitting) || resp.Usage.Prompt == 0 || resp.Usage.Completion == 0 && fault != fakeopenai.Reasoning {
				t.Errorf("Complete() = %+v, %v", resp, err)
			}
		})
	}
}

func TestTruncatedAnswerSaysSo(t *testing.T) {
	t.Parallel()
	s := start(t, fakeopenai.Options{Answer: says(fitting)})
	s.SetMode(fakeopenai.Mode{Fault: fakeopenai.Truncated, K: len(fitting) - 3})
	resp, err := model(t, s, openai.Config{}).Complete(t.Context(), request())
	if err != nil || resp.Finish != "length" || !sameJSON(resp.Text, `{"op":"set"}`) {
		t.Errorf("Complete() = %+v, %v", resp, err)
	}
}

func TestSecretsStayOutOfErrors(t *testing.T) {
	t.Parallel()
	s := start(t, fakeopenai.Options{Key: "right"})
	_, err := model(t, s, openai.Config{Key: "sk-wrong-secret"}).Complete(t.Context(), request())
	f, ok := errors.AsType[*llm.Failure](err)
	if !ok || f.Status != 401 || f.Again || strings.Contains(err.Error(), "sk-wrong-secret") {
		t.Errorf("error = %v", err)
	}
}

// What a provider reads from its cache is told apart: a stable beginning pays.
func TestCachedTokensAreTold(t *testing.T) {
	t.Parallel()
	s := start(t, fakeopenai.Options{Answer: says(fitting)})
	m := model(t, s, openai.Config{})
	first, err := m.Complete(t.Context(), request())
	if err != nil {
		t.Fatal(err)
	}
	req := request()
	req.Messages[1].Text = "面密度偏差要1.2%以内"
	second, err := m.Complete(t.Context(), req)
	if err != nil || first.Usage.Cached != 0 || second.Usage.Cached == 0 || second.Usage.Cached >= second.Usage.Prompt {
		t.Errorf("cached %d, then %d of %d, %v", first.Usage.Cached, second.Usage.Cached, second.Usage.Prompt, err)
	}
}
