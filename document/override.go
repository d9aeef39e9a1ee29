package document

import (
	"maps"
	"slices"

	"tanxu/need"
)

// Targets are all that a column can mean, fields of a need first.
func Targets() []Target {
	var out []Target
	for _, k := range need.Keys() {
		out = append(out, Target(k))
	}
	return append(out,
		Title, FreeText, Number, Ignore, OrgName, OrgUSCC, OrgType, OrgTags, Profile, Address, Industry, Keywords,
		ContactName, ContactRole, ContactPhone, ContactEmail, ContactOther, RowName, RowCurrent, RowGoal, RowUnit, RowCondition,
	)
}

// Check returns nil if each target is one of Targets, or "" for none, and an
// Invalid error if not.
func (o Overrides) Check() error {
	for _, key := range slices.Sorted(maps.Keys(o)) {
		if t := o[key]; t != "" && !slices.Contains(Targets(), t) {
			return need.Errorf(need.Invalid, "mapping_target", "%s: there is no target %q", key, t)
		}
	}
	return nil
}

// With returns the mapping as people corrected it. A table that nothing was
// known of becomes a list when one of its columns gets a meaning.
func (m Mapping) With(o Overrides) Mapping {
	out := Mapping{Tables: slices.Clone(m.Tables), Text: m.Text.with(o)}
	for i := range out.Tables {
		out.Tables[i] = out.Tables[i].with(o)
	}
	return out
}

func (m TableMapping) with(o Overrides) TableMapping {
	m.Columns = slices.Clone(m.Columns)
	for i := range m.Columns {
		c := &m.Columns[i]
		t, ok := o.of(m.Table, c)
		if !ok {
			continue
		}
		if t != "" && !several(t) && m.Layout == LayoutRows {
			m.release(t)
		}
		c.Target, c.Confidence, c.Reason = t, 1, ByPerson
		if c.Unit == "" {
			c.Unit = unitFor(t, c.Header)
		}
		if m.Layout == LayoutNone && told(t) {
			m.Layout = LayoutRows
		}
	}
	return m
}

// release takes a target from the columns that were guessed to mean it.
func (m *TableMapping) release(t Target) {
	for i := range m.Columns {
		if c := &m.Columns[i]; c.Target == t && c.Reason != ByPerson {
			c.Target, c.Reason = "", Taken
		}
	}
}

// of finds what was said of a column.
func (o Overrides) of(table string, c *Column) (Target, bool) {
	for _, key := range []string{table + "!" + c.Letter, c.Header, child(c.Header)} {
		if t, ok := o[key]; ok && key != "" {
			return t, true
		}
	}
	for key, t := range o {
		if p := plainName(key); p != "" && p == plainName(child(c.Header)) {
			return t, true
		}
	}
	t, ok := o[c.Letter]
	return t, ok && c.Letter != ""
}
