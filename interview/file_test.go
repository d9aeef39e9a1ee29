package interview_test

import (
	"strings"
	"testing"
	"time"

	"tanxu/extract"
	"tanxu/interview"
	"tanxu/interview/guide"
	"tanxu/need"
)

func docItem(text, ref string) *need.Item {
	return &need.Item{
		Value:    need.Value{Text: text},
		Evidence: []need.Evidence{{Ref: ref, End: len([]rune(text)), Quote: text}},
	}
}

// draft is a need as a document states it.
func draft(id need.ID) []need.Event {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	return []need.Event{
		{Kind: need.NeedStarted, At: now, By: need.System, Need: id, Note: "铜合金带材提高导电率"},
		{Kind: need.ValueSet, At: now, By: need.System, Need: id, Key: need.KeyProblem, Source: need.FromDocument, Item: docItem("铜合金带材导电率只有76%IACS", "document:d#cell=C2")},
		{Kind: need.ValueSet, At: now, By: need.System, Need: id, Key: need.KeyScene, Source: need.FromDocument, Item: docItem("连铸连轧车间", "document:d#cell=D2")},
		{Kind: need.RowSet, At: now, By: need.System, Need: id, Row: &need.Indicator{
			ID: "i1", Name: "导电率", Op: need.AtLeast, Target: &need.Quantity{Text: "80", Num: 80}, Unit: "%IACS", Status: need.Filled,
			Evidence: []need.Evidence{{Ref: "document:d#cell=E2", End: 12, Quote: "导电率≥80%IACS"}},
		}},
	}
}

