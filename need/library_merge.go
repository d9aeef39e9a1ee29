package need

import (
	"maps"
	"slices"
	"strings"
)

// Absorb gives e what it lacks and another record of the same thing has: empty
// fields, and further parts of lists as far as there is room. What e says stands.
func (e *Entry) Absorb(other *Entry) {
	for _, f := range e.Library.Fields() {
		theirs := other.Values[f.Key]
		switch {
		case !other.Values.Given(f.Key):
		case !e.Values.Given(f.Key):
			e.Values[f.Key] = theirs
		default:
			e.Values[f.Key] = f.union(e.Values[f.Key], theirs)
		}
	}
	if e.Library == Organisations && e.Name() != other.Name() {
		list, _ := e.Values["aliases"].([]any)
		e.Values["aliases"] = (&LibraryField{Shape: TextsField}).union(list, []any{other.Name()})
	}
	settleStage(e.Values)
}

// union is a value with the parts of another that it lacks, where it has parts.
func (f *LibraryField) union(ours, theirs any) any {
	switch f.Shape {
	case TextsField, ChoicesField, RegionsField, RecordsField:
		list, _ := ours.([]any)
		more, _ := theirs.([]any)
		list = slices.Clone(list)
		for _, part := range more {
			if len(list) < mostTexts && !slices.ContainsFunc(list, func(have any) bool { return f.samePart(have, part) }) {
				list = append(list, part)
			}
		}
		return list
	case ChecksField:
		out := map[string]any{}
		for _, side := range []any{theirs, ours} {
			m, _ := side.(map[string]any)
			for item, c := range m {
				out[item] = c
			}
		}
		return out
	default:
		return ours
	}
}

// samePart reports whether two parts of a list are one. A right is one by its
// number, whatever else is said of it.
func (f *LibraryField) samePart(a, b any) bool {
	x, ok := a.(map[string]any)
	y, also := b.(map[string]any)
	if ok && also {
		if n := Values(x).Text("number"); n != "" {
			return n == Values(y).Text("number")
		}
	}
	return sameValue(a, b)
}

// Take gives e what a file says of it, and reports whether that changes
// anything. before is what the last file said: where this one says the same,
// what people have corrected since stands. What the file leaves empty stays.
func (e *Entry) Take(before Values, file *Entry) bool {
	changed := false
	for key, v := range file.Values {
		if sameValue(v, before[key]) || sameValue(v, e.Values[key]) {
			continue
		}
		e.Values[key] = v
		changed = true
	}
	if e.Library == Achievements && len(settleStage(e.Values)) > 0 {
		if file.Values.Given("trl") {
			e.Values["stage"] = StageOf(int(file.Values.Number("trl")))
		} else {
			delete(e.Values, "trl") // of the stage before
		}
	}
	if file.Code != "" && strings.HasPrefix(e.Code, MadeCode) {
		e.Code = file.Code
		changed = true
	}
	return changed
}

// sameValue reports whether two values, as JSON has them, are the same.
func sameValue(a, b any) bool {
	switch x := a.(type) {
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, sameValue)
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && maps.EqualFunc(x, y, sameValue)
	default:
		switch b.(type) {
		case []any, map[string]any:
			return false
		}
		return a == b
	}
}
