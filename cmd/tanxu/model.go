package main

import (
	"context"
	"fmt"
	"time"

	"tanxu/extract"
	"tanxu/interview"
	"tanxu/interview/guide"
	"tanxu/llm/endpoint"
	"tanxu/prompts"
)

// newEngine returns the interview by rules, with the model's help where there
// is one.
func newEngine(model *endpoint.Model, cfg config) (*interview.Engine, error) {
	g, err := guide.Load()
	if err != nil {
		return nil, fmt.Errorf("load the guide: %w", err)
	}
	o := interview.Options{}
	if model == nil {
		return interview.New(g, extract.NewRules(), o), nil
	}
	set, err := prompts.Default()
	if err != nil {
		return nil, err
	}
	if o.Understand, err = extract.NewUnderstander(model, set, extract.UnderstandOptions{Dropped: model.Dropped}); err != nil {
		return nil, fmt.Errorf("build the reader by model: %w", err)
	}
	if cfg.LLMPhrase {
		if o.Phrase, err = interview.NewPhraser(model, set, interview.PhraseOptions{Rejected: model.Dropped}); err != nil {
			return nil, fmt.Errorf("build the phrasing by model: %w", err)
		}
	}
	return interview.New(g, extract.NewRules(), o), nil
}

// probeTime bounds the five calls of a probe.
const probeTime = 2 * time.Minute

// probeModel finds out in the background how the endpoint can be made to answer
// in JSON; until then, and when it fails, what is known of the provider holds.
func (a *app) probeModel(ctx context.Context) {
	if a.model == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if form, err := a.model.Probe(ctx); err != nil {
			a.log.WarnContext(ctx, "model not probed", "form", form, "error", err)
		}
	}()
	a.closers = append(a.closers, func() { cancel(); <-done })
}
