// Package record is the wire form of a need, tanxu.need/1, as the API, the
// commands and the exports write it. It knows the domain and nothing else, and
// imports the standard library only.
package record

import (
	_ "embed"
	"time"

	"tanxu/need"
)

// Version names the form. Another form gets another name beside this one.
const Version = "tanxu.need/1"

// Schema is the JSON Schema of a Record.
//
//go:embed schema.json
var Schema []byte

// Record is one need as other programs read it. What nobody said is null; lists
// are empty, never null.
type Record struct {
	Schema       string                `json:"schema"`
	ID           need.ID               `json:"id"`
	Title        string                `json:"title"`
	Status       need.Status           `json:"status"`
	Version      int                   `json:"version"`
	Org          string                `json:"org,omitempty"`
	Conversation need.ConversationID   `json:"conversation_id,omitempty"`
	Confirmed    bool                  `json:"confirmed"`
	Into         need.ID               `json:"into,omitempty"` // the need in the place of one that is merged or superseded
	Fields       map[need.Key]Field    `json:"fields"`
	Indicators   []Indicator           `json:"indicators"`
	Suggestions  map[need.Key]Inferred `json:"suggestions"`
	Routes       []Route               `json:"routes"`
	Quality      Quality               `json:"quality"`
	CreatedAt    time.Time             `json:"created_at,omitzero"`
	UpdatedAt    time.Time             `json:"updated_at,omitzero"`
}

// Field is one field. The key decides the type of Value: a text, a list of
// texts, Money or Deadline; a list of these while the field is in conflict.
type Field struct {
	Value    any              `json:"value"`
	Status   need.FieldStatus `json:"status"`
	Source   *need.Source     `json:"source"`
	Evidence []Evidence       `json:"evidence"`
	Checks   *Checks          `json:"checks,omitempty"`
	Raw      string           `json:"raw,omitempty"` // the whole answer, where nothing could be read from it
	To       string           `json:"to,omitempty"`  // who knows, where the question was passed on
	Asks     int              `json:"asks"`
}

// Money is an amount, or a range of it, in 万元.
type Money struct {
	Min  float64 `json:"min"`
	Max  float64 `json:"max"`
	Unit string  `json:"unit"`
}

// Deadline is a date, month, year or duration.
type Deadline struct {
	ISO  string `json:"iso"`
	Text string `json:"text"`
}

// Evidence is a verbatim part of an original text; offsets count code points.
type Evidence struct {
	Ref   string `json:"ref"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Quote string `json:"quote"`
}

// Checks are the signs that a value can be trusted.
type Checks struct {
	Rule    bool `json:"rule"`
	Aligned bool `json:"aligned"`
	Agree   bool `json:"agree"`
}

// Indicator is one measured quantity.
type Indicator struct {
	ID        string           `json:"id"`
	Name      string           `json:"name"`
	Op        *need.Op         `json:"op"`
	Current   *Quantity        `json:"current"`
	Target    *Quantity        `json:"target"`
	Unit      *string          `json:"unit"`
	Condition *string          `json:"condition"`
	Method    *string          `json:"method"`
	Priority  *string          `json:"priority"`
	Status    need.FieldStatus `json:"status"`
	// CurrentStatus says why today's value is not there; To, who knows it.
	CurrentStatus need.FieldStatus `json:"current_status,omitempty"`
	To            string           `json:"to,omitempty"`
	Evidence      []Evidence       `json:"evidence"`
	Checks        *Checks          `json:"checks,omitempty"`
}

// Quantity is a number as written, and as read.
type Quantity struct {
	Text string   `json:"text"`
	Num  float64  `json:"num"`
	Num2 *float64 `json:"num2"`
}

// Inferred is a suggestion; it never counts as a value.
type Inferred struct {
	Value string `json:"value"`
	Why   string `json:"why"`
}

// Route is where a wish goes that is not, or not only, a technology need.
type Route struct {
	Kind     need.RouteKind `json:"kind"`
	Why      string         `json:"why"`
	Evidence []Evidence     `json:"evidence"`
}

// Quality is the score by the rubric, with what would raise it.
type Quality struct {
	Score   int            `json:"score"`
	Missing []string       `json:"missing"`
	Rubric  map[string]int `json:"rubric"`
	// SupplierQuestions are what somebody who has to quote would still ask.
	SupplierQuestions []string `json:"supplier_questions"`
}
