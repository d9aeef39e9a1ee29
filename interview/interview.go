// Package interview runs one turn of a need interview: read what was said,
// decide what is still missing, ask for it. It knows no channel, HTTP or SQL.
package interview

import (
	"time"

	"tanxu/need"
)

// Phase is where a conversation stands.
type Phase string

// The phases, as the chat API shows them.
const (
	PhaseConsent      Phase = "consent"
	PhaseInterviewing Phase = "interviewing"
	PhaseConfirming   Phase = "confirming"
	PhaseDone         Phase = "done"
	PhaseHandedOver   Phase = "handed_over"
	PhasePaused       Phase = "paused"
	PhaseClosed       Phase = "closed"
)

// Message is one message of the contact that no turn has read yet.
type Message struct {
	ID     need.MessageID
	At     time.Time
	Text   string
	Choice string // id of a quick reply; "" for free words
	Edit   bool   // a new version of the message Replaces; its values take over
	// Replaces is the id under which the former version was read, with Edit.
	Replaces need.MessageID
	former   string // the words of that version, where the contact said "上一条改为"
	Voice    bool   // Text is what was heard in a voice note
	Start    bool   // /start, or a new session: greet
	File     *File  // a document that was sent instead of text
	// Unsupported names what came instead of text ("sticker", VoiceLost …), ""
	// for text.
	Unsupported string
}

// What Unsupported says of a file or voice note that could not be kept.
const (
	VoiceLarge = "voice_large" // over what the channel hands out
	VoiceLost  = "voice_lost"  // the channel did not hand it out
	FileLarge  = "file_large"
	FileLost   = "file_lost"
)

// Input is what a turn works on.
type Input struct {
	Messages []Message       // oldest first; a turn may read several at once
	Recent   []Spoken        // the last few messages before these, oldest first, for the model
	Now      time.Time       // in the centre's location
	Role     string          // of the contact in the firm, "" if nobody said
	Centre   need.CentrePath // whose library a Separator may read, "" for none
}

// Spoken is a message as it was said, by either side.
type Spoken struct {
	ID      need.MessageID // of free words, which a later message may replace; else ""
	Contact bool
	Broker  bool // by a person of the centre, not by the bot
	Text    string
}

// Output is what a turn decided. Events are not applied yet: the store commits
// them together with what is said, or not at all.
type Output struct {
	Events []need.Event
	Say    []Say
	// Discard: the contact has not agreed yet; nothing that was written may be
	// kept.
	Discard bool
}

// Say is one message of the bot.
type Say struct {
	Text    string
	Asks    []need.Key
	Probe   bool
	Choices []Choice
	Card    *Card
	AI      bool // phrased by a model
	System  bool // a word of the service, also where a broker speaks
}

// Choice is a quick reply.
type Choice struct{ ID, Label string }

// Card is the read-back, line by line.
type Card struct {
	Title string
	Lines []CardLine
}

// CardLine is one line of a card. Key is a field key or "indicator:ID".
type CardLine struct {
	Number int // on the whole card of the need, from 1
	Key    string
	Label  string
	Value  string
	Status need.FieldStatus
}

// State is a conversation as its events add up: what Turn starts from.
type State struct {
	Phase   Phase
	Owner   string // "bot" or "broker"
	Lang    string // "zh" or "en"
	Consent bool
	Needs   []*need.Need
	Active  need.ID // the need that is spoken of, "" before the first
	Asked   []Question
	Turns   int  // messages of the bot that asked something
	Hurried bool // the contact said that time is short
	Offered bool // the contact was told that an engineer may go on
	Waiting bool // the contact asked for a person, and nobody of the centre took the talk
	Assured bool // and was told how to go on meanwhile
	// Due are the events of brokers that the contact is to hear of: a turn tells
	// of them, also without a message.
	Due    []need.Event
	talks  map[need.ID]*talk
	unread []need.MessageID // of the contact, by a model that did not answer
}

// Question is one that was asked.
type Question struct {
	ID    string // of the guide
	Need  need.ID
	Keys  []need.Key
	Probe bool
	At    time.Time
}
