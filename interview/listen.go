package interview

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"tanxu/extract"
	"tanxu/need"
)

// shortWords is the longest text, in runes, that is taken for a bare command.
const shortWords = 22

// words reads one message in free words.
func (t *turn) words(m Message) {
	t.guessLanguage(m)
	if m.Edit {
		t.replace(m, func() { t.hear(m) })
		return
	}
	t.hear(m)
}

// hear acts on what a message says.
func (t *turn) hear(m Message) {
	r := t.reading(m)
	if t.command(m, r) {
		return
	}
	if has(r, extract.Inject) {
		t.emit(need.Event{Kind: need.Noted, Message: m.ID, Note: "words that speak to the machine were left alone"})
		t.acks = append(t.acks, t.text("injected"))
	}
	if t.turnsTo(m) {
		return
	}
	switch t.s.Phase {
	case PhaseConfirming:
		t.correct(m, r)
	case PhaseDone:
		t.after(m, r)
	case PhaseClosed:
		t.aside("closed")
	case PhasePaused:
		if t.atCard() {
			t.phase(PhaseConfirming)
			t.correct(m, r)
			return
		}
		t.resume()
		t.answer(m, r)
	default:
		t.returning()
		t.answer(m, r)
	}
}

// context is what a message is read against: the question before it and the
// rows so far.
func (t *turn) context(m Message, keys []need.Key) extract.Context {
	c := extract.Context{Ref: ref(m.ID), Now: t.now, Asked: keys}
	if keys == nil {
		c.Asked = t.asked.Keys
	}
	c.Deeper = keys == nil && t.asked.Probe
	if n := t.s.Need(t.s.Active); n != nil {
		c.Rows, c.Problem = n.Indicators, problemOf(n)
		c.Row, c.Part = n.Row(rowOf(t.asked.ID)), partOf(t.asked.ID)
	}
	return c
}

// problemOf is what has been said of the problem of a need, one statement a line.
func problemOf(n *need.Need) string {
	var said []string
	for _, item := range n.Field(need.KeyProblem).Items {
		said = append(said, item.Value.Text)
	}
	return strings.Join(said, "。")
}

// rowOf returns the row that a question such as "indicator.target:i2" is about.
func rowOf(question string) string {
	kind, row, _ := strings.Cut(question, ":")
	if !strings.HasPrefix(kind, "indicator.") {
		return ""
	}
	return row
}

// guessLanguage turns to English when the first words of a contact hold no
// Chinese; a choice that was made stays.
func (t *turn) guessLanguage(m Message) {
	if t.s.Lang != "" {
		return
	}
	han, words := false, len(strings.Fields(m.Text))
	for _, r := range m.Text {
		han = han || unicode.Is(unicode.Han, r)
	}
	switch {
	case han:
		t.emit(need.Event{Kind: need.LanguageSet, Note: "zh", By: need.System})
	case words >= 3:
		t.emit(need.Event{Kind: need.LanguageSet, Note: "en", By: need.System})
	}
}

// command acts on a message that is a bare command, and reports whether it was
// one. Who asks for a person, or to be left alone, is heard in longer texts too.
func (t *turn) command(m Message, r extract.Reading) bool {
	bare := len([]rune(bare(m.Text))) <= shortWords && len(r.Values)+len(r.Rows) == 0
	for _, intent := range r.Intents {
		switch {
		case intent == extract.Human && bare:
			t.handOver(m)
		case intent == extract.Finish && (len(r.Values)+len(r.Rows) == 0 || !hasNumber(m.Text)):
			t.finish(m)
		case !bare:
			continue
		case intent == extract.Pause:
			t.pause()
		case intent == extract.Resume:
			t.resume()
		case intent == extract.Skip:
			t.skip(m)
		case intent == extract.Chinese, intent == extract.English:
			lang := map[extract.Intent]string{extract.Chinese: "zh", extract.English: "en"}[intent]
			t.emit(need.Event{Kind: need.LanguageSet, By: need.Contact, Message: m.ID, Note: lang})
			t.aside("lang_set")
		case intent == extract.Status && t.s.Phase == PhaseDone:
			t.aside("done_status")
		case intent == extract.Status:
			done, total := Progress(t.s)
			t.aside("status", "done", strconv.Itoa(done), "total", strconv.Itoa(total))
		case asideOf(intent) != "":
			t.aside(asideOf(intent))
		default:
			continue
		}
		return true
	}
	return false
}

// asideOf names the text that answers an intent without moving on.
func asideOf(intent extract.Intent) string {
	switch intent {
	case extract.Help:
		return "help"
	case extract.Privacy:
		return "privacy"
	case extract.MyData:
		return "my_data"
	case extract.Erase:
		return "erase"
	default:
		return ""
	}
}

// handOver gives the conversation to a broker; the bot is silent from then on.
func (t *turn) handOver(m Message) {
	t.tell("human")
	t.phase(PhaseHandedOver)
	t.emit(need.Event{Kind: need.OwnerChanged, By: need.Contact, Message: m.ID, To: OwnerBroker})
	t.quiet = true
}

func (t *turn) pause() {
	if t.s.Phase == PhaseDone || t.s.Phase == PhaseClosed {
		t.answers = append(t.answers, t.text("chitchat"))
		return
	}
	t.phase(PhasePaused)
	t.tell("paused")
	t.quiet = true
}

// skip leaves the fields of the question before blank, for good.
func (t *turn) skip(m Message) {
	n := t.s.Need(t.s.Active)
	if n == nil || len(t.asked.Keys) == 0 || t.s.Phase != PhaseInterviewing {
		t.again = true
		return
	}
	t.acks = append(t.acks, t.text("ack_skip"))
	if row := n.Row(rowOf(t.asked.ID)); row != nil {
		return // each part of a row is asked once: going on is enough
	}
	for _, k := range t.asked.Keys {
		t.mark(n, extract.Mark{Key: k, Status: need.Declined, Quote: need.Evidence{Quote: bare(m.Text)}}, m)
	}
}

func has(r extract.Reading, intent extract.Intent) bool { return slices.Contains(r.Intents, intent) }

func content(r extract.Reading) bool { return len(r.Values)+len(r.Rows)+len(r.Marks) > 0 }
