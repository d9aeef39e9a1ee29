package prompts

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Type is the type of a variable.
type Type string

// The types of variables.
const (
	Data Type = "data" // any value; the model sees its JSON
	Text Type = "text" // words of our own: a date, a label of the guide
	Flag Type = "flag" // for {{if .name}}
)

func (t Type) known() bool { return t == Data || t == Text || t == Flag }

func (t Type) zero() any {
	if t == Flag {
		return false
	}
	return ""
}

// check returns the values as the template takes them.
func (p *Prompt) check(vars map[string]any) (map[string]any, error) {
	for _, name := range slices.Sorted(maps.Keys(vars)) {
		if _, ok := p.Vars[name]; !ok {
			return nil, fmt.Errorf("no variable %s", name)
		}
	}
	values := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(p.Vars)) {
		v, ok := vars[name]
		if !ok {
			return nil, fmt.Errorf("variable %s is missing", name)
		}
		var err error
		if values[name], err = p.Vars[name].value(v); err != nil {
			return nil, fmt.Errorf("variable %s: %w", name, err)
		}
	}
	return values, nil
}

func (t Type) value(v any) (any, error) {
	switch t {
	case Text:
		if s, ok := v.(string); ok {
			return s, nil
		}
	case Flag:
		if b, ok := v.(bool); ok {
			return b, nil
		}
	case Data:
		return encode(v)
	}
	return nil, fmt.Errorf("%T is not %s", v, t)
}

// encode writes v as JSON of one line. Characters stay readable for the model;
// invalid UTF-8 is replaced by the encoder.
func encode(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", err
	}
	return strings.TrimSpace(b.String()), nil
}
