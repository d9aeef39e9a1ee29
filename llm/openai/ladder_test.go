package openai_test

import (
	"errors"
	"strings"
	"testing"

	"tanxu/internal/fakeopenai"
	"tanxu/llm"
	"tanxu/llm/openai"
)

func TestProbeFindsTheStrongestRungThatHolds(t *testing.T) {
	t.Parallel()
	const enforce, ignore, refuse = fakeopenai.Enforce, fakeopenai.Ignore, fakeopenai.Refuse
	tests := map[string]struct {
		o    fakeopenai.Options
		want openai.Rung
	}{
		"enforced schema":          {fakeopenai.Options{}, openai.StrictSchema},
		"schema silently ignored":  {fakeopenai.Options{JSONSchema: ignore}, openai.StrictTool},
		"schema refused":           {fakeopenai.Options{JSONSchema: refuse}, openai.StrictTool},
		"strict tools refused":     {fakeopenai.Options{JSONSchema: refuse, StrictTool: refuse}, openai.Tool},
		"tools silently ignored":   {fakeopenai.Options{JSONSchema: ignore, StrictTool: ignore, Tool: ignore}, openai.JSONObject},
		"only text":                {fakeopenai.Options{JSONSchema: refuse, StrictTool: refuse, Tool: refuse, JSONObject: refuse}, openai.Text},
		"no tools but json_object": {fakeopenai.Options{JSONSchema: ignore, StrictTool: refuse, Tool: refuse}, openai.JSONObject},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, tt.o)
			m := model(t, s, openai.Config{})
			got, err := m.Probe(t.Context())
			if err != nil || got != tt.want || m.Rung() != tt.want {
				t.Fatalf("Probe() = %v, %v, want %v", got, err, tt.want)
			}
			n := len(s.Requests())
			if _, err := m.Complete(t.Context(), request()); err != nil {
				t.Fatal(err)
			}
			if len(s.Requests()) != n+1 {
				t.Errorf("%d calls after the probe, want 1", len(s.Requests())-n)
			}
		})
	}
}

func TestProbeOfADeadEndpointChangesNothing(t *testing.T) {
	t.Parallel()
	s := start(t, fakeopenai.Options{})
	m := model(t, s, openai.Config{})
	before := m.Rung()
	s.SetMode(fakeopenai.Mode{Fault: fakeopenai.Unavailable})
	if _, err := m.Probe(t.Context()); !errors.Is(err, llm.ErrDown) || m.Rung() != before {
		t.Errorf("Probe() error = %v, rung %v, want ErrDown and %v", err, m.Rung(), before)
	}
}

func TestDemotion(t *testing.T) {
	t.Parallel()
	t.Run("a refused form falls in the same call", func(t *testing.T) {
		t.Parallel()
		s := start(t, fakeopenai.Options{Answer: says(fitting), JSONSchema: fakeopenai.Refuse, StrictTool: fakeopenai.Refuse})
		m := model(t, s, openai.Config{Vendor: "vllm"})
		if _, err := m.Complete(t.Context(), request()); err != nil || m.Rung() != openai.Tool {
			t.Fatalf("error %v, rung %v, want tool", err, m.Rung())
		}
	})
	t.Run("answers that break the schema twice", func(t *testing.T) {
		t.Parallel()
		s := start(t, fakeopenai.Options{Answer: says(`{"op":"approve","quote":null}`)})
		m := model(t, s, openai.Config{Vendor: "vllm"})
		for range 2 {
			if _, err := m.Complete(t.Context(), request()); err != nil {
				t.Fatal(err)
			}
		}
		if m.Rung() != openai.StrictTool {
			t.Errorf("rung %v, want strict_tool", m.Rung())
		}
	})
	t.Run("a good answer in between forgives", func(t *testing.T) {
		t.Parallel()
		s := start(t, fakeopenai.Options{Answer: says(fitting)})
		m := model(t, s, openai.Config{Vendor: "vllm"})
		s.Script(fakeopenai.Mode{Fault: fakeopenai.NotJSON}, fakeopenai.Mode{}, fakeopenai.Mode{Fault: fakeopenai.NotJSON}, fakeopenai.Mode{})
		for range 4 {
			_, _ = m.Complete(t.Context(), request()) // every second one is not JSON
		}
		if m.Rung() != openai.StrictSchema {
			t.Errorf("rung %v, want json_schema", m.Rung())
		}
	})
	t.Run("a request that every rung refuses", func(t *testing.T) {
		t.Parallel()
		s := start(t, fakeopenai.Options{RefuseKeys: []string{"messages"}})
		m := model(t, s, openai.Config{Vendor: "vllm"})
		if _, err := m.Complete(t.Context(), request()); !errors.Is(err, llm.ErrDown) || m.Rung() != openai.StrictSchema {
			t.Errorf("error %v, rung %v; a request that fails on every rung says nothing about them", err, m.Rung())
		}
	})
}

func TestEveryRungAsksInItsForm(t *testing.T) {
	t.Parallel()
	const refuse = fakeopenai.Refuse
	tests := map[string]struct {
		o        fakeopenai.Options
		has, not string
		prompt   bool // the schema and the word JSON stand in the prompt
	}{
		"json_schema": {fakeopenai.Options{}, `"strict":true`, "tools", false},
		"strict_tool": {fakeopenai.Options{JSONSchema: refuse}, `"tool_choice":{"type":"function","function":{"name":"cmd"}}`, "response_format", false},
		"tool":        {fakeopenai.Options{JSONSchema: refuse, StrictTool: refuse}, `"tools"`, `"strict"`, false},
		"json_object": {fakeopenai.Options{JSONSchema: refuse, StrictTool: refuse, Tool: refuse}, `"json_object"`, "tools", true},
		"text":        {fakeopenai.Options{JSONSchema: refuse, StrictTool: refuse, Tool: refuse, JSONObject: refuse}, `fence`, "response_format", true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.o.Answer = says(fitting)
			s := start(t, tt.o)
			m := model(t, s, openai.Config{Vendor: "vllm"})
			resp, err := m.Complete(t.Context(), request())
			if err != nil || !sameJSON(resp.Text, fitting) || m.Rung().String() != name {
				t.Fatalf("Complete() = %q, %v on %v", resp.Text, err, m.Rung())
			}
			all := s.Requests()
			last := all[len(all)-1]
			if raw := string(last.Body); !strings.Contains(raw, tt.has) || strings.Contains(raw, tt.not) {
				t.Errorf("body %s: want %s and no %s", raw, tt.has, tt.not)
			}
			if got := strings.Contains(last.System, "JSON schema") && strings.Contains(last.System, `"op":"set|none"`); got != tt.prompt {
				t.Errorf("schema in prompt: %v, want %v", got, tt.prompt)
			}
		})
	}
}
