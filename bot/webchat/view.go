package webchat

import (
	"slices"
	"time"

	"tanxu/bot"
	"tanxu/need"
)

// View is a conversation, or the later part of it, as the contact sees it.
type View struct {
	Messages []Message // oldest first
	// Pending are the contact's messages that no turn has read yet.
	Pending []need.MessageID
	Status  string // as interview.Phase
	Owner   string // "bot" or "broker"
	Done    int    // of Total: progress
	Total   int
	Needs   []need.ID
}

// Message is one message of either side.
type Message struct {
	ID      need.MessageID
	From    string // "contact", "bot", "broker" or "system"
	At      time.Time
	Text    string
	Asks    []need.Key
	Probe   bool
	Choices []bot.Choice
	Card    *bot.Card
	AI      bool
}

// spoken reports whether there is anything to show: a start is no words.
func (m Message) spoken() bool { return m.From != "contact" || m.Text != "" }

// waits reports whether the message has not been read by a turn.
func (v View) waits(id need.MessageID) bool { return slices.Contains(v.Pending, id) }

// find returns the message with this id, nil if it is not in the view.
func (v View) find(id need.MessageID) *Message {
	i := slices.IndexFunc(v.Messages, func(m Message) bool { return m.ID == id })
	if i < 0 {
		return nil
	}
	return &v.Messages[i]
}

// offered returns the label of a choice that the bot has offered.
func (v View) offered(id string) (label string, ok bool) {
	for _, m := range slices.Backward(v.Messages) {
		for _, c := range m.Choices {
			if c.ID == id {
				return c.Label, true
			}
		}
	}
	return "", false
}

// replies are the first messages of the other side in a row: what came after a
// message, up to the next one of the contact. A turn may read several messages
// at once, so those of the contact that come before are passed over.
func replies(after []Message) []Message {
	start := slices.IndexFunc(after, func(m Message) bool { return m.From != "contact" })
	if start < 0 {
		return nil
	}
	end := slices.IndexFunc(after[start:], func(m Message) bool { return m.From == "contact" })
	if end < 0 {
		return after[start:]
	}
	return after[start : start+end]
}
