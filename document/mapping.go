package document

// Mapping says what the parts of a document mean. Guess makes one, people
// correct it, Needs reads by it.
type Mapping struct {
	Tables []TableMapping `json:"tables"` // one for each table of the document, in its order
	Text   TableMapping   `json:"text"`   // of the blocks: a form, a text or none
}

// Plain reports whether a document is one plain text: no table and no label
// says what its parts mean.
func (m Mapping) Plain() bool { return len(m.Tables) == 0 && m.Text.Layout == LayoutText }

// Layout is how a part of a document is laid out.
type Layout string

// The layouts.
const (
	LayoutRows Layout = "rows" // one need a row, below a header
	LayoutForm Layout = "form" // labels beside or above their values: one need
	LayoutText Layout = "text" // plain text: one need
	LayoutNone Layout = "none" // nothing about needs
)

// TableMapping is what one table means.
type TableMapping struct {
	Table   string   `json:"table"` // its name
	Layout  Layout   `json:"layout"`
	Header  []int    `json:"header,omitempty"` // numbers of the rows of the header
	First   int      `json:"first,omitempty"`  // number of the first row below it
	Columns []Column `json:"columns,omitempty"`
}

// Column is what one column, or one label of a form, means.
type Column struct {
	Col        int     `json:"col"`            // from 0; of a form: the label's
	Letter     string  `json:"letter"`         // C
	Row        int     `json:"row,omitempty"`  // of a form: the row of the label
	Header     string  `json:"header"`         // as written; the parts of a header of two rows with / between
	Target     Target  `json:"target"`         // "" if nobody knows
	Unit       string  `json:"unit,omitempty"` // that the header states for amounts: 万元, 元
	Confidence float64 `json:"confidence"`     // 0 to 1
	Reason     Reason  `json:"reason"`
}

// Reason says why a column has its target.
type Reason string

// The reasons.
const (
	ByName    Reason = "name"    // it is called so
	ByWord    Reason = "word"    // its name holds the word for it
	BySimilar Reason = "similar" // its name looks like it
	ByContent Reason = "content" // its cells look like it
	ByPerson  Reason = "person"  // somebody said so
	Taken     Reason = "taken"   // another column means it already, with better reason
	NotKnown  Reason = "unknown"
)

// Overrides correct a mapping: the key is a header or label as written, the
// letter of a column, or SHEET!LETTER; of several the most exact counts.
type Overrides map[string]Target
