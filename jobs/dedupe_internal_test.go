package jobs

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"tanxu/need"
)

// scripted is a Meaning that says what it is told to.
type scripted struct {
	near []float64
	err  error
}

func (s scripted) Nearness(context.Context, string, []string) ([]float64, error) {
	return s.near, s.err
}

func TestMeaningAddsTwins(t *testing.T) {
	t.Parallel()
	print := func(id need.ID, text string) *need.Print {
		p := need.NewPrint(id, "", []string{"高导铜合金带材", text}, nil)
		return &p
	}
	self := print("a", "目前铜合金带材导电率只有76%IACS，希望提高到80%IACS以上，抗拉强度560MPa")
	unsure := []*need.Print{print("b", "电导上不去，铜合金带材现在76%IACS，用户盯着80%IACS，力学性能560MPa不能丢")}
	tests := map[string]struct {
		meaning Meaning
		want    int
	}{
		"the same":           {scripted{near: []float64{0.95}}, 1},
		"something else":     {scripted{near: []float64{0.4}}, 0},
		"fewer than asked":   {scripted{}, 0},
		"it does not answer": {scripted{err: errors.New("no answer")}, 0},
		"there is none":      {nil, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &dedupeWorker{meaning: tt.meaning, log: slog.New(slog.DiscardHandler)}
			if got := w.meant(t.Context(), self, unsure); len(got) != tt.want {
				t.Errorf("twins %+v, want %d", got, tt.want)
			}
		})
	}
}
