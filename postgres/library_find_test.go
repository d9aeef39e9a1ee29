package postgres_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"tanxu/internal/pgtest"
	"tanxu/need"
	"tanxu/postgres"
)

// idle looks after no library.
type idle struct{}

func (idle) EnqueueLibrary(context.Context, pgx.Tx, postgres.LibraryJob) error { return nil }

// shelved opens a store with one record in each library of Ganzhou, and one of
// the province that is not shared.
func shelved(t *testing.T) *postgres.Store {
	t.Helper()
	url := pgtest.DB(t)
	openAs(t, url) // with its centres
	s, err := postgres.Open(t.Context(), url, postgres.Options{Root: province, AllowSuperuser: true, MaxConns: 4, Libraries: idle{}})
	must(t, err)
	t.Cleanup(s.Close)
	for _, e := range []need.Entry{
		{Library: need.Achievements, Code: "CG-2026-015", Values: need.Values{"title": "低温型锂离子电解液", "summary": "面向 LiFePO4 体系，-40 ℃ 容量保持率 82 %", "keywords": []string{"磷酸铁锂"}}},
		{Library: need.Experts, Code: "Z-1", Values: need.Values{"name": "陈明", "summary": "长期从事稀土永磁体晶界扩散研究"}},
		{Library: need.Providers, Code: "F-1", Values: need.Values{"name": "赣州检测认证中心", "summary": "提供 ISO/IEC 17025 检测"}},
		{Library: need.FinanceProducts, Code: "J-1", Values: need.Values{"name": "科创贷", "org": "赣江银行", "summary": "知识产权质押，最高 500 万元"}},
		{Library: need.Organisations, Code: "Q-1", Values: need.Values{"name": "赣南钨业有限公司", "summary": "硬质合金刀具"}},
	} {
		e.Shared = true
		_, err := s.AddEntry(t.Context(), need.Scope{Path: ganzhou, Actor: "broker:1"}, e)
		must(t, err)
	}
	_, err = s.AddEntry(t.Context(), need.Scope{Path: province, Actor: "broker:2"},
		need.Entry{Library: need.Achievements, Code: "CG-0", Values: need.Values{"title": "省里不公开的电解液"}})
	must(t, err)
	return s
}

func codes(t *testing.T, s *postgres.Store, scope need.CentrePath, l need.Library, query string) []string {
	t.Helper()
	list, _, err := s.Entries(t.Context(), need.Scope{Path: scope, Actor: "broker:1"}, l, postgres.EntryFilter{Query: query}, postgres.Page{})
	must(t, err)
	found := []string{}
	for _, e := range list {
		found = append(found, e.Code)
	}
	slices.Sort(found)
	return found
}

func TestRecordsAreFoundByTheirWords(t *testing.T) {
	t.Parallel()
	s := shelved(t)
	searches := map[string]struct {
		library need.Library
		query   string
		scope   need.CentrePath
		want    []string
	}{
		"words of a title":           {need.Achievements, "锂离子", ganzhou, []string{"CG-2026-015"}},
		"across words":               {need.Achievements, "温型锂", ganzhou, []string{"CG-2026-015"}},
		"both words stand in it":     {need.Achievements, "磷酸铁锂 容量", ganzhou, []string{"CG-2026-015"}},
		"one word stands in none":    {need.Achievements, "磷酸铁锂 导电率", ganzhou, []string{}},
		"the pairs stand elsewhere":  {need.Achievements, "锂离子电池", ganzhou, []string{}},
		"one character":              {need.Achievements, "磷", ganzhou, []string{"CG-2026-015"}},
		"a character of none":        {need.Achievements, "镧", ganzhou, []string{}},
		"part of a formula":          {need.Achievements, "fepo4", ganzhou, []string{"CG-2026-015"}},
		"full width":                 {need.Achievements, "ＬｉＦｅ", ganzhou, []string{"CG-2026-015"}},
		"part of a code":             {need.Achievements, "2026-01", ganzhou, []string{"CG-2026-015"}},
		"marks":                      {need.Providers, "ISO/IEC", ganzhou, []string{"F-1"}},
		"a province sees its cities": {need.Achievements, "电解液", province, []string{"CG-0", "CG-2026-015"}},
		"a city not what is kept":    {need.Achievements, "电解液", ganzhou, []string{"CG-2026-015"}},
		"another city neither":       {need.Achievements, "电解液", nanchang, []string{}},
		"experts":                    {need.Experts, "晶界扩散", province, []string{"Z-1"}},
		"finance":                    {need.FinanceProducts, "质押", province, []string{"J-1"}},
		"organisations":              {need.Organisations, "钨业", province, []string{"Q-1"}},
		"the longest query":          {need.Organisations, strings.Repeat("硬质合金刀具", 1700), province, []string{}},
		"nothing but a blank":        {need.Organisations, " \t", province, []string{"Q-1"}},
	}
	for _, listed := range []bool{false, true} { // before the job and after it
		for name, tt := range searches {
			if got := codes(t, s, tt.scope, tt.library, tt.query); !slices.Equal(got, tt.want) {
				t.Errorf("%s, words listed %t: %q finds %v, want %v", name, listed, tt.query, got, tt.want)
			}
		}
		for _, l := range need.Libraries() {
			must(t, s.ListWords(t.Context(), l))
		}
	}
}

func TestAChangedRecordIsFoundAtOnce(t *testing.T) {
	t.Parallel()
	s := shelved(t)
	must(t, s.ListWords(t.Context(), need.Organisations))
	scope := need.Scope{Path: ganzhou, Actor: "broker:1"}
	list, _, err := s.Entries(t.Context(), scope, need.Organisations, postgres.EntryFilter{Query: "钨业"}, postgres.Page{})
	must(t, err)
	e, err := s.ChangeEntry(t.Context(), scope, need.Organisations, list[0].ID, list[0].Version, "", func(e *need.Entry) error {
		e.Values["summary"] = "稀土永磁"
		return nil
	})
	must(t, err)
	for range 2 { // before the job and after it
		for query, want := range map[string][]string{"永磁": {"Q-1"}, "刀具": {}, "钨业": {"Q-1"}} {
			if got := codes(t, s, ganzhou, need.Organisations, query); !slices.Equal(got, want) {
				t.Errorf("%q finds %v, want %v", query, got, want)
			}
		}
		must(t, s.ListWords(t.Context(), need.Organisations))
	}
	// What is confirmed says what it said.
	_, err = s.ConfirmEntry(t.Context(), scope, need.Organisations, e.ID)
	must(t, err)
	if got := codes(t, s, ganzhou, need.Organisations, "永磁"); len(got) != 1 {
		t.Errorf("a confirmed record: %v", got)
	}
}
