package schema

import (
	"fmt"
	"maps"
	"slices"
)

// check walks a schema and returns an error where it leaves what every
// endpoint with strict schemas takes: known keywords only, all properties
// required, no others allowed. Providers reject, or silently ignore, the rest.
func check(doc any, at string) error {
	m, ok := doc.(map[string]any)
	if !ok {
		return fmt.Errorf("%s: a schema must be an object", at)
	}
	for _, k := range slices.Sorted(maps.Keys(m)) {
		switch k {
		case "type", "enum", "description", "properties", "required", "additionalProperties", "items":
		default:
			return fmt.Errorf("%s: keyword %q is not understood everywhere", at, k)
		}
	}
	if items, ok := m["items"]; ok {
		if err := check(items, at+"/items"); err != nil {
			return err
		}
	}
	props, ok := m["properties"].(map[string]any)
	if !ok {
		return nil
	}
	return checkObject(m, props, at)
}

func checkObject(m, props map[string]any, at string) error {
	if extra, ok := m["additionalProperties"].(bool); !ok || extra {
		return fmt.Errorf("%s: additionalProperties must be false", at)
	}
	required, _ := m["required"].([]any)
	for _, name := range slices.Sorted(maps.Keys(props)) {
		if !slices.Contains(required, any(name)) {
			return fmt.Errorf("%s: property %q must be required; let it be null instead", at, name)
		}
		if err := check(props[name], at+"/properties/"+name); err != nil {
			return err
		}
	}
	return nil
}
