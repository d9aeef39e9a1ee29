package interview

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"tanxu/extract"
	"tanxu/interview/guide"
	"tanxu/need"
)

// Reader turns what a contact wrote into values with evidence.
type Reader interface {
	Read(text string, c extract.Context) extract.Reading
}

// Understander reads messages with a model; the values it gives are grounded
// already. An error means that the rules' reading stands alone.
type Understander interface {
	Understand(ctx context.Context, in extract.UnderstandInput) (extract.Understood, error)
}

// Options holds what has a sensible default; the zero value is ready to use.
type Options struct {
	Questions int            // about one need at most; 0 means 20
	MaxRunes  int            // of one message; 0 means need.MaxText
	Away      time.Duration  // after this silence a summary comes first; 0 means 24h
	NewID     func() need.ID // nil means UUIDv7
	// Understand is asked for each message that is more than a command; nil means
	// rules only. It has Patience to answer; 0 means 6s.
	Understand Understander
	Patience   time.Duration
	// Separate prefers questions whose answers tell candidates of the library
	// apart; nil means that the library has no say.
	Separate Separator
	// Phrase words questions by what was said; nil means in the guide's words.
	Phrase *Phraser
	// Restate suggests words for other trades of a need that was confirmed; nil
	// means by rule alone. It has Patience, too.
	Restate Restater
}

// Engine runs turns. It is safe for concurrent use.
type Engine struct {
	guide *guide.Guide
	read  Reader
	opt   Options
}

// New returns an Engine that asks by the guide g and reads by the rules r.
func New(g *guide.Guide, r Reader, o Options) *Engine {
	o.Questions = cmp.Or(o.Questions, 20)
	o.MaxRunes = cmp.Or(o.MaxRunes, need.MaxText)
	o.Away = cmp.Or(o.Away, 24*time.Hour)
	o.Patience = cmp.Or(o.Patience, 6*time.Second)
	if o.NewID == nil {
		o.NewID = func() need.ID { return need.ID(uuid.Must(uuid.NewV7()).String()) }
	}
	return &Engine{guide: g, read: r, opt: o}
}

// turn is one turn under way. It works on a copy of the state, to which each
// event is applied as it is decided.
type turn struct {
	*Engine
	s      *State
	now    time.Time
	role   string   // of the contact
	asked  Question // the question that the contact answers
	events []need.Event
	say    []Say
	model  extract.Understood

	scope   span               // the part of the message that is taken
	first   bool               // the contact's first words on any need are read in this turn
	acks    []string           // what was understood, said before the next question
	answers []string           // to questions of the contact
	telling map[string]float64 // by key: what the answer would tell apart
	changed []string           // keys of card lines that changed, for the read-back
	beside  bool               // the part that is taken is about a field that was not asked
	astray  bool               // the answer was about other fields than the one that was asked
	quiet   bool               // nothing more is to be said in this turn
	again   bool               // the contact said nothing that moves on: repeat the question
}

// Turn reads the new messages of a conversation and decides what follows. The
// state is not changed; Output.Events applied to it give the next one. What
// brokers have done since is told first. In a conversation that a broker has
// taken over the bot only listens; a contact who waits for one may go on with
// the bot.
func (e *Engine) Turn(ctx context.Context, s *State, in Input) (Output, error) {
	if len(in.Messages) == 0 && (len(s.Due) == 0 || !s.Consent) {
		return Output{}, nil // woken in vain
	}
	t := &turn{Engine: e, s: s.clone(), now: in.Now, role: in.Role, asked: s.last()}
	t.tellDue()
	if t.s.Owner == OwnerBroker && !t.takeBackTalk(in) {
		t.assure(in)
		t.overhear(ctx, in)
		return Output{Events: t.events, Say: t.say}, nil
	}
	discard := !t.s.Consent
	rest := amend(in.Messages, in.Recent)
	if t.s.Consent {
		t.goOn(s.Due, len(rest) == 0)
		t.answered(rest)
	}
	if discard {
		rest = t.consent(rest)
		discard = !t.s.Consent
	}
	t.understand(ctx, rest, in.Recent)
	for _, m := range rest {
		if t.quiet {
			break
		}
		t.message(m)
	}
	if !t.quiet && t.s.Consent {
		t.separate(ctx, in.Centre)
		t.reply()
		t.rephrase(ctx, lastWords(rest))
	}
	t.restate(ctx)
	return Output{Events: t.events, Say: t.say, Discard: discard}, nil
}

