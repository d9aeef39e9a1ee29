package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"tanxu/library"
	"tanxu/need"
	"tanxu/postgres"
)

// GetImportReport handles GET /imports/{id}/report.
func (h *importHandler) GetImportReport(ctx context.Context, in GetImportReportRequestObject) (GetImportReportResponseObject, error) {
	i, err := h.imports.Import(ctx, scopeOf(ctx), in.ID.String())
	if err != nil {
		return nil, err
	}
	lang := langOf(ctx, h.texts)
	out := &bytes.Buffer{}
	out.WriteString("\ufeff") // so that spreadsheets read it as UTF-8
	w := csv.NewWriter(out)
	head := make([]string, 0, 8)
	for _, code := range []string{"ordinal", "sheet", "number", "outcome", "title", "need", "why", "text"} {
		head = append(head, h.texts.of(lang, "report_"+code))
	}
	write := func(cells []string) error {
		for i, c := range cells {
			cells[i] = library.Harmless(c)
		}
		if err := w.Write(cells); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
		return nil
	}
	if err := write(head); err != nil {
		return nil, err
	}
	for f := (postgres.RowFilter{Limit: 100}); ; {
		rows, more, err := h.imports.ImportRows(ctx, scopeOf(ctx), in.ID.String(), f)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if err := write(h.reportRow(lang, i.Library, r)); err != nil {
				return nil, err
			}
			f.After = r.Ordinal
		}
		if !more {
			break
		}
	}
	columns, err := h.unreadColumns(lang, i)
	if err != nil {
		return nil, err
	}
	for _, c := range columns {
		if err := write(c); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return GetImportReport200TextCsvResponse{
		Body: out, ContentLength: int64(out.Len()),
		Headers: GetImportReport200ResponseHeaders{ContentDisposition: new("attachment; filename*=UTF-8''" + url.PathEscape(i.Name) + ".csv")},
	}, nil
}

func (h *importHandler) reportRow(lang string, into need.Library, r postgres.ImportRow) []string {
	row := h.rowOf(lang, into, r)
	var why []string
	if row.Reason != nil {
		why = append(why, row.Reason.Text)
	}
	for _, s := range row.Issues {
		why = append(why, strings.TrimSpace(s.Text+" "+h.placeOf(lang, value(s.Place))))
	}
	number, id := "", ""
	if r.Number > 0 {
		number = strconv.Itoa(r.Number)
	}
	if r.Need != nil {
		id = *r.Need
	} else if r.Entry != nil {
		id = *r.Entry
	}
	return []string{
		strconv.Itoa(r.Ordinal), r.Sheet, number, h.texts.of(lang, "outcome_"+r.Outcome), r.Title, id, strings.Join(why, "; "), row.Text,
	}
}
