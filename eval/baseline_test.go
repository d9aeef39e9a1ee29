package eval_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"tanxu/eval"
	"tanxu/llm"
	"tanxu/llm/llmtest"
)

// replies answers the calls of an interviewer in order, and keeps the last.
func replies(texts ...string) *llmtest.Model {
	m := llmtest.Says(texts...)
	say := m.Answer
	m.Answer = func(ctx context.Context, req llm.Request) (llm.Response, error) {
		resp, err := say(ctx, req)
		resp.Usage = llm.Usage{Prompt: 900, Completion: 100, Cached: 600}
		return resp, err
	}
	return m
}

const kilnRecord = `"needs":[{"title":"日用瓷釉面针孔","values":[
 {"field":"problem","value":"釉面老起针孔，每个月退回来两千多件","quote":"釉面老起针孔，每个月退回来两千多件"},
 {"field":"budget","value":"80","quote":"预算八十万"},
 {"field":"coop_mode","value":"委托研发","quote":"委托出去做"}],
 "rows":[{"name":"针孔率","current":"6","cmp":"≤","target":"1","unit":"%","condition":null,"status":null,"quote":"针孔率现在6%，要到1%以内"},
         {"name":"白度","current":null,"cmp":"≥","target":"88","unit":"度","condition":null,"status":"unknown","quote":"白度要88度"}],
 "blank":[{"field":"deadline","status":"unknown"}]}],"routes":[]`

func interviewed(t *testing.T, chat eval.Chat) eval.Session {
	t.Helper()
	s, err := eval.Interview(t.Context(), kilnFirm(), chat)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What an interviewer of prompts alone writes is scored as it stands: what the
// contact never said counts as invented and ungrounded, and is not taken out.
func TestBaselinesAreScoredUnchecked(t *testing.T) {
	t.Parallel()

	chats := map[string]func() eval.Chat{
		"agent": func() eval.Chat {
			return eval.NewAgentChat(replies(
				`{"needs":[],"routes":[],"say":"具体的数是多少？","asks":["indicator"],"card":false,"done":false}`,
				`{`+kilnRecord+`,"say":"怎么合作？","asks":["coop_mode"],"card":false,"done":false}`,
				`{`+kilnRecord+`,"say":"请核对。","asks":[],"card":true,"done":false}`,
				`{`+kilnRecord+`,"say":"请核对。","asks":[],"card":true,"done":false}`,
				`{`+kilnRecord+`,"say":"谢谢。","asks":[],"card":false,"done":true}`))
		},
		"single": func() eval.Chat {
			return eval.NewSingleChat(replies(
				"明白。具体的数是多少？\n#indicator", "怎么合作？\n#coop_mode", "请核对：……\n#card", "请核对：……\n#card", "谢谢。\n#end", `{`+kilnRecord+`}`))
		},
	}
	for name, chat := range chats {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			s := interviewed(t, chat())
			if !s.Finished || !s.ReadBack || s.Questions != 2 {
				t.Fatalf("finished %v, read back %v, %d questions; %+v", s.Finished, s.ReadBack, s.Questions, s.Log)
			}
			if s.Invented != 2 || s.Ungrounded != 2 || s.Values != 5 {
				t.Errorf("%d values, %d invented, %d ungrounded; want 5, 2 (budget, whiteness), 2", s.Values, s.Invented, s.Ungrounded)
			}
			if s.Field.Given == 0 || s.Rows.Given != 2 {
				t.Errorf("fields %+v, rows %+v", s.Field, s.Rows)
			}
		})
	}
}

// An answer that can't be read costs its turn and nothing else; a model that
// does not answer ends the interview.
func TestBaselinesWithABadModel(t *testing.T) {
	t.Parallel()

	chats := map[string]func(llm.Model) eval.Chat{
		"agent":  func(m llm.Model) eval.Chat { return eval.NewAgentChat(m) },
		"single": func(m llm.Model) eval.Chat { return eval.NewSingleChat(m) },
	}
	for name, chat := range chats {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			if s := interviewed(t, chat(replies("好的，我来整理一下。"))); s.Finished || s.Values != 0 {
				t.Errorf("prose alone: finished %v, %d values", s.Finished, s.Values)
			}
			if _, err := eval.Interview(t.Context(), kilnFirm(), chat(llmtest.Fails(llm.ErrDown))); !errors.Is(err, llm.ErrDown) {
				t.Errorf("error %v, want down", err)
			}
		})
	}
}

func TestCostAndComparison(t *testing.T) {
	t.Parallel()

	told := 0
	down := eval.NewCost(llmtest.Fails(llm.ErrDown), func(error) { told++ })
	if _, err := down.Complete(t.Context(), llm.Request{}); err == nil || told != 1 {
		t.Errorf("error %v, told %d times", err, told)
	}
	cost := eval.NewCost(replies("好的。"), nil)
	base := interviewed(t, eval.NewSingleChat(cost))
	base.Spent = cost.Spent()
	if base.Spent.Calls != base.Turns+1 || base.Spent.Cached != 600*base.Spent.Calls || base.Spent.Tokens() != float64(1000*base.Spent.Calls) {
		t.Errorf("spent %+v in %d turns", base.Spent, base.Turns)
	}
	ours := kilnSession(t, kilnFirm(), false)
	ours.Spent = eval.Spent{Calls: 1, Prompt: 250 * base.Spent.Calls}
	report := eval.InterviewReportOf("tanxu", []eval.Session{ours})
	report.Compare(eval.InterviewReportOf("single", []eval.Session{base}))
	var out bytes.Buffer
	if err := report.Table(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"tokens ÷ single          0.250", "price ÷ single           0.347", "vs single: field F1", "single: 46 calls", "tanxu: 1 calls"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}
