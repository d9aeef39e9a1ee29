package interview

import (
	"slices"
	"strconv"
	"strings"

	"tanxu/need"
)

// File is a document that a contact has sent, as it was read.
type File struct {
	Name string
	// Problem says why nothing could be read: "scanned", "encrypted", "legacy",
	// "type", "empty", "voice" (nothing writes it down), "deaf" (what does is out
	// of order), "silent" (nothing is said in it), "photo", "blind" and "blank"
	// (the same of a picture), or "unread" for all else; "" if it was read. The
	// file itself is kept in any case.
	Problem string
	Drafts  []FileNeed
}

// FileNeed is one need as a document states it.
type FileNeed struct {
	Title  string
	Events []need.Event // their needs are given new ids
}

// file takes what a document states: it fills what is still open of the need
// that is spoken of, and never changes what the contact has said. Other needs
// of the document are put aside for later.
func (t *turn) file(m Message) {
	f := m.File
	name := line(f.Name)
	switch {
	case f.Problem != "":
		t.aside("file_"+f.Problem, "name", name)
		return
	case len(f.Drafts) == 0:
		t.aside("file_nothing", "name", name)
		return
	case t.s.Phase == PhaseDone || t.s.Phase == PhaseClosed:
		t.aside("file_kept", "name", name)
		return
	case t.s.Phase == PhasePaused:
		t.phase(PhaseInterviewing)
	}
	n := t.s.Need(t.s.Active)
	if n == nil {
		n = t.start(f.Drafts[0].Title, m.ID)
	}
	var read []string
	mine := slices.IndexFunc(f.Drafts, func(d FileNeed) bool { return speaksOf(n, d) })
	others := 0
	for i, d := range f.Drafts {
		if i == mine {
			read = t.fill(n, m, d.Events)
			continue
		}
		t.parkDraft(m, d)
		others++
	}
	t.first = false
	t.tellRead(name, read, others)
}

// tellRead says what was taken from a file.
func (t *turn) tellRead(name string, read []string, others int) {
	sep := "；"
	if t.lang() == "en" {
		sep = "; "
	}
	switch {
	case len(read) > 0:
		t.acks = append(t.acks, t.text("file_read", "name", name, "list", strings.Join(read[:min(len(read), 3)], sep)))
	case others > 0:
		t.aside("file_others", "name", name, "n", strconv.Itoa(others))
		return
	default:
		t.aside("file_known", "name", name)
		return
	}
	if others > 0 {
		t.acks = append(t.acks, t.text("file_more", "n", strconv.Itoa(others)))
	}
}

// speaksOf reports whether a draft is about the need that is spoken of: nothing
// is known of that yet, or they share words.
func speaksOf(n *need.Need, d FileNeed) bool {
	known := vocabulary(n)
	if len(known) == 0 {
		return true
	}
	events := slices.Clone(d.Events)
	for i := range events {
		events[i].Need = n.ID
	}
	shared := 0
	for g := range vocabulary(need.Fold(n.ID, events)) {
		if known[g] > 0 && !hasDigit(g) {
			shared++
		}
	}
	return shared >= leastShared
}

// leastShared is from how many pairs of characters in common a draft is taken to
// be about the same need.
const leastShared = 3

// fill applies the events of a draft to what is open, and returns what was
// read, for the contact.
func (t *turn) fill(n *need.Need, m Message, events []need.Event) []string {
	open := func(k need.Key) bool { return len(n.Field(k).Items) == 0 && !t.s.talk(n.ID).closed[k] }
	fresh := map[need.Key]bool{}
	var read []string
	for _, e := range events {
		e.Need, e.Message = n.ID, m.ID
		switch e.Kind {
		case need.ValueSet:
			if _, seen := fresh[e.Key]; !seen {
				fresh[e.Key] = open(e.Key)
			}
			if !fresh[e.Key] {
				continue
			}
			read = append(read, t.guide.Label(e.Key, t.lang())+t.colon()+cut(line(t.valueText(e.Key, *e.Item)), 30))
			t.changed = append(t.changed, string(e.Key))
		case need.RowSet:
			row := *e.Row
			if slices.ContainsFunc(n.Indicators, func(o *need.Indicator) bool { return o.Name == row.Name }) {
				continue
			}
			row.ID = "i" + strconv.Itoa(len(n.Indicators)+1)
			for n.Row(row.ID) != nil {
				row.ID += "a"
			}
			e.Row = &row
			read = append(read, t.rowAck(&row))
			t.changed = append(t.changed, "indicator:"+row.ID)
		default:
			continue
		}
		t.emit(e)
	}
	return read
}

// parkDraft keeps another need of a document for later.
func (t *turn) parkDraft(m Message, d FileNeed) {
	id := t.NewID()
	t.emit(need.Event{Kind: need.NeedStarted, By: need.Contact, Need: id, Message: m.ID, Note: d.Title})
	for _, e := range d.Events {
		if e.Kind != need.NeedStarted && e.Kind != need.StatusChanged {
			e.Need, e.Message = id, m.ID
			t.emit(e)
		}
	}
}

// takeUp begins a follow-up: the conversation has been given a need that came
// from elsewhere, or was returned. It says what is known, and reports whether
// there is such a need.
func (t *turn) takeUp() bool {
	i := slices.IndexFunc(t.s.Needs, func(n *need.Need) bool {
		return n.Status == need.StatusDraft || n.Status == need.StatusReturned || n.Status == need.StatusInterviewing
	})
	if i < 0 {
		return false
	}
	n := t.s.Needs[i]
	if t.s.Active != n.ID {
		t.emit(need.Event{Kind: need.NeedSwitched, Need: n.ID})
	}
	if n.Status != need.StatusInterviewing {
		t.emit(need.Event{Kind: need.StatusChanged, Need: n.ID, To: string(need.StatusInterviewing)})
	}
	t.phase(PhaseInterviewing)
	t.summarise("follow_up")
	return true
}
