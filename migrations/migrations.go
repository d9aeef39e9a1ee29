// Package migrations holds the schema, one file a step.
package migrations

import "embed"

// FS holds the files, in the form of goose.
//
//go:embed *.sql
var FS embed.FS
