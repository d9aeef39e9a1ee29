package archtest_test

import (
	"go/ast"
	"path"
	"slices"
	"strings"
	"testing"
)

// How far things may grow before they hold two ideas.
const (
	maxFile      = 350 // lines
	maxFunction  = 80  // lines
	maxInterface = 5   // methods
)

func TestFilesAndFunctionsStaySmall(t *testing.T) {
	t.Parallel()

	for _, s := range sources(t) {
		if n := s.line(s.file.FileEnd); n > maxFile {
			t.Errorf("%s has %d lines, over %d: it holds more than one idea", s.path, n, maxFile)
		}
		for _, d := range s.file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := s.line(fn.End()) - s.line(fn.Pos()) + 1; n > maxFunction {
				t.Errorf("%s: %s has %d lines, over %d", s.path, fn.Name.Name, n, maxFunction)
			}
			if fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s: init() works behind the reader's back: call it from cmd", s.path)
			}
		}
	}
}

func TestInterfacesStaySmall(t *testing.T) {
	t.Parallel()

	for _, s := range sources(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			if i, ok := spec.Type.(*ast.InterfaceType); ok && i.Methods.NumFields() > maxInterface {
				t.Errorf("%s: %s has %d methods, over %d: ask for what you call", s.path, spec.Name.Name, i.Methods.NumFields(), maxInterface)
			}
			return true
		})
	}
}

// TestPackagesAreNamedAfterWhatTheyHold: a nameless package collects
// everything.
func TestPackagesAreNamedAfterWhatTheyHold(t *testing.T) {
	t.Parallel()

	nameless := []string{"util", "utils", "common", "manager", "impl", "helper", "helpers", "types", "models", "misc", "base"}
	for _, s := range sources(t) {
		if base := path.Base(s.pkg); slices.Contains(nameless, base) || strings.HasSuffix(base, "utils") {
			t.Errorf("%s: a package called %s says nothing", s.path, base)
		}
	}
}
