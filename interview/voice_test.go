package interview_test

import (
	"strconv"
	"strings"
	"testing"

	"tanxu/interview"
	"tanxu/need"
)

// speak sends a voice note in which text was heard.
func (s *session) speak(text string) string {
	s.t.Helper()
	return s.send(interview.Message{Text: text, Voice: true})
}

// instead sends words that come after the last message, as a store tells it.
func (s *session) instead(text string) string {
	s.t.Helper()
	last := need.MessageID("m" + strconv.Itoa(len(s.said)))
	m := interview.Message{ID: need.MessageID("m" + strconv.Itoa(len(s.said)+1)), At: s.now, Text: text}
	s.said[m.ID] = text
	out, err := s.engine.Turn(s.t.Context(), s.state, interview.Input{
		Messages: []interview.Message{m}, Now: s.now,
		Recent: []interview.Spoken{{ID: last, Contact: true, Text: s.said[last]}, {Text: "哪里要改？"}},
	})
	if err != nil {
		s.t.Fatalf("turn: %v", err)
	}
	s.out = out
	s.events = append(s.events, out.Events...)
	for _, e := range out.Events {
		s.state.Apply(e)
	}
	return s.text()
}

func TestAVoiceNoteIsShownAsItWasHeard(t *testing.T) {
	t.Parallel()

	s := agreed(t)
	text := s.speak("我们做铜合金带材，导电率只有76%IACS，想做到80%IACS以上。")
	if len(s.out.Say) != 2 || !strings.HasPrefix(text, "我听到的是：“我们做铜合金带材，导电率只有76%IACS") || s.asks() == "" {
		t.Fatalf("said %s", text)
	}
	if len(s.state.Needs) != 1 || len(s.state.Needs[0].Indicators) != 1 {
		t.Fatalf("needs %+v", s.state.Needs)
	}
	s.holds()
}

func TestTheLastMessageIsReplacedByWords(t *testing.T) {
	t.Parallel()

	for name, words := range map[string]string{
		"as the bot says it": "上一条改为：我们做铜合金带材，导电率只有67%IACS，想做到80%IACS以上。",
		"of a voice note":    "把上一条语音改成，我们做铜合金带材，导电率只有67%IACS，想做到80%IACS以上。",
		"another word":       "刚才那句应该是我们做铜合金带材，导电率只有67%IACS，想做到80%IACS以上。",
		"in English":         "Change the last message to: 我们做铜合金带材，导电率只有67%IACS，想做到80%IACS以上。",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := agreed(t)
			s.speak("我们做同合金带材，导电率只有76%IACS，想做到80%IACS以上。")
			open := s.asks()
			text := s.instead(words)
			rows := s.state.Needs[0].Indicators
			if len(s.state.Needs) != 1 || len(rows) != 1 || rows[0].Current == nil || rows[0].Current.Num != 67 {
				t.Fatalf("needs %+v, rows %+v: %s", s.state.Needs, rows, text)
			}
			for _, item := range s.field(need.KeyProblem).Items {
				if strings.Contains(item.Value.Text, "同合金") || strings.Contains(item.Value.Text, "改为") {
					t.Errorf("problem %q", item.Value.Text)
				}
			}
			if s.asks() != open {
				t.Errorf("asks %s, and %s was open: %s", s.asks(), open, text)
			}
			s.holds()
		})
	}
}

func TestWordsThatReplaceNothingAreReadAsTheyAre(t *testing.T) {
	t.Parallel()

	s := agreed(t)
	s.say("上一条改为：导电率只有76%IACS，老是不达标。") // nothing was said before
	s.say("上一条改为")
	items := s.field(need.KeyProblem).Items
	if len(items) == 0 || !strings.Contains(items[0].Value.Text, "76%IACS") {
		t.Errorf("problem %+v", items)
	}
	s.holds()
}

func TestVoiceNotesThatAreNotHeard(t *testing.T) {
	t.Parallel()

	for name, tt := range map[string]struct {
		m    interview.Message
		says string
	}{
		"no endpoint":    {interview.Message{File: &interview.File{Name: "语音.ogg", Problem: "voice"}}, "听不了语音"},
		"endpoint down":  {interview.Message{File: &interview.File{Name: "语音.ogg", Problem: "deaf"}}, "转不成文字"},
		"silence":        {interview.Message{File: &interview.File{Name: "语音.ogg", Problem: "silent"}}, "没听出"},
		"too large":      {interview.Message{Unsupported: interview.VoiceLarge}, "太大"},
		"lost":           {interview.Message{Unsupported: interview.VoiceLost}, "没有收到"},
		"too many words": {interview.Message{Voice: true, Text: strings.Repeat("这条线的导电率一直上不去，", 1600)}, "20000"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := agreed(t)
			s.say(opening)
			open := s.asks()
			if text := s.send(tt.m); !strings.Contains(text, tt.says) || s.asks() != open {
				t.Errorf("said %s; %s was open", text, open)
			}
		})
	}
}
