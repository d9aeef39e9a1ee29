package extract_test

import (
	"testing"

	"tanxu/extract"
	"tanxu/llm/llmtest"
	"tanxu/need"
)

func TestWhatTheRulesSettleIsNotAsked(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		said  string
		asked need.Key
		calls int
	}{
		"an amount":                          {"立了项，给批了180万。", need.KeyBudget, 0},
		"a date":                             {"14个月以内吧。", need.KeyDeadline, 0},
		"a code":                             {"委托研发。", need.KeyCoopMode, 0},
		"a refusal":                          {"这个不方便说。", need.KeyBudget, 0},
		"an amount and what it is for":       {"立了项，给批了180万，里头有一半是买检测设备的。", need.KeyBudget, 1},
		"a date and a condition":             {"14个月，中间还要留一轮客户验证。", need.KeyDeadline, 1},
		"an amount that nobody asked for":    {"180万。", need.KeyDeadline, 1},
		"words":                              {"走带一到八十米就跑偏。", need.KeyProblem, 1},
		"a row":                              {"面密度偏差2.5%，想压到1.2%以内。", need.KeyIndicator, 1},
		"a refusal with a reason worth more": {"这个不方便说，跟客户签了保密协议，他们明年要来审厂。", need.KeyBudget, 1},
		"somebody else knows":                {"得问财务的老周。", need.KeyBudget, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			in := input(tt.said)
			in.Asked = extract.AskedBefore{Text: "？", Keys: []need.Key{tt.asked}}
			in.Heard[0].Rules = extract.NewRules().Read(tt.said, extract.Context{Ref: in.Heard[0].Ref, Now: in.Now, Asked: in.Asked.Keys})
			m := llmtest.Says(answer(t, nil, nil))
			got, err := understander(t, m, extract.UnderstandOptions{}).Understand(t.Context(), in)
			if err != nil || len(m.Requests()) != tt.calls || len(got.Readings) != tt.calls {
				t.Errorf("error %v, %d calls, want %d; the rules read %+v", err, len(m.Requests()), tt.calls, in.Heard[0].Rules)
			}
		})
	}
}
