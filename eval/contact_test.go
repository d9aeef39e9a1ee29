package eval_test

import (
	"strings"
	"testing"

	"tanxu/eval"
)

func potter() eval.Persona {
	return eval.Persona{
		ID: "T1", Kind: "clear", Opening: "我们烧的日用瓷釉面老起针孔。",
		Facts: []eval.Fact{
			{ID: "f1", Field: "problem", Say: "釉面起针孔。", Disclose: "open"},
			{ID: "f2", Field: "indicator", Say: "针孔率现在6%，要到1%以内。", Disclose: "asked"},
			{ID: "f3", Field: "indicator", Say: "白度现在70度，要75度以上。", Disclose: "asked"},
			{ID: "f4", Field: "indicator", Say: "吸水率要0.3%以内。", Disclose: "probed"},
			{ID: "f5", Field: "indicator", Say: "记错了，针孔率现在是8%。", Disclose: "asked", Corrects: "f2"},
			{ID: "f6", Field: "deadline", Say: "年底前。", SayVague: "快点就好。", Disclose: "probed"},
			{ID: "f7", Field: "budget", Say: "钱不谈。", Disclose: "never"},
		},
	}
}

func TestContactAnswersByField(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		ask  [][]string
		want string // the answer to the last question
	}{
		"two facts at a time":            {[][]string{{"indicator"}}, "针孔率现在6%，要到1%以内。白度现在70度，要75度以上。"},
		"correction and probed, second":  {[][]string{{"indicator"}, {"expected_goal"}}, "记错了，针孔率现在是8%。吸水率要0.3%以内。"},
		"vague first":                    {[][]string{{"deadline"}}, "快点就好。"},
		"plain at the second":            {[][]string{{"deadline"}, {"deadline"}}, "年底前。"},
		"all told":                       {[][]string{{"problem"}}, "一下说不太清。"},
		"no fact of the field":           {[][]string{{"tried"}}, "这个不清楚，没有。"},
		"refusal":                        {[][]string{{"budget"}}, "钱不谈。"},
		"nothing asked":                  {[][]string{nil}, "嗯，你接着问吧。"},
		"both fields of one question":    {[][]string{{"deadline", "budget"}}, "快点就好。钱不谈。"},
		"after all of it is told, again": {[][]string{{"budget"}, {"budget"}}, "一下说不太清。"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			c := eval.NewContact(potter())
			got := ""
			for _, asks := range tt.ask {
				got = c.Answer(asks, false, false)
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestContactTellsAtOnceWhenProbed(t *testing.T) {
	t.Parallel()

	if got := eval.NewContact(potter()).Answer([]string{"deadline"}, true, false); got != "年底前。" {
		t.Errorf("probed: %q", got)
	}
}

func TestContactCorrectsBeforeItConfirms(t *testing.T) {
	t.Parallel()

	c := eval.NewContact(potter())
	c.Answer([]string{"indicator"}, false, false)
	if got := c.Answer(nil, false, true); !strings.Contains(got, "8%") {
		t.Errorf("at the card: %q", got)
	}
	if got := c.Answer(nil, false, true); !strings.Contains(got, "确认") {
		t.Errorf("at the second card: %q", got)
	}
}

func TestImpatientContactLeaves(t *testing.T) {
	t.Parallel()

	p := potter()
	p.Kind = "impatient"
	c := eval.NewContact(p)
	for range 10 {
		if got := c.Answer([]string{"tried"}, false, false); strings.Contains(got, "提交") {
			t.Fatalf("left too early: %q", got)
		}
	}
	if got := c.Answer([]string{"tried"}, false, false); !strings.Contains(got, "提交") {
		t.Errorf("after ten questions: %q", got)
	}
}
