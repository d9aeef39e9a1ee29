package document_test

import (
	"strings"
	"testing"
	"time"

	"tanxu/document"
	"tanxu/extract"
	"tanxu/need"
)

func TestAShortTextIsAProblem(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ name, text, problem string }{
		"two sentences":   {"需求.txt", "热挤压模具寿命只有2000次，想做到5000次以上。\n", "热挤压模具寿命只有2000次，想做到5000次以上。"},
		"a complaint":     {"a.txt", "我们车间焊接老是开裂", "焊接老是开裂"},
		"a long paper":    {"a.txt", strings.Repeat("本公司成立于2001年，占地300亩。", 40), ""},
		"a form has more": {"a.txt", "需求名称：模具\n应用场景：热挤压车间，年产2000件\n", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc, err := document.Read(t.Context(), tt.name, []byte(tt.text), document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			src := document.Source{ID: "d", Now: time.Now(), NewID: func() need.ID { return "n" }}
			problem := ""
			for d := range document.Needs(t.Context(), doc, document.Guess(doc), extract.NewRules(), src) {
				if d.Need == nil {
					continue
				}
				for _, item := range need.Fold("n", d.Events).Field(need.KeyProblem).Items {
					problem += item.Value.Text
					e := item.Evidence[0]
					if e.Ref != "document:d#text" || string([]rune(tt.text)[e.Start:e.End]) != e.Quote {
						t.Errorf("evidence %+v", e)
					}
				}
			}
			if !strings.Contains(problem, tt.problem) || tt.problem == "" && problem != "" {
				t.Errorf("problem %q, want %q", problem, tt.problem)
			}
		})
	}
}
