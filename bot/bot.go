// Package bot is the port between messaging channels and the interview: what a
// channel hands in, what it is asked to send, and what it can do. It knows no
// channel, no HTTP framework and no SQL.
package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tanxu/need"
)

// Inbox is where channels leave what they received. Accept stores the message
// and enqueues its turn in one transaction; when it returns nil the channel may
// acknowledge. A message that is already there is no error.
type Inbox interface {
	Accept(ctx context.Context, in Inbound) (Accepted, error)
}

// Sender delivers one message to one chat. An error that is none of Retry,
// Ambiguous and Terminal counts as Ambiguous: it may have arrived, and is not
// sent again.
type Sender interface {
	Send(ctx context.Context, out Outbound) (Receipt, error)
}

// InboundKind says what came in.
type InboundKind string

// The kinds of inbound messages.
const (
	KindText        InboundKind = "text"
	KindChoice      InboundKind = "choice"      // Choice: id of the pressed button
	KindEdit        InboundKind = "edit"        // EditOf: external id of the message whose text was changed
	KindStart       InboundKind = "start"       // Invite: token of the deep link
	KindUnsupported InboundKind = "unsupported" // a sticker, a photo …: Text says which
	KindFile        InboundKind = "file"        // Document: id of the kept file; Text: its name
	KindVoice       InboundKind = "voice"       // a file of sound that was written down since: Text is what is said
)

// Texts of KindUnsupported for a file or voice note that could not be kept.
const (
	VoiceLarge = "voice_large" // over what the channel hands out
	VoiceLost  = "voice_lost"  // the channel did not hand it out
	FileLarge  = "file_large"
	FileLost   = "file_lost"
)

// Inbound is one message from a contact.
type Inbound struct {
	Channel string // "telegram", "webchat" …
	Bot     string // which bot of the channel
	Chat    string // the channel's id of the chat
	ID      string // the channel's id of the message, unique per channel and bot
	Kind    InboundKind
	Text    string
	Choice  string
	EditOf  string
	// Document is the id of the file, with KindFile.
	Document string
	Invite   string
	Lang     string // of the person's client, "" if not known
	Name     string // as the channel gives it, "" if not known
	At       time.Time
}

// Accepted tells a channel where its message went.
type Accepted struct {
	Conversation need.ConversationID
	Message      need.MessageID
	Duplicate    bool // it was there before
}

// Outbound is one message to a contact.
type Outbound struct {
	Channel string
	Bot     string
	Chat    string
	ID      need.MessageID
	Text    string
	Choices []Choice
	Card    *Card
	Lang    string
}

// Choice is a quick reply; it may be answered by pressing or in free words.
type Choice struct {
	ID    string // ≤ 40 bytes of [a-z0-9_.-]
	Label string
}

// Card is the read-back: one line a field, for the contact to confirm.
type Card struct {
	Title string
	Lines []CardLine
}

// CardLine is one line of a card.
type CardLine struct {
	Number int    // on the whole card, from 1
	Key    string // field key, or the id of a row of indicators
	Label  string
	Value  string
	Status need.FieldStatus
}

// Receipt is the channel's word that it took the message.
type Receipt struct{ ID string }

// RetryError says that the message did not arrive and may be sent again.
type RetryError struct {
	After time.Duration // 0: the sender's own back-off
	Err   error
}

func (e *RetryError) Error() string { return fmt.Sprintf("retry: %v", e.Err) }

// Unwrap returns the cause.
func (e *RetryError) Unwrap() error { return e.Err }

// ErrTerminal says that the message can never arrive: the contact has blocked
// the bot, or the chat is gone.
var ErrTerminal = errors.New("terminal")

// Capabilities is what a channel can do.
type Capabilities struct {
	MaxRunes int // longest text of one message; 0: no limit
	Buttons  bool
}
