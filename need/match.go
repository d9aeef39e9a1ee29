package need

import "time"

// MatchID is a UUID, given by the store.
type MatchID string

// Match is one achievement ranked for a need.
type Match struct {
	ID          MatchID
	Need        ID
	Rank        int // 1 is the best
	Score       float64
	Achievement Achievement
	Reasons     []Reason // why it fits
	Gaps        []Reason // what it leaves open
	Model       string   // embedder of the run, or Lexical
	Decision    *Decision
	Created     time.Time
}

// Lexical is the Model of a run that had no embedder.
const Lexical = "lexical"

// MatchRun is the last run for a need.
type MatchRun struct {
	Matches []Match // best first
	Model   string  // "" before the first run
	Version int     // of the need that was matched
}

// FinishedCase is a need that has come to a contract with an achievement.
type FinishedCase struct {
	Achievement AchievementID
	Need        ID
	Title       string // of the need
	Stage       CaseStage
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
