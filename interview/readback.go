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
	t.showCard(n, text, t.card(n, nil))
}

// showCard says a card that is to be confirmed. The numbers of its lines are
// kept, so that "第3条" is found again.
func (t *turn) showCard(n *need.Need, text string, card *Card) {
	t.emit(need.Event{Kind: need.Asked, Need: n.ID, Note: "readback:" + strings.Join(t.numbering(n), ",")})
	t.say = append(t.say, Say{Text: t.before() + text, Card: card, AI: true, Choices: []Choice{
		{ID: choiceRight, Label: t.text("readback_ok")}, {ID: choiceWrong, Label: t.text("readback_fix")},
	}})
}

// numbering are the keys of the lines of a need by number: as the last card
// counted them, and behind those what came since.
func (t *turn) numbering(n *need.Need) []string {
	var keys []string
	for _, q := range slices.Backward(t.s.Asked) {
		if listed, ok := strings.CutPrefix(q.ID, "readback:"); ok && q.Need == n.ID {
			keys = strings.Split(listed, ",")
			break
		}
	}
	for _, l := range t.lines(n) {
		if !slices.Contains(keys, l.Key) {
			keys = append(keys, l.Key)
		}
	}
	return keys
}

// finish ends the questions at the contact's wish.
func (t *turn) finish(m Message) {
	n := t.s.Need(t.s.Active)
	switch {
	case n == nil:
		t.tell("nothing_yet")
		t.quiet = true
	case t.atCard() && (agrees(m.Text) || submits(m.Text)):
		t.phase(PhaseConfirming)
		t.confirm(n, m)
	case t.atCard() && t.correctedFirst(n, m):
	case t.atCard():
		t.phase(PhasePaused) // who goes has not said that the card is right
		t.tell("readback_kept")
		t.quiet = true
	case t.s.Phase == PhaseDone:
		t.aside("done_back")
	default:
		t.phase(PhaseInterviewing)
		t.readBack(n, "readback_short")
		t.quiet = true
	}
}

// atCard reports whether a card waits for its confirmation, also where the
// contact has left meanwhile.
func (t *turn) atCard() bool {
	return t.s.Phase == PhaseConfirming || t.s.Phase == PhasePaused && strings.HasPrefix(t.s.last().ID, "readback")
}

// correctedFirst takes the correction of a line in front of words that end the
// talk: "原因改成炉温不匀，先这样吧". It reports whether there is one.
func (t *turn) correctedFirst(n *need.Need, m Message) bool {
	text := []rune(m.Text)
	end := 0
	for _, c := range clauses(text) {
		if slices.Contains(t.read.Read(string(text[c.start:c.end]), extract.Context{}).Intents, extract.Finish) {
			break
		}
		end = c.end
	}
	m.Text = string(text[:end])
	c, ok := t.correction(n, m)
	if !ok || c.key == "" {
		return false
	}
	t.phase(PhaseConfirming)
	t.correctLine(n, m, c, t.read.Read(m.Text, t.context(m, nil)))
	return true
}

// correct takes a message at the read-back: yes, a correction, or neither.
func (t *turn) correct(m Message, r extract.Reading) {
	n := t.active()
	if t.amended(n, m, r) {
		return
	}
	switch {
	case agrees(m.Text), nothingMore(m.Text), has(r, extract.Yes) && len(r.Values)+len(r.Rows) == 0:
		t.confirm(n, m)
		return
	case has(r, extract.No) && len([]rune(bare(m.Text))) <= 8 && !content(r):
		t.askFix()
		return
	case t.question(m) && !content(r), len([]rune(bare(m.Text))) < 4:
		return
	}
	t.asked = Question{}
	if k := t.corrects(n, m, r); k != "" {
		r.Rows = nil
		t.whole(n, m, k, r)
	}
	r.Values = slices.DeleteFunc(slices.Clone(r.Values), func(f extract.Found) bool { return f.Key == need.KeyProblem && !f.Model })
	t.take(m, r) // what the rules can place nowhere they take for the problem: that is no correction of it
}

