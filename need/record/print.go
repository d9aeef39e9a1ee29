package record

import (
	"fmt"
	"maps"
	"slices"

	"tanxu/need"
)

// PrintOf returns what a need is compared and searched by. What was only
// inferred is left out.
func PrintOf(r Record) need.Print {
	core := []string{r.Title}
	for _, k := range []need.Key{need.KeyProblem, need.KeyExpectedGoal, need.KeyKeyTech, need.KeyRootCause} {
		core = append(core, textsOf(r.Fields[k].Value)...)
	}
	for _, row := range r.Indicators {
		core = append(core, rowText(row, row.Target))
		if row.Current != nil {
			core = append(core, rowText(row, row.Current))
		}
	}
	var rest []string
	for _, k := range slices.Sorted(maps.Keys(r.Fields)) {
		switch k {
		case need.KeyProblem, need.KeyExpectedGoal, need.KeyKeyTech, need.KeyRootCause:
		default:
			rest = append(rest, textsOf(r.Fields[k].Value)...)
		}
	}
	p := need.NewPrint(r.ID, r.Org, core, rest)
	p.Version = r.Version
	return p
}

// rowText is one side of a row of indicators as people say it.
func rowText(row Indicator, q *Quantity) string {
	if q == nil {
		return row.Name
	}
	unit := ""
	if row.Unit != nil {
		unit = *row.Unit
	}
	return row.Name + q.Text + unit
}

// textsOf are the statements of a field's value, as they come from a need or
// from its JSON.
func textsOf(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, part := range v {
			out = append(out, textsOf(part)...)
		}
		return out
	case Deadline:
		return []string{v.Text}
	case map[string]any: // money or a deadline, read from JSON
		if text, ok := v["text"]; ok {
			return []string{fmt.Sprint(text)}
		}
	}
	return nil
}
