package api

import (
	"context"
	"slices"
	"strings"

	"tanxu/need"
	"tanxu/postgres"
	"tanxu/rag"
)

// registers is what the reading half of the libraries' handler asks of storage.
type registers interface {
	Entries(context.Context, need.Scope, need.Library, postgres.EntryFilter, postgres.Page) ([]need.Entry, string, error)
	Entry(ctx context.Context, scope need.Scope, l need.Library, id need.EntryID) (need.Entry, error)
	EntryHistory(ctx context.Context, scope need.Scope, l need.Library, id need.EntryID, before int64, limit int) ([]postgres.EntryEvent, bool, error)
	CountEntries(ctx context.Context, scope need.Scope) ([]postgres.EntryCounts, error)
	Reminders(ctx context.Context, scope need.Scope) ([]postgres.Reminder, error)
}

// registersHandler reads the libraries as their keepers see them.
type registersHandler struct {
	registers registers
	texts     *texts
}

// ListLibraries handles GET /libraries.
func (h *registersHandler) ListLibraries(ctx context.Context, _ ListLibrariesRequestObject) (ListLibrariesResponseObject, error) {
	counts, err := h.registers.CountEntries(ctx, scopeOf(ctx))
	if err != nil {
		return nil, err
	}
	reminders, err := h.registers.Reminders(ctx, scopeOf(ctx))
	if err != nil {
		return nil, err
	}
	out := ListLibraries200JSONResponse{StaleAfter: need.StaleAfter, Items: make([]Library, 0, len(counts))}
	for _, c := range counts {
		own := slices.DeleteFunc(slices.Clone(reminders), func(r postgres.Reminder) bool { return r.Library != c.Library })
		out.Items = append(out.Items, Library{
			Library: LibraryName(c.Library), Active: c.Active, Stale: c.Stale, Pairs: c.Pairs,
			Reminders: each(own, reminderOf), Fields: each(c.Library.Fields(), fieldOf),
		})
	}
	out.Facts = each(need.Facts(), factNameOf(langOf(ctx, h.texts)))
	out.Checklist = each(need.Checklist(), func(s need.CheckStep) CheckStep { return CheckStep{Step: CheckStepStep(s.Step), Items: s.Items} })
	return out, nil
}

func factNameOf(lang string) func(need.Fact) RuleFact {
	shapes := map[need.FactShape]string{need.NumberFact: "number", need.CodeFact: "code", need.TagsFact: "tags", need.FlagFact: "flag"}
	return func(f need.Fact) RuleFact {
		name := rag.NameFact(f, lang)
		w := RuleFact{Fact: string(f), Shape: shapes[f.Shape()], Name: name.Name, No: given(name.No), Unit: given(name.Unit)}
		if words := f.Words(); words != nil {
			w.Words = &words
		}
		return w
	}
}

func reminderOf(r postgres.Reminder) LibraryReminder {
	return LibraryReminder{CentrePath: string(r.Centre), Records: r.Records, OldestAt: r.Oldest, Since: r.Since}
}

func fieldOf(f need.LibraryField) LibraryField {
	w := LibraryField{
		Key: f.Key, Shape: string(f.Shape), Required: f.Required, Wanted: f.Wanted, Contact: f.Contact,
		Max: given(f.Max), Unit: given(f.Unit),
	}
	if len(f.Words) > 0 {
		w.Words = &f.Words
	}
	if len(f.Parts) > 0 {
		w.Parts = new(each(f.Parts, fieldOf))
	}
	return w
}

// ListEntries handles GET /libraries/{library}/entries.
func (h *registersHandler) ListEntries(ctx context.Context, in ListEntriesRequestObject) (ListEntriesResponseObject, error) {
	p := in.Params
	list, next, err := h.registers.Entries(ctx, scopeOf(ctx), need.Library(in.Library), postgres.EntryFilter{
		Query: value(p.Q), Chain: value(p.Chain), Region: value(p.Region), Stage: value(p.Stage), Kind: value(p.Kind), Org: value(p.Org),
		State: postgres.EntryState(value(p.State)), Own: value(p.Own),
	}, pageOf(p.Cursor, p.Limit))
	if err != nil {
		return nil, err
	}
	return ListEntries200JSONResponse{Items: each(list, entriesOf(ctx)), NextCursor: nextOf(next)}, nil
}

