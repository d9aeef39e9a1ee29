package extract_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"tanxu/extract"
	"tanxu/internal/fakeopenai"
	"tanxu/llm"
	"tanxu/llm/openai"
)

// Over real HTTP: each fault of an endpoint is an error of a kind, or costs
// commands; none of them puts anything into the record that was not said.
func TestFaultsOverHTTP(t *testing.T) {
	t.Parallel()
	whole := answer(t, list(cmd("quote", "走带一到八十米就跑偏", "op", "set", "field", "problem")), nil)
	tests := map[fakeopenai.Fault]struct {
		kind error
		want string
	}{
		fakeopenai.OK:          {nil, "problem=走带一到八十米就跑偏"},
		fakeopenai.Fenced:      {nil, "problem=走带一到八十米就跑偏"},
		fakeopenai.Thinking:    {nil, "problem=走带一到八十米就跑偏"},
		fakeopenai.Reasoning:   {nil, "problem=走带一到八十米就跑偏"},
		fakeopenai.Hang:        {llm.ErrDown, ""},
		fakeopenai.Drip:        {llm.ErrDown, ""},
		fakeopenai.Stall:       {llm.ErrDown, ""},
		fakeopenai.Limited:     {llm.ErrDown, ""},
		fakeopenai.ServerError: {llm.ErrDown, ""},
		fakeopenai.Unavailable: {llm.ErrDown, ""},
		fakeopenai.Reset:       {llm.ErrDown, ""},
		fakeopenai.ErrorBody:   {llm.ErrDown, ""},
		fakeopenai.Blank:       {llm.ErrBlank, ""},
		fakeopenai.NoChoices:   {llm.ErrBlank, ""},
		fakeopenai.Filtered:    {llm.ErrBlank, ""},
		fakeopenai.Refused:     {llm.ErrBlank, ""},
		fakeopenai.NotJSON:     {llm.ErrInvalid, ""},
		fakeopenai.WrongSchema: {llm.ErrInvalid, ""},
		fakeopenai.Huge:        {llm.ErrInvalid, ""},
		fakeopenai.Echo:        {nil, ""}, // the prompt comes back, the form of its answer too: nobody said those words
		fakeopenai.Foreign:     {nil, ""}, // translated quotes are nobody's words
		fakeopenai.Endless:     {nil, "problem=走带一到八十米就跑偏"},
		fakeopenai.Obey:        {nil, ""},
		fakeopenai.Lie:         {nil, ""},
	}
	for fault, tt := range tests {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			_, m := serve(t, whole, fakeopenai.Mode{Fault: fault})
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			got, err := understander(t, m, extract.UnderstandOptions{}).Understand(ctx, input("走带一到八十米就跑偏"))
			if !errors.Is(err, tt.kind) {
				t.Fatalf("error %v, want %v", err, tt.kind)
			}
			if fault == fakeopenai.Obey || fault == fakeopenai.Lie {
				checkEvidence(t, "走带一到八十米就跑偏", got.Readings["message:a"])
				return
			}
			if brief(got) != tt.want {
				t.Errorf("read %q, want %q", brief(got), tt.want)
			}
		})
	}
}

func serve(t *testing.T, says string, mode fakeopenai.Mode) (*fakeopenai.Server, llm.Model) {
	t.Helper()
	s, err := fakeopenai.Start(fakeopenai.Options{Answer: func(fakeopenai.Request) string { return says }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	s.SetMode(mode)
	m, err := openai.New(openai.Config{BaseURL: s.URL, Model: "qwen-plus"})
	if err != nil {
		t.Fatal(err)
	}
	return s, m
}

// A cut answer gives a part of its commands, and no number is cut in two.
func TestAnAnswerCutAtEveryByte(t *testing.T) {
	t.Parallel()
	const text = "走带一到八十米就跑偏，面密度偏差要12.5%以内"
	whole := answer(t, list(cmd("quote", "走带一到八十米就跑偏", "op", "set", "field", "problem")),
		list(row("quote", "面密度偏差要12.5%以内", "name", "面密度偏差", "target", "12.5", "cmp", "≤", "unit", "%")))
	s, m := serve(t, whole, fakeopenai.Mode{})
	u := understander(t, m, extract.UnderstandOptions{})
	allowed := map[string]bool{"": true, "problem=走带一到八十米就跑偏": true, "面密度偏差≤12.5%": true, "problem=走带一到八十米就跑偏 面密度偏差≤12.5%": true}
	for k := range len(whole) {
		s.SetMode(fakeopenai.Mode{Fault: fakeopenai.Truncated, K: k})
		got, err := u.Understand(t.Context(), input(text))
		if err != nil && !errors.Is(err, llm.ErrInvalid) && !errors.Is(err, llm.ErrBlank) {
			t.Fatalf("cut at %d: %v", k, err)
		}
		if !allowed[brief(got)] {
			t.Fatalf("cut at %d: read %q", k, brief(got))
		}
	}
}
