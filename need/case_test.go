package need_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tanxu/need"
)

var caseStart = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

func subject() *need.CaseSubject {
	return &need.CaseSubject{Need: "n1", Version: 12, Library: need.Achievements, Entry: "a1", Match: "m1", Rank: 2, Score: 0.7, Model: need.Lexical}
}

// play applies events a day apart, and stops at the first that may not happen.
func play(t *testing.T, list ...need.CaseEvent) (*need.Case, error) {
	t.Helper()
	c := need.FoldCase("c1", nil)
	for i, e := range list {
		e.At, e.By = caseStart.AddDate(0, 0, i), "broker:1"
		if err := c.Next(e); err != nil {
			return c, err
		}
		c.Apply(e)
	}
	return c, nil
}

func opened() need.CaseEvent { return need.CaseEvent{Kind: need.CaseOpened, Of: subject()} }

func agreed(s need.CaseSide) need.CaseEvent {
	return need.CaseEvent{Kind: need.CaseConsented, Side: s, Consent: need.ConsentAgreed}
}

// met is a case in which both sides talk.
func met() []need.CaseEvent {
	return []need.CaseEvent{opened(), {Kind: need.CaseRecommended}, agreed(need.NeedSide), agreed(need.SupplySide)}
}

func produced() []need.CaseEvent {
	return append(met(), need.CaseEvent{Kind: need.CaseSigned, Contract: "赣技合2026-118", On: caseStart, Amount: 80},
		need.CaseEvent{Kind: need.CaseProduced, On: caseStart.AddDate(0, 0, 2)})
}

func TestACaseGoesItsWay(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		events  []need.CaseEvent
		stage   need.CaseStage
		outcome need.CaseOutcome
	}{
		"opened":           {[]need.CaseEvent{opened()}, need.CaseShortlist, ""},
		"recommended":      {[]need.CaseEvent{opened(), {Kind: need.CaseRecommended}}, need.CaseIntroduction, ""},
		"declined":         {[]need.CaseEvent{opened(), {Kind: need.CaseDeclinedBy, Reason: "immature"}}, need.CaseClosed, need.CaseDeclined},
		"one side agrees":  {append(met()[:2], agreed(need.SupplySide)), need.CaseIntroduction, ""},
		"both agree":       {met(), need.CaseMeeting, ""},
		"one side refuses": {append(met()[:3], need.CaseEvent{Kind: need.CaseConsented, Side: need.SupplySide, Consent: need.ConsentRefused, Reason: "terms"}), need.CaseClosed, need.CaseRefused},
		"produced":         {produced(), need.CaseProduction, ""},
		"asked after 30 days": {append(produced(), need.CaseEvent{Kind: need.CaseFollowedUp, Days: 30, Goes: "running"}),
			need.CaseFollowUp, ""},
		"asked three times": {append(produced(), need.CaseEvent{Kind: need.CaseFollowedUp, Days: 30, Goes: "running"},
			need.CaseEvent{Kind: need.CaseFollowedUp, Days: 90, Goes: "running"}, need.CaseEvent{Kind: need.CaseFollowedUp, Days: 180, Goes: "running"}),
			need.CaseClosed, need.CaseSolved},
		"stalled, then taken up": {append(met(), need.CaseEvent{Kind: need.CaseEnded, Outcome: need.CaseStalled, Reason: "price"}, need.CaseEvent{Kind: need.CaseTakenUpAgain}),
			need.CaseMeeting, ""},
		"declined, then taken up": {[]need.CaseEvent{opened(), {Kind: need.CaseDeclinedBy, Reason: "region"}, {Kind: need.CaseTakenUpAgain}}, need.CaseShortlist, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := play(t, tt.events...)
			if err != nil || c.Stage != tt.stage || c.Outcome != tt.outcome {
				t.Errorf("%s %q, %v; want %s %q", c.Stage, c.Outcome, err, tt.stage, tt.outcome)
			}
		})
	}
}

func TestWhatACaseRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		events []need.CaseEvent
		code   string
	}{
		"a meeting before both agree":     {append(met()[:3], need.CaseEvent{Kind: need.CaseMet, On: caseStart}), "case_stage"},
		"declined without a reason":       {[]need.CaseEvent{opened(), {Kind: need.CaseDeclinedBy}}, "reason_required"},
		"another reason without a word":   {[]need.CaseEvent{opened(), {Kind: need.CaseDeclinedBy, Reason: "other"}}, "note_required"},
		"an answer twice":                 {append(met()[:3], agreed(need.NeedSide)), "case_consented"},
		"a contract without a number":     {append(met(), need.CaseEvent{Kind: need.CaseSigned, Contract: " ", On: caseStart}), "contract_required"},
		"a meeting of the day after next": {append(met(), need.CaseEvent{Kind: need.CaseMet, On: caseStart.AddDate(0, 0, 9)}), "case_day"},
		"production before the contract": {append(produced()[:5], need.CaseEvent{Kind: need.CaseProduced, On: caseStart.AddDate(0, 0, -1)}),
			"case_day"},
		"90 days before 30":          {append(produced(), need.CaseEvent{Kind: need.CaseFollowedUp, Days: 90, Goes: "running"}), "case_follow_up"},
		"a step that nobody takes":   {append(met(), need.CaseEvent{Kind: need.CaseNextStep, Step: &need.CaseStep{Text: "送样", Due: caseStart}}), "step_required"},
		"solved without a contract":  {append(met(), need.CaseEvent{Kind: need.CaseEnded, Outcome: need.CaseSolved}), "case_stage"},
		"a case without achievement": {[]need.CaseEvent{{Kind: need.CaseOpened, Of: &need.CaseSubject{Need: "n1"}}}, "case_subject"},
		"opened twice":               {[]need.CaseEvent{opened(), opened()}, "case_stage"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := play(t, tt.events...); err == nil || need.CodeOf(err) != tt.code {
				t.Errorf("error %v, want %s", err, tt.code)
			}
		})
	}
}

