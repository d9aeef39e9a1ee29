package interview_test

import (
	"slices"
	"testing"

	"tanxu/interview"
	"tanxu/need"
)

// However few questions are left, who may see the need and who decides are asked.
func TestQuestionsAreKeptBack(t *testing.T) {
	t.Parallel()

	s := newSession(t, interview.Options{Questions: 6})
	s.send(interview.Message{Start: true, Choice: "consent.yes"})
	s.say(opening)
	s.toReadBack("我们还要看看再说，情况比较复杂。")
	for _, k := range []need.Key{need.KeyConfidentiality, need.KeyDecisionOwner} {
		if !slices.ContainsFunc(s.state.Asked, func(q interview.Question) bool { return slices.Contains(q.Keys, k) }) {
			t.Errorf("%s is never asked: %v", k, s.state.Asked)
		}
	}
}
