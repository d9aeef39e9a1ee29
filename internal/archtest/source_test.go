// Package archtest holds the rules of the house as tests: who may import whom,
// where third-party packages stay, and how long things may grow.
package archtest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// root is the module's folder, seen from this one.
const root = "../.."

const module = "tanxu"

// source is one Go file that is neither a test nor generated, whatever its
// build tags: what only some build sees must keep the rules too.
type source struct {
	path string // from the module's folder
	pkg  string // folder of the package, from the module's folder
	file *ast.File
	set  *token.FileSet
}

// sources parses the module.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return skip(name, d.Name())
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(set, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil || ast.IsGenerated(f) {
			return err
		}
		rel = filepath.ToSlash(rel)
		all = append(all, source{path: rel, pkg: path.Dir(rel), file: f, set: set})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("only %d files found: is the module in %s?", len(all), root)
	}
	return all
}

// skip leaves out folders that hold no code of ours.
func skip(name, base string) error {
	if name != root && (strings.HasPrefix(base, ".") || base == "node_modules" || base == "testdata" || base == "tools") {
		return filepath.SkipDir
	}
	return nil
}

// imports lists the paths that a file imports.
func (s source) imports(t *testing.T) []string {
	t.Helper()
	var paths []string
	for _, spec := range s.file.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatalf("%s: %v", s.path, err)
		}
		paths = append(paths, p)
	}
	return paths
}

// line returns where a node begins.
func (s source) line(pos token.Pos) int { return s.set.Position(pos).Line }
