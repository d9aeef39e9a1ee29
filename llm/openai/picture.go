package openai

import (
	"encoding/base64"
	"net/http"

	"github.com/sashabaranov/go-openai"

	"tanxu/llm"
)

// shown is a message with its picture, which travels inside of the request: an
// endpoint fetches nothing from us.
func shown(m llm.Message) openai.ChatCompletionMessage {
	address := "data:" + http.DetectContentType(m.Picture) + ";base64," + base64.StdEncoding.EncodeToString(m.Picture)
	parts := []openai.ChatMessagePart{{Type: openai.ChatMessagePartTypeImageURL, ImageURL: &openai.ChatMessageImageURL{URL: address}}}
	if m.Text != "" {
		parts = append([]openai.ChatMessagePart{{Type: openai.ChatMessagePartTypeText, Text: m.Text}}, parts...)
	}
	return openai.ChatCompletionMessage{Role: string(m.Role), MultiContent: parts}
}