// GetEntry handles GET /libraries/{library}/entries/{id}.
func (h *registersHandler) GetEntry(ctx context.Context, in GetEntryRequestObject) (GetEntryResponseObject, error) {
	e, err := h.registers.Entry(ctx, scopeOf(ctx), need.Library(in.Library), need.EntryID(in.ID.String()))
	answer, err := entryAnswer(ctx, e, err)
	return GetEntry200JSONResponse{answer}, err
}

// ListEntryHistory handles GET /libraries/{library}/entries/{id}/history.
func (h *registersHandler) ListEntryHistory(ctx context.Context, in ListEntryHistoryRequestObject) (ListEntryHistoryResponseObject, error) {
	before, err := readPlace(in.Params.Cursor)
	if err != nil {
		return nil, err
	}
	l, id := need.Library(in.Library), need.EntryID(in.ID.String())
	limit := 50
	if in.Params.Limit != nil {
		limit = *in.Params.Limit
	}
	e, err := h.registers.Entry(ctx, scopeOf(ctx), l, id)
	if err != nil {
		return nil, err
	}
	list, more, err := h.registers.EntryHistory(ctx, scopeOf(ctx), l, id, int64(before), limit)
	if err != nil {
		return nil, err
	}
	page := ListEntryHistory200JSONResponse{Items: make([]EntryEvent, 0, len(list))}
	for _, ev := range list {
		w, err := entryEventOf(ev, mayEdit(ctx, &e))
		if err != nil {
			return nil, err
		}
		page.Items = append(page.Items, w)
	}
	if more {
		page.NextCursor = new(writePlace(int(list[len(list)-1].Seq)))
	}
	return page, nil
}

func entryAnswer(ctx context.Context, e need.Entry, err error) (EntryJSONResponse, error) {
	if err != nil {
		return EntryJSONResponse{}, err
	}
	return EntryJSONResponse{Body: entryOf(ctx, e), Headers: EntryResponseHeaders{ETag: etag(e.Version)}}, nil
}

// entriesOf writes records for one caller.
func entriesOf(ctx context.Context) func(need.Entry) Entry {
	return func(e need.Entry) Entry { return entryOf(ctx, e) }
}

// mayEdit reports whether a record belongs to the caller's centre or one below.
func mayEdit(ctx context.Context, e *need.Entry) bool {
	return strings.HasPrefix(string(e.Centre), string(scopeOf(ctx).Path))
}

func entryOf(ctx context.Context, e need.Entry) Entry {
	editable := mayEdit(ctx, &e)
	if !editable {
		e = e.Redacted()
	}
	w := Entry{
		ID: uuidOf(e.ID), Library: LibraryName(e.Library), Code: strings.TrimPrefix(e.Code, need.MadeCode), MadeCode: strings.HasPrefix(e.Code, need.MadeCode),
		Name: e.Name(), Values: EntryValues(e.Values), Missing: e.Missing(), Shared: e.Shared, CentrePath: string(e.Centre),
		Editable: editable, Version: e.Version, Stale: e.Stale, ConfirmedAt: e.Confirmed, ArchivedAt: e.Archived,
		CreatedAt: e.Created, UpdatedAt: e.Updated,
	}
	if e.MergedInto != "" {
		w.MergedInto = new(uuidOf(e.MergedInto))
	}
	if e.Library == need.Achievements {
		w.Ripeness = new(EntryRipeness(e.Ripeness()))
		low, high := need.LevelsOf(e.Values.Text("stage"))
		if trl := int(e.Values.Number("trl")); trl > 0 {
			low, high = trl, trl
		}
		w.TrlMin, w.TrlMax = given(low), given(high)
	}
	return w
}
