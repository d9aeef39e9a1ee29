package extract_test

import (
	"testing"

	"tanxu/extract"
	"tanxu/llm/llmtest"
	"tanxu/need"
)

// Today's value and the target of one quantity, said far apart, are one row; a
// direction that the words leave open goes by the model.
func TestHalvesOfARowAreOne(t *testing.T) {
	t.Parallel()
	const text = "卷边圆度眼下0.8毫米，装配时老漏气，换过三副模子都没用。孔位偏差要做到0.5毫米，卷边圆度要求0.3毫米。"
	m := llmtest.Says(answer(t, nil, []map[string]any{
		row("quote", "卷边圆度眼下0.8毫米", "name", "卷边圆度", "current", "0.8", "unit", "毫米"),
		row("quote", "孔位偏差要做到0.5毫米", "name", "孔位偏差", "target", "0.5", "cmp", "≤", "unit", "毫米"),
		row("quote", "卷边圆度要求0.3毫米", "name", "卷边圆度", "target", "0.3", "cmp", "≤", "unit", "毫米"),
	}))
	got, err := understander(t, m, extract.UnderstandOptions{}).Understand(t.Context(), input(text))
	if err != nil {
		t.Fatal(err)
	}
	rows := got.Readings["message:a"].Rows
	if len(rows) != 2 {
		t.Fatalf("rows %+v", rows)
	}
	if r := rows[0].Row; r.Current.Num != 0.8 || r.Target == nil || r.Target.Num != 0.3 || r.Op != need.AtMost || len(r.Evidence) != 2 {
		t.Errorf("first %+v", r)
	}
}

// A title is read beside the text, and what rests on it says so.
func TestTheTitleIsReadToo(t *testing.T) {
	t.Parallel()
	const title, body = "罐盖卷边模具的表面强化", "模具用两万次就拉毛。"
	said := answer(t, []map[string]any{
		cmd("message", "title", "quote", "卷边模具的表面强化", "op", "set", "field", "key_tech"),
		cmd("message", "title", "quote", "罐盖", "op", "set", "field", "scene"),
		cmd("message", "m1", "quote", "用两万次就拉毛", "op", "set", "field", "problem"),
	}, nil)
	u := understander(t, llmtest.Says(said), extract.UnderstandOptions{Prompt: "document.zh"})
	n, err := u.FromText(t.Context(), extract.NewRules(), title, body, input().Now)
	if err != nil {
		t.Fatal(err)
	}
	for k, ref := range map[need.Key]string{need.KeyKeyTech: extract.TitleRef, need.KeyScene: extract.TitleRef, need.KeyProblem: extract.TextRef} {
		items := n.Field(k).Items
		if len(items) != 1 || items[0].Evidence[0].Ref != ref {
			t.Errorf("%s is %+v", k, items)
		}
	}
}
