package postgres_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"tanxu/need"
	"tanxu/postgres"
)

// pairing is a published need of Ganzhou with an achievement of its library
// that was ranked for it.
func pairing(t *testing.T, s *postgres.Store) (need.ID, need.Match) {
	t.Helper()
	id := stated(t, s, ganzhou, "高导铜合金带材", "导电率只有76%IACS")
	_, err := s.ChangeNeed(t.Context(), s.Root(), id, 0, func(n *need.Need) ([]need.Event, error) {
		return []need.Event{{Kind: need.StatusChanged, Need: id, At: time.Now(), By: "broker:1", To: string(need.StatusPublished)}}, nil
	})
	must(t, err)
	code := uuid.NewString()
	must(t, s.PutAchievements(t.Context(), s.Root(), []need.IndexedAchievement{{Achievement: need.Achievement{Centre: ganzhou, Code: code, Title: "铜铬锆短流程"}}}))
	list, _, err := s.ListAchievements(t.Context(), s.Root(), postgres.LibraryFilter{Query: code}, postgres.Page{})
	must(t, err)
	run, err := s.PutMatches(t.Context(), s.Root(), id, need.MatchRun{Model: need.Lexical, Version: 2, Matches: []need.Match{
		{Rank: 3, Score: 0.6, Achievement: list[0]},
	}})
	must(t, err)
	return id, run.Matches[0]
}

func brokerOf(path need.CentrePath) need.Scope { return need.Scope{Path: path, Actor: "broker:1"} }

func TestADecisionBecomesACase(t *testing.T) {
	t.Parallel()
	s := open(t)
	id, match := pairing(t, s)
	must(t, s.Clicked(t.Context(), brokerOf(ganzhou), match.ID))
	_, err := s.DecideMatch(t.Context(), brokerOf(ganzhou), match.ID, need.Decision{Recommended: true, Note: "指标接近"})
	must(t, err)
	list, _, err := s.Cases(t.Context(), brokerOf(province), postgres.CaseFilter{Need: id}, postgres.Page{})
	must(t, err)
	if len(list) != 1 || list[0].Stage != need.CaseIntroduction || list[0].Supply != "铜铬锆短流程" {
		t.Fatalf("cases %+v", list)
	}
	n, err := s.Need(t.Context(), brokerOf(ganzhou), id)
	must(t, err)
	if n.Status != need.StatusMatching {
		t.Errorf("the need is %s", n.Status)
	}
	kinds, ranks := judged(t, s)
	if !slices.Equal(kinds, []string{"clicked", "recommended"}) || !slices.Equal(ranks, []int{3, 3}) {
		t.Errorf("judgements %v of ranks %v", kinds, ranks)
	}
}

func judged(t *testing.T, s *postgres.Store) (kinds []string, ranks []int) {
	t.Helper()
	list, err := s.Judgements(t.Context(), s.Root(), 0, 100)
	must(t, err)
	for _, j := range list {
		kinds, ranks = append(kinds, j.Kind), append(ranks, j.Rank)
	}
	return kinds, ranks
}

func TestARejectedMatchNeedsNoCase(t *testing.T) {
	t.Parallel()
	s := open(t)
	id, match := pairing(t, s)
	_, err := s.DecideMatch(t.Context(), brokerOf(ganzhou), match.ID, need.Decision{Reason: "immature"})
	must(t, err)
	list, _, err := s.Cases(t.Context(), brokerOf(ganzhou), postgres.CaseFilter{Need: id}, postgres.Page{})
	must(t, err)
	if kinds, _ := judged(t, s); len(list) != 0 || !slices.Equal(kinds, []string{"declined"}) {
		t.Errorf("%d cases, judgements %v", len(list), kinds)
	}
}

