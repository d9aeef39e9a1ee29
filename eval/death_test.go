package eval_test

import (
	"context"
	"testing"
	"time"

	"tanxu/eval"
	"tanxu/extract"
	"tanxu/interview"
	"tanxu/interview/guide"
	"tanxu/llm"
	"tanxu/llm/llmtest"
	"tanxu/prompts"
)

// dying is a model that answers so many calls and no more.
func dying(m llm.Model, calls int) llm.Model {
	return &llmtest.Model{Answer: func(ctx context.Context, req llm.Request) (llm.Response, error) {
		if calls--; calls < 0 {
			return llm.Response{}, llm.ErrDown
		}
		return m.Complete(ctx, req)
	}}
}

func readBy(t *testing.T, p eval.Persona, m llm.Model) eval.Session {
	t.Helper()
	g, err := guide.Load()
	if err != nil {
		t.Fatal(err)
	}
	set, err := prompts.Default()
	if err != nil {
		t.Fatal(err)
	}
	o := interview.Options{}
	if o.Understand, err = extract.NewUnderstander(m, set, extract.UnderstandOptions{}); err != nil {
		t.Fatal(err)
	}
	s, err := eval.Interview(t.Context(), p, eval.NewEngineChat(g, extract.NewRules(), o, time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A model that dies at turn k, for every k, costs no answer: the interview ends,
// nobody is pressed, and all that rules alone would have kept is kept.
func TestAModelThatDiesAtAnyTurnLosesNothing(t *testing.T) {
	t.Parallel()

	p := kilnFirm()
	p.Gold.Support = map[string][]string{"needs[0].indicators[0]": {"f2", "f5"}, "needs[0].indicators[1]": {"f4"}, "needs[0].coop_mode": {"f10"}}
	alone := kilnSession(t, p, false)
	for k := range alone.Turns + 1 {
		s := readBy(t, p, dying(eval.NewKnowing(p, 0, 0), k))
		if !s.Finished || s.Repeats+s.Ungrounded+s.Invented+s.Lost > 0 || s.Recorded < alone.Recorded || s.Told < alone.Told {
			t.Errorf("dead after %d calls: finished %v, repeats %d, ungrounded %d, invented %d, lost %d, told %.2f of %.2f, recorded %.2f of %.2f",
				k, s.Finished, s.Repeats, s.Ungrounded, s.Invented, s.Lost, s.Told, alone.Told, s.Recorded, alone.Recorded)
		}
	}
}

// The scripted reader makes a record that rules alone do not surpass, and what
// it gets wrong is never green.
func TestTheScriptedReader(t *testing.T) {
	t.Parallel()

	p := kilnFirm()
	p.Gold.Support = map[string][]string{
		"needs[0].problem": {"f1"}, "needs[0].indicators[0]": {"f2", "f5"}, "needs[0].indicators[1]": {"f4"}, "needs[0].tried[0]": {"f8"},
		"needs[0].constraints[0]": {"f9"}, "needs[0].coop_mode": {"f10"},
	}
	alone, read := kilnSession(t, p, false), readBy(t, p, eval.NewKnowing(p, 0, 0))
	if read.Rows.F1() < alone.Rows.F1() || read.Field.F1() < alone.Field.F1()-0.1 || read.Trust.GreenRight == 0 {
		t.Errorf("rows %.2f (rules %.2f), fields %.2f (%.2f), %+v", read.Rows.F1(), alone.Rows.F1(), read.Field.F1(), alone.Field.F1(), read.Trust)
	}
	for draw := range uint64(20) {
		if s := readBy(t, p, eval.NewKnowing(p, 0.5, draw)); s.Trust.GreenWrong > 0 || s.Ungrounded > 0 {
			t.Errorf("draw %d: %+v, %d ungrounded", draw, s.Trust, s.Ungrounded)
		}
	}
	agent := interviewed(t, eval.NewAgentChat(eval.NewKnowing(p, 0, 0)))
	single := interviewed(t, eval.NewSingleChat(eval.NewKnowing(p, 0, 0)))
	for name, s := range map[string]eval.Session{"agent": agent, "single": single} {
		if !s.Finished || !s.ReadBack || s.Rows.F1() < 1 || s.Repeats > 0 {
			t.Errorf("%s: finished %v, read back %v, rows %.2f, repeats %d", name, s.Finished, s.ReadBack, s.Rows.F1(), s.Repeats)
		}
	}
}
