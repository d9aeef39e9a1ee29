package document

import "cmp"

// Options bound what a file may cost; the zero value is ready to use.
type Options struct {
	MaxBytes   int64 `json:"max_bytes"`   // of the file; 0 means 20 MiB
	MaxEntries int   `json:"max_entries"` // of a zipped file; 0 means 1,000
	MaxRatio   int64 `json:"max_ratio"`   // of unzipped to zipped bytes; 0 means 100
	MaxUnzip   int64 `json:"max_unzip"`   // bytes after unzipping; 0 means 256 MiB
	MaxRows    int   `json:"max_rows"`    // in all tables; 0 means 20,000
	MaxCells   int   `json:"max_cells"`   // in all tables; 0 means 500,000
	MaxPages   int   `json:"max_pages"`   // 0 means 500
	MaxText    int   `json:"max_text"`    // bytes of text in all; 0 means 32 MiB
}

func (o Options) withDefaults() Options {
	o.MaxBytes = cmp.Or(o.MaxBytes, 20<<20)
	o.MaxEntries = cmp.Or(o.MaxEntries, 1_000)
	o.MaxRatio = cmp.Or(o.MaxRatio, 100)
	o.MaxUnzip = cmp.Or(o.MaxUnzip, 256<<20)
	o.MaxRows = cmp.Or(o.MaxRows, 20_000)
	o.MaxCells = cmp.Or(o.MaxCells, 500_000)
	o.MaxPages = cmp.Or(o.MaxPages, 500)
	o.MaxText = cmp.Or(o.MaxText, 32<<20)
	return o
}

// The codes of the errors that a file can cause; all are need.Invalid: the same
// file will not do better.
const (
	CodeType      = "document_type"      // no kind that is read
	CodeContent   = "document_content"   // the content is not what the name says
	CodeLegacy    = "document_legacy"    // .xls or .doc: to be saved in the new form
	CodeEmpty     = "document_empty"     // nothing to read
	CodeEncrypted = "document_encrypted" // wants a password
	CodeCorrupt   = "document_corrupt"   // broken
	CodeScanned   = "document_scanned"   // pictures of pages, no text
	CodeSize      = "document_size"      // over MaxBytes
	CodeEntries   = "document_entries"   // over MaxEntries
	CodeBomb      = "document_bomb"      // over MaxRatio or MaxUnzip
	CodeRows      = "document_rows"      // over MaxRows
	CodeCells     = "document_cells"     // over MaxCells
	CodePages     = "document_pages"     // over MaxPages
	CodeText      = "document_text"      // over MaxText
	CodeCrash     = "document_crash"     // its reader died
	CodeTimeout   = "document_timeout"   // its reader took too long
)
