package eval_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tanxu/eval"
	"tanxu/extract"
	"tanxu/interview"
	"tanxu/interview/guide"
)

var personas = flag.String("personas", "", "file of personas to hold the bars over")

func kilnFirm() eval.Persona {
	p := potter()
	p.Opening = "你好，我们烧日用瓷的，釉面老起针孔，每个月退回来两千多件。"
	p.Facts = append(p.Facts,
		eval.Fact{ID: "f8", Field: "tried", Say: "换过釉料配方，针孔降到4%，颜色发黄，停了。", Disclose: "asked"},
		eval.Fact{ID: "f9", Field: "constraint", Say: "窑不能换，烧成周期不能超过6小时。", Disclose: "asked"},
		eval.Fact{ID: "f10", Field: "coop_mode", Say: "委托出去做。", Disclose: "asked"},
	)
	p.Gold = eval.Gold{
		Needs: []eval.GoldNeed{{
			Title: "日用瓷釉面针孔与白度控制", Problem: "日用瓷釉面起针孔，每月退回两千多件",
			Indicators: []eval.GoldRow{
				{Name: "针孔率", Current: "8", Op: "≤", Target: "1", Unit: "%"},
				{Name: "吸水率", Op: "≤", Target: "0.3", Unit: "%"},
			},
			Tried: []string{"换釉料配方：针孔降到4%，颜色发黄，停用"}, Constraints: []string{"窑不换，烧成周期不超过6小时"},
			CoopMode: "委托研发",
		}},
		Statuses: map[string]string{"budget": "declined"}, Verdict: "real",
	}
	return p
}

func TestInterviewOfAPersona(t *testing.T) {
	t.Parallel()

	g, err := guide.Load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	s, err := eval.Interview(t.Context(), kilnFirm(), eval.NewEngineChat(g, extract.NewRules(), interview.Options{}, now))
	if err != nil {
		t.Fatal(err)
	}
	if !s.Finished || !s.ReadBack || s.Repeats != 0 || s.Ungrounded != 0 || s.NeedsOver != 0 || !s.Routed {
		t.Errorf("finished %v, read back %v, repeats %d, ungrounded %d, too many %d, routed %v",
			s.Finished, s.ReadBack, s.Repeats, s.Ungrounded, s.NeedsOver, s.Routed)
	}
	if s.Field.F1() < 0.7 || s.Rows.F1() < 0.7 || s.Told != 1 || s.Statuses != 1 {
		t.Errorf("field %.2f, rows %.2f, told %.2f, statuses %.2f; missed: %s",
			s.Field.F1(), s.Rows.F1(), s.Told, s.Statuses, strings.Join(s.Missed, "\n"))
	}
	var out bytes.Buffer
	if err := eval.InterviewReportOf("tanxu", []eval.Session{s}).Table(&out); err != nil || !strings.Contains(out.String(), "field F1") {
		t.Errorf("table %v: %s", err, out.String())
	}
}

// The bars of the interview by rules, over the personas for development. Where
// the measuring data is not at hand the test is skipped.
func TestBarsOverPersonas(t *testing.T) {
	t.Parallel()

	if *personas == "" {
		t.Skip("-personas names no file")
	}
	data, err := os.ReadFile(filepath.Clean(*personas))
	if err != nil {
		t.Fatal(err)
	}
	people, err := eval.ReadPersonas(data)
	if err != nil {
		t.Fatal(err)
	}
	g, err := guide.Load()
	if err != nil {
		t.Fatal(err)
	}
	var sessions []eval.Session
	for _, p := range people {
		s, err := eval.Interview(t.Context(), p, eval.NewEngineChat(g, extract.NewRules(), interview.Options{}, time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)))
		if err != nil {
			t.Fatal(err)
		}
		if s.Repeats+s.Ungrounded > 0 || !s.ReadBack {
			t.Errorf("%s: repeats %d, ungrounded %d, read back %v", s.ID, s.Repeats, s.Ungrounded, s.ReadBack)
		}
		sessions = append(sessions, s)
	}
	bars := map[string]float64{"field F1": 0.75, "told facts": 0.85, "finished": 1}
	for _, f := range eval.InterviewReportOf("tanxu", sessions).Figures {
		if bar, ok := bars[f.Name]; ok && f.Mean < bar {
			t.Errorf("%s: %.3f, under %.2f", f.Name, f.Mean, bar)
		}
	}
}

func TestReadPersonas(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		data string
		ok   bool
	}{
		"long form":    {`[{"id":"A","opening":"釉面起针孔。","facts":[],"gold":{"needs":[]}}]`, true},
		"short form":   {`[{"id":"B","say":"釉面起针孔。","hid":"换过釉料","ind":[["针孔率","6","≤1","%","目视"]],"budget":30,"due":"6个月","ip":"共有","mode":"委托研发"}]`, true},
		"not a list":   {`{"id":"C"}`, false},
		"not JSON":     {`釉面`, false},
		"wrong number": {`[{"id":"D","say":"釉面","budget":"三十"}]`, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			people, err := eval.ReadPersonas([]byte(tt.data))
			if (err == nil) != tt.ok || tt.ok && (len(people) != 1 || people[0].Opening == "") {
				t.Errorf("ReadPersonas() = %+v, %v", people, err)
			}
		})
	}
}
