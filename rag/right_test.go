package rag_test

import (
	"encoding/json"
	"strings"
	"testing"

	"tanxu/need"
	"tanxu/rag"
)

// A pledge counts by its own field and by the words of the state, and is said
// on the card, in the question to the owner and beside the finance.
func TestPledgedRights(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		ip      string
		kind    need.ReasonKind
		pledged bool
	}{
		"in force":                      {`{"kind":"发明专利","number":"ZL1","status":"有效"}`, need.ReasonRight, false},
		"pledged by its field":          {`{"kind":"发明专利","number":"ZL1","status":"有效","pledge":"质押中"}`, need.GapRight, true},
		"pledged by its state":          {`{"kind":"发明专利","number":"ZL1","status":"有效，已质押"}`, need.GapRight, true},
		"free by its field":             {`{"kind":"发明专利","number":"ZL1","status":"有效","pledge":"未质押"}`, need.ReasonRight, false},
		"the pledge is lifted":          {`{"kind":"发明专利","number":"ZL1","status":"有效","pledge":"已解除"}`, need.ReasonRight, false},
		"nobody knows":                  {`{"kind":"发明专利","number":"ZL1","status":"有效","pledge":"不明"}`, need.GapRight, false},
		"free by its state":             {`{"kind":"发明专利","number":"ZL1","status":"有效，未质押"}`, need.ReasonRight, false},
		"pledged with no state":         {`{"kind":"发明专利","number":"ZL1","pledge":"质押中"}`, need.GapRight, true},
		"pending, and so not to be had": {`{"kind":"发明专利","number":"ZL1","status":"审查中","pledge":"未质押"}`, need.GapRight, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := need.Achievement{Title: "铜铬锆短流程", Detail: json.RawMessage(`{"ip":[` + tt.ip + `]}`)}
			reasons, gaps := rag.Explain(copperNeed(), a, need.LexemeStats{})
			var said, asked string
			var kind need.ReasonKind
			for _, r := range append(reasons, gaps...) {
				if r.Kind == need.ReasonRight || r.Kind == need.GapRight {
					kind, said, asked = r.Kind, rag.Say(r, "zh"), rag.Ask(r, "zh")
				}
			}
			if kind != tt.kind || strings.Contains(said, "已质押，转让或许可前须") != tt.pledged || strings.Contains(asked, "质押给谁") != tt.pledged {
				t.Errorf("%s: %q, asked %q", kind, said, asked)
			}
			if cautions := rag.FinanceCautions(&a, "zh"); (len(cautions) == 1) != tt.pledged {
				t.Errorf("beside the finance: %q", cautions)
			}
		})
	}
	if list := rag.FinanceCautions(nil, "zh"); len(list) != 0 {
		t.Errorf("without an achievement: %q", list)
	}
}
