package extract

import (
	"strings"
	"time"

	trained "tanxu/extract/topics"
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
	return fromReading(r.Read(body, Context{Ref: TextRef, Now: now}), title, body, now)
}

func fromReading(reading Reading, title, body string, now time.Time) *need.Need {
	const id = need.ID("text")
	events := []need.Event{{Kind: need.NeedStarted, Need: id, At: now, By: need.System, Note: title}}
	rows := 0
	events = append(events, Events(id, reading, now, &rows)...)
	n := need.Fold(id, events)
	for _, f := range fromTitle(title, body) {
		if len(n.Field(f.Key).Items) == 0 && (f.Key == need.KeyKeyTech || !reading.Model) {
			n.Apply(valueEvent(id, f, now))
		}
	}
	for _, row := range n.Indicators {
		if why := n.BeyondLimit(row); why != "" {
			n.Routes = append(n.Routes, need.Route{Kind: need.RouteExpertCheck, Why: why, Evidence: row.Evidence})
			break
		}
	}
	for _, e := range append(Suggestions(n, body), Digest(n)...) {
		if _, ok := reading.Suggested[e.Key]; !ok { // a model read the whole text
			e.At, e.By = now, need.System
			n.Apply(e)
		}
	}
	return n
}

// fromTitle reads a title: it may name the technology that is sought, and the
// thing in it that the text speaks of too is where it is used.
func fromTitle(title, body string) []Found {
	head, t := newText(title, TitleRef), newText(body, TextRef)
	whole := head.trim(head.whole())
	if whole.empty() {
		return nil
	}
	sought := reader{t: head}
	const likely = 0.3 // else it names a fault or a product
	if trained.BuiltIn().Score(trained.Clause{Words: title, Opens: true}).Of(need.KeyKeyTech) >= likely {
		sought.add(need.KeyKeyTech, whole)
	}
	used := reader{t: t}
	if s := object(head, t); !s.empty() {
		used.add(need.KeyScene, s)
	}
	return append(sought.out.Values, used.out.Values...)
}

// shortestObject is how many runes title and text must share.
const shortestObject = 4

// object finds the longest words that the title shares with the text, where
// they first stand in the text.
func object(title, t *text) span {
	var best span
	for i := range title.runes {
		for j := range t.runes {
			n := 0
			for i+n < len(title.runes) && j+n < len(t.runes) && title.runes[i+n] == t.runes[j+n] && !strings.ContainsRune("，。；、\n ", title.runes[i+n]) {
				n++
			}
			if n >= shortestObject && n > best.end-best.start {
				best = span{j, j + n}
			}
		}
	}
	return best
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
