package interview_test

import (
	"encoding/json"
	"strings"
	"testing"

	"tanxu/interview"
	"tanxu/need"
)

// ops writes an answer of a model: each command is op, field, row, value, quote.
func ops(t *testing.T, cmds ...[5]string) string {
	t.Helper()
	list := []map[string]any{}
	for _, c := range cmds {
		cmd := map[string]any{"message": "m1", "op": c[0], "field": nil, "row": nil, "value": nil, "quote": c[4]}
		for i, name := range []string{"field", "row", "value"} {
			if c[i+1] != "" {
				cmd[name] = c[i+1]
			}
		}
		list = append(list, cmd)
	}
	out, err := json.Marshal(map[string]any{"cmds": list, "rows": []any{}})
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// What the contact takes back leaves the record; its history stays.
func TestWhatIsTakenBackIsGone(t *testing.T) {
	t.Parallel()
	const opening = "分条机刀口毛刺太大。"
	s, _, _ := modelled(t, map[string]string{
		"分条机":    commands(t, "problem", "分条机刀口毛刺太大"),
		"毛刺高度":   `{"cmds":[],"rows":[{"message":"m1","quote":"毛刺高度现在38微米，要到15微米以下","op":"append_indicator","row":null,"name":"毛刺高度","current":"38","cmp":"≤","target":"15","unit":"微米","condition":null,"method":null}]}`,
		"换过陶瓷刀":  ops(t, [5]string{"set", "tried", "", "", "换过陶瓷刀，崩口"}, [5]string{"set", "tried", "", "", "也磨过双刃"}),
		"陶瓷刀没换过": ops(t, [5]string{"retract", "tried", "", "", "陶瓷刀没换过，是隔壁厂的事"}, [5]string{"retract", "indicator", "i1", "", "毛刺那个数也先不要了"}),
	}, "")
	s.send(interview.Message{Start: true, Choice: "consent.yes"})
	s.say(opening)
	s.say("毛刺高度现在38微米，要到15微米以下。")
	s.say("换过陶瓷刀，崩口。也磨过双刃。")
	if n := s.need(); len(n.Indicators) != 1 || len(n.Field(need.KeyTried).Items) != 2 {
		t.Fatalf("%d rows, tried %+v", len(n.Indicators), n.Field(need.KeyTried).Items)
	}
	s.say("哦说错了，陶瓷刀没换过，是隔壁厂的事；毛刺那个数也先不要了。")
	n := s.need()
	if len(n.Indicators) != 0 {
		t.Errorf("the row is still there: %+v", n.Indicators[0])
	}
	if f := n.Field(need.KeyTried); len(f.Items) != 1 || f.Items[0].Value.Text != "也磨过双刃" || len(f.Past) == 0 {
		t.Errorf("tried %+v, past %+v", f.Items, f.Past)
	}
}

// Another need that only the model hears is put aside with its own words.
func TestTheModelHearsOfAnotherNeed(t *testing.T) {
	t.Parallel()
	s, _, _ := modelled(t, map[string]string{
		"电泳漆":  ops(t, [5]string{"set", "problem", "", "", "电泳漆起颗粒"}, [5]string{"start_need", "", "", "", "前处理那边的污泥也没人肯收"}),
		"返工":   commands(t, "problem", "一天返工三十台"),
		"回到污泥": ops(t, [5]string{"switch_need", "", "", "n1", "先回到污泥那件"}),
	}, "")
	s.send(interview.Message{Start: true, Choice: "consent.yes"})
	s.say("我们喷涂线的电泳漆起颗粒，前处理那边的污泥也没人肯收。")
	if len(s.state.Needs) != 2 {
		t.Fatalf("%d needs", len(s.state.Needs))
	}
	first, other := s.state.Needs[0], s.state.Needs[1]
	if holds(first.Field(need.KeyProblem), "污泥") || !holds(other.Field(need.KeyProblem), "污泥也没人肯收") {
		t.Errorf("first %+v, other %+v", first.Field(need.KeyProblem).Items, other.Field(need.KeyProblem).Items)
	}
	s.say("一天返工三十台。")
	if text := s.say("先回到污泥那件吧。"); s.state.Active != other.ID || !strings.Contains(text, "污泥") {
		t.Errorf("speaks of %s, said %q", s.state.Active, text)
	}
	if first := s.state.Need(first.ID); first.Status != need.StatusDraft {
		t.Errorf("the first is %s", first.Status)
	}
}
