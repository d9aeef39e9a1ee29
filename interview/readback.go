package interview

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
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
		t.aside("done_added")
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

// correctLine takes a correction of one line of the card.
func (t *turn) correctLine(n *need.Need, m Message, key string) {
	k, asked := need.Key(key), strings.HasPrefix(t.asked.ID, "line:")
	c := t.context(m, []need.Key{k})
	if id, ok := strings.CutPrefix(key, "indicator:"); ok {
		k, c.Asked, c.Row = need.KeyIndicator, []need.Key{need.KeyIndicator}, n.Row(id)
		t.asked = Question{ID: "indicator.target:" + id, Need: n.ID, Keys: c.Asked}
	} else {
		t.asked = Question{ID: key + ".again", Need: n.ID, Keys: c.Asked}
	}
	tail := tailOf(m)
	before := len(t.changed)
	r := shifted(t.read.Read(string([]rune(m.Text)[tail.start:tail.end]), c), tail.start)
	r.Intents = append(r.Intents, extract.Correct)
	if k.Shape() <= need.List && key != "title" {
		t.replaceText(n, m, k, tail)
	} else {
		t.take(m, r)
	}
	if key == "title" && tail.start < tail.end {
		t.emit(need.Event{Kind: need.TitleSet, By: need.Contact, Need: n.ID, Message: m.ID, Note: cut(line(string([]rune(m.Text)[tail.start:tail.end])), maxTitle)})
		t.changed = append(t.changed, "title")
	}
	if len(t.changed) == before && !asked {
		t.askLine(key, k)
	}
}

// replaceText puts the words of a correction in the place of a text.
func (t *turn) replaceText(n *need.Need, m Message, k need.Key, s span) {
	if s.start >= s.end {
		return
	}
	item := need.Item{Evidence: []need.Evidence{evidence(m, []rune(m.Text), s)}}
	item.Value.Text = item.Evidence[0].Quote
	t.replaceItem(n, need.Event{
		Kind: need.ValueSet, By: need.Contact, Need: n.ID, Message: m.ID, Key: k, Item: &item, Checks: need.Checks{Aligned: true},
	})
}

// shifted moves the evidence of a reading of the tail of a message to where it
// stands in the whole.
func shifted(r extract.Reading, by int) extract.Reading {
	move := func(list []need.Evidence) []need.Evidence {
		out := slices.Clone(list)
		for i := range out {
			out[i].Start += by
			out[i].End += by
		}
		return out
	}
	for i := range r.Values {
		r.Values[i].Item.Evidence = move(r.Values[i].Item.Evidence)
	}
	for i := range r.Rows {
		r.Rows[i].Row.Evidence = move(r.Rows[i].Row.Evidence)
	}
	for i := range r.Marks {
		r.Marks[i].Quote.Start += by
		r.Marks[i].Quote.End += by
	}
	return r
}

// lineOf finds the line of the card that a message speaks of: by number, or by
// its label with a verb of change.
func (t *turn) lineOf(n *need.Need, text string) string {
	lines := t.card(n, t.shown()).Lines
	number := regexp.MustCompile(`第\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*[条行项]|line\s+(\d{1,2})`)
	if m := number.FindStringSubmatch(strings.ToLower(text)); m != nil {
		if i := ordinal(cmp.Or(m[1], m[2])); i >= 1 && i <= len(lines) {
			return lines[i-1].Key
		}
	}
	if !containsAny(text, "改为", "改成", "改到", "应该是", "应为", "应当是", "不对", "有误", "错了", "不准", "should be", "change", "wrong") {
		return ""
	}
	for _, l := range lines {
		if strings.Contains(strings.ToLower(text), strings.ToLower(l.Label)) && !strings.HasPrefix(l.Key, "indicator:") {
			return l.Key
		}
		if name, _, ok := strings.Cut(l.Value, "："); ok && strings.HasPrefix(l.Key, "indicator:") && strings.Contains(text, name) {
			return l.Key
		}
	}
	return ""
}

// shown are the keys of the card that was shown last, nil for the whole card.
func (t *turn) shown() []string {
	for _, q := range slices.Backward(t.s.Asked) {
		if q.ID == "readback" {
			return nil
		}
		if keys, ok := strings.CutPrefix(q.ID, "readback:"); ok {
			return strings.Split(keys, ",")
		}
	}
	return nil
}

// tailOf is what stands behind "改为" and the like, the whole text if none does.
func tailOf(m Message) span {
	text := []rune(m.Text)
	verb := regexp.MustCompile(`(?i)改为|改成|改到|应该是|应当是|应为|(?:不对|错了|有误|不准)[，,。]?\s*(?:应该)?是?|[条行项][，,]?\s*是|should be|change (it )?to`)
	s := span{0, len(text)}
	if at := verb.FindStringIndex(m.Text); at != nil {
		s.start = len([]rune(m.Text[:at[1]]))
	}
	s = trim(text, s)
	for s.start < s.end && strings.ContainsRune("：:，,“\"", text[s.start]) {
		s.start++
	}
	for s.start < s.end && strings.ContainsRune("。.！”\"", text[s.end-1]) {
		s.end--
	}
	return trim(text, s)
}

func ordinal(s string) int {
	if n, err := strconv.Atoi(strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, s)); err == nil {
		return n
	}
	n := 0
	for _, r := range s {
		d := strings.IndexRune("一二三四五六七八九", r)
		switch {
		case r == '十' && n == 0:
			n = 10
		case r == '十':
			n *= 10
		default:
			n += d/len("一") + 1
		}
	}
	return n
}

// askLine asks for the right words of one line.
func (t *turn) askLine(key string, k need.Key) {
	label := t.guide.Label(k, t.lang())
	if key == "title" {
		label = t.text("line_title")
	}
	t.emit(need.Event{Kind: need.Asked, Need: t.s.Active, Note: "line:" + key})
	t.flush(t.text("ask_line", "label", label))
	t.quiet = true
}

// askFix asks which line is wrong.
func (t *turn) askFix() {
	t.emit(need.Event{Kind: need.Asked, Need: t.s.Active, Note: "fix"})
	t.flush(t.text("ask_fix"))
	t.quiet = true
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
