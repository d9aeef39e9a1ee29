package cassette_test

import (
	"context"
	"errors"
	"strconv"
	"testing"

	"tanxu/llm"
	"tanxu/llm/cassette"
	"tanxu/llm/llmtest"
)

func ask(t *testing.T, m llm.Model, text string) (string, error) {
	t.Helper()
	resp, err := m.Complete(t.Context(), llm.Request{Name: "understand", Messages: []llm.Message{{Role: llm.UserRole, Text: text}}})
	return resp.Text, err
}

func open(t *testing.T, m llm.Model, dir string) llm.Model {
	t.Helper()
	c, err := cassette.New(m, dir)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A run that broke off goes on where it was: what was answered costs no call,
// what failed is asked again.
func TestABrokenRunGoesOn(t *testing.T) {
	t.Parallel()

	dir := t.TempDir()
	calls, dead := 0, false
	m := &llmtest.Model{Answer: func(_ context.Context, req llm.Request) (llm.Response, error) {
		calls++
		if dead {
			return llm.Response{}, llm.ErrDown
		}
		return llm.Response{Text: strconv.Itoa(calls) + req.Messages[0].Text, Usage: llm.Usage{Prompt: 7}}, nil
	}}
	first := open(t, m, dir)
	if got, err := ask(t, first, "走带跑偏"); err != nil || got != "1走带跑偏" {
		t.Fatalf("first answer %q, %v", got, err)
	}
	dead = true
	if _, err := ask(t, first, "面密度偏差"); !errors.Is(err, llm.ErrDown) {
		t.Fatalf("error %v, want down", err)
	}
	dead = false
	again := open(t, m, dir)
	if got, err := ask(t, again, "走带跑偏"); err != nil || got != "1走带跑偏" {
		t.Errorf("from the record: %q, %v", got, err)
	}
	if got, err := ask(t, again, "面密度偏差"); err != nil || got != "3面密度偏差" {
		t.Errorf("what had failed: %q, %v", got, err)
	}
	if calls != 3 {
		t.Errorf("%d calls, want 3", calls)
	}
}

func TestWhoAsksTwiceGetsASecondAnswer(t *testing.T) {
	t.Parallel()

	dir := t.TempDir()
	for range 2 {
		m := open(t, llmtest.Says("甲", "乙"), dir)
		a, _ := ask(t, m, "目标是多少")
		b, _ := ask(t, m, "目标是多少")
		if a != "甲" || b != "乙" {
			t.Errorf("answers %q and %q", a, b)
		}
	}
}

func TestAnAnswerThatIsNoJSONIsKept(t *testing.T) {
	t.Parallel()

	dir := t.TempDir()
	bad := &llmtest.Model{Answer: func(context.Context, llm.Request) (llm.Response, error) {
		return llm.Response{Text: "好的"}, llm.ErrInvalid
	}}
	for _, m := range []llm.Model{bad, llmtest.Fails(llm.ErrDown)} {
		if got, err := ask(t, open(t, m, dir), "走带跑偏"); !errors.Is(err, llm.ErrInvalid) || got != "好的" {
			t.Errorf("answer %q, %v", got, err)
		}
	}
}

func TestRequestsThatDifferHaveKeysThatDiffer(t *testing.T) {
	t.Parallel()

	base := llm.Request{Name: "understand", Messages: []llm.Message{{Role: llm.UserRole, Text: "走带跑偏"}}}
	other, hotter, formed := base, base, base
	other.Messages = []llm.Message{{Role: llm.UserRole, Text: "走带跑边"}}
	hotter.Temperature = 0.5
	formed.Schema = &llm.Schema{Name: "s", JSON: []byte(`{"type":"object"}`)}
	seen := map[string]bool{}
	for _, r := range []llm.Request{base, other, hotter, formed} {
		key, err := cassette.Key(r)
		if err != nil || seen[key] {
			t.Errorf("key %s, error %v, seen %v", key, err, seen[key])
		}
		seen[key] = true
	}
}
