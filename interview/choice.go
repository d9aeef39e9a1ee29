package interview

import (
	"tanxu/extract"
	"tanxu/need"
)

// choiceSkip leaves a question unanswered.
const choiceSkip = "skip"

// choice takes a quick reply. Its label, as the contact saw it, is the evidence.
func (t *turn) choice(m Message) {
	switch m.Choice {
	case choiceRight, choiceWrong:
		t.choiceReadBack(m)
	case choiceNext, choiceLater:
		t.answerNext(m, extract.Reading{})
	case choiceFormer, choiceLatter:
		if len(t.asked.Keys) == 0 || !t.settle(m, extract.Reading{}) {
			t.again = true
		}
	case choiceSkip:
		t.skip(m)
	case choiceConsent, choiceRefuse:
		t.again = true
	default:
		t.choiceOfGuide(m)
	}
}

func (t *turn) choiceReadBack(m Message) {
	n := t.s.Need(t.s.Active)
	switch {
	case n == nil || t.s.Phase != PhaseConfirming:
		t.again = true
	case m.Choice == choiceRight:
		t.confirm(n, m)
	default:
		t.askFix()
	}
}

// choiceOfGuide takes one of the answers that the guide offers for a field, also
// when another question was asked since.
func (t *turn) choiceOfGuide(m Message) {
	f, c := t.guide.Choice(m.Choice)
	if f == nil {
		if m.Text != "" && readable(m.Text) {
			m.Choice = ""
			t.words(m)
			return
		}
		t.aside("unread")
		return
	}
	if m.Text == "" {
		m.Text = c.Label.In(t.lang())
	}
	n := t.active()
	t.asked = Question{ID: string(f.Key) + ".ask", Need: n.ID, Keys: []need.Key{f.Key}}
	words := evidence(m, []rune(m.Text), span{0, len([]rune(m.Text))})
	if c.Mark != "" {
		t.mark(n, extract.Mark{Key: f.Key, Status: c.Mark, Quote: words}, m)
		return
	}
	item := need.Item{Evidence: []need.Evidence{words}, Value: need.Value{Text: c.Value}}
	if c.Value == "" {
		item.Value = need.Value{Money: &need.Money{Min: c.Min, Max: c.Max, Unit: "万元"}}
	}
	t.value(n, m, extract.Found{Key: f.Key, Item: item, Checks: need.Checks{Rule: true}}, true)
	t.acks = append(t.acks, t.text("ack", "term", line(m.Text)))
}
