package need

import "time"

// Identifiers are opaque texts (UUIDv7), made by the callers of this package.
type (
	ID             string // of a need
	MessageID      string
	ConversationID string
)

// CentrePath is the place of a centre in the tree, such as "jx/gz/": each
// centre sees the rows whose path starts with its own.
type CentrePath string

// Need is one technology need (技术需求) as it stands after its events.
type Need struct {
	ID         ID
	Title      string
	Status     Status
	Version    int // number of events folded in; If-Match of the API
	Fields     map[Key]*Field
	Indicators []*Indicator
	Suggested  map[Key]Suggestion
	Routes     []Route
	Confirmed  bool   // the contact has accepted the read-back as a whole
	Into       ID     // the need in its place, with status StatusMerged or StatusSuperseded
	Left       Status // where it stood before that
	Created    time.Time
	Updated    time.Time
}

// Field is one field of a need.
type Field struct {
	Key    Key
	Status FieldStatus
	Source Source
	// Items hold the statements: any number for texts and lists, one for codes,
	// money and dates; with status Conflict, the rival values, oldest first.
	Items  []Item
	Raw    string // the contact's whole answer, kept when nothing could be read from it
	To     string // who knows, with status Delegated
	Checks Checks
	Asks   int // how often it was asked
	Probes int // how often a vague answer was probed
	Past   []Change
}

// Item is one value and the words behind it.
type Item struct {
	Value    Value
	Evidence []Evidence
}

// Value is what an item holds; the shape of the field's key says which part.
type Value struct {
	Text     string    // texts, entries of lists, codes
	Money    *Money    // budgets
	Deadline *Deadline // dates and durations
}

// Evidence is a verbatim substring of what the contact wrote. Start and End
// are rune offsets into the stored original.
type Evidence struct {
	Ref   string // "message:ID", "document:…", "text" or "title"
	Start int
	End   int
	Quote string
}

// Checks are the three independent signs that a value can be trusted.
type Checks struct {
	Rule    bool // the rule parser reads the same value from the quote
	Aligned bool // the quote stands in the original, and so does the name of a row
	Agree   bool // two readings (samples, or rules and model) agree
}

// Change is a former value of a field and why it was replaced.
type Change struct {
	At    time.Time
	Items []Item
	By    Actor
	Why   string
}

// Indicator is one measured quantity: it counts with name, target and unit,
// and is assessable with a condition too.
type Indicator struct {
	ID        string // stable within the need: "i1", "i2" …
	Name      string
	Op        Op // of the target
	Current   *Quantity
	Target    *Quantity
	Unit      string // as written
	Condition string
	Method    string
	Priority  string // "must" or "want"; "" when nobody said
	Status    FieldStatus
	To        string // who knows, with status Delegated, of the row or of today's value
	// CurrentStatus says why today's value is not there, on a row that has a
	// target: Declined, Unknown or Delegated; "" when nobody said.
	CurrentStatus FieldStatus
	Evidence      []Evidence
	Checks        Checks
	Past          []Indicator
}

// Counts reports whether the row names a quantity with a target and its unit.
func (i *Indicator) Counts() bool { return i.Name != "" && i.Target != nil && i.Unit != "" }

// Assessable reports whether a laboratory could decide if the target is met.
func (i *Indicator) Assessable() bool { return i.Counts() && (i.Condition != "" || i.Method != "") }

// Suggestion is an inferred value. It stands beside the field, never in it.
type Suggestion struct {
	Value string
	Why   string
}

// RouteKind is where a wish that is not, or not only, a technology need goes.
type RouteKind string

// The routes.
const (
	RouteFinance     RouteKind = "finance"
	RouteMarket      RouteKind = "market"
	RoutePolicy      RouteKind = "policy"
	RouteTalent      RouteKind = "talent"
	RoutePurchase    RouteKind = "purchase"
	RouteManagement  RouteKind = "management"
	RouteExpertCheck RouteKind = "expert_check"
)

// Route is one such referral with the words that ask for it.
type Route struct {
	Kind     RouteKind
	Why      string
	Evidence []Evidence
}
