package openai

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/sashabaranov/go-openai"

	"tanxu/llm"
)

// Transcriber is a model of an endpoint that writes down recordings.
type Transcriber struct {
	client *openai.Client
	name   string
}

var _ llm.Transcriber = (*Transcriber)(nil)

// NewTranscriber returns the transcriber of c, whose preset plays no part. It
// does not call the endpoint.
func NewTranscriber(c Config) (*Transcriber, error) {
	if c.BaseURL == "" || c.Model == "" {
		return nil, errors.New("a transcriber needs a base URL and a name")
	}
	return &Transcriber{client: c.client(), name: c.Model}, nil
}

// Transcribe implements llm.Transcriber.
func (t *Transcriber) Transcribe(ctx context.Context, name, lang string, audio []byte) (string, error) {
	x := &exchange{}
	answer, err := t.client.CreateTranscription(withExchange(ctx, x), openai.AudioRequest{
		Model: t.name, FilePath: name, Reader: bytes.NewReader(audio), Language: lang, Format: openai.AudioResponseFormatJSON,
	})
	if err != nil {
		return "", fmt.Errorf("transcribe with %s: %w", t.name, failure(err, x))
	}
	text := plain(answer.Text)
	if text == "" {
		if f := errorBody(x); f != nil {
			return "", fmt.Errorf("transcribe with %s: %w", t.name, f)
		}
	}
	return text, nil
}

// plain is a text as it can be stored and quoted.
func plain(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", ""))
}
