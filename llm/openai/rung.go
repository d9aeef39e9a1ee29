package openai

import (
	"strings"

	"github.com/sashabaranov/go-openai"

	"tanxu/llm"
)

// Rung is one way to make an endpoint answer in JSON.
type Rung int

// The rungs of the ladder, strongest first.
const (
	StrictSchema Rung = iota // response_format json_schema, strict
	StrictTool               // one tool with strict parameters, named in tool_choice
	Tool                     // the same without strict
	JSONObject               // response_format json_object, the schema in the prompt
	Text                     // the schema in the prompt, the answer in a fence
)

// String names the rung for logs and the doctor.
func (r Rung) String() string {
	return [...]string{"json_schema", "strict_tool", "tool", "json_object", "text"}[r]
}

// dress adds to req what the rung needs to get an answer of schema s.
func (r Rung) dress(req *openai.ChatCompletionRequest, s *llm.Schema) {
	switch r {
	case StrictSchema:
		req.ResponseFormat = &openai.ChatCompletionResponseFormat{
			Type:       openai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: s.Name, Schema: s.JSON, Strict: true},
		}
	case StrictTool, Tool:
		req.Tools = []openai.Tool{{
			Type:     openai.ToolTypeFunction,
			Function: &openai.FunctionDefinition{Name: s.Name, Parameters: s.JSON, Strict: r == StrictTool},
		}}
		req.ToolChoice = openai.ToolChoice{Type: openai.ToolTypeFunction, Function: openai.ToolFunction{Name: s.Name}}
	case JSONObject:
		req.ResponseFormat = &openai.ChatCompletionResponseFormat{Type: openai.ChatCompletionResponseFormatTypeJSONObject}
		instruct(req, "Answer with one JSON object and nothing else. "+formNote+form(s.JSON))
	case Text:
		instruct(req, "Answer with one JSON object inside a ```json fence and nothing else. "+formNote+form(s.JSON))
	}
}

// formNote explains the short form of a schema, which stands behind it. The
// whole schema would cost four times as much in each call.
const formNote = `All keys are required; "a|b" means one of these, "null" the JSON null, "text" any string. The object has the form of this short JSON schema:
`

// instruct appends to the system message: it is the fixed part of the prompt,
// which providers cache.
func instruct(req *openai.ChatCompletionRequest, text string) {
	for i, m := range req.Messages {
		if m.Role == openai.ChatMessageRoleSystem {
			req.Messages[i].Content = strings.TrimRight(m.Content, "\n") + "\n\n" + text
			return
		}
	}
	system := openai.ChatCompletionMessage{Role: openai.ChatMessageRoleSystem, Content: text}
	req.Messages = append([]openai.ChatCompletionMessage{system}, req.Messages...)
}
