package need

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// FieldFault is what is wrong with the value of a field: a code that
// translations rely on.
type FieldFault struct {
	Key  string
	Code string // "place_required", "place_unknown", "place_shape", "place_long", "place_enum", "place_value", "place_uscc"
}

// Most parts of lists.
const (
	mostTexts    = 30
	mostRecords  = 50
	longestWhole = 99_999_999_999 // 万元; a figure over it is none
)

// Clean returns the values of a record in their normal form, without those that
// say nothing, and what is wrong with them.
func (l Library) Clean(given Values) (Values, []FieldFault) {
	out, faults := Values{}, []FieldFault{}
	fields := map[string]LibraryField{}
	for _, f := range l.Fields() {
		fields[f.Key] = f
	}
	for _, key := range slices.Sorted(maps.Keys(given)) {
		f, ok := fields[key]
		if !ok {
			faults = append(faults, FieldFault{key, "place_unknown"})
			continue
		}
		v, code := f.clean(given[key])
		if code != "" {
			faults = append(faults, FieldFault{key, code})
		} else if one := (Values{key: v}); one.Given(key) {
			out[key] = v
		}
	}
	for _, f := range l.Fields() {
		if _, wrong := given[f.Key]; f.Required && !out.Given(f.Key) && !slices.ContainsFunc(faults, func(x FieldFault) bool { return wrong && x.Key == f.Key }) {
			faults = append(faults, FieldFault{f.Key, "place_required"})
		}
	}
	if l == Achievements {
		faults = append(faults, settleStage(out)...)
	}
	return out, faults
}

// clean returns the normal form of one value, or the code of what is wrong.
func (f *LibraryField) clean(v any) (any, string) {
	if v == nil {
		return nil, ""
	}
	switch f.Shape {
	case NumberField, LevelField:
		n, ok := v.(float64)
		if !ok {
			return nil, "place_shape"
		}
		if n < 0 || n > longestWhole || f.Shape == LevelField && (n > 9 || n != float64(int(n))) {
			return nil, "place_value"
		}
		return n, ""
	case TextsField, ChoicesField, RegionsField:
		return f.cleanList(v)
	case RecordsField:
		return f.cleanRecords(v)
	case ChecksField:
		m, ok := v.(map[string]any)
		if !ok || !validChecks(m) {
			return nil, "place_shape"
		}
		return m, ""
	case RulesField:
		list, ok := v.([]any)
		if !ok {
			return nil, "place_shape"
		}
		return list, "" // what they say is looked at by who knows rules
	default:
		text, ok := v.(string)
		if !ok {
			return nil, "place_shape"
		}
		return f.cleanText(text)
	}
}

func (f *LibraryField) cleanText(text string) (any, string) {
	text = tidy(text, f.Shape == LongField)
	if text == "" {
		return "", ""
	}
	switch f.Shape {
	case ChoiceField, ChoicesField:
		if !slices.Contains(f.Words, text) {
			return nil, "place_enum"
		}
	case RegionField, RegionsField:
		if len(text) != 6 || strings.Trim(text, "0123456789") != "" {
			return nil, "place_value"
		}
	case DayField:
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			return nil, "place_value"
		}
	case USCCField:
		code, err := ParseUSCC(text)
		if err != nil {
			return nil, "place_uscc"
		}
		return code, ""
	default:
		if f.Max > 0 && utf8.RuneCountInString(text) > f.Max {
			return nil, "place_long"
		}
	}
	return text, ""
}

func (f *LibraryField) cleanList(v any) (any, string) {
	list, ok := v.([]any)
	if !ok || len(list) > mostTexts {
		return nil, "place_shape"
	}
	out := []any{}
	for _, one := range list {
		text, ok := one.(string)
		if !ok {
			return nil, "place_shape"
		}
		clean, code := f.cleanText(text)
		if code != "" {
			return nil, code
		}
		if clean != "" && !slices.Contains(out, clean) {
			out = append(out, clean)
		}
	}
	return out, ""
}

func (f *LibraryField) cleanRecords(v any) (any, string) {
	list, ok := v.([]any)
	if !ok || len(list) > mostRecords {
		return nil, "place_shape"
	}
	out := []any{}
	for _, one := range list {
		given, ok := one.(map[string]any)
		if !ok {
			return nil, "place_shape"
		}
		record, said := map[string]any{}, 0
		for key := range given {
			if !slices.ContainsFunc(f.Parts, func(p LibraryField) bool { return p.Key == key }) {
				return nil, "place_unknown"
			}
		}
		for _, p := range f.Parts {
			clean, code := p.clean(given[p.Key])
			if code != "" {
				return nil, code
			}
			if (Values{p.Key: clean}).Given(p.Key) {
				record[p.Key] = clean
				said++
			} else if p.Required {
				said -= len(f.Parts)
			}
		}
		if said < 0 {
			return nil, "place_required"
		}
		out = append(out, record)
	}
	return out, ""
}

// tidy is a text without control characters and outer white space; a text of
// several lines keeps its line feeds.
func tidy(text string, lines bool) string {
	text = strings.ToValidUTF8(text, "")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && lines:
			return r
		case r == '\n', r == '\r', r == '\t', r == '\u00a0', r == '\u3000':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text))
}
