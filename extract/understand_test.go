package extract_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"tanxu/extract"
	"tanxu/llm"
	"tanxu/llm/llmtest"
	"tanxu/need"
	"tanxu/prompts"
)

const heard = "我们做锂电铜箔，表面处理机走带一到八十米就跑偏。现在面密度偏差2.5%，想压到1.2%以内，按GB/T 5230测。换过两家的纠偏器，都不行。" +
	"钱大概准备一百五十万，明年六月底前要上线。设备外形不能动。想找高校一起研发。"

func understander(t testing.TB, m llm.Model, o extract.UnderstandOptions) *extract.Understander {
	t.Helper()
	set, err := prompts.Default()
	if err != nil {
		t.Fatal(err)
	}
	u, err := extract.NewUnderstander(m, set, o)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func input(texts ...string) extract.UnderstandInput {
	in := extract.UnderstandInput{Now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))}
	for i, text := range texts {
		in.Heard = append(in.Heard, extract.Heard{Ref: "message:" + string(rune('a'+i)), Text: text})
	}
	return in
}

// cmd and row write an answer of the model; absent keys are null.
func cmd(pairs ...string) map[string]any { return object([]string{"message", "m1"}, pairs) }

func row(pairs ...string) map[string]any {
	return object([]string{"message", "m1", "op", "append_indicator"}, pairs)
}

func object(lists ...[]string) map[string]any {
	out := map[string]any{}
	for _, pairs := range lists {
		for i := 0; i < len(pairs); i += 2 {
			out[pairs[i]] = pairs[i+1]
		}
	}
	return out
}

