package interview_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"tanxu/extract"
	"tanxu/interview"
	"tanxu/interview/guide"
	"tanxu/need"
)

// separator is a Separator of a test.
type separator func(ctx context.Context) (map[string]float64, error)

func (s separator) Separate(ctx context.Context, _ need.CentrePath, _ *need.Need) (map[string]float64, error) {
	return s(ctx)
}

// TestWhatTellsCandidatesApartIsAskedFirst: the second question after an opening,
// with and without a library that has a say.
func TestWhatTellsCandidatesApartIsAskedFirst(t *testing.T) {
	t.Parallel()

	g, err := guide.Load()
	if err != nil {
		t.Fatal(err)
	}
	ask := func(s interview.Separator) need.Key {
		t.Helper()
		e := interview.New(g, extract.NewRules(), interview.Options{Separate: s, NewID: func() need.ID { return "n1" }})
		state := interview.Fold(nil)
		var asked need.Key
		for i, m := range []interview.Message{
			{ID: "m0", Start: true, Choice: "consent.yes"},
			{ID: "m1", Text: "我们铜带导电率偏低，每月退货3批，想找人解决。"},
		} {
			out, err := e.Turn(t.Context(), state, interview.Input{Messages: []interview.Message{m}, Now: time.Date(2026, 11, 25, 9, i, 0, 0, time.UTC), Centre: "jx/"})
			if err != nil {
				t.Fatal(err)
			}
			for _, ev := range out.Events {
				state.Apply(ev)
			}
			asked = out.Say[len(out.Say)-1].Asks[0]
		}
		return asked
	}
	plain := ask(nil)
	other := need.KeyConstraints
	if plain == other {
		t.Fatalf("%s is asked first anyway", other)
	}
	tells := func(key need.Key, much float64) separator {
		return func(context.Context) (map[string]float64, error) { return map[string]float64{string(key): much}, nil }
	}
	if got := ask(tells(other, 100)); got != other {
		t.Errorf("%s is asked, want %s", got, other)
	}
	for name, s := range map[string]separator{
		"down":                  func(context.Context) (map[string]float64, error) { return nil, errors.New("down") },
		"hangs":                 func(ctx context.Context) (map[string]float64, error) { <-ctx.Done(); return nil, ctx.Err() },
		"what is known already": tells(need.KeyProblem, 0),
	} {
		if got := ask(s); got != plain {
			t.Errorf("%s: %s is asked, want %s", name, got, plain)
		}
	}
}
