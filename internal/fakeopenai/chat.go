package fakeopenai

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"
)

// maxBody bounds a request; prompts are a few kilobytes.
const maxBody = 4 << 20

// chatBody is what the server reads of a request.
type chatBody struct {
	Model    string    `json:"model"`
	Messages []Message `json:"messages"`
	Format   *struct {
		Type       string `json:"type"`
		JSONSchema *struct {
			Schema json.RawMessage `json:"schema"`
		} `json:"json_schema"`
	} `json:"response_format"`
	Tools []struct {
		Function struct {
			Name       string          `json:"name"`
			Parameters json.RawMessage `json:"parameters"`
			Strict     bool            `json:"strict"`
		} `json:"function"`
	} `json:"tools"`
}

func (s *Server) chat(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return // the client is gone
	}
	var body chatBody
	var keys map[string]json.RawMessage
	if json.Unmarshal(raw, &body) != nil || json.Unmarshal(raw, &keys) != nil {
		writeError(w, http.StatusBadRequest, "invalid_request_error", "body is not JSON")
		return
	}
	req := readRequest(r.URL.Path, raw, body)
	if before := s.Requests(); len(before) > 0 {
		req.shared = shared(before[len(before)-1].Messages, req.Messages)
	}
	mode := s.next(req)
	if s.early(w, r, mode) {
		return
	}
	for _, k := range s.opt.RefuseKeys {
		if _, ok := keys[k]; ok {
			writeError(w, http.StatusBadRequest, "invalid_request_error", "unknown parameter: "+k)
			return
		}
	}
	feature, viaTool := s.feature(body)
	if feature == Refuse {
		writeError(w, http.StatusBadRequest, "invalid_request_error", "this model does not support the requested response format")
		return
	}
	req.Enforced = feature == Enforce && req.Schema != nil
	s.answer(w, r, req, mode, viaTool && feature == Enforce)
}

func readRequest(path string, raw []byte, body chatBody) Request {
	req := Request{Path: path, Body: raw, Model: body.Model, Messages: body.Messages}
	for _, m := range body.Messages {
		switch m.Role {
		case "system":
			req.System += m.Content + "\n"
		case "user":
			req.User = m.Content
		}
	}
	if body.Format != nil && body.Format.JSONSchema != nil {
		req.Schema = body.Format.JSONSchema.Schema
	}
	if len(body.Tools) > 0 {
		req.Schema = body.Tools[0].Function.Parameters
	}
	return req
}

// feature returns how this server treats the form of a request.
func (s *Server) feature(body chatBody) (f Feature, tool bool) {
	switch {
	case len(body.Tools) > 0 && body.Tools[0].Function.Strict:
		return s.opt.StrictTool, true
	case len(body.Tools) > 0:
		return s.opt.Tool, true
	case body.Format == nil:
		return Ignore, false
	case body.Format.Type == "json_schema":
		return s.opt.JSONSchema, false
	case body.Format.Type == "json_object":
		return s.opt.JSONObject, false
	default:
		return Refuse, false
	}
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request, req Request, mode Mode, viaTool bool) {
	content, finish, reasoning := mode.distort(s.say(req), req)
	message := map[string]any{"role": "assistant", "content": content}
	if reasoning != "" {
		message["reasoning"] = reasoning
	}
	if mode.Fault == Refused {
		message["content"], message["refusal"] = nil, "I cannot help with that."
	}
	if viaTool && finish == "stop" && mode.Fault != Blank && mode.Fault != NotJSON && mode.Fault != Refused {
		message["content"] = nil
		message["tool_calls"] = []any{map[string]any{
			"id": "call_1", "type": "function", "function": map[string]any{"name": "answer", "arguments": content},
		}}
		finish = "tool_calls"
	}
	body, err := json.Marshal(map[string]any{
		"id": "chatcmpl-fake", "object": "chat.completion", "created": time.Now().Unix(), "model": req.Model,
		"choices": []any{map[string]any{"index": 0, "message": message, "finish_reason": finish}},
		"usage":   usage(req, content),
	})
	if err != nil {
		writeError(w, http.StatusInternalServerError, "fake", err.Error())
		return
	}
	if mode.Fault == Drip || mode.Fault == Stall {
		s.slow(w, r, body, mode.Fault == Stall)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body) // the client may be gone
}

// say is the text of the model: the scripted answer, else an instance of the
// schema. To a prompt that tempts it (the probe) it gives way, unless the schema
// is enforced.
func (s *Server) say(req Request) string {
	if s.opt.Answer != nil {
		if text := s.opt.Answer(req); text != "" {
			return text
		}
	}
	_, inPrompt, _ := strings.Cut(req.System, "JSON schema:\n")
	line, _, _ := strings.Cut(inPrompt, "\n")
	switch {
	case req.Enforced:
		return instance(req.Schema)
	case strings.Contains(req.User, "colour: teal"):
		return "```json\n{\"colour\":\"teal\",\"count\":\"three\",\"note\":\"written by hand\"}\n```"
	case req.Schema != nil:
		return instance(req.Schema)
	case line != "":
		return ofForm(json.RawMessage(line))
	default:
		return "ok"
	}
}

// shared counts the runes of the messages with which both calls begin: what a
// provider that keeps prefixes would read from its cache.
func shared(a, b []Message) (runes int) {
	for i := range min(len(a), len(b)) {
		if a[i].Role != b[i].Role || a[i].Content != b[i].Content {
			break
		}
		runes += len([]rune(a[i].Content))
	}
	return runes
}

// usage estimates tokens as 1.5 runes each.
func usage(req Request, content string) map[string]any {
	in := 0
	for _, m := range req.Messages {
		in += len([]rune(m.Content))
	}
	p, c := in*2/3, len([]rune(content))*2/3
	return map[string]any{
		"prompt_tokens": p, "completion_tokens": c, "total_tokens": p + c,
		"prompt_tokens_details": map[string]int{"cached_tokens": req.shared * 2 / 3},
	}
}
