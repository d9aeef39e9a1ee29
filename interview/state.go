package interview

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"tanxu/need"
)

// The owners of a conversation.
const (
	OwnerBot    = "bot"
	OwnerBroker = "broker"
)

// talk is what the policy remembers about the talk on one need.
type talk struct {
	gained map[need.Key]int  // new values since the field was last asked
	closed map[need.Key]bool // refused, wholly or in part: never ask again
	done   map[need.Key]bool // all of it was told: do not ask for more
	titled bool              // by the contact
	// back are the reasons of a broker who returned the need, "" where nothing was
	// returned since it was last confirmed.
	back  string
	asked []need.Key // since then
	// inferred are the suggestions that a model made of a message.
	inferred map[need.Key]bool
}

// Fold returns the conversation that its events, oldest first, add up to.
func Fold(events []need.Event) *State {
	s := &State{Phase: PhaseConsent, Owner: OwnerBot, talks: map[need.ID]*talk{}}
	for _, e := range events {
		s.Apply(e)
	}
	return s
}

// Apply folds one more event in.
func (s *State) Apply(e need.Event) {
	s.owe(e)
	s.waits(e)
	switch e.Kind {
	case need.NeedStarted:
		s.Needs = append(s.Needs, need.Fold(e.Need, nil))
	case need.NeedSwitched:
		s.Active = e.Need
		return
	case need.Consented:
		s.Consent = true
	case need.LanguageSet:
		s.Lang = e.Note
	case need.PhaseChanged:
		s.Phase = Phase(e.To)
		s.Consent = s.Consent && s.Phase != PhaseConsent // somebody else may be there now
	case need.OwnerChanged:
		s.applyOwner(e.To)
	case need.Asked:
		s.Asked = append(s.Asked, Question{ID: e.Note, Need: e.Need, Keys: e.Keys, Probe: e.Probe, At: e.At})
		s.Turns++
	}
	s.missed(e)
	if e.Need == "" {
		s.Hurried = s.Hurried || (e.Kind == need.Noted && e.Note == noteHurry)
		s.Offered = s.Offered || (e.Kind == need.Noted && e.Note == noteOffer)
		return
	}
	s.remember(e)
	if n := s.Need(e.Need); n != nil {
		n.Apply(e)
	}
}

// applyOwner gives the talk back to the bot where it was when a broker lets go.
func (s *State) applyOwner(owner string) {
	s.Owner = owner
	switch {
	case owner == OwnerBroker && s.Phase != PhaseDone:
		s.Phase = PhaseHandedOver
	case owner == OwnerBot && s.Phase == PhaseHandedOver:
		s.Phase = PhaseInterviewing
	}
}

func (s *State) remember(e need.Event) {
	t := s.talk(e.Need)
	switch e.Kind {
	case need.Asked:
		for _, k := range e.Keys {
			t.gained[k] = 0
		}
		t.asked = append(slices.Clip(t.asked), e.Keys...)
	case need.ValueSet, need.ValueCorrected:
		t.gained[e.Key]++
	case need.RowSet:
		n := s.Need(e.Need)
		if n == nil {
			return
		}
		if old := n.Row(e.Row.ID); old == nil || !equal(old.Current, e.Row.Current) || !equal(old.Target, e.Row.Target) {
			t.gained[need.KeyIndicator]++
		}
	case need.FieldMarked:
		t.closed[e.Key] = t.closed[e.Key] || e.Status == need.Declined
	case need.TitleSet:
		t.titled = t.titled || e.By != need.Bot
	case need.StatusChanged:
		if e.By.ByBroker() && need.Status(e.To) == need.StatusReturned {
			t.back, t.asked = cmp.Or(e.Note, "follow_up"), nil
		}
	case need.ReadBackAccepted:
		t.back = ""
	case need.Suggested:
		if e.Message != "" {
			t.inferred[e.Key] = true
		}
	case need.Noted:
		if e.Key != "" {
			t.closed[e.Key] = true
		}
		for _, k := range e.Keys {
			t.done[k] = true
		}
	}
}

func (s *State) talk(id need.ID) *talk {
	if s.talks == nil {
		s.talks = map[need.ID]*talk{}
	}
	t := s.talks[id]
	if t == nil {
		t = &talk{gained: map[need.Key]int{}, closed: map[need.Key]bool{}, done: map[need.Key]bool{}, inferred: map[need.Key]bool{}}
		s.talks[id] = t
	}
	return t
}

// Need returns the need with this id, nil if the conversation has none.
func (s *State) Need(id need.ID) *need.Need {
	for _, n := range s.Needs {
		if n.ID == id {
			return n
		}
	}
	return nil
}

// last returns the question that was asked last, an empty one if none was.
func (s *State) last() Question {
	if len(s.Asked) == 0 {
		return Question{}
	}
	return s.Asked[len(s.Asked)-1]
}

// asked counts the questions about fields of one need; the greeting's question
// came before the need was there and counts too.
func (s *State) asked(id need.ID) int {
	n := 0
	for _, q := range s.Asked {
		if len(q.Keys) > 0 && (q.Need == id || q.Need == "") {
			n++
		}
	}
	return n
}

// askedAs reports whether a question with this id was asked about a need.
func (s *State) askedAs(id need.ID, question string) bool {
	return slices.ContainsFunc(s.Asked, func(q Question) bool { return q.Need == id && q.ID == question })
}

// askedLike counts the questions about a need whose id ends as given.
func (s *State) askedLike(id need.ID, suffix string) int {
	n := 0
	for _, q := range s.Asked {
		if q.Need == id && strings.HasSuffix(q.ID, suffix) {
			n++
		}
	}
	return n
}

// clone returns a copy that shares nothing that Apply changes.
func (s *State) clone() *State {
	c := *s
	c.Asked = slices.Clone(s.Asked)
	c.Needs = make([]*need.Need, len(s.Needs))
	for i, n := range s.Needs {
		c.Needs[i] = cloneNeed(n)
	}
	c.talks = make(map[need.ID]*talk, len(s.talks))
	for id, t := range s.talks {
		c.talks[id] = &talk{gained: maps.Clone(t.gained), closed: maps.Clone(t.closed), done: maps.Clone(t.done), titled: t.titled, back: t.back, asked: t.asked, inferred: maps.Clone(t.inferred)}
	}
	return &c
}

func cloneNeed(n *need.Need) *need.Need {
	c := *n
	c.Fields = make(map[need.Key]*need.Field, len(n.Fields))
	for k, f := range n.Fields {
		field := *f
		field.Items, field.Past = slices.Clip(f.Items), slices.Clip(f.Past)
		c.Fields[k] = &field
	}
	c.Indicators = make([]*need.Indicator, len(n.Indicators))
	for i, r := range n.Indicators {
		row := *r
		row.Past = slices.Clip(r.Past)
		c.Indicators[i] = &row
	}
	c.Suggested, c.Routes = maps.Clone(n.Suggested), slices.Clone(n.Routes)
	return &c
}
