package interview

import (
	"context"
	"strings"
)

// rephrase lets the model word the question of this turn, which is the last
// line of what is said. Questions with a card or choices keep their words: their
// answers are tied to them.
func (t *turn) rephrase(ctx context.Context, heard string) {
	if t.opt.Phrase == nil || len(t.say) == 0 {
		return
	}
	last := &t.say[len(t.say)-1]
	if len(last.Asks) == 0 || last.Card != nil || len(last.Choices) > 0 {
		return
	}
	i := strings.LastIndex(last.Text, "\n") + 1
	in := Phrasing{Question: last.Text[i:], Heard: heard, Lang: t.lang()}
	if n := t.s.Need(t.s.Active); n != nil {
		if row := n.Row(rowOf(t.s.last().ID)); row != nil {
			in.Term = row.Name
		}
	}
	if text, err := t.opt.Phrase.Phrase(ctx, in); err == nil {
		last.Text = last.Text[:i] + text
	}
}

// lastWords is the last thing that the contact said in a turn.
func lastWords(messages []Message) string {
	if len(messages) == 0 {
		return ""
	}
	return messages[len(messages)-1].Text
}