// emit applies an event to the copy and keeps it for the store.
func (t *turn) emit(e need.Event) {
	e.At = t.now
	if e.By == "" {
		e.By = need.Bot
	}
	t.events = append(t.events, e)
	t.s.Apply(e)
}

// tell says a text of the guide that asks nothing.
func (t *turn) tell(key string, pairs ...string) {
	t.say = append(t.say, Say{Text: t.text(key, pairs...), AI: true})
}

func (t *turn) text(key string, pairs ...string) string {
	return t.guide.Text(key, t.lang(), pairs...)
}

func (t *turn) lang() string { return cmp.Or(t.s.Lang, "zh") }

func (t *turn) phase(p Phase) {
	if t.s.Phase != p {
		t.emit(need.Event{Kind: need.PhaseChanged, To: string(p)})
	}
}

// active returns the need that is spoken of, and starts the first one.
func (t *turn) active() *need.Need {
	if n := t.s.Need(t.s.Active); n != nil {
		return n
	}
	return t.start("", "")
}

// start begins a need and speaks of it from now on.
func (t *turn) start(title string, m need.MessageID) *need.Need {
	id := t.NewID()
	t.emit(need.Event{Kind: need.NeedStarted, By: need.Contact, Need: id, Message: m, Note: title})
	t.emit(need.Event{Kind: need.NeedSwitched, Need: id})
	t.emit(need.Event{Kind: need.StatusChanged, Need: id, To: string(need.StatusInterviewing)})
	return t.s.Need(id)
}

// NewID returns an id for a need.
func (e *Engine) NewID() need.ID { return e.opt.NewID() }

// message reads one message: what channels hand over that is no text, then
// quick replies, then words.
func (t *turn) message(m Message) {
	switch {
	case m.Start:
		t.restart()
	case m.File != nil:
		t.file(m)
	case slices.Contains([]string{VoiceLarge, VoiceLost, FileLarge, FileLost}, m.Unsupported):
		t.aside(m.Unsupported)
	case m.Unsupported != "":
		t.aside("unsupported")
	case m.Choice != "":
		t.choice(m)
	case bare(m.Text) == "":
		t.aside("empty")
	case utf8.RuneCountInString(m.Text) > t.opt.MaxRunes:
		t.again = true
		t.answers = append(t.answers, t.text("too_long", "n", strconv.Itoa(t.opt.MaxRunes)))
	case !readable(m.Text):
		t.aside("unread")
	case !hasWords(m.Text):
		t.wordless(m)
	case m.Voice:
		t.heard(m)
		t.words(m)
	default:
		t.words(m)
	}
}

// aside answers something that does not move the interview on.
func (t *turn) aside(key string, pairs ...string) {
	t.again = true
	if text := t.text(key, pairs...); !slices.Contains(t.answers, text) {
		t.answers = append(t.answers, text)
	}
}

// restart greets a contact who comes back by the start command.
func (t *turn) restart() {
	switch t.s.Phase {
	case PhasePaused, PhaseInterviewing, PhaseConfirming:
		t.resume()
	case PhaseDone:
		if n := t.s.Need(t.s.Active); n == nil || n.Status != need.StatusReturned || !t.takeUp() {
			t.answers = append(t.answers, t.text("done_back"))
		}
	default:
		t.answers = append(t.answers, t.text("done_back"))
	}
}
