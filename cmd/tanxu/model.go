package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"tanxu/extract"
	"tanxu/interview"
	"tanxu/interview/guide"
	"tanxu/llm"
	"tanxu/llm/cassette"
	"tanxu/llm/endpoint"
	"tanxu/need"
	"tanxu/prompts"
)

// newEngine returns the interview by rules, with the model's help where there
// is one, and the library's where it is wanted; nil: without.
func newEngine(model *endpoint.Model, cfg config, library interview.Separator) (*interview.Engine, error) {
	g, err := guide.Load()
	if err != nil {
		return nil, fmt.Errorf("load the guide: %w", err)
	}
	if model == nil {
		return interview.New(g, extract.NewRules(), interview.Options{Separate: library}), nil
	}
	o, err := modelOptions(model, model.Dropped, cfg)
	if err != nil {
		return nil, err
	}
	o.Separate = library
	return interview.New(g, extract.NewRules(), o), nil
}

// modelOptions are those of an interview in which a model reads; dropped is told
// of what it said in vain.
func modelOptions(model llm.Model, dropped func(string, int), cfg config) (interview.Options, error) {
	o := interview.Options{Patience: cfg.LLMPatience}
	set, err := prompts.Default()
	if err != nil {
		return o, err
	}
	if o.Understand, err = extract.NewUnderstander(model, set, extract.UnderstandOptions{Dropped: dropped, Second: cfg.LLMSecond}); err != nil {
		return o, fmt.Errorf("build the reader by model: %w", err)
	}
	if o.Restate, err = extract.NewRestater(model, set); err != nil {
		return o, fmt.Errorf("build the restating by model: %w", err)
	}
	if cfg.LLMPhrase {
		if o.Phrase, err = interview.NewPhraser(model, set, interview.PhraseOptions{Rejected: dropped}); err != nil {
			return o, fmt.Errorf("build the phrasing by model: %w", err)
		}
	}
	return o, nil
}

// textReader reads whole texts with the model. With must, a text that the model
// gave nothing for is an error; else it is read by rules, and warn is told.
type textReader struct {
	rules *extract.Rules
	model *extract.Understander // nil: rules alone
	must  bool
	warn  func(id string, err error)
}

func newTextReader(cfg config, mode, cassette string, warn func(string, error)) (textReader, error) {
	r := textReader{rules: extract.NewRules(), must: mode == "on", warn: warn}
	if use, err := useModel(cfg, mode); err != nil || !use {
		return r, err
	}
	model, err := keptModel(cfg, cassette)
	if err != nil {
		return r, err
	}
	set, err := prompts.Default()
	if err != nil {
		return r, err
	}
	r.model, err = extract.NewUnderstander(model, set, extract.UnderstandOptions{Prompt: "document.zh"})
	return r, err
}

// keptModel is the configured model; its answers are kept in a folder if one is
// named, so that a long reading can be broken off and repeated for nothing.
func keptModel(cfg config, folder string) (llm.Model, error) {
	model, err := newModel(cfg, nil, nil)
	if err != nil || folder == "" {
		return model, err
	}
	return cassette.New(model, folder)
}

// cassetteFlag offers a folder for the model's answers.
func cassetteFlag(cmd *cobra.Command, folder *string) {
	cmd.Flags().StringVar(folder, "cassette", "", "folder that keeps the model's answers: a run that broke off goes on, a rerun costs nothing")
}

// useModel reports whether the model of cfg is to be asked, by a flag --llm.
func useModel(cfg config, mode string) (bool, error) {
	switch {
	case mode != "on" && mode != "off" && mode != "auto":
		return false, fmt.Errorf("--llm is on, off or auto, not %q", mode)
	case mode == "on" && cfg.LLMBaseURL == "":
		return false, errors.New("--llm on needs TANXU_LLM_BASE_URL and TANXU_LLM_MODEL")
	default:
		return mode != "off" && cfg.LLMBaseURL != "", nil
	}
}

func (r textReader) read(ctx context.Context, t text, now time.Time) (*need.Need, error) {
	if r.model == nil {
		return extract.FromText(r.rules, t.Title, t.Text, now), nil
	}
	n, err := r.model.FromText(ctx, r.rules, t.Title, t.Text, now)
	if err != nil && (r.must || ctx.Err() != nil) {
		return nil, fmt.Errorf("read %s: %w", t.ID, err)
	}
	if err != nil {
		r.warn(t.ID, err)
	}
	return n, nil
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
