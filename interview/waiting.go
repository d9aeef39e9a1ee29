package interview

import (
	"slices"

	"tanxu/extract"
	"tanxu/need"
)

// noteAssured is the remark that a contact who waits for a person was told how
// to go on; it stands in the events, so its words do not change.
const noteAssured = "told how to go on while waiting"

// waits keeps whether the contact asked for a person who has not come yet.
func (s *State) waits(e need.Event) {
	switch {
	case e.Kind == need.OwnerChanged:
		s.Waiting, s.Assured = e.To == OwnerBroker && e.By == need.Contact, false
	case e.Kind == need.Noted && e.Note == noteAssured:
		s.Assured = true
	}
}

// unattended reports whether the contact waits for a person and nobody has
// spoken.
func (t *turn) unattended(in Input) bool {
	return t.s.Waiting && !slices.ContainsFunc(in.Recent, func(s Spoken) bool { return s.Broker })
}

// takeBackTalk gives the talk back to the bot where a contact who waits in vain says
// that it should go on, and reports whether that is so.
func (t *turn) takeBackTalk(in Input) bool {
	if !t.unattended(in) || len(in.Messages) == 0 {
		return false
	}
	m := in.Messages[len(in.Messages)-1]
	if m.Choice != "" || !has(t.read.Read(m.Text, extract.Context{Ref: ref(m.ID), Now: t.now}), extract.Resume) {
		return false
	}
	t.emit(need.Event{Kind: need.OwnerChanged, By: need.Contact, Message: m.ID, To: OwnerBot})
	return true
}

// assure tells a contact who writes while nobody is there, once, who sees it and
// how to go on.
func (t *turn) assure(in Input) {
	if !t.unattended(in) || t.s.Assured || len(in.Messages) == 0 {
		return
	}
	t.emit(need.Event{Kind: need.Noted, By: need.System, Note: noteAssured})
	t.say = append(t.say, Say{Text: t.text("human_wait"), System: true})
}
