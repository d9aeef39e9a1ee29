package main

import (
	"cmp"

	"tanxu/extract"
	"tanxu/jobs"
	"tanxu/llm/endpoint"
	"tanxu/llm/guard"
	"tanxu/prompts"
)

// newViewer returns what reads pictures, nil if nothing does. The language
// model's key goes to its own endpoint only.
func newViewer(cfg config) (jobs.Viewer, error) {
	if cfg.VisionModel == "" {
		return nil, nil //nolint:nilnil // a nil viewer is one that is off
	}
	key := cfg.VisionAPIKey
	if cfg.VisionBaseURL == "" {
		key = cmp.Or(key, cfg.LLMAPIKey)
	}
	model, err := endpoint.New(endpoint.Config{
		BaseURL: cmp.Or(cfg.VisionBaseURL, cfg.LLMBaseURL), Key: key, Model: cfg.VisionModel, Vendor: cfg.LLMVendor,
		Guard: guard.Options{Try: cfg.LLMTimeout, Retries: 1},
	})
	if err != nil {
		return nil, err
	}
	set, err := prompts.Default()
	if err != nil {
		return nil, err
	}
	return extract.NewViewer(model, set)
}
