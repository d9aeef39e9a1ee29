package fakeopenai

import "encoding/json"

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
