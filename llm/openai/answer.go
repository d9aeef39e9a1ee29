package openai

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/sashabaranov/go-openai"

	"tanxu/llm"
)

var (
	errNoChoice = errors.New("no choice in the answer")
	errNoText   = errors.New("no text in the answer")
	errNoJSON   = errors.New("no JSON object in the answer")
	errFiltered = errors.New("answer withheld")
	errRefused  = errors.New("model refuses")
)

// How an answer ended: it ran into its limit, or it was the call of a tool.
const (
	finishLength = "length"
	finishTool   = "tool_calls"
)

// read turns an answer with status 200 into a response: endpoints also send
// errors, refusals and nothing at all with it.
func read(answer openai.ChatCompletionResponse, x *exchange, wantJSON bool) (llm.Response, error) {
	resp := llm.Response{
		Model: answer.Model,
		Usage: llm.Usage{Prompt: answer.Usage.PromptTokens, Completion: answer.Usage.CompletionTokens, Cached: cached(answer, x.body)},
	}
	if len(answer.Choices) == 0 {
		if f := errorBody(x); f != nil {
			return resp, f
		}
		return resp, &llm.Failure{Kind: llm.ErrBlank, Status: x.status, Again: true, Err: errNoChoice}
	}
	choice := answer.Choices[0]
	resp.Finish = string(choice.FinishReason)
	switch choice.FinishReason {
	case "", openai.FinishReasonStop, openai.FinishReasonNull, openai.FinishReasonLength,
		openai.FinishReasonToolCalls, openai.FinishReasonFunctionCall:
	default: // content_filter, and what providers call it
		return resp, &llm.Failure{Kind: llm.ErrBlank, Status: x.status, Err: errFiltered}
	}
	if choice.Message.Refusal != "" {
		return resp, &llm.Failure{Kind: llm.ErrBlank, Status: x.status, Err: errRefused}
	}
	if wantJSON {
		return readObject(resp, choice.Message, x)
	}
	resp.Text = strings.TrimSpace(withoutThoughts(choice.Message.Content))
	if resp.Text == "" {
		return resp, &llm.Failure{Kind: llm.ErrBlank, Status: x.status, Again: true, Err: errNoText}
	}
	return resp, nil
}

// readObject takes the first of the places where JSON may stand: the call of
// the tool, the content, the thoughts.
func readObject(resp llm.Response, msg openai.ChatCompletionMessage, x *exchange) (llm.Response, error) {
	places := []string{msg.Content}
	if len(msg.ToolCalls) > 0 {
		places = []string{msg.ToolCalls[0].Function.Arguments, msg.Content}
	}
	places = append(places, thoughts(x.body))
	for i, text := range places {
		if strings.TrimSpace(text) == "" {
			continue
		}
		if object, partial, ok := looseObject(text); ok {
			resp.Text = object
			switch {
			case partial:
				resp.Finish = finishLength
			case i == 0 && len(msg.ToolCalls) > 0:
				resp.Finish = finishTool
			}
			return resp, nil
		}
		if resp.Text == "" {
			resp.Text = text
		}
	}
	if resp.Text == "" {
		return resp, &llm.Failure{Kind: llm.ErrBlank, Status: x.status, Again: true, Err: errNoText}
	}
	return resp, &llm.Failure{Kind: llm.ErrInvalid, Status: x.status, Err: errNoJSON}
}

// thoughts returns the reasoning text, which the library reads in one of its
// two spellings only. Servers with a schema and thinking on put JSON there.
func thoughts(body []byte) string {
	var raw struct {
		Choices []struct {
			Message struct {
				Reasoning        string `json:"reasoning"`
				ReasoningContent string `json:"reasoning_content"`
			} `json:"message"`
		} `json:"choices"`
	}
	if json.Unmarshal(body, &raw) != nil || len(raw.Choices) == 0 {
		return ""
	}
	m := raw.Choices[0].Message
	return m.Reasoning + m.ReasoningContent
}

// cached returns how many tokens of the prompt came from the provider's cache.
// DeepSeek has a name of its own for them.
func cached(answer openai.ChatCompletionResponse, body []byte) int {
	if d := answer.Usage.PromptTokensDetails; d != nil && d.CachedTokens > 0 {
		return d.CachedTokens
	}
	var raw struct {
		Usage struct {
			Hit int `json:"prompt_cache_hit_tokens"`
		} `json:"usage"`
	}
	if json.Unmarshal(body, &raw) != nil {
		return 0
	}
	return raw.Usage.Hit
}
