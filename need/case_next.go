package need

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// The longest texts of an event.
const (
	maxCaseNote = 2000
	maxCaseWord = 100
)

// CaseEndReasons say why a case has ended that had begun well.
func CaseEndReasons() []string {
	return []string{"price", "terms", "technology", "no_answer", "chosen_other", "no_budget", "plan_changed", "solved_itself", "other"}
}

// Next returns nil if e may happen to the case now. Conflict, code
// "case_stage", says that the case is not there yet or past it; Invalid, that
// the event itself lacks something.
func (c *Case) Next(e CaseEvent) error {
	if utf8.RuneCountInString(e.Note) > maxCaseNote {
		return Errorf(Invalid, "note_long", "note over %d characters", maxCaseNote)
	}
	if !slices.Contains(stagesFor(e.Kind), c.Stage) {
		return Errorf(Conflict, "case_stage", "case %s: %s cannot happen in %q", c.ID, e.Kind, c.Stage)
	}
	switch e.Kind {
	case CaseOpened:
		return c.mayOpen(e)
	case CaseDeclinedBy:
		return reasoned(e, DeclineReasons())
	case CaseConsented:
		return c.mayConsent(e)
	case CaseMet:
		return past(e)
	case CaseSigned:
		return c.maySign(e)
	case CaseProduced:
		if e.On.Before(c.Signed) {
			return Errorf(Invalid, "case_day", "case %s: production before the contract", c.ID)
		}
		return past(e)
	case CaseFollowedUp:
		return c.mayFollowUp(e)
	case CaseNextStep:
		return mayStep(e)
	case CaseNoted:
		if strings.TrimSpace(e.Note) == "" {
			return Errorf(Invalid, "note_required", "case %s: an empty note", c.ID)
		}
	case CaseEnded:
		return c.mayEnd(e)
	}
	return nil
}

// stagesFor are those in which an event may happen; "" is before a case is
// opened.
func stagesFor(k CaseEventKind) []CaseStage {
	open := CaseStages()[:len(CaseStages())-1]
	switch k {
	case CaseOpened:
		return []CaseStage{""}
	case CaseRecommended, CaseDeclinedBy:
		return []CaseStage{CaseShortlist}
	case CaseConsented:
		return []CaseStage{CaseIntroduction}
	case CaseMet, CaseSigned:
		return []CaseStage{CaseMeeting}
	case CaseProduced:
		return []CaseStage{CaseContract}
	case CaseFollowedUp:
		return []CaseStage{CaseProduction, CaseFollowUp}
	case CaseNextStep, CaseWentOverdue, CaseEnded:
		return open
	case CaseNoted:
		return CaseStages()
	case CaseTakenUpAgain:
		return []CaseStage{CaseClosed}
	default:
		return nil
	}
}

func (c *Case) mayOpen(e CaseEvent) error {
	if e.Of == nil || e.Of.Need == "" || e.Of.Entry == "" || !slices.Contains(CaseLibraries(), e.Of.Library) {
		return Errorf(Invalid, "case_subject", "case %s: a need and what may meet it are required", c.ID)
	}
	return nil
}

func (c *Case) mayConsent(e CaseEvent) error {
	switch {
	case e.Side != NeedSide && e.Side != SupplySide, e.Consent != ConsentAgreed && e.Consent != ConsentRefused:
		return Errorf(Invalid, "case_consent", "case %s: consent %q of %q", c.ID, e.Consent, e.Side)
	case c.Consents[e.Side] != "":
		return Errorf(Conflict, "case_consented", "case %s: the %s side has answered", c.ID, e.Side)
	case e.Consent == ConsentRefused:
		return reasoned(e, append(DeclineReasons(), CaseEndReasons()...))
	}
	return nil
}

func (c *Case) maySign(e CaseEvent) error {
	number := strings.TrimSpace(e.Contract)
	if number == "" || utf8.RuneCountInString(number) > maxCaseWord {
		return Errorf(Invalid, "contract_required", "case %s: no number of a contract", c.ID)
	}
	if e.Amount < 0 {
		return Errorf(Invalid, "case_amount", "case %s: amount %g", c.ID, e.Amount)
	}
	return past(e)
}

func (c *Case) mayFollowUp(e CaseEvent) error {
	switch {
	case e.Days != c.NextFollowUp():
		return Errorf(Conflict, "case_follow_up", "case %s: the follow-up of day %d is next, not %d", c.ID, c.NextFollowUp(), e.Days)
	case !slices.Contains([]string{"running", "stalled", "solved"}, e.Goes):
		return Errorf(Invalid, "case_goes", "case %s: it goes %q", c.ID, e.Goes)
	case e.Goes == "stalled":
		return reasoned(e, CaseEndReasons())
	}
	return nil
}

func mayStep(e CaseEvent) error {
	s := e.Step
	if s == nil || strings.TrimSpace(s.Text) == "" || strings.TrimSpace(s.Who) == "" || s.Due.IsZero() {
		return Errorf(Invalid, "step_required", "a next step needs what, who and when")
	}
	if utf8.RuneCountInString(s.Text) > 5*maxCaseWord || utf8.RuneCountInString(s.Who) > maxCaseWord {
		return Errorf(Invalid, "note_long", "a next step of %d characters", utf8.RuneCountInString(s.Text))
	}
	return nil
}

func (c *Case) mayEnd(e CaseEvent) error {
	switch e.Outcome {
	case CaseSolved:
		if c.Contract == "" {
			return Errorf(Conflict, "case_stage", "case %s: solved without a contract", c.ID)
		}
		return nil
	case CaseStalled, CaseExpired:
		return reasoned(e, CaseEndReasons())
	default:
		return Errorf(Invalid, "case_outcome", "case %s cannot end %q", c.ID, e.Outcome)
	}
}

// reasoned wants one of these reasons, and a note with "other".
func reasoned(e CaseEvent, reasons []string) error {
	if !slices.Contains(reasons, e.Reason) {
		return Errorf(Invalid, "reason_required", "%s without a reason (%.40q)", e.Kind, e.Reason)
	}
	if e.Reason == "other" && strings.TrimSpace(e.Note) == "" {
		return Errorf(Invalid, "note_required", "%s for another reason without a note", e.Kind)
	}
	return nil
}

// past wants the day of something that has happened.
func past(e CaseEvent) error {
	if e.On.IsZero() || e.On.After(e.At.Add(24*time.Hour)) {
		return Errorf(Invalid, "case_day", "%s on %s", e.Kind, e.On.Format(time.DateOnly))
	}
	return nil
}

// NeedStatus is where the need of the case stands by it, "" if the case says
// nothing of it.
func (c *Case) NeedStatus() Status {
	switch {
	case !c.Of.Solves():
		return ""
	case c.Stage == CaseClosed && c.Outcome == CaseSolved:
		return StatusSolved
	case c.Stage == CaseIntroduction, c.Stage == CaseMeeting:
		return StatusMatching
	case c.Stage == CaseContract, c.Stage == CaseProduction, c.Stage == CaseFollowUp:
		return StatusSigned
	default:
		return ""
	}
}
