// Package document reads the files that enterprises send: spreadsheets, forms,
// reports. It turns them into tables and blocks of text, finds out what their
// columns and labels mean, and drafts needs whose values point to the cell or
// page that they stand in. It knows no storage, no HTTP and no conversation.
package document

// Kind is what a file is.
type Kind string

// The kinds of files that are read.
const (
	Excel Kind = "xlsx"
	CSV   Kind = "csv"
	Word  Kind = "docx"
	PDF   Kind = "pdf"
	Text  Kind = "txt"
	JSON  Kind = "json" // one object a line, or a list of them
)

// Document is a file as tables and texts. It crosses the border of the process
// that reads it, so its parts have names on the wire.
type Document struct {
	Name   string  `json:"name"`
	Kind   Kind    `json:"kind"`
	Tables []Table `json:"tables,omitempty"` // sheets; a CSV file is one; tables of a text
	Blocks []Block `json:"blocks,omitempty"` // paragraphs, pages
	Notes  []Note  `json:"notes,omitempty"`  // what was found and left alone
}

// Table is a sheet, or a table in a text. Empty rows and cells are left out.
type Table struct {
	Name   string `json:"name"`  // of the sheet, or the number of the table in a text; "" for a CSV file
	Place  string `json:"place"` // for evidence: "sheet=需求表", "table=1", "" for a CSV file
	After  int    `json:"after"` // how many blocks stand before a table in a text
	Hidden bool   `json:"hidden,omitempty"`
	Rows   []Row  `json:"rows,omitempty"`
}

// Row is one row with at least one cell that says something.
type Row struct {
	Number int    `json:"n"` // as people count, from 1
	Hidden bool   `json:"hidden,omitempty"`
	Cells  []Cell `json:"cells"` // by column
}

// Cell is one cell with its text as a person sees it.
type Cell struct {
	Col  int    `json:"c"` // from 0
	Text string `json:"t"`
	// Rows and Cols are how far a merged cell reaches; 0 for a plain one.
	Rows int `json:"rows,omitempty"`
	Cols int `json:"cols,omitempty"`
}

// Block is a stretch of text outside tables.
type Block struct {
	Place string `json:"place"` // for evidence: "p=3", "page=2"; "text" is a whole text file
	Text  string `json:"text"`
	Head  bool   `json:"head,omitempty"` // set as a heading
}

// Note is something about a file that its reader should be told.
type Note struct {
	Code  NoteCode `json:"code"`
	Place string   `json:"place,omitempty"`
}

// NoteCode is a stable word that translations rely on.
type NoteCode string

// The notes.
const (
	HiddenSheet   NoteCode = "hidden_sheet"   // Place: the sheet
	SheetUnread   NoteCode = "sheet_unread"   // Place: a sheet that is no table, such as a chart
	HiddenRows    NoteCode = "hidden_rows"    // Place: the sheet
	MacrosIgnored NoteCode = "macros_ignored" // they are never run
	PageUnread    NoteCode = "page_unread"    // Place: a page without text among pages with text
	OddCharacters NoteCode = "odd_characters" // some bytes are no text in the file's encoding
	ImagesIgnored NoteCode = "images_ignored" // pictures are not read
)
