package document

import "tanxu/need"

// Draft is one need as a row, a form or a text states it, or what could not be
// read, with the reason. All that the file says of it is kept.
type Draft struct {
	Table  string // name of its table, "" for a text
	Row    int    // first row of it, 0 for a form or a text
	Place  string // where it stands: "sheet=需求表&row=5", "p=1"
	Need   *need.Need
	Events []need.Event // the fold over them is Need
	// Facts are what it says of the organisation and the contact, and what else
	// is no field of a need: by target, as written. The first of each counts.
	Facts  map[Target]Kept
	Cells  []Kept  // all that is written there, read or not
	Issues []Issue // what its broker should look at
	// Skipped says why this is no need; Need and Events are nil then.
	Skipped SkipReason
}

// Kept is one cell, or the value beside a label, as it is written.
type Kept struct {
	Place  string // "sheet=需求表&cell=C5"
	Header string // of the column, or the label
	Target Target // "" if nobody knows what it means
	Text   string
	Read   bool // a value of the need, or a fact, was read from it
}

// SkipReason says why a row is no need.
type SkipReason string

// The reasons to pass a row over.
const (
	SkipTotal   SkipReason = "total"   // 合计
	SkipNote    SkipReason = "note"    // 注：…, 填表说明
	SkipHeader  SkipReason = "header"  // the header once more
	SkipExample SkipReason = "example" // 示例
	SkipNothing SkipReason = "nothing" // says nothing of a need
	SkipUntold  SkipReason = "untold"  // has money or a date, but not what is needed
	SkipHidden  SkipReason = "hidden"  // of a hidden sheet
)

// Issue is something in a draft that its broker should look at.
type Issue struct {
	Code  IssueCode
	Place string
	Text  string // as written
}

// IssueCode is a stable word that translations rely on.
type IssueCode string

// The issues.
const (
	IssueUnread   IssueCode = "unread"     // a mapped cell from which no value could be read
	IssueNoTitle  IssueCode = "no_title"   // the title was made from the first words
	IssueUSCC     IssueCode = "uscc"       // the credit code is wrong
	IssueLarge    IssueCode = "large"      // an amount that is hardly meant in its unit
	IssueLong     IssueCode = "long"       // only the first part of a long cell was searched
	IssueTitle    IssueCode = "title_long" // hardly a title
	IssueSeveral  IssueCode = "several"    // a cell that seems to state more than one need
	IssueInjected IssueCode = "injected"   // words that speak to a model; they were passed over
)
