package need

import "slices"

// FoldCase returns the case that its events, oldest first, add up to.
func FoldCase(id CaseID, events []CaseEvent) *Case {
	c := &Case{ID: id, Consents: map[CaseSide]Consent{}}
	for _, e := range events {
		c.Apply(e)
	}
	return c
}

// Apply folds one more event in. It trusts that Next has let it through.
func (c *Case) Apply(e CaseEvent) {
	c.Version++
	c.Updated = e.At
	if e.Kind == CaseWentOverdue {
		c.Overdue = true
		return
	}
	c.Overdue = false
	switch e.Kind {
	case CaseOpened:
		c.Of, c.Opened = *e.Of, e.At
		c.enter(CaseShortlist, e)
	case CaseRecommended:
		c.enter(CaseIntroduction, e)
	case CaseDeclinedBy:
		c.end(CaseDeclined, e)
	case CaseConsented:
		c.consent(e)
	case CaseSigned:
		c.Contract, c.Amount, c.Signed = e.Contract, e.Amount, e.On
		c.enter(CaseContract, e)
	case CaseProduced:
		c.Produced = e.On
		c.enter(CaseProduction, e)
	case CaseFollowedUp:
		c.followUp(e)
	case CaseNextStep:
		c.Step = e.Step
	case CaseEnded:
		c.end(e.Outcome, e)
	case CaseTakenUpAgain:
		c.reopen(e)
	}
}

// enter moves the case on. The step that was agreed on belongs to the stage
// before.
func (c *Case) enter(s CaseStage, e CaseEvent) {
	if n := len(c.Stays); n > 0 {
		if c.Stage == s {
			return
		}
		c.Stays[n-1].To = e.At
	}
	c.Stage, c.Step = s, nil
	c.Stays = append(c.Stays, CaseStay{Stage: s, From: e.At})
}

func (c *Case) end(o CaseOutcome, e CaseEvent) {
	c.Outcome, c.Reason = o, e.Reason
	c.enter(CaseClosed, e)
}

func (c *Case) consent(e CaseEvent) {
	c.Consents[e.Side] = e.Consent
	switch {
	case e.Consent == ConsentRefused:
		c.end(CaseRefused, e)
	case c.Consents[NeedSide] == ConsentAgreed && c.Consents[SupplySide] == ConsentAgreed:
		c.enter(CaseMeeting, e)
	}
}

func (c *Case) followUp(e CaseEvent) {
	c.Asked = append(c.Asked, e.Days)
	c.enter(CaseFollowUp, e)
	c.Step = nil
	switch {
	case e.Goes == "solved" || c.NextFollowUp() == 0 && e.Goes == "running":
		c.end(CaseSolved, e)
	case c.NextFollowUp() == 0:
		c.end(CaseStalled, e)
	}
}

// reopen goes back to the stage before the end. Who had refused is asked again.
func (c *Case) reopen(e CaseEvent) {
	before := c.Stays[max(len(c.Stays)-2, 0)].Stage
	c.Outcome, c.Reason = "", ""
	for side, answer := range c.Consents {
		if answer == ConsentRefused {
			delete(c.Consents, side)
		}
	}
	if before == CaseFollowUp && len(c.Asked) > 0 {
		c.Asked = slices.Clone(c.Asked[:len(c.Asked)-1])
	}
	c.enter(before, e)
}