func turnOf(t *testing.T, s *interview.State, m ...interview.Message) interview.Output {
	t.Helper()
	g, err := guide.Load()
	if err != nil {
		t.Fatal(err)
	}
	e := interview.New(g, extract.NewRules(), interview.Options{})
	out, err := e.Turn(t.Context(), s, interview.Input{Messages: m, Now: time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range out.Events {
		s.Apply(e)
	}
	return out
}

func said(out interview.Output) string {
	var all []string
	for _, s := range out.Say {
		all = append(all, s.Text)
	}
	return strings.Join(all, "\n")
}

func asked(out interview.Output, k need.Key) bool {
	for _, s := range out.Say {
		for _, a := range s.Asks {
			if a == k {
				return true
			}
		}
	}
	return false
}

func TestAFollowUpSaysWhatIsKnownAndAsksTheRest(t *testing.T) {
	t.Parallel()
	s := interview.Fold(draft("n1"))
	out := turnOf(t, s, interview.Message{ID: "m1", Start: true})
	if !out.Discard || !strings.Contains(said(out), "同意") {
		t.Fatalf("before consent: %s", said(out))
	}
	out = turnOf(t, s, interview.Message{ID: "m2", Start: true, Choice: "consent.yes"})
	if text := said(out); !strings.Contains(text, "导电率") || !strings.Contains(text, "连铸连轧车间") || strings.Contains(text, "十几个问题") {
		t.Errorf("greeting = %s", text)
	}
	if asked(out, need.KeyProblem) || asked(out, need.KeyScene) || strings.Count(said(out), "？") != 1 {
		t.Errorf("asks again what is known: %s", said(out))
	}
	if s.Active != "n1" || s.Phase != interview.PhaseInterviewing || s.Need("n1").Status != need.StatusInterviewing || len(s.Needs) != 1 {
		t.Errorf("active %q, phase %s, need %s, %d needs", s.Active, s.Phase, s.Need("n1").Status, len(s.Needs))
	}
}

func TestAReturnedNeedIsTakenUpAgain(t *testing.T) {
	t.Parallel()
	s := interview.Fold(append(draft("n1"),
		need.Event{Kind: need.Consented}, need.Event{Kind: need.NeedSwitched, Need: "n1"}, need.Event{Kind: need.PhaseChanged, To: "done"},
		need.Event{Kind: need.StatusChanged, Need: "n1", To: string(need.StatusReview)}))
	if out := turnOf(t, s, interview.Message{ID: "m1", Start: true}); !strings.Contains(said(out), "已经提交") {
		t.Errorf("in review: %s", said(out))
	}
	s.Apply(need.Event{Kind: need.StatusChanged, Need: "n1", To: string(need.StatusReturned)})
	if out := turnOf(t, s, interview.Message{ID: "m2", Start: true}); strings.Count(said(out), "？") != 1 || s.Phase != interview.PhaseInterviewing {
		t.Errorf("returned: %s", said(out))
	}
}

func TestAFileFillsWhatIsOpen(t *testing.T) {
	t.Parallel()
	s := interview.Fold([]need.Event{{Kind: need.Consented}, {Kind: need.PhaseChanged, To: "interviewing"}})
	file := &interview.File{Name: "需求表.xlsx", Drafts: []interview.FileNeed{
		{Title: "铜合金带材提高导电率", Events: draft("d1")}, {Title: "废水处理", Events: draft("d2")},
	}}
	out := turnOf(t, s, interview.Message{ID: "m1", File: file})
	if text := said(out); !strings.Contains(text, "需求表.xlsx") || !strings.Contains(text, "导电率") || strings.Count(text, "？") != 1 {
		t.Errorf("answer = %s", text)
	}
	n := s.Need(s.Active)
	if len(s.Needs) != 2 || n.Field(need.KeyScene).Source != need.FromDocument || n.Field(need.KeyScene).Items[0].Evidence[0].Ref != "document:d#cell=D2" || len(n.Indicators) != 1 {
		t.Errorf("need = %+v of %d", n, len(s.Needs))
	}
	before := len(n.Indicators)
	if out := turnOf(t, s, interview.Message{ID: "m2", File: &interview.File{Name: "再来.xlsx", Drafts: file.Drafts[:1]}}); !strings.Contains(said(out), "都已经记着") || len(s.Need(s.Active).Indicators) != before {
		t.Errorf("the same again: %s", said(out))
	}
}

func TestAFileOfOtherNeedsLeavesTheOneSpokenOfAlone(t *testing.T) {
	t.Parallel()
	s := interview.Fold([]need.Event{
		{Kind: need.Consented}, {Kind: need.PhaseChanged, To: "interviewing"},
		{Kind: need.NeedStarted, Need: "n1", Note: "涂布"}, {Kind: need.NeedSwitched, Need: "n1"}, {Kind: need.StatusChanged, Need: "n1", To: "interviewing"},
		{Kind: need.ValueSet, Need: "n1", Key: need.KeyProblem, Item: docItem("锂电池极片涂布面密度偏差大", "message:m0")},
	})
	out := turnOf(t, s, interview.Message{ID: "m1", File: &interview.File{Name: "别的.xlsx", Drafts: []interview.FileNeed{{Title: "铜带", Events: draft("d1")}}}})
	if n := s.Need("n1"); len(n.Indicators) != 0 || len(n.Field(need.KeyScene).Items) != 0 || len(s.Needs) != 2 || s.Active != "n1" {
		t.Errorf("need = %+v of %d; said %s", n, len(s.Needs), said(out))
	}
}

func TestAFileThatCannotBeReadIsKeptAndSaid(t *testing.T) {
	t.Parallel()
	for _, problem := range []string{"scanned", "encrypted", "legacy", "type", "empty", "unread"} {
		s := interview.Fold([]need.Event{{Kind: need.Consented}, {Kind: need.PhaseChanged, To: "interviewing"}})
		out := turnOf(t, s, interview.Message{ID: "m1", File: &interview.File{Name: "图.pdf", Problem: problem}})
		if !strings.Contains(said(out), "《图.pdf》") || !asked(out, need.KeyProblem) {
			t.Errorf("%s: %s", problem, said(out))
		}
	}
}
