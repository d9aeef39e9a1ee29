package eval_test

import (
	"strings"
	"testing"
	"time"

	"tanxu/eval"
	"tanxu/extract"
	"tanxu/interview"
	"tanxu/interview/guide"
)

func kilnSession(t *testing.T, p eval.Persona, form bool) eval.Session {
	t.Helper()
	g, err := guide.Load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	var chat eval.Chat = eval.NewEngineChat(g, extract.NewRules(), interview.Options{}, now)
	if form {
		chat = eval.NewFormChat(g, now)
	}
	s, err := eval.Interview(t.Context(), p, chat)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestVariedTellsTheSameInAnotherOrder(t *testing.T) {
	t.Parallel()
	p := kilnFirm()
	order := func(p eval.Persona) string {
		var ids []string
		for _, f := range p.Facts {
			ids = append(ids, f.ID)
		}
		return strings.Join(ids, " ")
	}
	if order(p.Varied(0)) != order(p) {
		t.Error("seed 0 changes the order")
	}
	varied := order(p.Varied(1))
	if again := order(p.Varied(1)); varied == order(p) || varied != again || len(p.Varied(1).Facts) != len(p.Facts) {
		t.Errorf("seed 1: %s, again %s, of %s", varied, again, order(p))
	}
	if s := kilnSession(t, p.Varied(1), false); !s.Finished || s.Ungrounded != 0 {
		t.Errorf("another order: finished %v, ungrounded %d", s.Finished, s.Ungrounded)
	}
}

func TestTheFormAsksEachFieldOnce(t *testing.T) {
	t.Parallel()
	s := kilnSession(t, kilnFirm(), true)
	asked := map[string]int{}
	for _, l := range s.Log {
		for _, k := range l.Asks {
			asked[k]++
		}
	}
	if len(asked) < 10 || !s.Finished || s.Ungrounded != 0 {
		t.Errorf("asked %v, finished %v, ungrounded %d", asked, s.Finished, s.Ungrounded)
	}
	for k, n := range asked {
		if n != 1 {
			t.Errorf("%s is asked %d times", k, n)
		}
	}
	if s.Probed != 0 {
		t.Errorf("a form that never asks twice was told %.2f of what only a second question brings", s.Probed)
	}
}

func TestDialogueScores(t *testing.T) {
	t.Parallel()
	ours, form := kilnSession(t, kilnFirm(), false), kilnSession(t, kilnFirm(), true)
	if ours.Burden == 0 || ours.Recorded <= 0.5 || ours.Ask.F1() <= 0.5 || ours.Ask.Right > ours.Ask.Given {
		t.Errorf("burden %d, recorded %.2f, ask %+v", ours.Burden, ours.Recorded, ours.Ask)
	}
	diffs := map[string]float64{}
	for _, f := range eval.Against("form", []eval.Session{ours}, []eval.Session{form}) {
		diffs[f.Name] = f.Mean
	}
	if diffs["vs form: told probed facts"] <= 0 {
		t.Errorf("probing brings nothing: %v", diffs)
	}
	bad := ours
	bad.Repeats = 1
	if all := eval.AllOf("all", [][]eval.Session{{ours, bad}, {ours, ours}}); bad.Good() || ours.Good() && all.Mean != 0.5 {
		t.Errorf("all of two seeds: %+v, ours good %v", all, ours.Good())
	}
}
