// Package extract turns texts into field values, each with the words that it
// rests on. It knows no conversation and no storage: the interview and the
// reading of documents both call it.
package extract

import (
	"time"

	"tanxu/need"
)

// Context is what a text is read against.
type Context struct {
	Ref   string     // of the evidence, such as "message:ID" or "text"
	Now   time.Time  // relative dates count from here, in its location
	Asked []need.Key // fields that the question before asked about; nil for free text
	// Deeper: the question asked for more of what was told before.
	Deeper bool
	// Row is the row of indicators that is being asked about, nil if none: a bare
	// "80以上" then belongs to it.
	Row *need.Indicator
	// Part is what the question asks of the Row: target, unit, current, condition.
	Part string
	// Problem is what has been said of the problem: it names values that nobody
	// names.
	Problem string
	Rows    []*need.Indicator // rows so far, so that another name for one of them is recognised
}

// Reading is what one text says.
type Reading struct {
	Values  []Found
	Rows    []RowFound
	Marks   []Mark
	Routes  []need.Route
	Intents []Intent
	// Shares are the parts of an answer by the fields that they are about, nil
	// where all of it is about what was asked. What was asked and has no share is
	// still open.
	Shares []Share
	// Suggested are inferred labels (chain, need type): never values.
	Suggested map[need.Key]need.Suggestion
	// Model: a model has read the text too (Merge), so that statements stand at
	// the field that they belong to, whatever was asked.
	Model bool
}

// Found is one value with its evidence.
type Found struct {
	Key    need.Key
	Item   need.Item
	Checks need.Checks
	// Corrects: the text takes an earlier value back ("不对，是…").
	Corrects bool
	Was      string // the statement on record that it stands in the place of, "" if nobody said which
	Model    bool   // a model has read it, alone or as the rules did
}

// RowFound is one row of indicators, or parts of one: a name with a current
// value only, a condition for the row that was asked about.
type RowFound struct {
	Row      need.Indicator // ID "" for a new row, else the row that it completes or corrects
	Corrects bool
	Model    bool // a model has read it, alone or as the rules did
}

// Mark says that a field stays without a value, and why.
type Mark struct {
	Key    need.Key
	Row    string           // id of a row of indicators, if it is about one
	Status need.FieldStatus // Missing: what stood there is taken back
	To     string           // who knows, for Delegated
	Quote  need.Evidence
	Was    string // the statement that is taken back, "" if nobody said which
}

// Intent is what a text wants, apart from values.
type Intent string

// The intents.
const (
	Greeting Intent = "greeting"
	Yes      Intent = "yes" // also: the read-back is right
	No       Intent = "no"
	Correct  Intent = "correct" // takes something back
	Skip     Intent = "skip"
	Pause    Intent = "pause"
	Resume   Intent = "resume"
	Human    Intent = "human"
	Help     Intent = "help"
	Finish   Intent = "finish"
	MyData   Intent = "my_data"
	Erase    Intent = "erase"
	Status   Intent = "status"
	Privacy  Intent = "privacy"
	Chinese  Intent = "lang_zh"
	English  Intent = "lang_en"
	AskBot   Intent = "ask_bot"  // a question to us
	NewNeed  Intent = "new_need" // another need is being told
	Inject   Intent = "inject"   // speaks to the model instead of to us
	Chitchat Intent = "chitchat"
	GoOn     Intent = "go_on" // 嗯，你接着问吧
)
