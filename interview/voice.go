package interview

import (
	"regexp"
	"slices"
	"strings"

	"tanxu/need"
)

// maxShown is how much of a voice note is shown as it was heard, in runes.
const maxShown = 600

// heard shows what was understood of a voice note before the talk goes on: a
// wrong word is then seen, and can be put right.
func (t *turn) heard(m Message) {
	t.guessLanguage(m)
	t.tell("voice_heard", "text", cut(line(m.Text), maxShown))
}

// amendment is how a contact says that the last message was to be another one.
var amendment = regexp.MustCompile(
	`(?i)^[\s“"'「]*(?:请?[把将]?(?:上一?[条句]|刚才那[条句])(?:消息|语音|话)?\s*(?:请?(?:改为|改成|应为|应该是|应当是))|(?:please )?change (?:my|the) last (?:message|one) to)\s*[：:，,]?\s*`)

// amend turns messages that name what the last one should have been into new
// versions of it. The words that say so become blank, so that places in the
// message stay those of the original.
func amend(messages []Message, recent []Spoken) []Message {
	var last need.MessageID
	var former string
	for _, s := range recent {
		if s.Contact && s.ID != "" {
			last, former = s.ID, s.Text
		}
	}
	out := slices.Clone(messages)
	for i := range out {
		m := &out[i]
		if m.Choice != "" || m.Start || m.File != nil || m.Unsupported != "" {
			continue
		}
		said := amendment.FindString(m.Text)
		if said != "" && last != "" && !m.Edit && bare(m.Text[len(said):]) != "" {
			m.Text = strings.Repeat(" ", len([]rune(said))) + m.Text[len(said):]
			m.Edit, m.Replaces, m.former = true, last, former
		}
		last, former = m.ID, m.Text
	}
	return out
}

// replace reads a new version of a message: what rests on the former one goes,
// and the words answer what that one did. The question that was asked since
// stays open.
func (t *turn) replace(m Message, read func()) {
	keys := t.retract(m)
	if len(keys) == 0 {
		keys = t.leftOpen(m.former)
	}
	if len(keys) == 0 {
		read()
		return
	}
	open := t.asked
	t.asked = Question{Need: open.Need, Keys: keys}
	read()
	t.asked = open
	if n := t.s.Need(open.Need); n != nil && len(open.Keys) > 0 && n.Field(open.Keys[0]).Status == need.Missing {
		t.again = true
	}
}

// leftOpen is the field that was asked about last of those that words left
// without a value, such as "不清楚".
func (t *turn) leftOpen(words string) []need.Key {
	n := t.s.Need(t.s.Active)
	if n == nil || bare(words) == "" {
		return nil
	}
	for _, q := range slices.Backward(t.s.Asked) {
		if q.Need != n.ID || len(q.Keys) == 0 {
			continue
		}
		if f := n.Field(q.Keys[0]); len(f.Items) == 0 && f.Raw == bare(words) {
			return q.Keys[:1]
		}
	}
	return nil
}
