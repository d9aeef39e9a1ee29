package api

import (
	"cmp"
	"context"
	"encoding/base64"
	"strconv"
	"strings"

	"tanxu/need"
	"tanxu/need/record"
)

// ListNeedEvents handles GET /needs/{id}/events.
func (h *needHandler) ListNeedEvents(ctx context.Context, in ListNeedEventsRequestObject) (ListNeedEventsResponseObject, error) {
	from, err := readPlace(in.Params.Cursor)
	if err != nil {
		return nil, err
	}
	// A need is never without events: one that has none is not there, or not to be seen.
	all, err := h.needs.NeedEvents(ctx, scopeOf(ctx), need.ID(in.ID.String()))
	if err == nil && len(all) == 0 {
		err = need.Errorf(need.NotFound, "need_unknown", "need %s has no events", in.ID)
	}
	if err != nil {
		return nil, err
	}
	from = min(from, len(all))
	to := min(from+cmp.Or(value(in.Params.Limit), 50), len(all))
	page := ListNeedEvents200JSONResponse{Items: make([]NeedEvent, 0, to-from)}
	for i := from; i < to; i++ {
		page.Items = append(page.Items, eventOf(i+1, all[i]))
	}
	if to < len(all) {
		page.NextCursor = new(writePlace(to))
	}
	return page, nil
}

// writePlace is the cursor after the first n events; they are only ever added
// to, so that the place stays.
func writePlace(n int) string {
	return base64.RawURLEncoding.EncodeToString([]byte("event " + strconv.Itoa(n)))
}

func readPlace(c *Cursor) (int, error) {
	if c == nil {
		return 0, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(*c)
	text, ok := strings.CutPrefix(string(raw), "event ")
	n, notNumber := strconv.Atoi(text)
	if err != nil || !ok || notNumber != nil || n < 0 {
		return 0, need.Errorf(need.Invalid, "cursor_invalid", "cursor %.40q is no place in a history", *c)
	}
	return n, nil
}

// eventOf is one event as people read it in the history; version is the need's
// after it.
func eventOf(version int, e need.Event) NeedEvent {
	w := NeedEvent{
		Version: version, Kind: string(e.Kind), At: e.At, By: string(e.By), Key: given(string(e.Key)),
		Status: given(string(e.Status)), To: given(e.To), Note: given(e.Note), MessageID: given(string(e.Message)),
	}
	if len(e.Keys) > 0 {
		w.Keys = new(each(e.Keys, func(k need.Key) string { return string(k) }))
	}
	if e.Item != nil {
		w.Value = record.ValueOf(e.Key, *e.Item)
		w.Evidence = new(record.EvidenceOf(e.Item.Evidence))
	}
	if e.Row != nil {
		w.Indicator = new(record.RowOf(e.Row))
	}
	if e.Route != nil {
		w.Route = &record.Route{Kind: e.Route.Kind, Why: e.Route.Why, Evidence: record.EvidenceOf(e.Route.Evidence)}
	}
	if e.Kind == need.StatusChanged && e.To == string(need.StatusReturned) {
		reasons, note := need.ReadReturnNote(e.Note)
		w.Reasons, w.Note = &reasons, given(note)
	}
	return w
}
