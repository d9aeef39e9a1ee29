package need

import "time"

// EventKind says what happened.
type EventKind string

// The kinds of events. Those of the first group belong to a need, those of the
// second to the conversation.
const (
	NeedStarted      EventKind = "need_started"      // Note: working title
	ValueSet         EventKind = "value_set"         // Key, Item: another statement, or the only value
	ValueCorrected   EventKind = "value_corrected"   // Key, Item: replaces what stood there; Note: why
	ValueRetracted   EventKind = "value_retracted"   // Key: what stood there is withdrawn
	ConflictFound    EventKind = "conflict_found"    // Key, Item: a rival value; both are kept
	FieldMarked      EventKind = "field_marked"      // Key, Status (vague, declined, unknown, delegated); Note: raw answer; To
	FieldConfirmed   EventKind = "field_confirmed"   // Key
	RowSet           EventKind = "row_set"           // Row: a new row of indicators, or the whole new state of one; Note: why
	RowRemoved       EventKind = "row_removed"       // Row.ID
	TitleSet         EventKind = "title_set"         // Note
	Suggested        EventKind = "suggested"         // Key, Note (value), To (why)
	Routed           EventKind = "routed"            // Route
	RouteDropped     EventKind = "route_dropped"     // Route.Kind: a referral that the contact does not want; Note: why
	ReadBackAccepted EventKind = "readback_accepted" // every filled value becomes confirmed
	StatusChanged    EventKind = "status_changed"    // To: the new status; Note: reason
	NeedMerged       EventKind = "need_merged"       // To: the need that this one is part of from now on; Note: why
	NeedSuperseded   EventKind = "need_superseded"   // To: the need that stands in its place; Note: why
	NeedAbsorbed     EventKind = "need_absorbed"     // To: the need that was merged into this one, or superseded by it
	MergeUndone      EventKind = "merge_undone"      // To: the other need, on both of them

	Consented      EventKind = "consented"
	LanguageSet    EventKind = "language_set" // Note: zh or en
	NeedSwitched   EventKind = "need_switched"
	Asked          EventKind = "asked"         // Keys, Probe, Note: id of the question
	PhaseChanged   EventKind = "phase_changed" // To: the new phase
	OwnerChanged   EventKind = "owner_changed" // To: bot or broker
	Noted          EventKind = "noted"         // Note: a remark for brokers, such as an injection that was left alone
	CommandDropped EventKind = "command_dropped"
)

// Actor is who did it: "contact", "bot", "system", or "broker:ID".
type Actor string

// The actors without an id.
const (
	Contact Actor = "contact"
	Bot     Actor = "bot"
	System  Actor = "system"
)

// Event is one thing that happened; Kind says which of the other parts are
// set. Events are append-only, and a record is the fold over its events.
type Event struct {
	Kind    EventKind
	At      time.Time
	By      Actor
	Need    ID        // "" for events of the conversation
	Message MessageID // the message that led to it
	Key     Key
	Keys    []Key
	Item    *Item
	Row     *Indicator
	Route   *Route
	Status  FieldStatus
	Source  Source // of a value; "" means FromContact
	Checks  Checks
	Probe   bool
	To      string
	Note    string
}
