package need

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Taken says what the need that stays takes from the other one; what it does
// not name stays as it is.
type Taken struct {
	Fields map[Key]Take
	Rows   []string // ids of the other's rows; one of the same name is replaced
}

// Take says how a field is taken over.
type Take string

// The ways to take a field over.
const (
	TakeOther Take = "other" // in the place of what stands there
	TakeBoth  Take = "both"  // beside it; for texts and lists
)

// Side is one of two needs that are brought together.
type Side struct {
	*Need

	Centre CentrePath
	Events []Event // oldest first
}

// Deed is who does something to needs, when and why.
type Deed struct {
	By  Actor
	At  time.Time
	Why string
}

// Replace decides what happens when keep stays in the place of drop, which
// becomes merged or superseded. Values go along only where whoever sees keep
// may see drop too.
func Replace(keep, drop Side, as Status, take Taken, d Deed) (onKeep, onDrop []Event, err error) {
	switch {
	case keep.ID == drop.ID:
		return nil, nil, Errorf(Invalid, "merge_same", "need %s cannot take its own place", keep.ID)
	case keep.Into != "":
		return nil, nil, Errorf(Conflict, "status_transition", "need %s is %s itself", keep.ID, keep.Status)
	case as != StatusMerged && as != StatusSuperseded, !replaceable(drop.Status):
		return nil, nil, Errorf(Conflict, "status_transition", "a need cannot go from %s to %s", drop.Status, as)
	case len(take.Fields)+len(take.Rows) > 0 && !strings.HasPrefix(string(drop.Centre), string(keep.Centre)):
		return nil, nil, Errorf(Conflict, "merge_centres", "words of %s cannot go to %s", drop.Centre, keep.Centre)
	}
	kind := NeedMerged
	if as == StatusSuperseded {
		kind = NeedSuperseded
	}
	onDrop = []Event{{Kind: kind, At: d.At, By: d.By, Need: drop.ID, To: string(keep.ID), Note: d.Why}}
	onKeep = []Event{{Kind: NeedAbsorbed, At: d.At, By: d.By, Need: keep.ID, To: string(drop.ID), Note: d.Why}}
	for _, k := range Keys() {
		how, ok := take.Fields[k]
		if !ok {
			continue
		}
		list, err := taken(keep.Need, drop.Need, k, how)
		if err != nil {
			return nil, nil, err
		}
		onKeep = append(onKeep, list...)
	}
	for i, id := range take.Rows {
		row := drop.Row(id)
		if row == nil {
			return nil, nil, Errorf(Invalid, "row_unknown", "need %s has no row %q", drop.ID, id)
		}
		copied := *row
		copied.Past, copied.ID = nil, fmt.Sprintf("m%d", keep.Version+i+1) // the version it comes with: no other row has it
		if old := keep.rowNamed(row.Name); old != nil {
			copied.ID = old.ID
		}
		onKeep = append(onKeep, Event{Kind: RowSet, Row: &copied})
	}
	return deedOf(onKeep, keep.ID, d), onDrop, nil
}

// replaceable are the statuses in which nobody but the centre works on a need.
func replaceable(s Status) bool {
	switch s {
	case StatusInterviewing, StatusMatching, StatusSigned, StatusSolved, StatusMerged, StatusSuperseded:
		return false
	default:
		return true
	}
}

func deedOf(list []Event, id ID, d Deed) []Event {
	for i := range list {
		list[i].At, list[i].By, list[i].Need = d.At, d.By, id
		if list[i].Kind != FieldMarked { // its note is what the contact said
			list[i].Note = d.Why
		}
	}
	return list
}

// taken are the events that bring the other's field k into keep.
func taken(keep, other *Need, k Key, how Take) ([]Event, error) {
	from := other.Fields[k]
	if k.Shape() == Table || from == nil || len(from.Items) == 0 || from.Status == Conflicting {
		return nil, Errorf(Invalid, "field_untaken", "need %s has no single value of %s to take", other.ID, k)
	}
	both := how == TakeBoth && len(keep.Field(k).Items) > 0
	if both && k.Shape() > List {
		return nil, Errorf(Invalid, "field_single", "%s has one value", k)
	}
	list := valuesAnew(k, from)
	if both {
		list[0].Kind = ValueSet
	}
	return list, nil
}

// valuesAnew are the events that make a field what f is.
func valuesAnew(k Key, f *Field) []Event {
	var list []Event
	for i, item := range f.Items {
		kind := ValueSet
		if i == 0 {
			kind = ValueCorrected
		}
		list = append(list, Event{Kind: kind, Key: k, Item: &item, Source: f.Source, Checks: f.Checks})
	}
	if f.Status == Confirmed {
		list = append(list, Event{Kind: FieldConfirmed, Key: k})
	}
	return list
}

func (n *Need) rowNamed(name string) *Indicator {
	i := slices.IndexFunc(n.Indicators, func(r *Indicator) bool { return r.Name == name })
	if i < 0 {
		return nil
	}
	return n.Indicators[i]
}