func TestACaseToItsEnd(t *testing.T) {
	t.Parallel()
	s := open(t)
	id, match := pairing(t, s)
	scope, day := brokerOf(ganzhou), time.Now().AddDate(0, 0, -1)
	k, _, err := s.OpenCase(t.Context(), scope, need.CaseSubject{Match: match.ID})
	must(t, err)
	if _, _, err := s.OpenCase(t.Context(), scope, need.CaseSubject{Need: id, Library: need.Achievements, Entry: need.EntryID(match.Achievement.ID)}); need.CodeOf(err) != "case_exists" {
		t.Errorf("opened twice: %v", err)
	}
	for i, e := range []need.CaseEvent{
		{Kind: need.CaseRecommended}, {Kind: need.CaseConsented, Side: need.NeedSide, Consent: need.ConsentAgreed},
		{Kind: need.CaseConsented, Side: need.SupplySide, Consent: need.ConsentAgreed}, {Kind: need.CaseMet, On: day, Note: "看了产线"},
		{Kind: need.CaseNextStep, Step: &need.CaseStep{Text: "寄样", Who: "刘工", Due: day}},
		{Kind: need.CaseSigned, Contract: "赣技合2026-118", On: day, Amount: 80}, {Kind: need.CaseProduced, On: day},
		{Kind: need.CaseFollowedUp, Days: 30, Goes: "solved"},
	} {
		if _, _, err := s.ActOnCase(t.Context(), scope, k.ID, 99, e); need.CodeOf(err) != "version_stale" {
			t.Errorf("%s on a stale case: %v", e.Kind, err)
		}
		k, _, err = s.ActOnCase(t.Context(), scope, k.ID, i+1, e)
		must(t, err)
	}
	_, events, err := s.Case(t.Context(), scope, k.ID)
	must(t, err)
	if k.Stage != need.CaseClosed || k.Outcome != need.CaseSolved || k.Contract != "赣技合2026-118" || len(events) != 9 || k.Overdue {
		t.Errorf("case %+v, %d events", k, len(events))
	}
	if n, err := s.Need(t.Context(), scope, id); err != nil || n.Status != need.StatusSolved {
		t.Errorf("the need is %s, %v", n.Status, err)
	}
	if kinds, _ := judged(t, s); !slices.Equal(kinds, []string{"recommended", "agreed", "agreed", "signed", "solved"}) {
		t.Errorf("judgements %v", kinds)
	}
}

func TestCasesStayInTheirCentre(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, match := pairing(t, s)
	k, _, err := s.OpenCase(t.Context(), brokerOf(ganzhou), need.CaseSubject{Match: match.ID})
	must(t, err)
	_, _, err = s.Case(t.Context(), brokerOf(nanchang), k.ID)
	wantKind(t, err, need.NotFound, "case_unknown")
	_, _, err = s.ActOnCase(t.Context(), brokerOf(nanchang), k.ID, 0, need.CaseEvent{Kind: need.CaseRecommended})
	wantKind(t, err, need.NotFound, "case_unknown")
	_, _, err = s.OpenCase(t.Context(), brokerOf(nanchang), need.CaseSubject{Match: match.ID})
	wantKind(t, err, need.NotFound, "match_unknown")
	wantKind(t, s.Clicked(t.Context(), brokerOf(nanchang), match.ID), need.NotFound, "match_unknown")
}

func TestOverdueCasesAreFlaggedOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, match := pairing(t, s)
	k, _, err := s.OpenCase(t.Context(), brokerOf(ganzhou), need.CaseSubject{Match: match.ID})
	must(t, err)
	step := &need.CaseStep{Text: "给企业回电话", Who: "李明", Due: time.Now().AddDate(0, 0, -2)}
	_, _, err = s.ActOnCase(t.Context(), brokerOf(ganzhou), k.ID, 0, need.CaseEvent{Kind: need.CaseNextStep, Step: step})
	must(t, err)
	for _, want := range []int{1, 0} {
		if n, err := s.FlagOverdue(t.Context(), 100); n != want || err != nil {
			t.Errorf("%d cases are overdue, %v; want %d", n, err, want)
		}
	}
	_, late, err := s.CaseCounts(t.Context(), brokerOf(ganzhou))
	must(t, err)
	list, _, err := s.Cases(t.Context(), brokerOf(ganzhou), postgres.CaseFilter{Overdue: true}, postgres.Page{})
	must(t, err)
	if late != 1 || len(list) != 1 || !list[0].Overdue {
		t.Errorf("%d counted, %+v", late, list)
	}
	step.Due = time.Now().AddDate(0, 0, 2)
	k, _, err = s.ActOnCase(t.Context(), brokerOf(ganzhou), k.ID, 0, need.CaseEvent{Kind: need.CaseNextStep, Step: step})
	if err != nil || k.Overdue {
		t.Errorf("still overdue: %+v, %v", k, err)
	}
}

func TestNobodyRewritesWhatHappenedToACase(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, match := pairing(t, s)
	_, _, err := s.OpenCase(t.Context(), brokerOf(ganzhou), need.CaseSubject{Match: match.ID})
	must(t, err)
	for _, sql := range []string{`UPDATE case_events SET kind = 'x'`, `DELETE FROM case_events`} {
		err := s.InScope(t.Context(), s.Root(), func(tx pgx.Tx) error {
			_, err := tx.Exec(t.Context(), sql)
			return err
		})
		if err == nil {
			t.Errorf("%s: the log of a case is append-only", sql)
		}
	}
}
