package api

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"tanxu/need"
	"tanxu/need/record"
)

// The longest statement, and the most statements of one field.
const (
	maxStatement  = 2000
	maxStatements = 30
	maxMoney      = 1e8 // 万元
)

// valuesOf reads a value in the form in which the record shows field k; wrong
// is the code of what is wrong with it, "" if nothing is.
func valuesOf(k need.Key, v any) (values []need.Value, wrong string) {
	switch k.Shape() {
	case need.List:
		return statements(v)
	case need.Cash:
		return money(v)
	case need.Date:
		return deadline(v)
	case need.Code:
		text, ok := v.(string)
		if !ok {
			return nil, "place_type"
		}
		if !slices.Contains(k.Codes(), text) {
			return nil, "place_enum"
		}
		return []need.Value{{Text: text}}, ""
	default:
		return statements([]any{v})
	}
}

func statements(v any) ([]need.Value, string) {
	list, ok := v.([]any)
	if !ok {
		return nil, "place_type"
	}
	if len(list) == 0 {
		return nil, "place_required"
	}
	if len(list) > maxStatements {
		return nil, "place_long"
	}
	values := make([]need.Value, 0, len(list))
	for _, one := range list {
		text, ok := one.(string)
		text = strings.TrimSpace(text)
		switch {
		case !ok:
			return nil, "place_type"
		case text == "":
			return nil, "place_required"
		case utf8.RuneCountInString(text) > maxStatement:
			return nil, "place_long"
		case strings.ContainsRune(text, 0):
			return nil, "place_value"
		}
		values = append(values, need.Value{Text: text})
	}
	return values, ""
}

func money(v any) ([]need.Value, string) {
	var m record.Money
	if !into(v, &m) {
		return nil, "place_type"
	}
	switch {
	case m.Unit != "万元":
		return nil, "place_unit"
	case m.Min < 0 || m.Max < 0 || m.Max < m.Min && m.Max != 0 || max(m.Min, m.Max) > maxMoney: // a Max of 0 has no upper end
		return nil, "place_range"
	}
	return []need.Value{{Money: &need.Money{Min: m.Min, Max: m.Max, Unit: m.Unit}}}, ""
}

func deadline(v any) ([]need.Value, string) {
	var d record.Deadline
	if !into(v, &d) {
		return nil, "place_type"
	}
	if !isoDate(d.ISO) || utf8.RuneCountInString(d.Text) > 100 {
		return nil, "place_date"
	}
	if d.Text = strings.TrimSpace(d.Text); d.Text == "" {
		d.Text = d.ISO
	}
	return []need.Value{{Deadline: &need.Deadline{ISO: d.ISO, Text: d.Text}}}, ""
}

// isoDate reports whether text is a year, month, day or duration as records
// write them.
func isoDate(text string) bool {
	ok, err := regexp.MatchString(`^(2\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?|P[1-9]\d{0,3}[YMWD])$`, text)
	return err == nil && ok
}

// into reads a decoded object into its type; a field that the type lacks makes
// it another object.
func into(v, target any) bool {
	object, ok := v.(map[string]any)
	if !ok {
		return false
	}
	text, err := json.Marshal(object)
	if err != nil {
		return false
	}
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.DisallowUnknownFields()
	return d.Decode(target) == nil
}
