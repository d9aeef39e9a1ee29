package need

import "time"

// CaseID is a UUID, given by the store.
type CaseID string

// CaseStage is how far a need and what may meet it have come together.
type CaseStage string

// The stages of a case (对接单), in the order in which it passes through them.
const (
	CaseShortlist    CaseStage = "shortlist"    // a broker has to look at it
	CaseIntroduction CaseStage = "introduction" // both sides are asked whether they want to meet
	CaseMeeting      CaseStage = "meeting"      // they talk
	CaseContract     CaseStage = "contract"     // a contract is signed
	CaseProduction   CaseStage = "production"   // what was made goes into production
	CaseFollowUp     CaseStage = "follow_up"    // it was asked for at least once how it goes
	CaseClosed       CaseStage = "closed"
)

// CaseStages are all stages in their order.
func CaseStages() []CaseStage {
	return []CaseStage{CaseShortlist, CaseIntroduction, CaseMeeting, CaseContract, CaseProduction, CaseFollowUp, CaseClosed}
}

// CaseOutcome says how a closed case has ended.
type CaseOutcome string

// The outcomes.
const (
	CaseDeclined CaseOutcome = "declined" // by the broker, before anybody was asked
	CaseRefused  CaseOutcome = "refused"  // one side does not want to meet
	CaseStalled  CaseOutcome = "stalled"  // it went on no more
	CaseExpired  CaseOutcome = "expired"  // its time is over
	CaseSolved   CaseOutcome = "solved"
)

// CaseSide is one of the two that a case brings together.
type CaseSide string

// The sides.
const (
	NeedSide   CaseSide = "need"
	SupplySide CaseSide = "supply"
)

// Consent is what a side says to an introduction.
type Consent string

// The answers; "" means that it was not asked yet.
const (
	ConsentAgreed  Consent = "agreed"
	ConsentRefused Consent = "refused"
)

// CaseEventKind says what happened to a case.
type CaseEventKind string

// The kinds of events; Reason and Note may stand with any.
const (
	CaseOpened       CaseEventKind = "opened"      // Of
	CaseRecommended  CaseEventKind = "recommended" // the broker thinks that both should meet
	CaseDeclinedBy   CaseEventKind = "declined"    // Reason: one of DeclineReasons
	CaseConsented    CaseEventKind = "consented"   // Side, Consent; Reason where it is refused
	CaseMet          CaseEventKind = "met"         // On
	CaseSigned       CaseEventKind = "signed"      // Contract, On, Amount
	CaseProduced     CaseEventKind = "produced"    // On
	CaseFollowedUp   CaseEventKind = "followed_up" // Days, Goes
	CaseNextStep     CaseEventKind = "next_step"   // Step
	CaseNoted        CaseEventKind = "noted"
	CaseWentOverdue  CaseEventKind = "overdue"
	CaseEnded        CaseEventKind = "ended" // Outcome, Reason
	CaseTakenUpAgain CaseEventKind = "reopened"
)

// CaseEvent is one thing that happened to a case. Events are append-only, and
// a case is the fold over its events.
type CaseEvent struct {
	Kind     CaseEventKind
	At       time.Time
	By       Actor
	Of       *CaseSubject
	Reason   string
	Note     string
	Side     CaseSide
	Consent  Consent
	On       time.Time // the day of what is told of
	Contract string    // number
	Amount   float64   // 万元; 0 where nobody said
	Days     int       // 30, 90 or 180
	Goes     string    // running, stalled or solved
	Step     *CaseStep
	Outcome  CaseOutcome
}

// CaseSubject is what a case brings together, and where the machine had ranked
// it when somebody chose it.
type CaseSubject struct {
	Need    ID
	Version int     // of the need
	Library Library // one of CaseLibraries
	Entry   EntryID // of the library: who or what may meet the need
	Match   MatchID // "" where a broker chose it without the machine
	Rank    int     // that was shown; 0 without a match
	Score   float64
	Model   string
}

// CaseLibraries are those whose records can be brought together with a need.
func CaseLibraries() []Library {
	return []Library{Achievements, Experts, Providers, FinanceProducts}
}

// Solves reports whether the supply is what the need asks for: technology. A
// test house or a loan helps on the way, and the need stays where it is.
func (s CaseSubject) Solves() bool { return s.Library == Achievements || s.Library == Experts }

// CaseStep is what somebody does next.
type CaseStep struct {
	Text string
	Who  string
	Due  time.Time // a day
}

// CaseStay is the time that a case spent in a stage; To is zero in the last.
type CaseStay struct {
	Stage    CaseStage
	From, To time.Time
}

// Case is a case as it stands after its events.
type Case struct {
	ID       CaseID
	Of       CaseSubject
	Stage    CaseStage
	Outcome  CaseOutcome // with CaseClosed
	Reason   string      // of the outcome
	Consents map[CaseSide]Consent
	Step     *CaseStep // what comes next, nil if nobody said
	Contract string
	Amount   float64
	Signed   time.Time
	Produced time.Time
	Asked    []int // follow-ups that were made, in days
	Overdue  bool
	Stays    []CaseStay
	Opened   time.Time
	Updated  time.Time
	Version  int
}

// followUps are the days after the start of production on which a broker asks
// how it goes.
func followUps() []int { return []int{30, 90, 180} }

// patience is how many days a case may stay in a stage, 0 for any time.
func patience(s CaseStage) int {
	switch s {
	case CaseShortlist:
		return 10
	case CaseIntroduction:
		return 5
	case CaseMeeting:
		return 30
	case CaseContract:
		return 365
	default:
		return 0
	}
}

// Due is when something has to happen next: the step that was agreed on, the
// next follow-up, or the end of the time for the stage, whichever comes first.
// Zero for a closed case.
func (c *Case) Due() time.Time {
	var due time.Time
	earlier := func(t time.Time) {
		if !t.IsZero() && (due.IsZero() || t.Before(due)) {
			due = t
		}
	}
	if c.Stage == CaseClosed {
		return due
	}
	if c.Step != nil {
		earlier(c.Step.Due.AddDate(0, 0, 1)) // the day itself is in time
	} else if days := patience(c.Stage); days > 0 {
		earlier(c.Stays[len(c.Stays)-1].From.AddDate(0, 0, days))
	}
	if days := c.NextFollowUp(); days > 0 {
		earlier(c.Produced.AddDate(0, 0, days+1))
	}
	return due
}

// NextFollowUp is the follow-up that is to be made next, in days after the
// start of production; 0 if none is.
func (c *Case) NextFollowUp() int {
	if c.Produced.IsZero() || c.Stage == CaseClosed {
		return 0
	}
	for _, days := range followUps() {
		if len(c.Asked) == 0 || days > c.Asked[len(c.Asked)-1] {
			return days
		}
	}
	return 0
}
