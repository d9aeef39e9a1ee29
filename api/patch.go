package api

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tanxu/need"
)

// edit turns a patch into events on one need. What is wrong is collected, so
// that a broker sees all of it at once.
type edit struct {
	need   *need.Need
	by     need.Actor
	at     time.Time
	reason string

	events []need.Event
	wrong  []ProblemPlace // Detail is a code until fail translates it
}

// eventsOf returns what a patch does to n, nothing if it changes nothing.
func eventsOf(n *need.Need, p *NeedPatch, by need.Actor, at time.Time) ([]need.Event, error) {
	e := &edit{need: n, by: by, at: at, reason: value(p.Reason)}
	if p.Title != nil && strings.TrimSpace(*p.Title) != n.Title {
		e.title(strings.TrimSpace(*p.Title))
	}
	fields := value(p.Fields)
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		e.field(need.Key(key), fields[key])
	}
	for i, row := range value(p.Indicators) {
		e.row(fmt.Sprintf("/indicators/%d", i), row)
	}
	if len(e.wrong) > 0 {
		return nil, &places{need.Errorf(need.Invalid, "invalid_patch", "patch of need %s", n.ID), e.wrong}
	}
	return e.events, nil
}

func (e *edit) add(ev need.Event) {
	ev.At, ev.By, ev.Need = e.at, e.by, e.need.ID
	e.events = append(e.events, ev)
}

func (e *edit) refuse(pointer, code string) {
	e.wrong = append(e.wrong, ProblemPlace{Pointer: pointer, Detail: code})
}

func (e *edit) title(t string) {
	if t == "" {
		e.refuse("/title", "place_required")
		return
	}
	e.add(need.Event{Kind: need.TitleSet, Note: t})
}

// field withdraws, confirms or replaces one field.
func (e *edit) field(k need.Key, p *FieldPatch) {
	at := "/fields/" + string(k)
	switch {
	case !k.Known():
		e.refuse(at, "place_unknown")
	case k.Shape() == need.Table:
		e.refuse(at, "place_rows")
	case p == nil:
		if f := e.need.Fields[k]; f != nil && f.Status != need.Missing {
			e.add(need.Event{Kind: need.ValueRetracted, Key: k, Note: e.reason})
		}
	case p.Confirm != nil && p.Value != nil:
		e.refuse(at, "place_either")
	case p.Confirm != nil:
		e.confirm(at, k)
	case p.Value == nil:
		e.refuse(at+"/value", "place_required")
	default:
		e.replace(at+"/value", k, p)
	}
}

// confirm is for one value that stands there; of rivals somebody has to choose.
func (e *edit) confirm(at string, k need.Key) {
	f := e.need.Fields[k]
	switch {
	case f == nil || len(f.Items) == 0:
		e.refuse(at+"/confirm", "place_nothing")
	case f.Status == need.Conflicting:
		e.refuse(at+"/confirm", "place_conflict")
	case f.Status != need.Confirmed:
		e.add(need.Event{Kind: need.FieldConfirmed, Key: k})
	}
}

// replace puts the first value in the place of all that stood there, and the
// others beside it.
func (e *edit) replace(at string, k need.Key, p *FieldPatch) {
	values, wrong := valuesOf(k, p.Value)
	if wrong != "" {
		e.refuse(at, wrong)
		return
	}
	for i, v := range values {
		kind := need.ValueSet
		if i == 0 {
			kind = need.ValueCorrected
		}
		e.add(need.Event{
			Kind: kind, Key: k, Item: &need.Item{Value: v}, Source: need.FromBroker,
			Note: cmp.Or(value(p.Reason), e.reason),
		})
	}
}

// row adds, replaces, confirms or removes one row of indicators.
func (e *edit) row(at string, p IndicatorPatch) {
	var old *need.Indicator
	if p.ID != nil {
		if old = e.need.Row(*p.ID); old == nil {
			e.refuse(at+"/id", "place_unknown")
			return
		}
	}
	switch {
	case (p.Remove != nil || p.Confirm != nil) && old == nil:
		e.refuse(at+"/id", "place_required")
	case p.Remove != nil:
		e.add(need.Event{Kind: need.RowRemoved, Row: old, Note: cmp.Or(value(p.Reason), e.reason)})
	case p.Confirm != nil && p.Name == nil:
		row := *old
		row.Status, row.Past = need.Confirmed, nil
		e.add(need.Event{Kind: need.RowSet, Row: &row, Note: e.reason})
	case p.Name == nil || strings.TrimSpace(*p.Name) == "":
		e.refuse(at+"/name", "place_required")
	case p.Target != nil && p.Op == nil:
		e.refuse(at+"/op", "place_required")
	default:
		e.setRow(p, old)
	}
}

func (e *edit) setRow(p IndicatorPatch, old *need.Indicator) {
	row := &need.Indicator{
		ID: value(p.ID), Name: strings.TrimSpace(*p.Name), Op: need.Op(value(p.Op)),
		Current: quantityOf(p.Current), Target: quantityOf(p.Target), Unit: strings.TrimSpace(value(p.Unit)),
		Condition: strings.TrimSpace(value(p.Condition)), Method: strings.TrimSpace(value(p.Method)),
		Priority: string(value(p.Priority)), Status: need.Filled,
	}
	if p.Confirm != nil {
		row.Status = need.Confirmed
	}
	if old == nil {
		row.ID = fmt.Sprintf("b%d", e.need.Version+len(e.events)+1) // the version it comes with: no other row ever has it
	} else if sameFigures(row, old) {
		// The contact's words still stand behind the figures.
		row.Evidence, row.Checks = old.Evidence, old.Checks
	}
	e.add(need.Event{Kind: need.RowSet, Row: row, Source: need.FromBroker, Note: cmp.Or(value(p.Reason), e.reason)})
}

func sameFigures(a, b *need.Indicator) bool {
	return a.Unit == b.Unit && sameQuantity(a.Target, b.Target) && sameQuantity(a.Current, b.Current)
}

func sameQuantity(a, b *need.Quantity) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Text == b.Text && a.Num == b.Num && value(a.Num2) == value(b.Num2)
}

func quantityOf(q *Quantity) *need.Quantity {
	if q == nil {
		return nil
	}
	return &need.Quantity{Text: q.Text, Num: q.Num, Num2: q.Num2}
}
