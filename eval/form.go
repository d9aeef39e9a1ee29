package eval

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"tanxu/extract"
	"tanxu/interview/guide"
	"tanxu/need"
	"tanxu/need/record"
)

// FormChat is the baseline that an interview has to beat: a form. It asks each
// field of the guide once, in order, whatever is answered, and keeps the answer
// under the field that was asked.
type FormChat struct {
	guide *guide.Guide
	rules *extract.Rules
	now   time.Time
	need  *need.Need
	at    int // of the field that is answered
	sent  int
	rows  int
}

// NewFormChat returns a form over the fields of a guide.
func NewFormChat(g *guide.Guide, now time.Time) *FormChat {
	return &FormChat{guide: g, rules: extract.NewRules(), now: now, need: need.Fold("n1", nil), at: -1}
}

// Open implements Chat.
func (c *FormChat) Open(context.Context, Persona) (Heard, error) {
	return Heard{Status: "interviewing"}, nil
}

// Say implements Chat. The first words are no answer to a field: they go to the
// one for the problem.
func (c *FormChat) Say(_ context.Context, text string) (Heard, error) {
	c.sent++
	id := "m" + strconv.Itoa(c.sent)
	switch {
	case c.at < 0:
		c.keep(need.KeyProblem, id, text)
	case c.at < len(c.guide.Fields):
		c.keep(c.guide.Fields[c.at].Key, id, text)
	default:
		return Heard{Message: id, Status: "done"}, nil
	}
	c.at++
	if c.at == len(c.guide.Fields) {
		return Heard{Message: id, Status: "confirming", Replies: []Reply{{From: "bot", Text: "请核对。", Card: json.RawMessage(`{"lines":[]}`)}}}, nil
	}
	f := c.guide.Fields[c.at]
	return Heard{Message: id, Status: "interviewing", Replies: []Reply{{From: "bot", Text: f.Ask.ZH, Asks: []string{string(f.Key)}}}}, nil
}

// keep puts an answer under its field: words as they are, the rest as the rules
// read it.
func (c *FormChat) keep(k need.Key, id, text string) {
	ref := "message:" + id
	r := c.rules.Read(text, extract.Context{Ref: ref, Now: c.now, Asked: []need.Key{k}, Rows: c.need.Indicators})
	if k.Shape() <= need.List && len(r.Marks) == 0 {
		whole := need.Item{Value: need.Value{Text: text}, Evidence: []need.Evidence{{Ref: ref, End: len([]rune(text)), Quote: text}}}
		c.need.Apply(need.Event{Kind: need.ValueSet, Need: c.need.ID, At: c.now, Key: k, Item: &whole})
		return
	}
	for _, m := range r.Marks {
		if m.Key == k {
			c.need.Apply(need.Event{Kind: need.FieldMarked, Need: c.need.ID, At: c.now, Key: k, Status: m.Status, To: m.To, Note: text})
		}
	}
	for _, f := range r.Values {
		if f.Key == k {
			c.need.Apply(need.Event{Kind: need.ValueSet, Need: c.need.ID, At: c.now, Key: k, Item: &f.Item, Checks: f.Checks})
		}
	}
	if k != need.KeyIndicator {
		return
	}
	for _, f := range r.Rows {
		c.rows++
		row := f.Row
		row.ID = "i" + strconv.Itoa(c.rows)
		c.need.Apply(need.Event{Kind: need.RowSet, Need: c.need.ID, At: c.now, Row: &row})
	}
}

// Needs implements Chat.
func (c *FormChat) Needs(context.Context) ([]record.Record, error) {
	return wired([]*need.Need{c.need})
}
