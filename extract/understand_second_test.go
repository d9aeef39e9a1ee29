package extract_test

import (
	"testing"

	"tanxu/extract"
	"tanxu/llm/llmtest"
)

// A number that the rules have not read is asked for twice, and agrees only if
// the model says it again; what the rules confirm costs no second call.
func TestASecondReading(t *testing.T) {
	t.Parallel()
	const said = "辊缝开度眼下四十道，得收到二十五道。"
	reads := func(target string) string {
		return answer(t, nil, []map[string]any{row("quote", "辊缝开度眼下四十道，得收到二十五道", "name", "辊缝开度", "current", "40", "target", target, "cmp", "≤", "unit", "道")})
	}
	tests := map[string]struct {
		second string
		agree  bool
	}{
		"the same again":   {reads("25"), true},
		"another number":   {reads("40"), false},
		"nothing again":    {answer(t, nil, nil), false},
		"no usable answer": {"?", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := llmtest.Says(reads("25"), tt.second, tt.second)
			u := understander(t, m, extract.UnderstandOptions{Second: 0.5})
			got, err := u.Understand(t.Context(), input(said))
			if err != nil {
				t.Fatal(err)
			}
			rows := got.Readings["message:a"].Rows
			if len(rows) != 1 || rows[0].Row.Checks.Agree != tt.agree || rows[0].Row.Target.Num != 25 {
				t.Errorf("rows %+v, want agree %v", rows, tt.agree)
			}
			if calls := m.Requests(); len(calls) < 2 || calls[0].Temperature != 0 || calls[1].Temperature != 0.5 {
				t.Errorf("%d calls", len(calls))
			}
		})
	}
}

func TestWhatTheRulesConfirmIsNotAskedTwice(t *testing.T) {
	t.Parallel()
	in := input(heard)
	in.Heard[0].Rules = extract.NewRules().Read(heard, extract.Context{Ref: in.Heard[0].Ref, Now: in.Now})
	m := llmtest.Says(answer(t, nil, []map[string]any{
		row("quote", "面密度偏差2.5%，想压到1.2%以内", "name", "面密度偏差", "current", "2.5", "target", "1.2", "cmp", "≤", "unit", "%"),
	}))
	u := understander(t, m, extract.UnderstandOptions{Second: 0.5})
	got, err := u.Understand(t.Context(), in)
	if err != nil || len(m.Requests()) != 1 || !got.Readings["message:a"].Rows[0].Row.Checks.Agree {
		t.Errorf("error %v, %d calls, %+v", err, len(m.Requests()), got.Readings)
	}
}
