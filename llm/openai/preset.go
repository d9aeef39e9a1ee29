package openai

import (
	"encoding/json"
	"net/url"
	"strings"
)

// preset is what is known of a provider before it was probed.
type preset struct {
	name   string
	host   string // part of the host (or ":port") of the base URL
	first  Rung   // the strongest rung worth a probe
	assume Rung   // taken until a probe or a failure says otherwise
	extra  string // JSON keys that switch thinking off; chat completions only
}

const (
	noThinking     = `{"thinking":{"type":"disabled"}}`
	noThinkingFlag = `{"enable_thinking":false}`
	noThinkingVLLM = `{"chat_template_kwargs":{"enable_thinking":false}}`
)

// presets is the table of providers. What they offer changes by model and
// month: it only says where to start, the probe and the failures decide.
// Thinking is off everywhere, because it breaks constrained answers, ignores
// the temperature or leaves the content blank on several of them; an endpoint
// that refuses the key is asked again without it.
func presets() []preset {
	return []preset{
		{"dashscope", "dashscope", StrictSchema, JSONObject, noThinkingFlag},
		{"deepseek", "deepseek.com", StrictTool, JSONObject, noThinking}, // no json_schema; strict tools on /beta only
		{"zhipu", "bigmodel.cn", StrictSchema, JSONObject, noThinking},
		{"moonshot", "moonshot", Tool, JSONObject, noThinking},
		{"siliconflow", "siliconflow", StrictSchema, JSONObject, noThinkingFlag},
		{"volcengine", "volces.com", StrictSchema, Tool, noThinking},
		{"ollama", ":11434", StrictSchema, StrictSchema, ""}, // enforced for GGUF, ignored on other runners
		{"vllm", "", StrictSchema, StrictSchema, noThinkingVLLM},
		{"llamacpp", "", StrictSchema, StrictSchema, ""},
		{"openai", "api.openai.com", StrictSchema, StrictSchema, ""},
	}
}

// presetFor returns the preset called vendor, or the one of the base URL's
// host; an unknown endpoint starts where almost all of them can.
func presetFor(vendor, baseURL string) preset {
	host := ""
	if u, err := url.Parse(baseURL); err == nil {
		host = u.Host
	}
	for _, p := range presets() {
		if p.name == vendor || vendor == "" && p.host != "" && strings.Contains(host, p.host) {
			return p
		}
	}
	return preset{name: "other", first: StrictSchema, assume: JSONObject}
}

// extras returns the keys to merge, nil for none.
func (p preset) extras() map[string]json.RawMessage {
	if p.extra == "" {
		return nil
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal([]byte(p.extra), &keys); err != nil {
		return nil // impossible: the table is constant, a test reads all of it
	}
	return keys
}

// samplingFixed reports whether a model takes no temperature and counts its
// answer in max_completion_tokens (the reasoning models of OpenAI).
func samplingFixed(model string) bool {
	for _, prefix := range []string{"o1", "o3", "o4", "gpt-5", "gpt-6"} {
		if strings.HasPrefix(model, prefix) {
			return true
		}
	}
	return false
}
