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
		if c := t.missed(t.s.Needs[returned]); c != nil && alone {
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
// if nothing of it is left to ask. Each reason is asked once. Words that name no
// field are asked as they are: the contact has just read them.
func (t *turn) missed(n *need.Need) *candidate {
	codes, words := need.ReadReturnNote(t.s.talk(n.ID).back)
	var list []*candidate
	for _, code := range codes {
		if c := t.conditionOf(n); code == "missing_condition" && c != nil {
			list = append(list, c)
			continue
		}
		list = append(list, t.askAgain(n, reasonKey(code)))
	}
	asked := t.askAgain(n, askedFor(words))
	if asked == nil && words != "" && !slices.ContainsFunc(list, func(c *candidate) bool { return c != nil }) {
		asked = &candidate{id: "problem.words", key: need.KeyProblem, probe: true, text: t.guide.Texts["returned_ask"]}
	}
	for _, c := range append(list, asked) {
		if c != nil && !t.askedBack(n, c.key) {
			return c
		}
	}
	return nil
}

// askedBack reports whether a field was asked since a broker returned the need.
func (t *turn) askedBack(n *need.Need, k need.Key) bool {
	return slices.Contains(t.s.talk(n.ID).asked, k)
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

// goOnBack is the next question on a need that came back: what the broker misses,
// what an answer to that left vague or did not speak of, and nothing else. next is
// what would be asked otherwise; where the return names nothing that may be asked,
// the talk goes on as any other.
func (t *turn) goOnBack(n *need.Need, next *candidate) *candidate {
	asked := t.s.talk(n.ID).asked
	switch c := t.missed(n); {
	case c != nil:
		return c
	case len(asked) == 0:
		return next
	case next != nil && slices.Contains(asked, next.key) && (t.astray || n.Field(next.key).Status == need.Vague || next.score >= rowConflict):
		return next
	default:
		return nil
	}
}
