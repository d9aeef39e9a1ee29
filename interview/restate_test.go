package interview_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"tanxu/interview"
	"tanxu/llm"
	"tanxu/need"
)

// restater suggests by a text, or fails with an error.
type restater struct {
	text  string
	err   error
	calls int
}

func (r *restater) Restate(_ context.Context, n *need.Need) ([]need.Event, error) {
	r.calls++
	if r.err != nil {
		return nil, r.err
	}
	return []need.Event{{Kind: need.Suggested, Need: n.ID, Key: need.KeyAbstract, Note: r.text, To: "model"}}, nil
}

// A confirmed need is restated once, by the model if it answers; else the
// abstract by rule stays.
func TestAConfirmedNeedIsRestated(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		r    *restater
		want string
	}{
		"by the model":    {&restater{text: "薄壁件内部有气泡，受压时渗漏，要减少气泡而不降低强度"}, "薄壁件内部有气泡"},
		"the model fails": {&restater{err: llm.ErrDown}, "气孔率"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			s := newSession(t, interview.Options{Restate: tt.r})
			s.send(interview.Message{Start: true, Choice: "consent.yes"})
			s.say("我们做铝压铸壳体的，老有气孔，一打压就漏。")
			s.say("气孔率现在3.5%，要降到1%以内，按GB/T 13818测。")
			s.toReadBack("不知道。")
			if tt.r.calls != 0 {
				t.Fatalf("%d calls before the contact confirmed", tt.r.calls)
			}
			s.say("确认无误")
			if got := s.need().Suggested[need.KeyAbstract].Value; tt.r.calls != 1 || !strings.Contains(got, tt.want) {
				t.Errorf("%d calls, abstract %q, want %q", tt.r.calls, got, tt.want)
			}
			dropped := slices.ContainsFunc(s.out.Events, func(e need.Event) bool { return e.Kind == need.CommandDropped })
			if dropped != (tt.r.err != nil) {
				t.Errorf("a failure left a trace: %v", dropped)
			}
		})
	}
}
