// Package prompts holds the texts that the service says to models: templates as
// files, with the variables, the schema and the model settings that belong to
// them. It knows no endpoint, and nothing of what happens to an answer.
package prompts

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template"

	"tanxu/llm"
	"tanxu/llm/schema"
)

// Set is a set of prompts, at most one for each id.
type Set struct{ prompts map[string]*Prompt }

// Prompt is one template with what belongs to it.
type Prompt struct {
	ID       string // such as "understand.zh"
	Name     string // what the call is for: metrics and logs
	Version  int
	Language string
	Hash     string // of the template and its schema: what really was said
	Vars     map[string]Type

	schema      *llm.Schema
	temperature float64
	maxTokens   int
	parts       []part
}

// part is one message of a prompt.
type part struct {
	role llm.Role
	text *template.Template
}

// Load reads all templates of fsys, which holds them as templates/*.md and
// their schemas under the paths that they name. A template that uses a variable
// that it does not declare, or declares one that it does not use, is an error.
func Load(fsys fs.FS) (*Set, error) {
	files, err := fs.Glob(fsys, "templates/*.md")
	if err != nil {
		return nil, fmt.Errorf("list templates: %w", err)
	}
	if len(files) == 0 {
		return nil, errors.New("no templates")
	}
	s := &Set{prompts: map[string]*Prompt{}}
	for _, f := range files {
		p, err := load(fsys, f)
		if err != nil {
			return nil, fmt.Errorf("load %s: %w", f, err)
		}
		if s.prompts[p.ID] != nil {
			return nil, fmt.Errorf("load %s: the id %s is taken", f, p.ID)
		}
		s.prompts[p.ID] = p
	}
	return s, nil
}

// Prompt returns the prompt with this id.
func (s *Set) Prompt(id string) (*Prompt, bool) {
	p, ok := s.prompts[id]
	return p, ok
}

// IDs returns the ids in order.
func (s *Set) IDs() []string { return slices.Sorted(maps.Keys(s.prompts)) }

// Schema returns the schema of the answers to a prompt, nil for plain text.
func (p *Prompt) Schema() *llm.Schema { return p.schema }

// Render fills in a prompt. All declared variables, and no others, must be
// there with their types. What people wrote belongs into variables of type
// data: they reach the model as JSON, never as text of the prompt.
func (s *Set) Render(id string, vars map[string]any) (llm.Request, error) {
	p, ok := s.prompts[id]
	if !ok {
		return llm.Request{}, fmt.Errorf("no prompt %s", id)
	}
	values, err := p.check(vars)
	if err != nil {
		return llm.Request{}, fmt.Errorf("render %s: %w", id, err)
	}
	req := llm.Request{Name: p.Name, Schema: p.schema, Temperature: p.temperature, MaxTokens: p.maxTokens}
	for _, part := range p.parts {
		var b strings.Builder
		if err := part.text.Execute(&b, values); err != nil {
			return llm.Request{}, fmt.Errorf("render %s: %w", id, err)
		}
		req.Messages = append(req.Messages, llm.Message{Role: part.role, Text: strings.TrimSpace(b.String())})
	}
	return req, nil
}

func readSchema(fsys fs.FS, file string) (*llm.Schema, error) {
	raw, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("read schema: %w", err)
	}
	var b bytes.Buffer // it may stand in the prompt: white space costs tokens
	if err := json.Compact(&b, raw); err != nil {
		return nil, fmt.Errorf("read schema %s: %w", file, err)
	}
	s := &llm.Schema{Name: strings.TrimSuffix(path.Base(file), ".json"), JSON: b.Bytes()}
	if _, err := schema.Compile(*s); err != nil {
		return nil, err
	}
	return s, nil
}
