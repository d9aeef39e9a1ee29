package webchat

import (
	"time"

	"tanxu/need"
)

// The shapes that go over the wire; outside programs rely on their names. Lists
// are never null.
type (
	messageForm struct {
		ID      need.MessageID `json:"id"`
		From    string         `json:"from"`
		At      time.Time      `json:"at"`
		Text    string         `json:"text"`
		Asks    []need.Key     `json:"asks"`
		Probe   bool           `json:"probe"`
		Choices []choiceForm   `json:"choices"`
		Card    *cardForm      `json:"card"`
		AI      bool           `json:"ai"`
	}
	choiceForm struct {
		ID    string `json:"id"`
		Label string `json:"label"`
	}
	cardForm struct {
		Title string     `json:"title,omitempty"`
		Lines []lineForm `json:"lines"`
	}
	lineForm struct {
		Number int              `json:"number"`
		Key    string           `json:"key"`
		Label  string           `json:"label"`
		Value  string           `json:"value"`
		Status need.FieldStatus `json:"status"`
	}
	stateForm struct {
		Status   string       `json:"status"`
		Owner    string       `json:"owner"`
		Progress progressForm `json:"progress"`
		Needs    []need.ID    `json:"need_ids"`
		LLM      string       `json:"llm"`
	}
	progressForm struct {
		Done  int `json:"done"`
		Total int `json:"total"`
	}
	reply struct {
		Messages []messageForm `json:"messages"`
		State    stateForm     `json:"state"`
	}
)

func (c *Channel) state(v View) stateForm {
	return stateForm{
		Status: v.Status, Owner: v.Owner, Progress: progressForm{v.Done, v.Total},
		Needs: append([]need.ID{}, v.Needs...), LLM: c.opt.LLM(),
	}
}

func toMessages(ms []Message) []messageForm {
	out := make([]messageForm, 0, len(ms))
	for _, m := range ms {
		if m.spoken() {
			out = append(out, toMessage(m))
		}
	}
	return out
}

func toMessage(m Message) messageForm {
	f := messageForm{
		ID: m.ID, From: m.From, At: m.At, Text: m.Text, Asks: append([]need.Key{}, m.Asks...),
		Probe: m.Probe, Choices: []choiceForm{}, AI: m.AI,
	}
	for _, c := range m.Choices {
		f.Choices = append(f.Choices, choiceForm{c.ID, c.Label})
	}
	if m.Card != nil {
		f.Card = &cardForm{Title: m.Card.Title, Lines: []lineForm{}}
		for _, l := range m.Card.Lines {
			f.Card.Lines = append(f.Card.Lines, lineForm{l.Number, l.Key, l.Label, l.Value, l.Status})
		}
	}
	return f
}
