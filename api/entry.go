package api

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"tanxu/need"
	"tanxu/postgres"
	"tanxu/rag"
)

// keeping is what the writing half of the libraries' handler asks of storage.
type keeping interface {
	AddEntry(ctx context.Context, scope need.Scope, e need.Entry) (need.Entry, error)
	ChangeEntry(ctx context.Context, scope need.Scope, l need.Library, id need.EntryID, version int, note string, change func(*need.Entry) error) (need.Entry, error)
	ConfirmEntry(ctx context.Context, scope need.Scope, l need.Library, id need.EntryID) (need.Entry, error)
	ArchiveEntry(ctx context.Context, scope need.Scope, l need.Library, id need.EntryID, note string) (need.Entry, error)
	RestoreEntry(ctx context.Context, scope need.Scope, l need.Library, id need.EntryID) (need.Entry, error)
}

// keepingHandler changes the records of libraries.
type keepingHandler struct{ keeping keeping }

// AddEntry handles POST /libraries/{library}/entries.
func (h *keepingHandler) AddEntry(ctx context.Context, in AddEntryRequestObject) (AddEntryResponseObject, error) {
	e := need.Entry{Library: need.Library(in.Library), Code: strings.TrimSpace(value(in.Body.Code)), Shared: in.Body.Shared == nil || *in.Body.Shared}
	var err error
	if e.Values, err = clean(e.Library, need.Values(in.Body.Values)); err != nil {
		return nil, err
	}
	made, err := h.keeping.AddEntry(ctx, scopeOf(ctx), e)
	answer, err := entryAnswer(ctx, made, err)
	return AddEntry201JSONResponse{answer}, err
}

// PatchEntry handles PATCH /libraries/{library}/entries/{id}.
func (h *keepingHandler) PatchEntry(ctx context.Context, in PatchEntryRequestObject) (PatchEntryResponseObject, error) {
	version, err := versionOf(in.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	l := need.Library(in.Library)
	e, err := h.keeping.ChangeEntry(ctx, scopeOf(ctx), l, need.EntryID(in.ID.String()), version, value(in.Body.Note), func(e *need.Entry) error {
		if in.Body.Code != nil {
			e.Code = strings.TrimSpace(*in.Body.Code)
		}
		if in.Body.Shared != nil {
			e.Shared = *in.Body.Shared
		}
		for key, v := range value(in.Body.Values) {
			if key == "checks" {
				return wrongAt("/values/checks", "place_unknown") // each item goes its own way
			}
			e.Values[key] = v
		}
		e.Values, err = clean(l, e.Values)
		return err
	})
	answer, err := entryAnswer(ctx, e, err)
	return PatchEntry200JSONResponse{answer}, err
}

// clean returns values in their normal form, or says where they are wrong.
func clean(l need.Library, given need.Values) (need.Values, error) {
	out, faults := l.Clean(given)
	if rules, ok := out["rules"]; ok {
		if err := rag.CheckRules(rules); err != nil {
			faults = append(faults, need.FieldFault{Key: "rules", Code: "place_rule"})
		}
	}
	if len(faults) > 0 {
		at := each(faults, func(f need.FieldFault) ProblemPlace { return ProblemPlace{Pointer: "/values/" + f.Key, Detail: f.Code} })
		return nil, &places{need.Errorf(need.Invalid, "invalid_entry", "values of %s: %v", l, faults), at}
	}
	return out, nil
}

// ConfirmEntry handles POST /libraries/{library}/entries/{id}/confirm.
func (h *keepingHandler) ConfirmEntry(ctx context.Context, in ConfirmEntryRequestObject) (ConfirmEntryResponseObject, error) {
	e, err := h.keeping.ConfirmEntry(ctx, scopeOf(ctx), need.Library(in.Library), need.EntryID(in.ID.String()))
	answer, err := entryAnswer(ctx, e, err)
	return ConfirmEntry200JSONResponse{answer}, err
}

// ArchiveEntry handles POST /libraries/{library}/entries/{id}/archive.
func (h *keepingHandler) ArchiveEntry(ctx context.Context, in ArchiveEntryRequestObject) (ArchiveEntryResponseObject, error) {
	e, err := h.keeping.ArchiveEntry(ctx, scopeOf(ctx), need.Library(in.Library), need.EntryID(in.ID.String()), value(in.Body.Note))
	answer, err := entryAnswer(ctx, e, err)
	return ArchiveEntry200JSONResponse{answer}, err
}

// RestoreEntry handles POST /libraries/{library}/entries/{id}/restore.
func (h *keepingHandler) RestoreEntry(ctx context.Context, in RestoreEntryRequestObject) (RestoreEntryResponseObject, error) {
	e, err := h.keeping.RestoreEntry(ctx, scopeOf(ctx), need.Library(in.Library), need.EntryID(in.ID.String()))
	answer, err := entryAnswer(ctx, e, err)
	return RestoreEntry200JSONResponse{answer}, err
}

// SetCheck handles PUT /libraries/{library}/entries/{id}/checks/{item}.
func (h *keepingHandler) SetCheck(ctx context.Context, in SetCheckRequestObject) (SetCheckResponseObject, error) {
	version, err := versionOf(in.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	scope := scopeOf(ctx)
	e, err := h.keeping.ChangeEntry(ctx, scope, need.Library(in.Library), need.EntryID(in.ID.String()), version, "", func(e *need.Entry) error {
		return e.SetCheck(in.Item, need.Check{Evidence: in.Body.Evidence, By: scope.Actor, At: time.Now()})
	})
	answer, err := entryAnswer(ctx, e, err)
	return SetCheck200JSONResponse{answer}, err
}

// entryEventOf is one event of a record's history; contacts are for its keepers.
func entryEventOf(e postgres.EntryEvent, contacts bool) (EntryEvent, error) {
	w := EntryEvent{
		EntryID: uuidOf(e.Entry), Version: e.Version, Kind: EntryEventKind(e.Kind), By: string(e.Actor), Name: given(e.Name), Note: given(e.Note), At: e.At,
		Changes: []EntryChange{},
	}
	if e.Import != nil {
		w.ImportID = new(uuidOf(*e.Import))
	}
	var changes []EntryChange
	if err := json.Unmarshal(e.Changes, &changes); err != nil {
		return w, fmt.Errorf("read event %d: %w", e.Seq, err)
	}
	for _, c := range changes {
		if contacts || !strings.HasPrefix(c.Key, "contact_") {
			w.Changes = append(w.Changes, c)
		}
	}
	return w, nil
}