func answer(t *testing.T, cmds, rows []map[string]any) string {
	t.Helper()
	if cmds == nil {
		cmds = []map[string]any{}
	}
	if rows == nil {
		rows = []map[string]any{}
	}
	out, err := json.Marshal(map[string]any{"cmds": cmds, "rows": rows})
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestUnderstandReadsATurn(t *testing.T) {
	t.Parallel()
	said := answer(t, []map[string]any{
		cmd("quote", "表面处理机走带一到八十米就跑偏", "op", "set", "field", "problem"),
		cmd("quote", "我们做锂电铜箔", "op", "set", "field", "scene"),
		cmd("quote", "换过两家的纠偏器，都不行", "op", "set", "field", "tried"),
		cmd("quote", "钱大概准备一百五十万", "op", "set", "field", "budget", "value", "150万"),
		cmd("quote", "明年六月底前要上线", "op", "set", "field", "deadline"),
		cmd("quote", "设备外形不能动", "op", "set", "field", "constraints"),
		cmd("quote", "想找高校一起研发", "op", "set", "field", "coop_mode", "value", "合作研发"),
	}, []map[string]any{
		row("quote", "现在面密度偏差2.5%，想压到1.2%以内，按GB/T 5230测", "name", "面密度偏差", "current", "2.5", "cmp", "≤", "target", "1.2", "unit", "%", "method", "GB/T 5230"),
	})
	in := input(heard)
	in.Heard[0].Rules = extract.NewRules().Read(heard, extract.Context{Ref: "message:a", Now: in.Now})
	got, err := understander(t, llmtest.Says(said), extract.UnderstandOptions{}).Understand(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Dropped) > 0 {
		t.Errorf("dropped %v", got.Dropped)
	}
	r := got.Readings["message:a"]
	checkEvidence(t, heard, r)
	values := map[need.Key]need.Value{}
	for _, f := range r.Values {
		values[f.Key] = f.Item.Value
	}
	if v := values[need.KeyProblem].Text; v != "表面处理机走带一到八十米就跑偏" {
		t.Errorf("problem %q", v)
	}
	if m := values[need.KeyBudget].Money; m == nil || m.Min != 150 || m.Max != 150 {
		t.Errorf("budget %+v", m)
	}
	if d := values[need.KeyDeadline].Deadline; d == nil || !strings.HasPrefix(d.ISO, "2027-06") {
		t.Errorf("deadline %+v", d)
	}
	if v := values[need.KeyCoopMode].Text; v != "合作研发" {
		t.Errorf("coop mode %q", v)
	}
	if len(r.Rows) != 1 {
		t.Fatalf("rows %+v", r.Rows)
	}
	i := r.Rows[0].Row
	if i.Name != "面密度偏差" || i.Current.Num != 2.5 || i.Target.Num != 1.2 || i.Op != need.AtMost || i.Unit != "%" || i.Method != "GB/T 5230" {
		t.Errorf("row %+v, current %+v, target %+v", i, i.Current, i.Target)
	}
	if !i.Checks.Rule || !i.Checks.Aligned {
		t.Errorf("checks %+v", i.Checks)
	}
}

// checkEvidence proves that each value rests on words of the text, at the
// offsets that it names.
func checkEvidence(t *testing.T, text string, r extract.Reading) {
	t.Helper()
	runes := []rune(text)
	check := func(e need.Evidence) {
		if e.Start < 0 || e.End > len(runes) || e.Start >= e.End || string(runes[e.Start:e.End]) != e.Quote {
			t.Errorf("evidence %+v does not stand in the text", e)
		}
	}
	for _, f := range r.Values {
		for _, e := range f.Item.Evidence {
			check(e)
		}
		if f.Key.Shape() <= need.List && f.Item.Value.Text != f.Item.Evidence[0].Quote {
			t.Errorf("%s is %q, which is not its quote", f.Key, f.Item.Value.Text)
		}
	}
	for _, row := range r.Rows {
		for _, e := range row.Row.Evidence {
			check(e)
		}
	}
	for _, m := range r.Marks {
		check(m.Quote)
	}
}

func TestRepairAsksOnlyForWhatWasBroken(t *testing.T) {
	t.Parallel()
	good := cmd("quote", "就是跑偏", "op", "set", "field", "problem")
	bad := map[string]any{"message": "m1", "quote": []string{"停机多"}, "op": "set", "field": "problem"}
	m := llmtest.Says(answer(t, list(good, bad), nil), answer(t, list(cmd("quote", "停机多", "op", "set", "field", "problem")), nil))
	got, err := understander(t, m, extract.UnderstandOptions{}).Understand(t.Context(), input("就是跑偏，停机多"))
	if err != nil || brief(got) != "problem=就是跑偏 problem=停机多" || len(got.Dropped) != 0 {
		t.Fatalf("read %q, dropped %v, error %v", brief(got), got.Dropped, err)
	}
	all := m.Requests()
	if len(all) != 2 || all[1].Name != "repair" || all[1].Schema == nil {
		t.Fatalf("%d calls", len(all))
	}
	last := all[1].Messages[len(all[1].Messages)-1].Text
	if !strings.Contains(last, "/cmds/1") || !strings.Contains(last, "停机多") || strings.Contains(last, "就是跑偏") {
		t.Errorf("the repair asks: %s", last)
	}
}

func TestRepairComesOnce(t *testing.T) {
	t.Parallel()
	bad := map[string]any{"quote": "就是跑偏"}
	tests := map[string]struct {
		first, second string
		want          string
		dropped       int
		usable        bool
	}{
		"never JSON":                   {"好的", "还是不行", "", 0, false},
		"another shape, then right":    {`{"answer":1}`, answer(t, list(cmd("quote", "就是跑偏", "op", "set", "field", "problem")), nil), "problem=就是跑偏", 0, true},
		"still broken":                 {answer(t, list(bad, cmd("quote", "停机多", "op", "set", "field", "problem")), nil), answer(t, list(bad), nil), "problem=停机多", 1, true},
		"a number where text belongs":  {`{"cmds":[],"rows":[{"message":"m1","quote":"良率六十","op":"append_indicator","row":null,"name":"良率","current":60}]}`, "", "良率(60)", 0, true},
		"rows left out":                {`{"cmds":[{"message":"m1","quote":"停机多","op":"set","field":"problem"}]}`, "", "problem=停机多", 0, true},
		"keys too many":                {`{"cmds":[{"message":"m1","quote":"停机多","op":"set","field":"problem","sure":0.9}],"rows":[],"note":"x"}`, "", "problem=停机多", 0, true},
		"an object instead of a list":  {`{"cmds":{"op":"set"},"rows":[]}`, answer(t, nil, nil), "", 0, true},
		"the prompt comes back":        {`{"state":{"fields":[]},"messages":[]}`, `{"state":{"fields":[]},"messages":[]}`, "", 0, false},
		"ten thousand rows":            {`{"cmds":[],"rows":[` + strings.Repeat(`{"message":"m1","quote":"良率六十","op":"append_indicator","name":"良率","current":"60"},`, 9999) + `{"quote":"x"}]}`, "", "", 160, true},
		"nothing to say is no failure": {answer(t, nil, nil), "", "", 0, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := llmtest.Says(tt.first, tt.second)
			got, err := understander(t, m, extract.UnderstandOptions{}).Understand(t.Context(), input("就是跑偏，停机多，良率六十"))
			if (err == nil) != tt.usable || err != nil && !errors.Is(err, llm.ErrInvalid) {
				t.Fatalf("error %v", err)
			}
			total := 0
			for _, n := range got.Dropped {
				total += n
			}
			if name == "ten thousand rows" {
				if len(got.Readings["message:a"].Rows) > 40 || total < 100 {
					t.Errorf("%d rows, %d dropped", len(got.Readings["message:a"].Rows), total)
				}
				return
			}
			if brief(got) != tt.want || total != tt.dropped || len(m.Requests()) > 2 {
				t.Errorf("read %q, want %q; dropped %v after %d calls", brief(got), tt.want, got.Dropped, len(m.Requests()))
			}
		})
	}
}

