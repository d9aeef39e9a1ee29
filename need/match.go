package need

import (
	"strconv"
	"strings"
	"time"
)

// MatchID is a UUID, given by the store.
type MatchID string

// Match is one achievement ranked for a need.
type Match struct {
	ID          MatchID
	Need        ID
	Rank        int // 1 is the best
	Score       float64
	Share       float64 // of the need's words, weighed by rarity, that the achievement has; 0 to 1
	Achievement Achievement
	Reasons     []Reason   // why it fits
	Gaps        []Reason   // what it leaves open
	Lines       []CardLine // of a model; the parts that it has not written are worded by rule
	Unwritten   bool       // the model has still to be asked
	Model       string     // embedder of the run, or Lexical
	Decision    *Decision
	Created     time.Time
}

// CardPart says what a line of a match card is about.
type CardPart string

// The parts of a match card, in their order.
const (
	CardAnswers CardPart = "answers" // what of the need it answers
	CardLacks   CardPart = "lacks"   // what falls short, or is not stated
	CardAsks    CardPart = "asks"    // what is to be asked of the supplier
)

// CardParts are all parts in their order.
func CardParts() []CardPart { return []CardPart{CardAnswers, CardLacks, CardAsks} }

// CardLine is one sentence of a match card. Claims name the reasons and gaps
// that it rests on by their places: "r0", "g2".
type CardLine struct {
	Part   CardPart
	Text   string
	Claims []string
}

// Claim returns the reason or gap that a CardLine names, false if there is none.
func (m *Match) Claim(id string) (Reason, bool) {
	list := m.Reasons
	if strings.HasPrefix(id, "g") {
		list = m.Gaps
	}
	i, err := strconv.Atoi(strings.TrimLeft(id, "rg"))
	if err != nil || len(id) < 2 || i < 0 || i >= len(list) {
		return Reason{}, false
	}
	return list[i], true
}

// Lexical is the Model of a run that had no embedder.
const Lexical = "lexical"

// MatchRun is the last run for a need.
type MatchRun struct {
	Matches []Match // best first
	Model   string  // "" before the first run
	Version int     // of the need that was matched
	Write   int     // of the best, how many a model is to write about
}

// FinishedCase is how it went with another need: it came to a contract, or to
// its end.
type FinishedCase struct {
	Case     CaseID
	Need     ID
	Title    string // of the need
	Abstract string // of the need: its problem without the trade
	Problem  string // of the need
	Library  Library
	Entry    EntryID
	Supply   string // title or name of the record, "" where the scope does not see it
	Stage    CaseStage
	Outcome  CaseOutcome // with CaseClosed
	Reason   string      // of the outcome
	Likeness float64     // of the need to the one that is asked for, 0 to 1
}

// Decision is what a broker made of a match.
type Decision struct {
	Recommended bool
	Reason      string // one of DeclineReasons when not recommended
	Note        string
	By          Actor
	At          time.Time
}

// DeclineReasons say why a match is rejected.
func DeclineReasons() []string {
	return []string{
		"other_field", "other_object", "indicator_too_low", "immature", "not_available", "region", "duplicate",
		"benefit_unclear", "route_unclear", "description_unclear", "scientific", "other",
	}
}

// ReasonKind says what a reason is about.
type ReasonKind string

// The kinds of reasons; the first group speaks for a match, the second are gaps.
const (
	ReasonWords        ReasonKind = "words"         // both sides speak of the same thing
	ReasonIndicatorMet ReasonKind = "indicator_met" // the stated figure reaches the target
	ReasonStage        ReasonKind = "stage"         // as ready as wanted
	ReasonChain        ReasonKind = "chain"         // the same industry chain
	ReasonRegion       ReasonKind = "region"        // the same city
	ReasonRight        ReasonKind = "ip"            // a right in force that can be had
	ReasonProject      ReasonKind = "project"       // an expert has worked on the same thing
	ReasonEquipment    ReasonKind = "equipment"     // an expert has what it takes
	ReasonCase         ReasonKind = "case"          // another need has come to a contract with it

	GapIndicatorShort   ReasonKind = "indicator_short"     // the stated figure misses the target
	GapIndicatorUnit    ReasonKind = "indicator_unit"      // stated in a unit that cannot be compared
	GapIndicatorUnclear ReasonKind = "indicator_unclear"   // stated, but not so that it decides
	GapIndicatorAbsent  ReasonKind = "indicator_absent"    // not stated
	GapIndicatorCond    ReasonKind = "indicator_condition" // reached, under other conditions than asked
	GapStage            ReasonKind = "stage_early"         // less ready than wanted
	GapChain            ReasonKind = "chain_other"
	GapRight            ReasonKind = "ip_open" // a right that is pledged, pending or lapsed, or of unknown state
)

// Reason is one statement about a match. Need and Achievement are verbatim
// words of either side; GapIndicatorAbsent has none of the achievement, and
// what is said of rights and of finished cases may have none of the need. The achievement's side of
// a match with an expert is the expert.
type Reason struct {
	Kind        ReasonKind
	Field       string   // key of the need's field, or "indicator:ID"
	Words       []string // shared by both sides, for ReasonWords
	Name        string   // of the indicator, as the need has it
	Wanted      string   // "≥80 %IACS", or the stage, chain or region that was wanted
	Offered     string   // the same of the achievement
	Need        Evidence // Ref "title", "message:…", "document:…" or "field:KEY"
	Achievement Evidence // Ref "title", "summary", "indicators", "chain", "stage", "region", "ip:N" or "case:NEED"
}
