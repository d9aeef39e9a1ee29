package interview

import (
	"slices"
	"strings"

	"tanxu/need"
)

// noteTold is the remark that a contact was told how things stand with a need;
// the need's id follows. It belongs to the conversation: the need itself is not
// changed by it.
const noteTold = "told of "

// owe keeps what brokers have done and the contact has not been told yet: a need
// that went back or out, and a talk that is the bot's again.
func (s *State) owe(e need.Event) {
	drop := func(kind need.EventKind, id need.ID) {
		s.Due = slices.DeleteFunc(slices.Clone(s.Due), func(d need.Event) bool { return d.Kind == kind && d.Need == id })
		if len(s.Due) == 0 {
			s.Due = nil
		}
	}
	told, ok := strings.CutPrefix(e.Note, noteTold)
	switch {
	case e.Kind == need.OwnerChanged:
		drop(e.Kind, "")
		if e.By.ByBroker() && e.To == OwnerBot {
			s.Due = append(s.Due, e)
		}
	case e.Kind == need.StatusChanged:
		drop(e.Kind, e.Need)
		if to := need.Status(e.To); e.By.ByBroker() && (to == need.StatusReturned || to == need.StatusPublished) {
			s.Due = append(s.Due, e)
		}
	case e.Kind == need.Asked:
		drop(need.OwnerChanged, "") // the bot has gone on
	case e.Kind == need.Noted && ok:
		drop(need.StatusChanged, need.ID(told))
	}
}

// tellDue tells the contact what brokers have done with the needs, whoever owns
// the talk.
func (t *turn) tellDue() {
	if !t.s.Consent {
		return // who has not agreed may be somebody else
	}
	for _, e := range t.s.Due {
		n := t.s.Need(e.Need)
		if e.Kind != need.StatusChanged || n == nil {
			continue
		}
		text := t.text("published", "title", line(n.Title))
		if e.To == string(need.StatusReturned) {
			text = t.text("returned", "title", line(n.Title)) + t.reasons(e.Note)
		}
		t.say = append(t.say, Say{Text: text, System: true})
		t.emit(need.Event{Kind: need.Noted, By: need.System, Note: noteTold + string(n.ID)})
	}
}

// reasons are why a need came back, as lines: the broker's reasons and words.
func (t *turn) reasons(note string) string {
	codes, words := need.ReadReturnNote(note)
	var list []string
	for _, code := range codes {
		if _, ok := t.guide.Texts["return_"+code]; ok {
			list = append(list, t.text("return_"+code))
		}
	}
	sep := "、"
	if t.lang() == "en" {
		sep = ", "
	}
	text := ""
	if len(list) > 0 {
		text += "\n" + t.text("returned_why", "list", strings.Join(list, sep))
	}
	if words != "" {
		text += "\n" + t.text("returned_words", "words", words)
	}
	return text
}

// goOn moves the talk on where a broker has acted: it is the bot's again, or a
// need came back. due is what the contact had not been told before this turn;
// alone says that no message came with it.
func (t *turn) goOn(due []need.Event, alone bool) {
	back := slices.ContainsFunc(due, func(e need.Event) bool { return e.Kind == need.OwnerChanged })
	returned := slices.IndexFunc(t.s.Needs, func(n *need.Need) bool { return n.Status == need.StatusReturned })
	switch {
	case len(due) == 0:
	case t.s.Phase == PhaseDone && returned >= 0:
		t.speakOf(t.s.Needs[returned])
		if c := t.missed(t.s.Needs[returned], due); c != nil && alone {
			t.ask(t.s.Needs[returned], *c)
			t.quiet = true
		}
	case back && t.s.Phase == PhaseInterviewing:
		t.summarise("handed_back")
	default:
		t.quiet = alone // the question that stands is not asked again
	}
}

// speakOf turns to a need that came back. It stays returned until the contact
// answers.
func (t *turn) speakOf(n *need.Need) {
	if t.s.Active != n.ID {
		t.emit(need.Event{Kind: need.NeedSwitched, Need: n.ID})
	}
	t.phase(PhaseInterviewing)
	t.asked = Question{}
}

// missed is the question for what a broker misses, by what the return says; nil
// if that names nothing that may be asked.
func (t *turn) missed(n *need.Need, due []need.Event) *candidate {
	i := slices.IndexFunc(due, func(e need.Event) bool { return e.Need == n.ID })
	if i < 0 {
		return nil
	}
	codes, words := need.ReadReturnNote(due[i].Note)
	for _, code := range codes {
		if code == "missing_condition" {
			if c := t.conditionOf(n); c != nil {
				return c
			}
		}
		if c := t.askAgain(n, reasonKey(code)); c != nil {
			return c
		}
	}
	return t.askAgain(n, askedFor(words))
}

// reasonKey is the field that a reason of a return speaks of, "" for none.
func reasonKey(code string) need.Key {
	switch code {
	case "unclear_problem":
		return need.KeyProblem
	case "missing_scene":
		return need.KeyScene
	case "missing_indicator", "missing_condition":
		return need.KeyIndicator
	default:
		return ""
	}
}

// conditionOf asks under which condition the first row without one holds.
func (t *turn) conditionOf(n *need.Need) *candidate {
	for _, row := range n.Indicators {
		if row.Target != nil && row.Condition == "" && row.Method == "" && row.Status != need.Declined {
			return &candidate{
				id: "indicator.condition:" + row.ID, key: need.KeyIndicator, probe: true, text: t.guide.Row.Condition,
				pairs: []string{"name", line(row.Name)},
			}
		}
	}
	return nil
}

// askAgain asks for a field once more, unless the contact has refused it.
func (t *turn) askAgain(n *need.Need, k need.Key) *candidate {
	f := t.guide.Field(k)
	if f == nil || t.s.talk(n.ID).closed[k] || n.Field(k).Status == need.Declined {
		return nil
	}
	if n.Field(k).Asks == 0 && len(n.Field(k).Items) == 0 {
		return &candidate{id: string(k) + ".ask", key: k, text: f.Ask}
	}
	return &candidate{id: string(k) + ".again", key: k, probe: true, text: f.Again}
}

// answered marks that the contact works on a need that came back.
func (t *turn) answered(messages []Message) {
	n := t.s.Need(t.s.Active)
	if n != nil && n.Status == need.StatusReturned && len(messages) > 0 && t.s.Phase == PhaseInterviewing {
		t.emit(need.Event{Kind: need.StatusChanged, By: need.Contact, Need: n.ID, Message: messages[0].ID, To: string(need.StatusInterviewing)})
	}
}
