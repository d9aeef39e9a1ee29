// Package web holds the built pages: the contact's chat and the console. It
// serves nothing; a placeholder stands in where they were not built.
package web

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Pages returns the built files: chat/index.html and console/index.html, and
// under assets/ files whose names change with their content.
func Pages() fs.FS {
	pages, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(fmt.Sprintf("web: %v", err)) // the name is a constant
	}
	return pages
}

// Built reports whether the pages are there, and not the placeholder only.
func Built() bool {
	_, err := fs.Stat(dist, "dist/chat/index.html")
	return err == nil
}
