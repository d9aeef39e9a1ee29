package interview_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"tanxu/extract"
	"tanxu/internal/fakeopenai"
	"tanxu/interview"
	"tanxu/llm"
	"tanxu/llm/endpoint"
	"tanxu/llm/guard"
	"tanxu/need"
	"tanxu/prompts"
)

// modelled is a session with a model behind a real HTTP server. The model says
// what answers holds for a message that contains the key, else nothing.
func modelled(t *testing.T, answers map[string]string, phrase string) (*session, *fakeopenai.Server, *endpoint.Model) {
	t.Helper()
	server, err := fakeopenai.Start(fakeopenai.Options{Answer: func(r fakeopenai.Request) string {
		if r.Schema == nil && !strings.Contains(r.System, "JSON schema") {
			return phrase
		}
		heard := r.User[strings.LastIndex(r.User, `"messages"`):]
		for key, answer := range answers {
			if strings.Contains(heard, key) {
				return answer
			}
		}
		return `{"cmds":[],"rows":[]}`
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	m, err := endpoint.New(endpoint.Config{BaseURL: server.URL, Model: "qwen-plus", Guard: guard.Options{Backoff: time.Millisecond, Failures: 2}})
	if err != nil {
		t.Fatal(err)
	}
	set, err := prompts.Default()
	if err != nil {
		t.Fatal(err)
	}
	o := interview.Options{}
	if o.Understand, err = extract.NewUnderstander(m, set, extract.UnderstandOptions{Dropped: m.Dropped}); err != nil {
		t.Fatal(err)
	}
	if phrase != "" {
		if o.Phrase, err = interview.NewPhraser(m, set, interview.PhraseOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	return newSession(t, o), server, m
}

// commands writes an answer with one set command for each pair of field and quote.
func commands(t *testing.T, pairs ...string) string {
	t.Helper()
	cmds := []map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		cmds = append(cmds, map[string]any{"message": "m1", "op": "set", "field": pairs[i], "quote": pairs[i+1], "row": nil, "value": nil})
	}
	out, err := json.Marshal(map[string]any{"cmds": cmds, "rows": []any{}})
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func holds(f *need.Field, words string) bool {
	return slices.ContainsFunc(f.Items, func(i need.Item) bool { return strings.Contains(i.Value.Text, words) })
}

func TestAModelReadsAlongAndItsDeathChangesNothing(t *testing.T) {
	t.Parallel()
	const opening = "走带一到八十米就跑偏，机架是九八年的老底子，动不了。"
	s, server, m := modelled(t, map[string]string{
		"走带一到八十米": commands(t, "problem", "走带一到八十米就跑偏", "constraints", "机架是九八年的老底子，动不了", "scene", "这句话没有人说过"),
	}, "")
	s.send(interview.Message{Start: true})
	if n := len(server.Requests()); n != 0 {
		t.Fatalf("%d calls before the contact agreed", n)
	}
	s.send(interview.Message{Choice: "consent.yes"})
	s.say(opening)
	if !holds(s.field(need.KeyConstraints), "机架是九八年的老底子") || !holds(s.field(need.KeyProblem), "走带一到八十米就跑偏") {
		t.Errorf("problem %+v, constraints %+v", s.field(need.KeyProblem).Items, s.field(need.KeyConstraints).Items)
	}
	if holds(s.field(need.KeyScene), "没有人说过") {
		t.Error("words that nobody said are in the record")
	}
	if !slices.ContainsFunc(s.events, func(e need.Event) bool {
		return e.Kind == need.CommandDropped && strings.Contains(e.Note, "ungrounded")
	}) {
		t.Error("the dropped command left no trace")
	}
	if m.State() != llm.OK {
		t.Errorf("state %s", m.State())
	}

	server.Close()
	before := len(s.events)
	for i, words := range []string{"面密度偏差现在2.5%，要做到1.2%以内", "换过两家的纠偏器，都不行", "预算大概一百五十万", "就这样吧，先到这"} {
		if s.say(words) == "" {
			t.Errorf("turn %d after the death of the model has no answer", i)
		}
	}
	if m.State() != llm.Degraded {
		t.Errorf("state %s, want degraded", m.State())
	}
	if !slices.ContainsFunc(s.events[before:], func(e need.Event) bool { return e.Kind == need.ValueSet }) {
		t.Error("the rules read nothing any more")
	}
}

func TestASlowModelCostsItsPatienceOnly(t *testing.T) {
	t.Parallel()
	s, server, _ := modelled(t, nil, "")
	s.send(interview.Message{Start: true, Choice: "consent.yes"})
	server.SetMode(fakeopenai.Mode{Fault: fakeopenai.Hang})
	s.engine = interview.New(script(t), extract.NewRules(), interview.Options{Understand: slow(t, server), Patience: 50 * time.Millisecond})
	begin := time.Now()
	if s.say("走带一到八十米就跑偏") == "" || len(s.field(need.KeyProblem).Items) == 0 {
		t.Error("the turn is lost")
	}
	if took := time.Since(begin); took > 3*time.Second {
		t.Errorf("the turn took %v", took)
	}
}

func slow(t *testing.T, server *fakeopenai.Server) *extract.Understander {
	t.Helper()
	m, err := endpoint.New(endpoint.Config{BaseURL: server.URL, Model: "qwen-plus"})
	if err != nil {
		t.Fatal(err)
	}
	set, err := prompts.Default()
	if err != nil {
		t.Fatal(err)
	}
	u, err := extract.NewUnderstander(m, set, extract.UnderstandOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestAModelWordsTheQuestionIfItMay(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		phrase string
		said   bool
	}{
		"a suggestion is never said": {"是不是张力没调好，比如放卷？", false},
		"two questions neither":      {"哪个产品？哪道工序？", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, server, _ := modelled(t, nil, tt.phrase)
			s.send(interview.Message{Start: true, Choice: "consent.yes"})
			text := s.say("走带一到八十米就跑偏")
			if strings.Contains(text, tt.phrase) != tt.said {
				t.Errorf("said %q", text)
			}
			if !slices.ContainsFunc(server.Requests(), func(r fakeopenai.Request) bool { return strings.Contains(r.System, "润色一句问话") }) {
				t.Error("the model was not asked for words")
			}
		})
	}
}

// The question comes back in words of the model that keep to the rules.
func TestAGoodWordingIsSaid(t *testing.T) {
	t.Parallel()
	s, server, _ := modelled(t, nil, "嗯")
	s.send(interview.Message{Start: true, Choice: "consent.yes"})
	plain := s.say("走带一到八十米就跑偏")
	all := server.Requests()
	var asked struct{ Question string }
	if err := json.Unmarshal([]byte(all[len(all)-1].User), &asked); err != nil || !strings.Contains(plain, asked.Question) {
		t.Fatalf("asked to word %q of %q: %v", asked.Question, plain, err)
	}
	good := "明白了，" + asked.Question
	s, _, _ = modelled(t, nil, good)
	s.send(interview.Message{Start: true, Choice: "consent.yes"})
	if got := s.say("走带一到八十米就跑偏"); !strings.Contains(got, good) {
		t.Errorf("said %q, want %q in it", got, good)
	}
}
