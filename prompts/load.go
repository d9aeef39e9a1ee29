package prompts

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"

	"gopkg.in/yaml.v3"

	"tanxu/llm"
)

// front is the YAML block at the head of a template.
type front struct {
	ID        string          `yaml:"id"`
	Name      string          `yaml:"name"`
	Version   int             `yaml:"version"`
	Language  string          `yaml:"language"`
	Variables map[string]Type `yaml:"variables"`
	Schema    string          `yaml:"schema"`
	Model     struct {
		Temperature float64 `yaml:"temperature"`
		MaxTokens   int     `yaml:"max_tokens"`
	} `yaml:"model"`
}

// hashLength is how much of the hash is kept, in hexadecimal digits.
const hashLength = 12

func load(fsys fs.FS, file string) (*Prompt, error) {
	raw, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, err
	}
	head, body, err := split(string(raw))
	if err != nil {
		return nil, err
	}
	var f front
	d := yaml.NewDecoder(strings.NewReader(head))
	d.KnownFields(true)
	if err := d.Decode(&f); err != nil {
		return nil, fmt.Errorf("front matter: %w", err)
	}
	if f.ID == "" || f.Name == "" || f.Version < 1 || f.Language == "" || f.Model.MaxTokens < 1 {
		return nil, errors.New("front matter: id, name, version, language and model.max_tokens are required")
	}
	p := &Prompt{
		ID: f.ID, Name: f.Name, Version: f.Version, Language: f.Language, Vars: f.Variables,
		temperature: f.Model.Temperature, maxTokens: f.Model.MaxTokens,
	}
	sum := sha256.New()
	sum.Write(raw)
	if f.Schema != "" {
		if p.schema, err = readSchema(fsys, f.Schema); err != nil {
			return nil, err
		}
		sum.Write(p.schema.JSON)
	}
	p.Hash = hex.EncodeToString(sum.Sum(nil))[:hashLength]
	if p.parts, err = parts(f.ID, body); err != nil {
		return nil, err
	}
	return p, p.declared()
}

// split parts the front matter from the body.
func split(text string) (head, body string, err error) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return "", "", errors.New("no front matter")
	}
	head, body, ok = strings.Cut(rest, "\n---\n")
	if !ok {
		return "", "", errors.New("front matter is not closed")
	}
	return head, body, nil
}

// parts reads the messages of a body: each begins with a line such as
// "=== user ===".
func parts(id, body string) ([]part, error) {
	var out []part
	for i, chunk := range strings.Split("\n"+body, "\n=== ") {
		if i == 0 {
			if strings.TrimSpace(chunk) != "" {
				return nil, errors.New("text before the first message")
			}
			continue
		}
		name, text, _ := strings.Cut(chunk, "\n")
		role := llm.Role(strings.TrimSuffix(strings.TrimSpace(name), " ==="))
		switch role {
		case llm.SystemRole, llm.UserRole, llm.AssistantRole:
		default:
			return nil, fmt.Errorf("no role %q", role)
		}
		t, err := template.New(id).Option("missingkey=error").Parse(text)
		if err != nil {
			return nil, fmt.Errorf("parse template: %w", err)
		}
		out = append(out, part{role: role, text: t})
	}
	if len(out) == 0 {
		return nil, errors.New("no messages")
	}
	return out, nil
}

// declared checks that the templates use what is declared, and nothing else.
func (p *Prompt) declared() error {
	used := map[string]bool{}
	for _, part := range p.parts {
		if part.text.Tree != nil {
			uses(part.text.Root, used)
		}
	}
	for name, t := range p.Vars {
		if !t.known() {
			return fmt.Errorf("variable %s: no type %q", name, t)
		}
		if !used[name] {
			return fmt.Errorf("variable %s is declared but not used", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(used)) {
		if _, ok := p.Vars[name]; !ok {
			return fmt.Errorf("variable %s is used but not declared", name)
		}
	}
	return p.dry()
}

// uses collects the variables under a node. Only {{.name}} and {{if .name}} are
// allowed, so that a prompt can be read without knowing the language.
func uses(n parse.Node, into map[string]bool) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, one := range n.Nodes {
			uses(one, into)
		}
	case *parse.ActionNode:
		uses(n.Pipe, into)
	case *parse.IfNode:
		uses(n.Pipe, into)
		uses(n.List, into)
		uses(n.ElseList, into)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			for _, arg := range c.Args {
				uses(arg, into)
			}
		}
	case *parse.FieldNode:
		into[n.Ident[0]] = true
	}
}

// dry renders with empty values, so that a broken template fails at load.
func (p *Prompt) dry() error {
	values := map[string]any{}
	for name, t := range p.Vars {
		values[name] = t.zero()
	}
	for _, part := range p.parts {
		if err := part.text.Execute(new(bytes.Buffer), values); err != nil {
			return fmt.Errorf("try template: %w", err)
		}
	}
	return nil
}
