package interview_test

import (
	"strings"
	"testing"

	"tanxu/interview"
	"tanxu/need"
)

// Who asked for a person and finds nobody may go on with the bot, and is told so.
func TestWaitingForAPersonIsNoDeadEnd(t *testing.T) {
	t.Parallel()

	s := agreed(t)
	s.say(opening)
	asked := s.asks()
	if got := s.say("转人工"); !strings.Contains(got, "继续") || s.state.Owner != interview.OwnerBroker {
		t.Fatalf("owner %s, said %q", s.state.Owner, got)
	}
	if got := s.say("人呢"); !strings.Contains(got, "继续") || !s.out.Say[0].System {
		t.Errorf("nobody tells how to go on: %q", got)
	}
	if got := s.say("有人在吗"); got != "" {
		t.Errorf("told twice: %q", got)
	}
	s.say("继续吧")
	if s.state.Owner != interview.OwnerBot || s.state.Phase != interview.PhaseInterviewing || s.asks() != asked {
		t.Errorf("owner %s, phase %s, asks %s after %s: %s", s.state.Owner, s.state.Phase, s.asks(), asked, s.text())
	}
}

// Once somebody has come, the word is for that person.
func TestAPersonWhoIsThereKeepsTheTalk(t *testing.T) {
	t.Parallel()

	s := agreed(t)
	s.say(opening)
	s.say("转人工")
	out, err := s.engine.Turn(t.Context(), s.state, interview.Input{
		Messages: []interview.Message{{ID: "m9", At: s.now, Text: "继续"}}, Now: s.now,
		Recent: []interview.Spoken{{Broker: true, Text: "您好，我是小周，您接着说。"}},
	})
	if err != nil || len(out.Say) > 0 {
		t.Errorf("said %+v, %v", out.Say, err)
	}
	taken := interview.Fold(append(s.events, need.Event{Kind: need.OwnerChanged, By: "broker:zhou", To: interview.OwnerBroker}))
	if taken.Waiting {
		t.Error("still waiting after a broker took the talk")
	}
}
