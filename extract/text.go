package extract

import (
	"time"

	"tanxu/need"
)

// Refs of evidence in a need that was read from one text.
const (
	TextRef  = "text"
	TitleRef = "title"
)

// FromText reads a whole text, such as a line of an old list, as one need. The
// evidence refers to "text" or "title".
func FromText(r *Rules, title, body string, now time.Time) *need.Need {
	const id = need.ID("text")
	events := []need.Event{{Kind: need.NeedStarted, Need: id, At: now, By: need.System, Note: title}}
	reading := r.Read(body, Context{Ref: TextRef, Now: now})
	rows := 0
	events = append(events, Events(id, reading, now, &rows)...)
	n := need.Fold(id, events)
	for _, f := range r.Read(title, Context{Ref: TitleRef, Now: now}).Values {
		if f.Key.Shape() <= need.List && len(n.Field(f.Key).Items) == 0 {
			n.Apply(valueEvent(id, f, now))
		}
	}
	return n
}

// Events are the events of a reading of a document: every value is new. rows
// counts the rows so far and is advanced.
func Events(id need.ID, reading Reading, now time.Time, rows *int) []need.Event {
	var out []need.Event
	for _, f := range reading.Values {
		out = append(out, valueEvent(id, f, now))
	}
	for _, f := range reading.Rows {
		row := f.Row
		*rows++
		row.ID = rowID(*rows)
		out = append(out, need.Event{Kind: need.RowSet, Need: id, At: now, By: need.System, Row: &row})
	}
	for _, route := range reading.Routes {
		out = append(out, need.Event{Kind: need.Routed, Need: id, At: now, By: need.System, Route: &route})
	}
	for _, key := range []need.Key{need.KeyChain, need.KeyNeedType} {
		if s, ok := reading.Suggested[key]; ok {
			out = append(out, need.Event{Kind: need.Suggested, Need: id, At: now, By: need.System, Key: key, Note: s.Value, To: s.Why})
		}
	}
	return out
}

func valueEvent(id need.ID, f Found, now time.Time) need.Event {
	return need.Event{
		Kind: need.ValueSet, Need: id, At: now, By: need.System, Key: f.Key, Item: &f.Item,
		Source: need.FromDocument, Checks: f.Checks,
	}
}
