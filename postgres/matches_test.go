package postgres_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"tanxu/need"
	"tanxu/postgres"
)

// needIn makes a need of a centre.
func needIn(t *testing.T, s *postgres.Store, centre need.CentrePath) need.ID {
	t.Helper()
	id := need.ID(uuid.NewString())
	must(t, s.AddNeed(t.Context(), s.Root(), centre, id, []need.Event{
		{Kind: need.NeedStarted, At: time.Now(), By: need.System, Need: id, Note: "铜带导电率提升"},
	}))
	return id
}

func TestMatches(t *testing.T) {
	t.Parallel()

	s := open(t)
	m, err := s.UseModel(t.Context(), s.Root(), "test/4", 4)
	must(t, err)
	list := shelve(t, s, province, m, 3)
	id := needIn(t, s, ganzhou)
	gz := need.Scope{Path: ganzhou, Actor: "broker:7"}

	if run, err := s.Matches(t.Context(), gz, id); err != nil || run.Model != "" || len(run.Matches) != 0 {
		t.Errorf("before the first run: %+v, %v", run, err)
	}
	reason := need.Reason{
		Kind: need.ReasonIndicatorMet, Field: "indicator:i1", Name: "导电率", Wanted: "≥80 %IACS", Offered: "≥82 %IACS", Words: []string{"铜带"},
		Need:        need.Evidence{Ref: "message:m1", Start: 1, End: 3, Quote: "铜带"},
		Achievement: need.Evidence{Ref: "title", Start: 0, End: 2, Quote: "成果"},
	}
	match := func(rank int, a need.Achievement) need.Match {
		return need.Match{Rank: rank, Score: 1 / float64(rank), Achievement: a, Reasons: []need.Reason{reason}, Gaps: []need.Reason{{Kind: need.GapIndicatorAbsent}}}
	}
	put := func(model string, matches ...need.Match) need.MatchRun {
		t.Helper()
		run, err := s.PutMatches(t.Context(), gz, id, need.MatchRun{Model: model, Version: 1, Matches: matches})
		must(t, err)
		return run
	}
	run := put("test/4", match(1, list[0]), match(2, list[1]))
	if run.Model != "test/4" || run.Version != 1 || len(run.Matches) != 2 || run.Matches[0].Achievement.Title != list[0].Title {
		t.Fatalf("stored %+v", run)
	}
	if got := run.Matches[0]; !reflect.DeepEqual(got.Reasons, []need.Reason{reason}) || len(got.Gaps) != 1 || got.Decision != nil {
		t.Errorf("stored %+v", got)
	}

	decided, err := s.DecideMatch(t.Context(), gz, run.Matches[1].ID, need.Decision{Reason: "immature", Note: "还在小试"})
	must(t, err)
	if d := decided.Decision; d == nil || d.Recommended || d.Reason != "immature" || d.By != "broker:7" || d.Note != "还在小试" || d.At.IsZero() {
		t.Errorf("decision %+v", d)
	}
	_, err = s.DecideMatch(t.Context(), gz, run.Matches[0].ID, need.Decision{Reason: "because"})
	wantKind(t, err, need.Invalid, "decision_reason")

	// A second run replaces the first; what was decided is remembered.
	if run = put(need.Lexical, match(1, list[2])); len(run.Matches) != 1 || run.Model != need.Lexical {
		t.Errorf("second run %+v", run)
	}
	run = put("test/4", match(1, list[1]), match(2, list[0]))
	if len(run.Matches) != 2 || run.Matches[0].Decision == nil || run.Matches[0].ID != decided.ID || run.Matches[1].Decision != nil {
		t.Errorf("third run %+v", run)
	}

	nc := need.Scope{Path: nanchang, Actor: "broker:8"}
	_, err = s.Matches(t.Context(), nc, id)
	wantKind(t, err, need.NotFound, "need_unknown")
	_, err = s.PutMatches(t.Context(), nc, id, need.MatchRun{})
	wantKind(t, err, need.NotFound, "need_unknown")
	_, err = s.DecideMatch(t.Context(), nc, decided.ID, need.Decision{Recommended: true})
	wantKind(t, err, need.NotFound, "match_unknown")
	_, err = s.Matches(t.Context(), gz, "none")
	wantKind(t, err, need.NotFound, "need_unknown")
}

func TestLibraryLists(t *testing.T) {
	t.Parallel()

	s := open(t)
	gz := need.Scope{Path: ganzhou, Actor: need.System}
	var list []need.IndexedAchievement
	for _, code := range []string{"A1", "A2", "A3", "A4", "A5"} {
		list = append(list, need.IndexedAchievement{Achievement: need.Achievement{Centre: province, Code: code, Title: "铜带" + code, Summary: "引线框架用", Indicators: "导电率≥82 IACS", Keywords: []string{"时效工艺"}, Chain: "有色金属", Stage: "中期", Shared: true}})
	}
	must(t, s.PutAchievements(t.Context(), s.Root(), list))
	seen := map[string]int{}
	for page := (postgres.Page{Limit: 2}); ; {
		got, next, err := s.ListAchievements(t.Context(), gz, postgres.LibraryFilter{Query: "铜带", Chain: "有色金属", Stage: "中期"}, page)
		must(t, err)
		for _, a := range got {
			seen[a.Code]++
		}
		if page.Cursor = next; next == "" {
			break
		}
	}
	if len(seen) != 5 || seen["A3"] != 1 {
		t.Errorf("pages of two gave %v", seen)
	}
	for _, words := range []string{"导电率≥82", "引线框架", "时效工艺", "a3"} {
		if got, _, err := s.ListAchievements(t.Context(), gz, postgres.LibraryFilter{Query: words}, postgres.Page{}); err != nil || len(got) == 0 {
			t.Errorf("%s found %d, %v", words, len(got), err)
		}
	}
	if got, _, err := s.ListAchievements(t.Context(), gz, postgres.LibraryFilter{Query: "%"}, postgres.Page{}); err != nil || len(got) != 0 {
		t.Errorf("a percent sign found %d, %v", len(got), err)
	}
	_, err := s.Achievement(t.Context(), gz, need.AchievementID(uuid.NewString()))
	wantKind(t, err, need.NotFound, "achievement_unknown")

	must(t, s.PutExperts(t.Context(), s.Root(), []need.Expert{
		{Centre: province, Code: "E1", Name: "李某", Org: "某大学", Keywords: []string{"铜"}, Shared: true, Detail: []byte(`{"modes":["合作研发"]}`)},
		{Centre: nanchang, Code: "E2", Name: "王某", Shared: true},
	}))
	experts, _, err := s.Experts(t.Context(), gz, postgres.LibraryFilter{}, postgres.Page{})
	must(t, err)
	if len(experts) != 1 || experts[0].Name != "李某" || string(experts[0].Detail) != `{"modes": ["合作研发"]}` {
		t.Errorf("experts %+v", experts)
	}
	must(t, s.PutFinanceProducts(t.Context(), s.Root(), []need.FinanceProduct{{Centre: province, Code: "F1", Name: "中试贷", Kind: "中试贷", Shared: true}}))
	must(t, s.PutFinanceProducts(t.Context(), s.Root(), []need.FinanceProduct{{Centre: province, Code: "F1", Name: "中试贷二号", Kind: "中试贷", Shared: true}}))
	products, _, err := s.FinanceProducts(t.Context(), gz, postgres.LibraryFilter{Query: "二号"}, postgres.Page{})
	must(t, err)
	if len(products) != 1 || products[0].Code != "F1" {
		t.Errorf("finance products %+v", products)
	}
}
