package fakeopenai

import (
	"encoding/json"
	"strings"
)

// instance returns a minimal JSON value of a schema: first enum, empty texts
// and arrays, null where that is allowed.
func instance(schema json.RawMessage) string {
	var doc map[string]any
	if json.Unmarshal(schema, &doc) != nil {
		return "{}"
	}
	out, err := json.Marshal(minimal(doc))
	if err != nil {
		return "{}"
	}
	return string(out)
}

// ofForm returns a minimal JSON value of the short form of a schema that our
// adapter writes into prompts: of "a|b" the first, no text, no elements.
func ofForm(form json.RawMessage) string {
	var doc any
	if json.Unmarshal(form, &doc) != nil {
		return "{}"
	}
	out, err := json.Marshal(emptied(doc))
	if err != nil {
		return "{}"
	}
	return string(out)
}

func emptied(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			v[name] = emptied(inner)
		}
		return v
	case []any:
		return []any{}
	case string:
		first, _, _ := strings.Cut(v, "|")
		switch {
		case strings.HasSuffix(v, "|null"):
			return nil
		case first == "text":
			return ""
		}
		return first
	default:
		return v
	}
}

func minimal(schema map[string]any) any {
	if enum, ok := schema["enum"].([]any); ok && len(enum) > 0 {
		return enum[0]
	}
	kind, ok := schema["type"].(string)
	if !ok {
		return nil // a union: of the common subset, with null
	}
	switch kind {
	case "object":
		out := map[string]any{}
		props, _ := schema["properties"].(map[string]any)
		for name, p := range props {
			if sub, ok := p.(map[string]any); ok {
				out[name] = minimal(sub)
			}
		}
		return out
	case "array":
		return []any{}
	case "integer", "number":
		return 0
	case "boolean":
		return false
	default:
		return ""
	}
}
