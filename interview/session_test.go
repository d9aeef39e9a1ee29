package interview_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tanxu/extract"
	"tanxu/interview"
	"tanxu/interview/guide"
	"tanxu/need"
)

// start of all tests: a Tuesday.
func noon() time.Time {
	return time.Date(2026, 11, 24, 12, 0, 0, 0, time.FixedZone("CST", 8*3600))
}

func script(t testing.TB) *guide.Guide {
	t.Helper()
	g, err := guide.Load()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// session is a conversation under test.
type session struct {
	t      testing.TB
	engine *interview.Engine
	state  *interview.State
	events []need.Event
	said   map[need.MessageID]string // what the contact wrote
	labels map[string]string         // of the quick replies so far, by id: channels send them as the text
	now    time.Time
	out    interview.Output
	role   string
	recent []interview.Spoken // what a turn is shown of before
}

func newSession(t testing.TB, o interview.Options) *session {
	t.Helper()
	ids := 0
	o.NewID = func() need.ID { ids++; return need.ID("n" + strconv.Itoa(ids)) }
	return &session{
		t: t, engine: interview.New(script(t), extract.NewRules(), o), state: interview.Fold(nil),
		said: map[need.MessageID]string{}, labels: map[string]string{}, now: noon(),
	}
}

// agreed is a session in which consent was given.
func agreed(t testing.TB) *session {
	s := newSession(t, interview.Options{})
	s.send(interview.Message{Start: true, Choice: "consent.yes"})
	return s
}

// send runs one turn on one message and returns all that was said.
func (s *session) send(messages ...interview.Message) string {
	s.t.Helper()
	for i := range messages {
		m := &messages[i]
		m.ID, m.At = need.MessageID("m"+strconv.Itoa(len(s.said)+1)), s.now
		s.said[m.ID] = m.Text
		if m.Choice != "" && m.Text == "" {
			s.said[m.ID] = s.labels[m.Choice]
			m.Text = s.said[m.ID]
		}
	}
	out, err := s.engine.Turn(s.t.Context(), s.state, interview.Input{Messages: messages, Now: s.now, Role: s.role, Recent: s.recent})
	if err != nil {
		s.t.Fatalf("turn: %v", err)
	}
	s.out = out
	for _, say := range out.Say {
		for _, c := range say.Choices {
			s.labels[c.ID] = c.Label
		}
	}
	s.events = append(s.events, out.Events...)
	for _, e := range out.Events {
		s.state.Apply(e)
	}
	s.now = s.now.Add(time.Minute)
	return s.text()
}

// say sends free words, one message each.
func (s *session) say(words ...string) string {
	s.t.Helper()
	messages := make([]interview.Message, len(words))
	for i, w := range words {
		messages[i].Text = w
	}
	return s.send(messages...)
}

func (s *session) text() string {
	var b strings.Builder
	for _, say := range s.out.Say {
		b.WriteString(say.Text + "\n")
		if say.Card != nil {
			for _, l := range say.Card.Lines {
				b.WriteString("| " + l.Label + " | " + l.Value + " | " + string(l.Status) + "\n")
			}
		}
	}
	return b.String()
}

func (s *session) need() *need.Need {
	s.t.Helper()
	n := s.state.Need(s.state.Active)
	if n == nil {
		s.t.Fatal("no need yet")
	}
	return n
}

func (s *session) field(k need.Key) *need.Field {
	s.t.Helper()
	return s.need().Field(k)
}

// asks is the field that the last message asks about, "" for none.
func (s *session) asks() need.Key {
	for _, say := range s.out.Say {
		if len(say.Asks) > 0 {
			return say.Asks[0]
		}
	}
	return ""
}

func (s *session) card() *interview.Card {
	for _, say := range s.out.Say {
		if say.Card != nil {
			return say.Card
		}
	}
	return nil
}

// until answers with words until field k is asked, alone or with others, and
// gives up after 25 turns.
func (s *session) until(k need.Key, words string) {
	s.t.Helper()
	for range 25 {
		if slices.ContainsFunc(s.out.Say, func(say interview.Say) bool { return slices.Contains(say.Asks, k) }) {
			return
		}
		s.say(words)
	}
	s.t.Fatalf("%s is never asked; last: %s", k, s.text())
}

// toReadBack answers with words until the card is shown.
func (s *session) toReadBack(words string) {
	s.t.Helper()
	for range 30 {
		if s.card() != nil {
			return
		}
		s.say(words)
	}
	s.t.Fatalf("no read-back; last: %s", s.text())
}

// holds fails unless the session keeps the promises that hold at any time.
func (s *session) holds() {
	s.t.Helper()
	for _, say := range s.out.Say {
		if n := strings.Count(say.Text, "？") + strings.Count(say.Text, "?"); n > 1 {
			s.t.Fatalf("%d question marks: %s", n, say.Text)
		}
	}
	for _, n := range s.state.Needs {
		for k, f := range n.Fields {
			for _, item := range f.Items {
				s.grounded(string(k), item.Evidence)
			}
		}
		for _, row := range n.Indicators {
			s.grounded(row.Name, row.Evidence)
		}
	}
}

func (s *session) grounded(what string, evidence []need.Evidence) {
	s.t.Helper()
	if len(evidence) == 0 {
		s.t.Fatalf("%s rests on nothing", what)
	}
	for _, e := range evidence {
		text := []rune(s.said[need.MessageID(strings.TrimPrefix(e.Ref, "message:"))])
		if e.Start < 0 || e.End > len(text) || e.Start >= e.End || string(text[e.Start:e.End]) != e.Quote {
			s.t.Fatalf("%s: %q does not stand at %d–%d of %q", what, e.Quote, e.Start, e.End, string(text))
		}
	}
}
