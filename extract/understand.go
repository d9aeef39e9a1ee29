package extract

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"tanxu/llm"
	"tanxu/llm/schema"
	"tanxu/need"
	"tanxu/prompts"
)

// UnderstandOptions hold what has a sensible default; the zero value is ready.
type UnderstandOptions struct {
	Prompt   string                     // id; "" means "understand.zh"; "document.zh" is for texts
	Repair   string                     // id; "" means "repair.zh"
	Commands int                        // carried out of one answer at most; 0 means 40
	Dropped  func(reason string, n int) // told of every dropped command; nil for nobody
	// Second is the temperature at which the model is asked once more where it has
	// read numbers, amounts or dates that the rules have not; 0 asks once. The
	// second answer adds nothing: it only tells what is read twice (Checks.Agree).
	Second float64
}

// Understander reads messages with a model. What the model says are commands
// from a closed list; code checks each one against the words of the contact, so
// that nothing enters a record but quotes, and numbers that stand in them. It
// is safe for concurrent use.
type Understander struct {
	model   llm.Model
	prompts *prompts.Set
	check   *schema.Validator
	opt     UnderstandOptions
}

// UnderstandInput is what a message is understood against.
type UnderstandInput struct {
	Now    time.Time    // in the centre's location
	Need   *need.Need   // that is spoken of, nil before the first
	Parked []*need.Need // the others
	Asked  AskedBefore
	Recent []Utterance // before the messages, oldest first
	Heard  []Heard     // the new messages of the contact, oldest first
}

// AskedBefore is the question that the contact answers.
type AskedBefore struct {
	Text string
	Keys []need.Key
	Row  string // of indicators, "" if it is about none
}

// Utterance is a message that was read already: it explains words such as
// "that one", but nothing is taken from it.
type Utterance struct {
	Contact bool
	Text    string
}

// Heard is a new message, and what the rules read in it.
type Heard struct {
	Ref   string // of the evidence, such as "message:ID"
	Text  string
	Rules Reading
}

// Understood is what a model has read, checked.
type Understood struct {
	Readings map[string]Reading // by Heard.Ref; only what the model said
	NewNeeds []need.Evidence    // the words with which the contact starts other needs
	Switch   need.ID            // the parked need to go back to, "" for none
	Dropped  map[string]int     // commands that were not carried out, by reason
	Prompt   string             // id and hash of the prompt
	Usage    llm.Usage
}

// NewUnderstander returns an Understander that asks m with the prompts of p.
func NewUnderstander(m llm.Model, p *prompts.Set, o UnderstandOptions) (*Understander, error) {
	o.Prompt = cmp.Or(o.Prompt, "understand.zh")
	o.Repair = cmp.Or(o.Repair, "repair.zh")
	o.Commands = cmp.Or(o.Commands, 40)
	prompt, ok := p.Prompt(o.Prompt)
	if !ok || prompt.Schema() == nil {
		return nil, fmt.Errorf("no prompt %s with a schema", o.Prompt)
	}
	if _, ok := p.Prompt(o.Repair); !ok {
		return nil, fmt.Errorf("no prompt %s", o.Repair)
	}
	check, err := schema.Compile(*prompt.Schema())
	if err != nil {
		return nil, fmt.Errorf("prompt %s: %w", o.Prompt, err)
	}
	return &Understander{model: m, prompts: p, check: check, opt: o}, nil
}

// Understand reads the new messages. An error means that the model gave nothing
// that could be used (its kind is one of package llm); the rules' reading then
// stands alone. The context limits the time: 6 s is what a contact waits for. No
// model is asked about messages of which the rules have read each word.
func (u *Understander) Understand(ctx context.Context, in UnderstandInput) (Understood, error) {
	prompt, _ := u.prompts.Prompt(u.opt.Prompt) // New made sure
	if in.settled() {
		return Understood{Prompt: prompt.ID + "@" + prompt.Hash}, nil
	}
	req, err := u.prompts.Render(u.opt.Prompt, promptVars(in, prompt.Vars))
	if err != nil {
		return Understood{}, err
	}
	out := Understood{Readings: map[string]Reading{}, Dropped: map[string]int{}, Prompt: prompt.ID + "@" + prompt.Hash}
	ask := asking{Understander: u, req: req, out: &out}
	said, err := ask.commands(ctx)
	if err != nil {
		return out, fmt.Errorf("understand %d messages: %w", len(in.Heard), err)
	}
	u.pass(in, said, &out)
	if u.opt.Second > 0 && doubtful(out) {
		ask.second(ctx, in)
	}
	if u.opt.Dropped != nil {
		for reason, n := range out.Dropped {
			u.opt.Dropped(reason, n)
		}
	}
	return out, nil
}

// pass carries out what the model said, as far as the gate lets it through.
func (u *Understander) pass(in UnderstandInput, said said, out *Understood) {
	g := newGate(in, out)
	for i, c := range said.cmds {
		if i >= u.opt.Commands {
			g.drop(dropTooMany)
			continue
		}
		g.command(c)
	}
	for i, r := range said.rows {
		if len(said.cmds)+i >= u.opt.Commands {
			g.drop(dropTooMany)
			continue
		}
		g.row(r)
	}
	g.finish()
}

// The reasons for which a command is dropped; a closed set, for metrics.
const (
	dropSchema     = "schema"      // not the form of a command, also after the repair
	dropOp         = "op"          // no command of ours
	dropField      = "field"       // no field, or not one that can be set so
	dropUngrounded = "ungrounded"  // the quote stands in no message of the contact
	dropInjected   = "injected"    // the quote speaks to the machine
	dropNumber     = "number"      // a number that the quote does not hold
	dropUnit       = "unit"        // a unit that the quote does not hold
	dropCode       = "code"        // a code that the words do not say
	dropName       = "name"        // a name that nobody said
	dropPart       = "part"        // a condition or method that nobody said
	dropEmpty      = "empty"       // nothing left to record
	dropUnasked    = "unasked"     // a refusal or not-knowing that nobody expressed
	dropNeed       = "need"        // no such parked need
	dropTooMany    = "too_many"    // over the limit of one answer
	dropTwice      = "twice"       // the same again
	dropMoney      = "other_money" // money that is no budget
)

// errUnusable is an answer without any command in it.
var errUnusable = errors.New("no commands in the answer")
