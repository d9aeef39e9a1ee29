package main

import (
	"cmp"
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"tanxu/bot/telegram"
	"tanxu/jobs"
	"tanxu/llm/endpoint"
	"tanxu/llm/guard"
	"tanxu/postgres"
)

// newTranscriber returns what writes down voice notes, nil if nothing does. The
// language model's key goes to its own endpoint only.
func newTranscriber(cfg config, metrics prometheus.Registerer) (jobs.Transcriber, error) {
	if cfg.TranscribeModel == "" {
		return nil, nil //nolint:nilnil // a nil transcriber is one that is off
	}
	key := cfg.TranscribeAPIKey
	if cfg.TranscribeBaseURL == "" {
		key = cmp.Or(key, cfg.LLMAPIKey)
	}
	return endpoint.NewTranscriber(endpoint.Config{
		BaseURL: cmp.Or(cfg.TranscribeBaseURL, cfg.LLMBaseURL), Key: key, Model: cfg.TranscribeModel, Metrics: metrics,
		Guard: guard.Options{Try: cfg.LLMTimeout, Retries: 1},
	})
}

// telegramFiles keeps what contacts send to a Telegram bot.
type telegramFiles struct{ store *postgres.Store }

// KeepFile implements telegram.Files.
func (f telegramFiles) KeepFile(ctx context.Context, bot, chat, name string, content []byte) (string, error) {
	return f.store.KeepChatFile(ctx, telegram.Name, bot, chat, name, content)
}
