package need

import (
	"cmp"
	"slices"
)

// Fold returns the need that its events, oldest first, add up to.
func Fold(id ID, events []Event) *Need {
	n := &Need{ID: id, Fields: map[Key]*Field{}, Suggested: map[Key]Suggestion{}, Status: StatusDraft}
	for _, e := range events {
		if e.Need == id {
			n.Apply(e)
		}
	}
	return n
}

// Field returns the field of key k, a missing one if nothing was said of it.
func (n *Need) Field(k Key) *Field {
	if f := n.Fields[k]; f != nil {
		return f
	}
	f := &Field{Key: k, Status: Missing}
	n.Fields[k] = f
	return f
}

// Row returns the row of indicators with this id, nil if there is none.
func (n *Need) Row(id string) *Indicator {
	for _, r := range n.Indicators {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// Apply folds one more event in. Events of other kinds are passed over, so
// that an older binary can read what a newer one wrote.
func (n *Need) Apply(e Event) {
	if e.Kind == NeedSwitched {
		return // names a need, but happens to the conversation
	}
	n.Version++
	n.Updated = e.At
	switch e.Kind {
	case NeedStarted:
		n.Created, n.Title = e.At, e.Note
	case TitleSet:
		n.Title = e.Note
	case ValueSet, ValueCorrected, ValueRetracted, ConflictFound:
		n.applyValue(e)
	case FieldMarked:
		f := n.Field(e.Key)
		f.Status, f.Raw, f.To = e.Status, e.Note, e.To
		if e.Status == Vague {
			f.Source = cmp.Or(e.Source, FromContact)
		}
	case FieldConfirmed:
		n.Field(e.Key).Status = Confirmed
	case RowSet:
		n.applyRow(*e.Row)
	case RowRemoved:
		n.Indicators = slices.DeleteFunc(n.Indicators, func(r *Indicator) bool { return r.ID == e.Row.ID })
	case Suggested:
		n.Suggested[e.Key] = Suggestion{Value: e.Note, Why: e.To}
	case Routed:
		n.Routes = append(n.Routes, *e.Route)
	case RouteDropped:
		n.Routes = slices.DeleteFunc(n.Routes, func(r Route) bool { return r.Kind == e.Route.Kind })
	case ReadBackAccepted:
		n.confirmAll()
	case StatusChanged:
		n.Status = Status(e.To)
	case NeedMerged:
		n.Status, n.Left, n.Into = StatusMerged, n.Status, ID(e.To)
	case NeedSuperseded:
		n.Status, n.Left, n.Into = StatusSuperseded, n.Status, ID(e.To)
	case MergeUndone:
		if n.Into == ID(e.To) {
			n.Status, n.Left, n.Into = n.Left, "", ""
		}
	case Asked:
		n.applyAsked(e)
	}
}

func (n *Need) applyValue(e Event) {
	f := n.Field(e.Key)
	past := Change{At: e.At, Items: f.Items, By: e.By, Why: e.Note}
	switch {
	case e.Kind == ValueRetracted:
		f.Past, f.Items, f.Status = append(f.Past, past), nil, Missing
		return
	case e.Kind == ConflictFound:
		f.Items, f.Status = append(slices.Clone(f.Items), *e.Item), Conflicting
		return
	case e.Kind == ValueCorrected || e.Key.Shape() > List:
		if len(f.Items) > 0 {
			f.Past = append(f.Past, past)
		}
		f.Items = []Item{*e.Item}
	default:
		f.Items = append(slices.Clone(f.Items), *e.Item)
	}
	f.Status, f.Source, f.Checks, f.To = Filled, e.Source, e.Checks, ""
	if f.Source == "" {
		f.Source = FromContact
	}
	n.Confirmed = false
}

func (n *Need) applyRow(row Indicator) {
	old := n.Row(row.ID)
	if old == nil {
		n.Indicators = append(n.Indicators, &row)
		return
	}
	before := *old
	row.Past = append(slices.Clone(old.Past), before)
	*old = row
	n.Confirmed = false
}

func (n *Need) applyAsked(e Event) {
	for _, k := range e.Keys {
		f := n.Field(k)
		f.Asks++
		if e.Probe {
			f.Probes++
		}
	}
}

func (n *Need) confirmAll() {
	n.Confirmed = true
	for _, f := range n.Fields {
		if f.Status == Filled {
			f.Status = Confirmed
		}
	}
	for _, r := range n.Indicators {
		if r.Status == Filled {
			r.Status = Confirmed
		}
	}
}
