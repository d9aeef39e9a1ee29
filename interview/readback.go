package interview

import (
	"slices"
	"strings"

	"tanxu/extract"
	"tanxu/need"
)

// The quick replies of the read-back.
const (
	choiceRight = "readback.ok"
	choiceWrong = "readback.fix"
)

// readBack shows the card, with a lead-in and what is still open.
func (t *turn) readBack(n *need.Need, lead string) {
	t.retitle(n)
	t.suggest(n)
	t.digest(n)
	t.phase(PhaseConfirming)
	text := t.text(lead)
	if open := t.open(n); len(open) > 0 {
		sep := "、"
		if t.lang() == "en" {
			sep = ", "
		}
		text += "\n" + t.text("readback_open", "list", strings.Join(open, sep))
	}
	if notes := t.routeNotes(n); notes != "" {
		text += "\n" + notes
	}
	t.showCard(text, t.card(n, nil), nil)
}

// showCard says a card that is to be confirmed. The keys of its lines are kept,
// so that "第3条" is found again.
func (t *turn) showCard(text string, card *Card, only []string) {
	id := "readback"
	if only != nil {
		id += ":" + strings.Join(only, ",")
	}
	t.emit(need.Event{Kind: need.Asked, Need: t.s.Active, Note: id})
	t.say = append(t.say, Say{Text: t.before() + text, Card: card, AI: true, Choices: []Choice{
		{ID: choiceRight, Label: t.text("readback_ok")}, {ID: choiceWrong, Label: t.text("readback_fix")},
	}})
}

// finish ends the questions at the contact's wish.
func (t *turn) finish(m Message) {
	n := t.s.Need(t.s.Active)
	switch {
	case n == nil:
		t.tell("nothing_yet")
		t.quiet = true
	case t.s.Phase == PhaseConfirming:
		t.confirm(n, m)
	case t.s.Phase == PhaseDone:
		t.aside("done_back")
	default:
		t.phase(PhaseInterviewing)
		t.readBack(n, "readback_short")
		t.quiet = true
	}
}

// correct takes a message at the read-back: yes, a correction, or neither.
func (t *turn) correct(m Message, r extract.Reading) {
	n := t.active()
	key := t.lineOf(n, m.Text)
	if key == "" {
		key, _ = strings.CutPrefix(t.asked.ID, "line:")
		if key == t.asked.ID {
			key = ""
		}
	}
	switch {
	case key != "":
		t.correctLine(n, m, key)
		return
	case agrees(m.Text), has(r, extract.Yes) && len(r.Values)+len(r.Rows) == 0:
		t.confirm(n, m)
		return
	case has(r, extract.No) && len([]rune(bare(m.Text))) <= 8 && !content(r):
		t.askFix()
		return
	case t.question(m) && !content(r), len([]rune(bare(m.Text))) < 4:
		return
	}
	before := len(t.changed)
	t.asked = Question{}
	if t.corrects(n, m, r) {
		r.Rows = nil
	}
	t.take(m, r)
	if len(t.changed) == before && !has(r, extract.Inject) && !has(r, extract.GoOn) && len(r.Marks) == 0 {
		t.nearest(n, m, r)
	}
}

// corrects reports whether a figure of a message replaces one in a text, such as
// a limit, and is no new indicator.
func (t *turn) corrects(n *need.Need, m Message, r extract.Reading) bool {
	for _, f := range r.Rows {
		if f.Row.Target != nil || t.sameRow(n, &f.Row) != nil {
			return false
		}
	}
	for _, k := range []need.Key{need.KeyConstraints, need.KeyTried, need.KeyFoundation, need.KeyScene} {
		for _, item := range n.Field(k).Items {
			if overlap(item.Value.Text, m.Text) >= 0.4 {
				return len(r.Rows) > 0
			}
		}
	}
	return false
}

// nearest adds a free correction, from which no value could be read, to the
// text that it speaks of.
func (t *turn) nearest(n *need.Need, m Message, r extract.Reading) {
	best, score := need.Key(""), 0.12
	for _, k := range need.Keys() {
		if k.Shape() > need.List {
			continue
		}
		for _, item := range n.Field(k).Items {
			if o := max(overlap(m.Text, item.Value.Text), overlap(item.Value.Text, m.Text)); o > score {
				best, score = k, o
			}
		}
	}
	if best != "" {
		t.whole(n, m, best, r)
	}
}

// showAgain shows what changed, or says that nothing was understood.
func (t *turn) showAgain(n *need.Need) {
	if t.quiet || n == nil {
		return
	}
	if len(t.changed) == 0 {
		t.showCard(t.text("readback_unclear"), t.card(n, t.shown()), t.shown())
		return
	}
	t.retitle(n)
	keys := slices.Clone(t.changed)
	slices.Sort(keys)
	keys = slices.Compact(keys)
	t.showCard(t.text("readback_changed"), t.card(n, keys), keys)
}

// confirm accepts the read-back and hands the need to the brokers.
func (t *turn) confirm(n *need.Need, m Message) {
	t.digest(n)
	t.emit(need.Event{Kind: need.ReadBackAccepted, By: need.Contact, Need: n.ID, Message: m.ID})
	to, why := need.StatusReview, "confirmed by the contact"
	if t.hopeless(n) {
		to, why = need.StatusShelved, "passed on: "+string(n.Routes[0].Kind)
	}
	if n.Status.Move(to) == nil {
		t.emit(need.Event{Kind: need.StatusChanged, By: need.Contact, Need: n.ID, Message: m.ID, To: string(to), Note: why})
	}
	t.quiet = true
	for _, other := range t.s.Needs {
		if other.Status == need.StatusDraft {
			t.askNext(other)
			return
		}
	}
	t.phase(PhaseDone)
	t.flush(t.text("done"))
}

// after takes what a contact adds when all is confirmed.
func (t *turn) after(m Message, r extract.Reading) {
	if t.s.Need(t.s.Active) == nil {
		return
	}
	if has(r, extract.NewNeed) {
		t.phase(PhaseInterviewing)
		t.asked = Question{}
		t.opening(m, r)
		return
	}
	t.asked = Question{}
	before := len(t.events)
	if content(r) {
		r.Intents = append(r.Intents, extract.Correct)
		t.take(m, r)
	} else if !t.question(m) && len([]rune(bare(m.Text))) > shortWords {
		t.emit(need.Event{Kind: need.Noted, By: need.Contact, Need: t.s.Active, Message: m.ID, Note: "added: " + line(m.Text)})
	}
	if len(t.events) > before {
		t.acks = []string{t.text("done_added")}
		return
	}
	t.answers = append(t.answers, t.text("chitchat"))
}
