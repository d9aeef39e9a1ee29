package need

import (
	"fmt"
	"slices"
	"strings"
)

// Reread is a document that was read again, or one that says the same.
type Reread struct {
	Draft *Need  // what it says
	Ref   string // what the references of its evidence begin with
	Own   bool   // the need was made of it
}

// Follow decides how n, that its past events add up to, follows a document. What
// is missing comes in. Of a need that was made of the document, what rests on that
// alone is replaced or, where it is not said any more, withdrawn. What people have
// said, changed, confirmed or taken out stays as it is.
func (n *Need) Follow(r Reread, past []Event, d Deed) []Event {
	if n.Status != StatusDraft && n.Status != StatusReview && n.Status != StatusReturned {
		return nil
	}
	h := handsOn(past)
	var list []Event
	if r.Own && !h.title && r.Draft.Title != "" && r.Draft.Title != n.Title {
		list = append(list, Event{Kind: TitleSet, Note: r.Draft.Title})
	}
	for _, k := range Keys() {
		if !h.all && !h.fields[k] && k.Shape() != Table {
			list = append(list, n.followField(k, r)...)
		}
	}
	if !h.all {
		list = append(list, n.followRows(r, h.rows)...)
	}
	for i := range list {
		list[i].At, list[i].By, list[i].Need = d.At, d.By, n.ID
	}
	return list
}

func (n *Need) followField(k Key, r Reread) []Event {
	had, says := n.Fields[k], r.Draft.Fields[k]
	missing := had == nil || had.Status == Missing
	if !missing && !(r.Own && had.restsOn(r.Ref)) {
		return nil
	}
	switch {
	case says == nil || len(says.Items) == 0:
		if missing {
			return nil
		}
		return []Event{{Kind: ValueRetracted, Key: k}}
	case says.Status == Conflicting || !missing && sameItems(had.Items, says.Items):
		return nil
	}
	list := valuesAnew(k, says)
	if missing {
		list[0].Kind = ValueSet
	}
	return list
}

// restsOn reports whether all that a field says is from one document.
func (f *Field) restsOn(ref string) bool {
	return f.Source == FromDocument && len(f.Items) > 0 &&
		!slices.ContainsFunc(f.Items, func(i Item) bool { return !restOn(i.Evidence, ref) })
}

func restOn(list []Evidence, ref string) bool {
	return len(list) > 0 && !slices.ContainsFunc(list, func(e Evidence) bool { return !strings.HasPrefix(e.Ref, ref) })
}

// followRows takes the rows of a document over by their names, unless they are
// those of another need.
func (n *Need) followRows(r Reread, touched map[string]bool) []Event {
	fromThere := func(row *Indicator) bool { return restOn(row.Evidence, r.Ref) }
	if len(n.Indicators) > 0 && !r.Own {
		return nil
	}
	var list []Event
	for i, says := range r.Draft.Indicators {
		row := *says
		row.Past, row.ID = nil, fmt.Sprintf("m%d", n.Version+i+1) // as rows that are merged in
		had := n.rowNamed(says.Name)
		switch {
		case touched[says.Name], had != nil && (!fromThere(had) || sameRow(had, says)):
			continue
		case had != nil:
			row.ID = had.ID
		}
		list = append(list, Event{Kind: RowSet, Row: &row})
	}
	for _, had := range n.Indicators {
		if r.Draft.rowNamed(had.Name) == nil && fromThere(had) && !touched[had.Name] {
			list = append(list, Event{Kind: RowRemoved, Row: &Indicator{ID: had.ID}})
		}
	}
	return list
}

// hands are what people have touched: by the events, since a record does not
// tell of what is gone.
type hands struct {
	all, title bool
	fields     map[Key]bool
	rows       map[string]bool // by name
}

func handsOn(past []Event) hands {
	h := hands{fields: map[Key]bool{}, rows: map[string]bool{}}
	names := map[string]string{}
	for _, e := range past {
		byHand := e.By != System
		switch e.Kind {
		case ReadBackAccepted:
			h.all = true
		case TitleSet:
			h.title = h.title || byHand
		case ValueSet, ValueCorrected, ValueRetracted, ConflictFound, FieldMarked, FieldConfirmed:
			h.fields[e.Key] = h.fields[e.Key] || byHand
		case RowSet:
			h.rows[names[e.Row.ID]] = h.rows[names[e.Row.ID]] || byHand
			names[e.Row.ID] = e.Row.Name
			h.rows[e.Row.Name] = h.rows[e.Row.Name] || byHand
		case RowRemoved:
			h.rows[names[e.Row.ID]] = h.rows[names[e.Row.ID]] || byHand
		}
	}
	return h
}
