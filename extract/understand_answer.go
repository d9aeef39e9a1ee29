package extract

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"tanxu/llm"
)

// loose is a text that models also write as a number or leave out.
type loose string

// UnmarshalJSON implements json.Unmarshaler.
func (l *loose) UnmarshalJSON(raw []byte) error {
	var s *string
	if err := json.Unmarshal(raw, &s); err == nil {
		if s != nil && *s != "null" { // small models write it as a text
			*l = loose(*s)
		}
		return nil
	}
	var n json.Number
	if err := json.Unmarshal(raw, &n); err != nil {
		return fmt.Errorf("neither text nor number: %w", err)
	}
	*l = loose(n)
	return nil
}

// cmdSaid is a command as the model wrote it.
type cmdSaid struct {
	Message loose `json:"message"`
	Quote   loose `json:"quote"`
	Op      loose `json:"op"`
	Field   loose `json:"field"`
	Row     loose `json:"row"`
	Value   loose `json:"value"`
}

// rowSaid is a row of indicators as the model wrote it.
type rowSaid struct {
	Message   loose `json:"message"`
	Quote     loose `json:"quote"`
	Op        loose `json:"op"`
	Row       loose `json:"row"`
	Name      loose `json:"name"`
	Current   loose `json:"current"`
	Cmp       loose `json:"cmp"`
	Target    loose `json:"target"`
	Unit      loose `json:"unit"`
	Condition loose `json:"condition"`
	Method    loose `json:"method"`
}

// said is the answer of a model as far as it has the form of commands.
type said struct {
	cmds []cmdSaid
	rows []rowSaid
}

// broken are the parts of an answer that have not.
type broken struct {
	errors []string
	items  map[string][]json.RawMessage
	whole  bool // nothing of the answer could be used
}

// asking is one understand call: an answer and, at most, its repair.
type asking struct {
	*Understander
	req llm.Request
	out *Understood
}

// maxItems bounds what is read of one array; a model that runs away repeats itself.
const maxItems = 200

// maxBroken bounds what of a broken answer is shown to the model again, in runes.
const maxBroken = 1500

// commands asks the model, and once more for the parts that had no form.
func (a asking) commands(ctx context.Context) (said, error) {
	resp, err := a.complete(ctx, a.req)
	if err != nil && !errors.Is(err, llm.ErrInvalid) {
		return said{}, err
	}
	got, bad := a.read(resp.Text)
	if bad == nil {
		return got, nil
	}
	fixed, err := a.repair(ctx, resp.Text, bad)
	if err != nil {
		if bad.whole {
			return said{}, fmt.Errorf("repair answer: %w", err)
		}
		a.out.Dropped[dropSchema] += len(bad.errors)
		return got, nil
	}
	got.cmds = append(got.cmds, fixed.cmds...)
	got.rows = append(got.rows, fixed.rows...)
	return got, nil
}

func (a asking) complete(ctx context.Context, req llm.Request) (llm.Response, error) {
	resp, err := a.model.Complete(ctx, req)
	a.out.Usage = a.out.Usage.Plus(resp.Usage)
	return resp, err
}

// repair shows the model what was wrong, and only that.
func (a asking) repair(ctx context.Context, text string, bad *broken) (said, error) {
	items := any(bad.items)
	if bad.whole {
		items = clipRunes(text, maxBroken)
	}
	ask, err := a.prompts.Render(a.opt.Repair, map[string]any{"errors": bad.errors, "items": items})
	if err != nil {
		return said{}, err
	}
	req := a.req
	req.Name = ask.Name
	req.Messages = append(append([]llm.Message(nil), a.req.Messages...),
		llm.Message{Role: llm.AssistantRole, Text: clipRunes(text, maxBroken)})
	req.Messages = append(req.Messages, ask.Messages...)
	resp, err := a.complete(ctx, req)
	if err != nil {
		return said{}, err
	}
	got, still := a.read(resp.Text)
	if still != nil && still.whole {
		return said{}, fmt.Errorf("%w: %w", llm.ErrInvalid, errUnusable)
	}
	if still != nil {
		a.out.Dropped[dropSchema] += len(still.errors)
	}
	return got, nil
}

// read parts an answer into commands and what has no form. Parts that are
// merely left out, or too many, are no reason to ask again.
func (a asking) read(text string) (said, *broken) {
	var arrays map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &arrays) != nil {
		return said{}, a.unusable(text)
	}
	_, hasCmds := arrays["cmds"]
	_, hasRows := arrays["rows"]
	if !hasCmds && !hasRows {
		return said{}, a.unusable(text)
	}
	bad := &broken{items: map[string][]json.RawMessage{}}
	got := said{
		cmds: items[cmdSaid](arrays, "cmds", bad, func(c cmdSaid) bool { return c.Op != "" && (c.Quote != "" || c.Op == "none" || c.Op == "chitchat") }),
		rows: items[rowSaid](arrays, "rows", bad, func(r rowSaid) bool { return r.Quote != "" }),
	}
	if len(bad.errors) == 0 {
		return got, nil
	}
	return got, bad
}

// unusable lists, by the schema, why nothing of an answer can be used.
func (a asking) unusable(text string) *broken {
	bad := &broken{whole: true}
	for i, v := range a.check.Violations(text) {
		if i == 5 {
			break
		}
		bad.errors = append(bad.errors, clipRunes(v.String(), 200))
	}
	return bad
}

// items reads one array of an answer; what can't be read goes to bad.
func items[T any](arrays map[string]json.RawMessage, name string, bad *broken, complete func(T) bool) []T {
	var raws []json.RawMessage
	if raw, ok := arrays[name]; ok && json.Unmarshal(raw, &raws) != nil {
		bad.errors = append(bad.errors, "/"+name+": not an array")
		bad.items[name] = []json.RawMessage{}
		return nil
	}
	var out []T
	for i, raw := range raws[:min(len(raws), maxItems)] {
		var item T
		err := json.Unmarshal(raw, &item)
		if err == nil && !complete(item) {
			err = errors.New("op or quote is missing")
		}
		if err != nil {
			bad.errors = append(bad.errors, "/"+name+"/"+strconv.Itoa(i)+": "+clipRunes(err.Error(), 120))
			bad.items[name] = append(bad.items[name], raw)
			continue
		}
		out = append(out, item)
	}
	return out
}