func TestNewUnderstanderNeedsItsPrompts(t *testing.T) {
	t.Parallel()
	set, err := prompts.Default()
	if err != nil {
		t.Fatal(err)
	}
	for name, o := range map[string]extract.UnderstandOptions{
		"no such prompt":   {Prompt: "understand.fr"},
		"no schema":        {Prompt: "phrase.zh"},
		"no repair prompt": {Repair: "repair.fr"},
	} {
		if _, err := extract.NewUnderstander(llmtest.Says("x"), set, o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestATextIsReadWithTheModel(t *testing.T) {
	t.Parallel()
	set, err := prompts.Default()
	if err != nil {
		t.Fatal(err)
	}
	const body = "我司压盖机压不紧，漏液率3‰。拟把漏液率降到0.5‰以下，机架不得改动。"
	says := llmtest.Says(answer(t, list(cmd("quote", "机架不得改动", "op", "set", "field", "constraints")),
		list(row("quote", "拟把漏液率降到0.5‰以下", "name", "漏液率", "target", "0.5", "cmp", "≤", "unit", "‰"))))
	u, err := extract.NewUnderstander(says, set, extract.UnderstandOptions{Prompt: "document.zh"})
	if err != nil {
		t.Fatal(err)
	}
	n, err := u.FromText(t.Context(), extract.NewRules(), "压盖机密封", body, input().Now)
	if err != nil || len(n.Field(need.KeyConstraints).Items) != 1 || n.Field(need.KeyConstraints).Items[0].Value.Text != "机架不得改动" || len(n.Indicators) == 0 {
		t.Errorf("constraints %+v, indicators %d, error %v", n.Field(need.KeyConstraints).Items, len(n.Indicators), err)
	}
	u, err = extract.NewUnderstander(llmtest.Fails(llm.ErrDown), set, extract.UnderstandOptions{Prompt: "document.zh"})
	if err != nil {
		t.Fatal(err)
	}
	n, err = u.FromText(t.Context(), extract.NewRules(), "压盖机密封", body, input().Now)
	if !errors.Is(err, llm.ErrDown) || n == nil || len(n.Indicators) == 0 {
		t.Errorf("without the model: %+v, %v", n, err)
	}
}
