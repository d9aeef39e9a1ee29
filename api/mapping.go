package api

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"tanxu/need"
)

// CorrectMapping handles POST /imports/{id}/mapping.
func (h *importHandler) CorrectMapping(ctx context.Context, in CorrectMappingRequestObject) (CorrectMappingResponseObject, error) {
	i, err := h.imports.Import(ctx, scopeOf(ctx), in.ID.String())
	if err != nil {
		return nil, err
	}
	targets := targetsOf(i.Library)
	i, err = h.importing.ChangeMapping(ctx, scopeOf(ctx), i.ID, func(raw json.RawMessage) (json.RawMessage, map[string]string, error) {
		return corrected(raw, in.Body, targets)
	})
	answer, err := h.answer(ctx, i, err)
	return CorrectMapping200JSONResponse{answer}, err
}

// corrected applies what somebody says of columns, which may mean any of targets,
// and of tables, and returns with the mapping what is worth keeping for the next
// file.
func corrected(raw json.RawMessage, in *MappingInput, targets []string) (json.RawMessage, map[string]string, error) {
	var m ImportMapping
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, nil, fmt.Errorf("read the mapping: %w", err)
	}
	kept := map[string]string{}
	for i, c := range value(in.Columns) {
		at := m.column(c)
		switch {
		case at == nil:
			return nil, nil, wrongAt(fmt.Sprintf("/columns/%d/col", i), "place_value")
		case !slices.Contains(targets, c.Target):
			return nil, nil, wrongAt(fmt.Sprintf("/columns/%d/target", i), "place_enum")
		}
		at.Target, at.Reason, at.Confidence = c.Target, "person", 1
		target := c.Target
		if target == "" {
			target = "ignore" // an empty correction would correct nothing
		}
		kept[m.part(c.Table).keyOf(at)] = target
	}
	for i, t := range value(in.Tables) {
		at := m.part(t.Table)
		if at == nil || t.Layout == "rows" && len(at.Columns) == 0 {
			return nil, nil, wrongAt(fmt.Sprintf("/tables/%d", i), "place_value")
		}
		at.Layout = t.Layout
	}
	changed, err := json.Marshal(m)
	if err != nil {
		return nil, nil, fmt.Errorf("write the mapping: %w", err)
	}
	return changed, kept, nil
}

func wrongAt(pointer, detail string) error {
	return &places{need.Errorf(need.Invalid, "invalid_body", "no such place as %s", pointer), []ProblemPlace{{Pointer: pointer, Detail: detail}}}
}

// part is a table, or the text behind the last one; nil if there is none.
func (m *ImportMapping) part(i int) *MappedTable {
	switch {
	case i < len(m.Tables):
		return &m.Tables[i]
	case i == len(m.Tables):
		return &m.Text
	default:
		return nil
	}
}

// column finds the column, or the label, that is meant; nil if there is none.
func (m *ImportMapping) column(c ColumnInput) *MappedColumn {
	part := m.part(c.Table)
	if part == nil {
		return nil
	}
	for i := range part.Columns {
		if at := &part.Columns[i]; at.Col == c.Col && (c.Row == nil || value(at.Row) == *c.Row) {
			return at
		}
	}
	return nil
}

// keyOf names a column for the next file: by its header where that is its own,
// else by its letter.
func (t *MappedTable) keyOf(c *MappedColumn) string {
	same := 0
	for _, other := range t.Columns {
		if other.Header == c.Header {
			same++
		}
	}
	if c.Header != "" && same == 1 {
		return c.Header
	}
	return c.Letter
}
