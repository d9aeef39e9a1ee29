package api

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tanxu/library"
	"tanxu/need"
	"tanxu/postgres"
)

// imports is what the reading half of the handler asks of storage.
type imports interface {
	Document(ctx context.Context, scope need.Scope, id string) (postgres.Document, []byte, error)
	Imports(ctx context.Context, scope need.Scope, into need.Library, p postgres.Page) ([]postgres.Import, string, error)
	Import(ctx context.Context, scope need.Scope, id string) (postgres.Import, error)
	ImportRows(ctx context.Context, scope need.Scope, id string, f postgres.RowFilter) ([]postgres.ImportRow, bool, error)
	Blocks(ctx context.Context, scope need.Scope, document string, n need.ID) (postgres.Document, []postgres.Cell, error)
}

// importing is what its writing half asks.
type importing interface {
	AddDocument(ctx context.Context, scope need.Scope, into need.Library, name string, content []byte) (postgres.Import, bool, error)
	ChangeMapping(ctx context.Context, scope need.Scope, id string,
		change func(json.RawMessage) (json.RawMessage, map[string]string, error)) (postgres.Import, error)
	RunImport(ctx context.Context, scope need.Scope, id string) (postgres.Import, error)
	CancelImport(ctx context.Context, scope need.Scope, id string) (postgres.Import, error)
	ReopenImport(ctx context.Context, scope need.Scope, id string) (postgres.Import, error)
}

// importHandler takes files in and shows what is made of them.
type importHandler struct {
	imports   imports
	importing importing
	texts     *texts
}

// ListImports handles GET /imports.
func (h *importHandler) ListImports(ctx context.Context, in ListImportsRequestObject) (ListImportsResponseObject, error) {
	list, next, err := h.imports.Imports(ctx, scopeOf(ctx), need.Library(value(in.Params.Library)), pageOf(in.Params.Cursor, in.Params.Limit))
	if err != nil {
		return nil, err
	}
	page := ListImports200JSONResponse{Items: make([]Import, 0, len(list)), NextCursor: nextOf(next)}
	for _, i := range list {
		w, err := h.importOf(ctx, i)
		if err != nil {
			return nil, err
		}
		page.Items = append(page.Items, w)
	}
	return page, nil
}

// GetImport handles GET /imports/{id}.
func (h *importHandler) GetImport(ctx context.Context, in GetImportRequestObject) (GetImportResponseObject, error) {
	i, err := h.imports.Import(ctx, scopeOf(ctx), in.ID.String())
	answer, err := h.answer(ctx, i, err)
	return GetImport200JSONResponse{answer}, err
}

// RunImport handles POST /imports/{id}/run.
func (h *importHandler) RunImport(ctx context.Context, in RunImportRequestObject) (RunImportResponseObject, error) {
	i, err := h.importing.RunImport(ctx, scopeOf(ctx), in.ID.String())
	answer, err := h.answer(ctx, i, err)
	return RunImport200JSONResponse{answer}, err
}

// CancelImport handles POST /imports/{id}/cancel.
func (h *importHandler) CancelImport(ctx context.Context, in CancelImportRequestObject) (CancelImportResponseObject, error) {
	i, err := h.importing.CancelImport(ctx, scopeOf(ctx), in.ID.String())
	answer, err := h.answer(ctx, i, err)
	return CancelImport200JSONResponse{answer}, err
}

// ReopenImport handles POST /imports/{id}/again.
func (h *importHandler) ReopenImport(ctx context.Context, in ReopenImportRequestObject) (ReopenImportResponseObject, error) {
	i, err := h.importing.ReopenImport(ctx, scopeOf(ctx), in.ID.String())
	answer, err := h.answer(ctx, i, err)
	return ReopenImport200JSONResponse{answer}, err
}

// ListImportRows handles GET /imports/{id}/rows.
func (h *importHandler) ListImportRows(ctx context.Context, in ListImportRowsRequestObject) (ListImportRowsResponseObject, error) {
	f := postgres.RowFilter{Problems: value(in.Params.Problems), Limit: value(in.Params.Limit)}
	if c := value(in.Params.Cursor); c != "" {
		var err error
		if f.After, err = strconv.Atoi(c); err != nil || f.After < 0 {
			return nil, need.Errorf(need.Invalid, "cursor_invalid", "cursor %.60q is none of ours", c)
		}
	}
	i, err := h.imports.Import(ctx, scopeOf(ctx), in.ID.String())
	if err != nil {
		return nil, err
	}
	list, more, err := h.imports.ImportRows(ctx, scopeOf(ctx), in.ID.String(), f)
	if err != nil {
		return nil, err
	}
	page := ListImportRows200JSONResponse{Items: make([]ImportRow, 0, len(list))}
	for _, r := range list {
		page.Items = append(page.Items, h.rowOf(langOf(ctx, h.texts), i.Library, r))
	}
	if more {
		page.NextCursor = new(strconv.Itoa(list[len(list)-1].Ordinal))
	}
	return page, nil
}