// amended takes words that name the line of the card which they change, that
// answer our question for such a line, or that replace the last message; it
// reports whether a message was one.
func (t *turn) amended(n *need.Need, m Message, r extract.Reading) bool {
	if t.refuseRoutes(n, m) {
		return true
	}
	if keys := t.dropped(n, m.Text); len(keys) > 0 {
		for _, key := range keys {
			t.dropLine(n, m, correction{key: key, drops: true})
		}
		return true
	}
	if c, ok := t.correction(n, m); ok && c.key == "" {
		return true
	} else if ok {
		t.correctLine(n, m, c, r)
		return true
	}
	key, pending := strings.CutPrefix(t.asked.ID, "line:")
	switch {
	case pending && nothingMore(m.Text):
		t.asked = Question{} // there is nothing to be written: the card is shown again
		return true
	case pending && !agrees(m.Text):
		t.correctLine(n, m, correction{key: key, tail: clean(m, 0, len(m.Text))}, r)
		return true
	case m.Edit && len(t.asked.Keys) > 0:
		t.take(m, r)
		return true
	}
	return false
}

// corrects finds the text of which a message says a figure anew, such as a limit:
// that is no new indicator.
func (t *turn) corrects(n *need.Need, m Message, r extract.Reading) need.Key {
	const again = 0.4
	if len(r.Rows) == 0 || slices.ContainsFunc(r.Rows, func(f extract.RowFound) bool { return f.Row.Target != nil || t.sameRow(n, &f.Row) != nil }) {
		return ""
	}
	for _, k := range []need.Key{need.KeyConstraints, need.KeyTried, need.KeyFoundation, need.KeyScene} {
		if slices.ContainsFunc(n.Field(k).Items, func(item need.Item) bool { return overlap(item.Value.Text, m.Text) >= again }) {
			return k
		}
	}
	return ""
}

// showAgain shows what changed, or asks what is meant.
func (t *turn) showAgain(n *need.Need) {
	if t.quiet || n == nil {
		return
	}
	if len(t.changed) == 0 {
		t.showCard(n, t.text("readback_unclear"), t.card(n, nil))
		return
	}
	t.retitle(n)
	if card := t.card(n, t.changed); len(card.Lines) > 0 {
		t.showCard(n, t.text("readback_changed"), card)
		return
	}
	t.showCard(n, t.text("readback_removed"), t.card(n, nil))
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
		if other.Status == need.StatusDraft || other.Status == need.StatusReturned {
			t.askNext(other)
			return
		}
	}
	t.phase(PhaseDone)
	if to == need.StatusShelved {
		t.flush(t.text("done_routed"))
		return
	}
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
	n, before := t.active(), len(t.events)
	c, named := t.correction(n, m)
	switch {
	case t.refuseRoutes(n, m):
	case named && c.key != "":
		t.correctLine(n, m, c, r)
	case t.progress(m):
		return
	case m.Edit && len(t.asked.Keys) > 0 && content(r):
		t.take(m, r)
	case content(r):
		t.asked = Question{}
		r.Intents = append(r.Intents, extract.Correct)
		t.take(m, r)
	case !t.question(m) && len([]rune(bare(m.Text))) > shortWords:
		t.emit(need.Event{Kind: need.Noted, By: need.Contact, Need: t.s.Active, Message: m.ID, Note: "added: " + line(m.Text)})
	}
	switch {
	case t.quiet: // we ask for the words of a line
	case len(t.changed) > 0:
		t.acks = []string{t.text("done_noted", "list", t.noted(n))}
	case len(t.events) > before:
		t.acks = []string{t.text("done_added")}
	default:
		t.answers = append(t.answers, t.text("chitchat"))
	}
}

// noted is what changed in this turn, as it stands now.
func (t *turn) noted(n *need.Need) string {
	var said []string
	for _, l := range t.card(n, t.changed).Lines {
		said = append(said, l.Label+t.colon()+l.Value)
	}
	for _, key := range t.changed {
		k := need.Key(key)
		if strings.HasPrefix(key, "route:") {
			said = append(said, t.text("line_route")+t.colon()+t.text("line_none"))
		}
		if k.Known() && n.Field(k).Status == need.Missing {
			said = append(said, t.guide.Label(k, t.lang())+t.colon()+t.text("line_missing"))
		}
	}
	return strings.Join(said, "；")
}

// progress answers who asks, after all is confirmed, how things stand.
func (t *turn) progress(m Message) bool {
	if !containsAny(strings.ToLower(m.Text), "进展", "进度", "怎么样了", "怎样了", "什么情况了", "到哪一步", "到哪步", "有消息", "有结果", "有回音", "审核好", "审完", "any news", "any progress", "how is it going", "status") {
		return false
	}
	t.answers = append(t.answers, t.text("done_status"))
	return true
}