func TestWhenACaseIsDue(t *testing.T) {
	t.Parallel()
	step := need.CaseEvent{Kind: need.CaseNextStep, Step: &need.CaseStep{Text: "寄送样片", Who: "刘工", Due: caseStart.AddDate(0, 0, 20)}}
	tests := map[string]struct {
		events []need.CaseEvent
		day    int // after the start
	}{
		"ten days to decide":         {[]need.CaseEvent{opened()}, 10},
		"five to ask both":           {met()[:2], 1 + 5},
		"a step counts instead":      {append(met(), step), 21},
		"30 days after production":   {produced(), 2 + 31},
		"90 days when 30 were asked": {append(produced(), need.CaseEvent{Kind: need.CaseFollowedUp, Days: 30, Goes: "running"}), 2 + 91},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := play(t, tt.events...)
			if want := caseStart.AddDate(0, 0, tt.day); err != nil || !c.Due().Equal(want) {
				t.Errorf("due %s, %v; want %s", c.Due(), err, want)
			}
		})
	}
}

// drawn is any event, one that makes sense or not.
func drawn(t *rapid.T, at time.Time) need.CaseEvent {
	kinds := []need.CaseEventKind{
		need.CaseOpened, need.CaseRecommended, need.CaseDeclinedBy, need.CaseConsented, need.CaseMet, need.CaseSigned, need.CaseProduced,
		need.CaseFollowedUp, need.CaseNextStep, need.CaseNoted, need.CaseWentOverdue, need.CaseEnded, need.CaseTakenUpAgain,
	}
	return need.CaseEvent{
		Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), At: at, By: "broker:1", Of: subject(),
		Reason:   rapid.SampledFrom([]string{"", "immature", "price", "other"}).Draw(t, "reason"),
		Note:     rapid.SampledFrom([]string{"", "先放一放"}).Draw(t, "note"),
		Side:     rapid.SampledFrom([]need.CaseSide{need.NeedSide, need.SupplySide}).Draw(t, "side"),
		Consent:  rapid.SampledFrom([]need.Consent{"", need.ConsentAgreed, need.ConsentAgreed, need.ConsentRefused}).Draw(t, "consent"),
		On:       at.AddDate(0, 0, rapid.IntRange(-3, 3).Draw(t, "day")),
		Contract: rapid.SampledFrom([]string{"", "赣技合1号"}).Draw(t, "contract"),
		Days:     rapid.SampledFrom([]int{0, 30, 90, 180}).Draw(t, "days"),
		Goes:     rapid.SampledFrom([]string{"", "running", "stalled", "solved"}).Draw(t, "goes"),
		Step:     &need.CaseStep{Text: "送样", Who: "刘工", Due: at},
		Outcome:  rapid.SampledFrom([]need.CaseOutcome{need.CaseStalled, need.CaseExpired, need.CaseSolved, need.CaseDeclined}).Draw(t, "outcome"),
	}
}

// TestCasesKeepTheirRules plays any events in any order.
func TestCasesKeepTheirRules(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, at := need.FoldCase("c1", nil), caseStart
		var kept []need.CaseEvent
		for range rapid.IntRange(1, 60).Draw(t, "events") {
			at = at.Add(time.Hour)
			e := drawn(t, at)
			if c.Next(e) != nil {
				continue
			}
			c.Apply(e)
			kept = append(kept, e)
			if broken := brokenRule(c); broken != "" {
				t.Fatalf("after %s: %s: %+v", e.Kind, broken, c)
			}
		}
		again := need.FoldCase("c1", kept)
		if again.Stage != c.Stage || again.Version != len(kept) || !again.Due().Equal(c.Due()) || !slices.Equal(again.Stays, c.Stays) {
			t.Fatalf("the fold of its events is another case: %+v, %+v", again, c)
		}
	})
}

func brokenRule(c *need.Case) string {
	last := c.Stays[len(c.Stays)-1]
	met := c.Consents[need.NeedSide] == need.ConsentAgreed && c.Consents[need.SupplySide] == need.ConsentAgreed
	signed := slices.Contains([]need.CaseStage{need.CaseContract, need.CaseProduction, need.CaseFollowUp}, c.Stage)
	switch {
	case c.Stage != last.Stage || !last.To.IsZero():
		return "the last stay is not the stage"
	case (c.Stage == need.CaseMeeting || signed) && !met:
		return "they meet, and one side has not agreed"
	case signed && c.Contract == "":
		return "past the contract without a number"
	case (c.Stage == need.CaseClosed) != (c.Outcome != ""):
		return "an outcome without an end, or an end without"
	case c.Stage == need.CaseClosed && !c.Due().IsZero():
		return "a closed case is due"
	case !slices.IsSorted(c.Asked):
		return "follow-ups are out of order"
	case c.Stage == need.CaseFollowUp && c.NextFollowUp() == 0:
		return "nothing is left to ask, and it is not closed"
	}
	for i, stay := range c.Stays[1:] {
		if !stay.From.Equal(c.Stays[i].To) || stay.Stage == c.Stays[i].Stage {
			return "stays have gaps"
		}
	}
	return ""
}