// ListBlocks handles GET /documents/{id}/blocks.
func (h *importHandler) ListBlocks(ctx context.Context, in ListBlocksRequestObject) (ListBlocksResponseObject, error) {
	d, cells, err := h.imports.Blocks(ctx, scopeOf(ctx), in.ID.String(), need.ID(in.Params.Need.String()))
	if err != nil {
		return nil, err
	}
	if !callerOf(ctx).may(ScopeConversationsRead) {
		cells = slices.DeleteFunc(cells, ofPerson) // who may not read what contacts say does not learn who they are
	}
	return ListBlocks200JSONResponse{Name: d.Name, Items: each(cells, func(c postgres.Cell) Block {
		return Block{Ref: "document:" + d.ID + "#" + c.Place, Place: c.Place, Header: c.Header, Target: c.Target, Text: c.Text, Read: c.Read}
	})}, nil
}

func (h *importHandler) answer(ctx context.Context, i postgres.Import, err error) (ImportJSONResponse, error) {
	if err != nil {
		return ImportJSONResponse{}, err
	}
	w, err := h.importOf(ctx, i)
	return ImportJSONResponse(w), err
}

func (h *importHandler) importOf(ctx context.Context, i postgres.Import) (Import, error) {
	w := Import{
		ID: uuidOf(i.ID), DocumentID: uuidOf(i.Document), Name: i.Name, Size: i.Size, State: ImportState(i.State),
		Done: i.Done, Total: i.Total, Needs: i.Needs, Added: i.Added, Updated: i.Changed, Unchanged: i.Same, Duplicates: i.Repeats, Skipped: i.Skipped, Failed: i.Failed,
		CentrePath: string(i.Centre), CreatedAt: i.Created, UpdatedAt: i.Updated,
	}
	if i.Library != "" {
		w.Library = new(LibraryName(i.Library))
	}
	if i.Problem != "" {
		w.Problem = h.said(langOf(ctx, h.texts), "", i.Problem, "document_unread")
	}
	if i.Mapping != nil {
		w.Mapping = &ImportMapping{}
		if err := json.Unmarshal(i.Mapping, w.Mapping); err != nil {
			return w, fmt.Errorf("read the mapping of import %s: %w", i.ID, err)
		}
	}
	return w, nil
}

// maxRowText is how much of a row stands in a report.
const maxRowText = 160

func (h *importHandler) rowOf(lang string, into need.Library, r postgres.ImportRow) ImportRow {
	w := ImportRow{
		Ordinal: r.Ordinal, Sheet: r.Sheet, Number: r.Number, Outcome: ImportRowOutcome(r.Outcome), Title: r.Title,
		Issues: make([]Said, 0, len(r.Issues)), Text: shortRow(r.Cells),
	}
	if r.Need != nil {
		w.NeedID = new(uuidOf(*r.Need))
	}
	if r.Entry != nil {
		w.EntryID = new(uuidOf(*r.Entry))
	}
	if r.Reason != "" {
		w.Reason = h.said(lang, "row_", r.Reason, "row_unstored")
		if text := h.texts.of(lang, "record_"+r.Reason); into != "" && text != "" {
			w.Reason.Text = text
		}
	}
	for _, i := range r.Issues {
		s := h.said(lang, "issue_", i.Code, "issue_unread")
		s.Place = given(i.Place)
		w.Issues = append(w.Issues, *s)
	}
	return w
}

// said is a code with its text, or that of another for one without.
func (h *importHandler) said(lang, prefix, code, otherwise string) *Said {
	text := h.texts.of(lang, prefix+strings.TrimPrefix(code, prefix))
	if text == "" {
		text = h.texts.of(lang, otherwise)
	}
	return &Said{Code: code, Text: text}
}

// ofPerson reports whether a cell holds data of a person.
func ofPerson(c postgres.Cell) bool { return strings.HasPrefix(c.Target, "contact_") }

// shortRow is the beginning of a row. Reports are passed around: they leave out
// who the contacts are.
func shortRow(cells []postgres.Cell) string {
	var words []string
	for _, c := range cells {
		if t := strings.Join(strings.Fields(c.Text), " "); t != "" && !ofPerson(c) {
			words = append(words, t)
		}
	}
	text := []rune(strings.Join(words, " | "))
	if len(text) > maxRowText {
		return string(text[:maxRowText]) + "…"
	}
	return string(text)
}

// langOf is the language in which the caller reads.
func langOf(ctx context.Context, t *texts) string {
	return t.lang(ctx.(*gin.Context).GetHeader("Accept-Language"))
}

// targetsOf are what a column can mean in a file of a library, or ("") of needs:
// the words of packages library and document, and "" for nothing.
func targetsOf(into need.Library) []string {
	if into != "" {
		return append(library.Targets(into), "")
	}
	out := []string{
		"", "title", "text", "number", "ignore", "org_name", "uscc", "org_type", "org_tags", "org_profile", "address", "industry",
		"keywords", "contact_name", "contact_role", "contact_phone", "contact_email", "contact_other", "indicator_name", "indicator_current",
		"indicator_target", "indicator_unit", "indicator_condition",
	}
	for _, k := range need.Keys() {
		out = append(out, string(k))
	}
	return out
}
