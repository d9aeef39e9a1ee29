package extract_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"tanxu/extract"
	"tanxu/internal/fakeopenai"
	"tanxu/llm"
	"tanxu/llm/llmtest"
	"tanxu/need"
	"tanxu/prompts"
)

func foil() *need.Need {
	text := func(s string) *need.Item { return &need.Item{Value: need.Value{Text: s}} }
	return need.Fold("n", []need.Event{
		{Kind: need.NeedStarted, Need: "n"}, {Kind: need.TitleSet, Need: "n", Note: "锂电池铜箔走带跑偏"},
		{Kind: need.ValueSet, Need: "n", Key: need.KeyProblem, Item: text("锂电池铜箔走带一到八十米就跑偏")},
		{Kind: need.RowSet, Need: "n", Row: &need.Indicator{ID: "i1", Name: "边上晃多少", Unit: "mm", Target: &need.Quantity{Text: "0.5", Num: 0.5}, Op: need.AtMost}},
		{Kind: need.RowSet, Need: "n", Row: &need.Indicator{ID: "i2", Name: "走带速度", Unit: "米/分", Target: &need.Quantity{Text: "80", Num: 80}, Op: need.AtLeast}},
	})
}

func restate(t *testing.T, m llm.Model) ([]need.Event, error) {
	t.Helper()
	set, err := prompts.Default()
	if err != nil {
		t.Fatal(err)
	}
	r, err := extract.NewRestater(m, set)
	if err != nil {
		t.Fatal(err)
	}
	return r.Restate(t.Context(), foil())
}

const plainAbstract = "高速输送的薄带横向位置不稳，要在提速的同时减小边缘摆动，辊系不能更换。"

// What a model restates is suggested only if it holds no number and no word of
// the trade; the contact's own names stay.
func TestRestate(t *testing.T) {
	t.Parallel()

	terms := func(list string) string { return `{"abstract":"` + plainAbstract + `","terms":[` + list + `]}` }
	tests := map[string]struct{ answer, want string }{
		"abstract and term":        {terms(`{"row":"i1","term":"边缘横向偏移量"}`), "problem_abstract indicator:i1=边缘横向偏移量"},
		"its own name":             {terms(`{"row":"i2","term":"走带速度"}`), "problem_abstract"},
		"no such row":              {terms(`{"row":"i9","term":"速度"}`), "problem_abstract"},
		"a term with a number":     {terms(`{"row":"i1","term":"偏移0.5mm"}`), "problem_abstract"},
		"a sentence for a term":    {terms(`{"row":"i1","term":"带材边缘在运行方向的垂直方向上的位移量"}`), "problem_abstract"},
		"a number":                 {`{"abstract":"薄带输送速度要提高到80，边缘摆动要减小。","terms":[]}`, ""},
		"a number in words":        {`{"abstract":"薄带输送速度要提高到每分钟八十米，边缘摆动要减小。","terms":[]}`, ""},
		"the trade":                {`{"abstract":"锂电池极薄金属带高速输送时横向位置不稳，要减小边缘摆动。","terms":[]}`, ""},
		"too short":                {`{"abstract":"薄带跑偏。","terms":[]}`, ""},
		"too long":                 {`{"abstract":"` + strings.Repeat("薄带横向位置不稳，", 30) + `","terms":[]}`, ""},
		"another language":         {`{"abstract":"A thin web drifts sideways at high speed.","terms":[]}`, ""},
		"markup":                   {`{"abstract":"薄带横向位置不稳，<b>边缘摆动</b>要减小，辊系不能更换。","terms":[]}`, ""},
		"the form of another call": {`{"cmds":[],"rows":[]}`, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			events, err := restate(t, llmtest.Says(tt.answer))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range events {
				s := string(e.Key)
				if e.Key != need.KeyAbstract {
					s += "=" + e.Note
				}
				got = append(got, s)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("suggested %v, want %q", events, tt.want)
			}
		})
	}
}

func TestRestateWithABadModel(t *testing.T) {
	t.Parallel()

	for _, fault := range []fakeopenai.Fault{fakeopenai.NotJSON, fakeopenai.Blank, fakeopenai.Reset, fakeopenai.Huge, fakeopenai.Echo, fakeopenai.WrongSchema} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()

			_, m := serve(t, "", fakeopenai.Mode{Fault: fault})
			if events, err := restate(t, m); len(events) > 0 || err == nil && fault != fakeopenai.Echo && fault != fakeopenai.WrongSchema {
				t.Errorf("events %v, error %v", events, err)
			}
		})
	}
	if _, err := restate(t, &llmtest.Model{Answer: func(context.Context, llm.Request) (llm.Response, error) {
		return llm.Response{Text: `{"abstract":7}`}, nil
	}}); !errors.Is(err, llm.ErrInvalid) {
		t.Errorf("error %v, want invalid", err)
	}
}

// FuzzRestate: whatever a model writes, no suggestion holds a digit or a line break.
func FuzzRestate(f *testing.F) {
	for _, seed := range []string{`{"abstract":"` + plainAbstract + `","terms":[{"row":"i1","term":"边缘横向偏移量"}]}`, `{"terms":[{"row":"i1","term":"\u0000"}]}`, `{}`, `[]`, ``} {
		f.Add(seed)
	}
	set, err := prompts.Default()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := extract.NewRestater(llmtest.Says(text), set)
		if err != nil {
			t.Fatal(err)
		}
		events, _ := r.Restate(t.Context(), foil()) // an error suggests nothing
		for _, e := range events {
			if e.Kind != need.Suggested || strings.ContainsAny(e.Note, "0123456789\n\r<>{}") || e.Note == "" {
				t.Fatalf("suggested %q", e.Note)
			}
		}
	})
}
