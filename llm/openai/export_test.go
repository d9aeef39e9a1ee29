package openai

import "encoding/json"

// Form is form, for tests.
func Form(schema json.RawMessage) string { return form(schema) }

// LooseObject is looseObject, for tests.
func LooseObject(text string) (object string, partial, ok bool) { return looseObject(text) }

// PresetExtras returns the extra keys of every preset, as they are written and
// as they are read.
func PresetExtras() map[string]int {
	out := map[string]int{}
	for _, p := range presets() {
		if p.extra != "" {
			out[p.name] = len(p.extras())
		}
	}
	return out
}
