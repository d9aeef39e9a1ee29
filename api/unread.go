package api

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"tanxu/postgres"
)

// unreadColumns are the rows of a report on columns with content that were not
// imported.
func (h *importHandler) unreadColumns(lang string, i postgres.Import) ([][]string, error) {
	if i.Mapping == nil {
		return nil, nil
	}
	var m ImportMapping
	if err := json.Unmarshal(i.Mapping, &m); err != nil {
		return nil, fmt.Errorf("read the mapping of import %s: %w", i.ID, err)
	}
	var out [][]string
	for _, t := range append(m.Tables, m.Text) {
		if t.Layout == "none" {
			continue // a row of the report says so of all of it
		}
		for _, c := range t.Columns {
			if n := value(c.Cells); n > 0 && (c.Target == "" || c.Target == "ignore") {
				why := strings.ReplaceAll(h.texts.of(lang, "report_column_cells"), "{count}", strconv.Itoa(n))
				out = append(out, []string{"", t.Table, c.Letter, h.texts.of(lang, "report_column"), c.Header, "", why, ""})
			}
		}
	}
	return out, nil
}

// placeOf is a place of a document in words: "sheet=汇总&cell=J10" is 工作表“汇总”的 J10.
func (h *importHandler) placeOf(lang, place string) string {
	var words []string
	for part := range strings.SplitSeq(place, "&") {
		key, name, ok := strings.Cut(part, "=")
		text := h.texts.of(lang, "in_"+key)
		if plain, err := url.PathUnescape(name); err == nil {
			name = plain
		}
		if !ok || text == "" {
			continue // "text" is all of a file: nothing to say
		}
		words = append(words, strings.ReplaceAll(text, "{name}", name))
	}
	return strings.Join(words, h.texts.of(lang, "in_joined"))
}
