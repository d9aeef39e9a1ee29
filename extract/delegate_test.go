package extract_test

import (
	"testing"

	"tanxu/extract"
	"tanxu/need"
)

func TestWhoIsNamedAndWhoIsNot(t *testing.T) {
	t.Parallel()

	for words, want := range map[string]struct {
		status need.FieldStatus
		to     string
	}{
		"不清楚，你问下一个吧":        {need.Unknown, ""},
		"不知道，问别的呗":          {need.Unknown, ""},
		"这个你问工艺科老李吧，微信我不给":  {need.Delegated, "工艺科老李"},
		"这块得问实验室冯工，手机号不方便说": {need.Delegated, "实验室冯工"},
		"我不清楚，你问周建国啊":       {need.Delegated, "周建国"},
		"这个不方便说":            {need.Declined, ""},
	} {
		t.Run(words, func(t *testing.T) {
			t.Parallel()

			r := extract.NewRules().Read(words, extract.Context{Ref: "message:m", Asked: []need.Key{need.KeyRootCause}})
			if len(r.Marks) != 1 || r.Marks[0].Status != want.status || r.Marks[0].To != want.to {
				t.Errorf("marks %+v, want %+v", r.Marks, want)
			}
		})
	}
}
