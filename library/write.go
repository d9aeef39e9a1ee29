package library

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"tanxu/document"
	"tanxu/need"
)

// Format is a form of file that records are written in.
type Format string

// The formats.
const (
	Excel Format = "xlsx"
	CSV   Format = "csv"
	Lines Format = "jsonl" // docs/library-format.md
)

// Write writes records as a file that can be read again; the first error of the
// records ends it. In sheets no cell can act as a formula.
func Write(w io.Writer, format Format, l need.Library, entries iter.Seq2[need.Entry, error]) error {
	switch format {
	case Lines:
		return writeLines(w, entries)
	case CSV, Excel:
		return writeSheet(w, format, l, entries)
	default:
		return need.Errorf(need.Invalid, "format_unknown", "no format %q", format)
	}
}

func writeLines(w io.Writer, entries iter.Seq2[need.Entry, error]) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for e, err := range entries {
		if err != nil {
			return err
		}
		if err := enc.Encode(lineOf(e)); err != nil {
			return fmt.Errorf("write a record of %s: %w", e.Library, err)
		}
	}
	return nil
}

// lineOf is a record as one JSON object: what matching reads at its top, all
// else in detail.
func lineOf(e need.Entry) map[string]any {
	line, detail := map[string]any{"code": e.Code, "shared": e.Shared}, map[string]any{}
	for key, v := range e.Values {
		if slices.Contains(topKeys(e.Library), key) {
			line[key] = v
		} else {
			detail[key] = v
		}
	}
	if len(detail) > 0 {
		line["detail"] = detail
	}
	return line
}

// topKeys are the fields that stand at the top of a line.
func topKeys(l need.Library) []string {
	switch l {
	case need.Achievements:
		return []string{"title", "summary", "indicators", "chain", "stage", "trl", "owner_org", "region", "keywords"}
	case need.Experts:
		return []string{"name", "title", "org", "region", "chain", "summary", "keywords"}
	case need.Providers:
		return []string{"name", "kinds", "uscc", "region", "summary", "keywords"}
	case need.FinanceProducts:
		return []string{"name", "org", "kind", "summary"}
	default:
		return []string{"name", "uscc", "aliases", "kind", "region", "chain", "summary"}
	}
}

func writeSheet(w io.Writer, format Format, l need.Library, entries iter.Seq2[need.Entry, error]) error {
	fields := slices.DeleteFunc(l.Fields(), func(f need.LibraryField) bool { return f.Shape == need.ChecksField })
	rows := func(yield func([]string, error) bool) {
		head := []string{Label(l, "code")}
		for _, f := range fields {
			head = append(head, headOf(l, f))
		}
		if !yield(head, nil) {
			return
		}
		for e, err := range entries {
			if !yield(cellsOf(e, fields), err) || err != nil {
				return
			}
		}
	}
	if format == Excel {
		return document.WriteSheet(w, string(l), rows)
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil { // so that spreadsheets read it as UTF-8
		return fmt.Errorf("write the sheet: %w", err)
	}
	out := csv.NewWriter(w)
	for row, err := range rows {
		if err != nil {
			return err
		}
		for i := range row {
			row[i] = Harmless(row[i])
		}
		if err := out.Write(row); err != nil {
			return fmt.Errorf("write the sheet: %w", err)
		}
	}
	out.Flush()
	return out.Error()
}

// headOf is the name of a column, with the unit of its figures.
func headOf(l need.Library, f need.LibraryField) string {
	if f.Unit == "" {
		return Label(l, f.Key)
	}
	return Label(l, f.Key) + "（" + f.Unit + "）"
}

func cellsOf(e need.Entry, fields []need.LibraryField) []string {
	row := make([]string, 0, len(fields)+1)
	row = append(row, strings.TrimPrefix(e.Code, need.MadeCode))
	if strings.HasPrefix(e.Code, need.MadeCode) {
		row[0] = "" // nobody gave it one
	}
	for _, f := range fields {
		row = append(row, cellOf(&f, e.Values[f.Key]))
	}
	return row
}

// cellOf is a value as a person reads it and a file can be read again.
func cellOf(f *need.LibraryField, v any) string {
	switch x := v.(type) {
	case string:
		if f.Shape == need.RegionField {
			return regionName(x)
		}
		return x
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case []any:
		if f.Shape == need.RulesField {
			raw, err := json.Marshal(x)
			if err != nil {
				return ""
			}
			return string(raw)
		}
		parts := make([]string, 0, len(x))
		for _, one := range x {
			if m, ok := one.(map[string]any); ok {
				parts = append(parts, recordText(f.Key, m))
			} else if s, ok := one.(string); ok && f.Shape == need.RegionsField {
				parts = append(parts, regionName(s))
			} else if ok {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, "；")
	default:
		return ""
	}
}

// recordText is a small record in one line: a right as 发明专利，ZL…，有效，权利人：…，
// 未质押, a project as 2025，题目：结果.
func recordText(key string, v need.Values) string {
	if key != "ip" {
		text := v.Text("title")
		if year := int(v.Number("year")); year > 0 {
			text = strconv.Itoa(year) + "，" + text
		}
		if v.Given("result") {
			text += "：" + v.Text("result")
		}
		return text
	}
	var parts []string
	for _, p := range []string{v.Text("kind"), v.Text("number"), v.Text("status")} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if v.Given("owner") {
		parts = append(parts, "权利人："+v.Text("owner"))
	}
	if v.Given("pledge") {
		parts = append(parts, v.Text("pledge"))
	}
	return strings.Join(parts, "，")
}

func regionName(code string) string {
	for _, r := range need.Regions() {
		if r.Code == code {
			return r.Name
		}
	}
	return code
}

// Harmless keeps a spreadsheet from taking a text for a formula.
func Harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}
