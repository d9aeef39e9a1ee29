// Package schema checks answers of models against their JSON schema, and
// schemas against the subset that every endpoint takes. It knows no endpoint
// and no prompt.
package schema

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"tanxu/llm"
)

// Validator checks texts against one schema. It is safe for concurrent use.
type Validator struct{ schema *jsonschema.Schema }

// Violation is one place where a text breaks its schema.
type Violation struct {
	Path    []string // from the root, such as ["cmds", "0", "op"]
	Message string
}

// String names the place as a JSON pointer, as models know it.
func (v Violation) String() string {
	return "/" + strings.Join(v.Path, "/") + ": " + v.Message
}

// Compile returns the validator of s, or an error if s is no schema or leaves
// the common subset (see Check).
func Compile(s llm.Schema) (*Validator, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(s.JSON))
	if err != nil {
		return nil, fmt.Errorf("read schema %s: %w", s.Name, err)
	}
	if err := check(doc, ""); err != nil {
		return nil, fmt.Errorf("schema %s: %w", s.Name, err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	name := "mem:///" + s.Name + ".json"
	if err := c.AddResource(name, doc); err != nil {
		return nil, fmt.Errorf("add schema %s: %w", s.Name, err)
	}
	compiled, err := c.Compile(name)
	if err != nil {
		return nil, fmt.Errorf("compile schema %s: %w", s.Name, err)
	}
	return &Validator{schema: compiled}, nil
}

// Violations returns every place where text breaks the schema, nil if it fits.
// A text that is no JSON is one violation at the root.
func (v *Validator) Violations(text string) []Violation {
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return []Violation{{Message: "not JSON: " + err.Error()}}
	}
	err = v.schema.Validate(doc)
	if err == nil {
		return nil
	}
	bad, ok := errors.AsType[*jsonschema.ValidationError](err)
	if !ok {
		return []Violation{{Message: err.Error()}}
	}
	return leaves(bad, message.NewPrinter(language.English))
}

// leaves are the innermost causes: the outer ones only say that there are any.
func leaves(e *jsonschema.ValidationError, p *message.Printer) []Violation {
	if len(e.Causes) == 0 {
		return []Violation{{Path: e.InstanceLocation, Message: e.ErrorKind.LocalizedString(p)}}
	}
	var all []Violation
	for _, c := range e.Causes {
		all = append(all, leaves(c, p)...)
	}
	return all
}
