package api

import (
	"bytes"
	"context"
	"iter"
	"net/url"
	"time"

	"tanxu/library"
	"tanxu/need"
	"tanxu/postgres"
)

// pairs is what the handler of pairs and exports asks of storage.
type pairs interface {
	Pairs(ctx context.Context, scope need.Scope, l need.Library, p postgres.Page) ([]postgres.Pair, string, error)
	KeepPair(ctx context.Context, scope need.Scope, l need.Library, id string) error
	MergePair(ctx context.Context, scope need.Scope, l need.Library, id string, stays need.EntryID) error
}

// pairHandler shows records that may be one, and joins them.
type pairHandler struct{ pairs pairs }

// ListPairs handles GET /libraries/{library}/pairs.
func (h *pairHandler) ListPairs(ctx context.Context, in ListPairsRequestObject) (ListPairsResponseObject, error) {
	list, next, err := h.pairs.Pairs(ctx, scopeOf(ctx), need.Library(in.Library), pageOf(in.Params.Cursor, in.Params.Limit))
	if err != nil {
		return nil, err
	}
	return ListPairs200JSONResponse{NextCursor: nextOf(next), Items: each(list, func(p postgres.Pair) Pair {
		return Pair{ID: uuidOf(p.ID), One: entryOf(ctx, p.One), Other: entryOf(ctx, p.Other), Reason: PairReason(p.Reason), Score: p.Score}
	})}, nil
}

// DecidePair handles POST /libraries/{library}/pairs/{id}/decision.
func (h *pairHandler) DecidePair(ctx context.Context, in DecidePairRequestObject) (DecidePairResponseObject, error) {
	l, id := need.Library(in.Library), in.ID.String()
	var err error
	switch {
	case in.Body.Decision == Keep:
		err = h.pairs.KeepPair(ctx, scopeOf(ctx), l, id)
	case in.Body.Stays == nil:
		err = wrongAt("/stays", "place_required")
	default:
		err = h.pairs.MergePair(ctx, scopeOf(ctx), l, id, need.EntryID(in.Body.Stays.String()))
	}
	if err != nil {
		return nil, err
	}
	return DecidePair204Response{}, nil
}

// ExportLibrary handles GET /libraries/{library}/export.
func (h *registersHandler) ExportLibrary(ctx context.Context, in ExportLibraryRequestObject) (ExportLibraryResponseObject, error) {
	l, out := need.Library(in.Library), &bytes.Buffer{}
	if err := library.Write(out, library.Format(in.Params.Format), l, h.own(ctx, l)); err != nil {
		return nil, err
	}
	name := h.texts.of(langOf(ctx, h.texts), "library_"+string(l)) + time.Now().Format("-20060102.") + string(in.Params.Format)
	return ExportLibrary200ApplicationOctetStreamResponse{
		Body: out, ContentLength: int64(out.Len()),
		Headers: ExportLibrary200ResponseHeaders{ContentDisposition: new("attachment; filename*=UTF-8''" + url.PathEscape(name))},
	}, nil
}

// own reads the records of the caller's centres, page by page, without contacts.
func (h *registersHandler) own(ctx context.Context, l need.Library) iter.Seq2[need.Entry, error] {
	return func(yield func(need.Entry, error) bool) {
		for p := (postgres.Page{Limit: 100}); ; {
			list, next, err := h.registers.Entries(ctx, scopeOf(ctx), l, postgres.EntryFilter{Own: true}, p)
			if err != nil {
				yield(need.Entry{}, err)
				return
			}
			for _, e := range list {
				if !yield(e.Redacted(), nil) {
					return
				}
			}
			if p.Cursor = next; next == "" {
				return
			}
		}
	}
}
