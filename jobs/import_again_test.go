package jobs_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"tanxu/document"
	"tanxu/jobs"
	"tanxu/need"
	"tanxu/postgres"
)

const goals = "单位,需求,说明\n" +
	"赣州铜业,铜合金带材导电率只有76%IACS,今年做到80%IACS\n" +
	"南昌光电,巨量转移良率不足99%,\n" +
	"九江化工,酸洗废水COD处理后仍有150mg/L,排放降到50mg/L\n"

// remap says anew what the columns of an import mean.
func remap(t *testing.T, s *service, id string, targets map[string]document.Target) {
	t.Helper()
	_, err := s.store.ChangeMapping(t.Context(), s.store.Root(), id, func(raw json.RawMessage) (json.RawMessage, map[string]string, error) {
		var m document.Mapping
		must(t, json.Unmarshal(raw, &m))
		for i, c := range m.Tables[0].Columns {
			if to, ok := targets[c.Header]; ok {
				m.Tables[0].Columns[i].Target = to
			}
		}
		changed, err := json.Marshal(m)
		return changed, map[string]string{}, err
	})
	must(t, err)
}

// goal is what a need of an organisation says of its goal, and by how many cells
// its source can be seen.
func goal(t *testing.T, s *service, i postgres.Import, org string) (text string, cells int) {
	t.Helper()
	list, _, err := s.store.Needs(t.Context(), s.store.Root(), postgres.NeedFilter{}, postgres.Page{})
	must(t, err)
	for _, n := range list {
		if n.Org != org {
			continue
		}
		events, err := s.store.NeedEvents(t.Context(), s.store.Root(), n.ID)
		must(t, err)
		if f := need.Fold(n.ID, events).Fields[need.KeyExpectedGoal]; f != nil && len(f.Items) > 0 {
			text = f.Items[0].Value.Text
		}
		_, blocks, err := s.store.Blocks(t.Context(), s.store.Root(), i.Document, n.ID)
		must(t, err)
		return text, len(blocks)
	}
	return "no such need", 0
}

// An import runs again by a corrected mapping: its needs take what they lack,
// and none is made twice, though their organisations were not known before.
func TestAnImportRunsAgain(t *testing.T) {
	t.Parallel()
	s := start(t, newEcho(), newOutlet(), jobs.Options{})
	i := s.run(t, s.upload(t, "需求.csv", goals).ID)
	reopen := func() {
		t.Helper()
		again, err := s.store.ReopenImport(t.Context(), s.store.Root(), i.ID)
		if err != nil || again.State != postgres.ImportReady || again.Done != 0 || again.Needs != 0 {
			t.Fatalf("reopened: %+v, %v", again, err)
		}
	}
	reopen()
	if _, cells := goal(t, s, i, ""); cells != 3 {
		t.Errorf("%d cells of a need are there while its import is open, want 3", cells)
	}
	remap(t, s, i.ID, map[string]document.Target{"单位": document.OrgName, "说明": document.Target(need.KeyExpectedGoal)})
	if done := s.run(t, i.ID); done.Needs != 0 || done.Changed != 3 || done.Done != 3 {
		t.Errorf("second run: %+v", done)
	}
	list, _, err := s.store.Needs(t.Context(), s.store.Root(), postgres.NeedFilter{}, postgres.Page{})
	if must(t, err); len(list) != 3 {
		t.Errorf("%d needs, want 3", len(list))
	}
	if text, cells := goal(t, s, i, "赣州铜业"); text != "今年做到80%IACS" || cells != 3 {
		t.Errorf("goal %q, source of %d cells", text, cells)
	}
	rows, _, err := s.store.ImportRows(t.Context(), s.store.Root(), i.ID, postgres.RowFilter{Problems: true})
	if must(t, err); len(rows) != 0 {
		t.Errorf("rows that brought something count as problems: %+v", rows)
	}
	reopen()
	s.run(t, i.ID)
	if got := outcomes(t, s, i.ID); got != "unchanged unchanged unchanged" {
		t.Errorf("third run: %s", got)
	}
}

// What a broker has said stays when the file is read again; what only the file
// said goes with its column.
func TestWhatPeopleSaidStaysWhenAnImportRunsAgain(t *testing.T) {
	t.Parallel()
	s := start(t, newEcho(), newOutlet(), jobs.Options{})
	i := s.upload(t, "需求.csv", strings.ReplaceAll(goals, "单位", "企业"))
	s.comes(t, i.ID, postgres.ImportReady)
	remap(t, s, i.ID, map[string]document.Target{"说明": document.Target(need.KeyExpectedGoal)})
	s.run(t, i.ID)
	rows, _, err := s.store.ImportRows(t.Context(), s.store.Root(), i.ID, postgres.RowFilter{})
	must(t, err)
	_, err = s.store.ChangeNeed(t.Context(), s.store.Root(), need.ID(*rows[0].Need), 0, func(n *need.Need) ([]need.Event, error) {
		return []need.Event{{
			Kind: need.ValueCorrected, At: time.Now(), By: "broker:1", Need: n.ID, Key: need.KeyExpectedGoal, Source: need.FromBroker,
			Item: &need.Item{Value: need.Value{Text: "明年做到82%IACS"}},
		}}, nil
	})
	must(t, err)
	_, err = s.store.ReopenImport(t.Context(), s.store.Root(), i.ID)
	must(t, err)
	remap(t, s, i.ID, map[string]document.Target{"说明": document.Ignore})
	s.run(t, i.ID)
	if got := outcomes(t, s, i.ID); got != "unchanged unchanged updated" {
		t.Errorf("rows = %s", got)
	}
	if text, _ := goal(t, s, i, "赣州铜业"); text != "明年做到82%IACS" {
		t.Errorf("what the broker said is now %q", text)
	}
	if text, _ := goal(t, s, i, "九江化工"); text != "" {
		t.Errorf("a column that is left out still says %q", text)
	}
}

// A file that repeats a need adds what the need lacks, and nothing else.
func TestARepetitionFillsWhatIsMissing(t *testing.T) {
	t.Parallel()
	s := start(t, newEcho(), newOutlet(), jobs.Options{})
	first := s.run(t, s.upload(t, "需求.csv", "企业,需求\n赣州铜业,铜合金带材导电率只有76%IACS，想做到80%IACS以上\n").ID)
	i := s.upload(t, "需求2.csv", "企业,需求,目标\n赣州铜业,铜合金带材导电率只有76%IACS，想做到80%IACS以上。,82%IACS\n")
	s.comes(t, i.ID, postgres.ImportReady)
	remap(t, s, i.ID, map[string]document.Target{"目标": document.Target(need.KeyExpectedGoal)})
	if done := s.run(t, i.ID); done.Repeats != 1 || done.Needs != 0 {
		t.Errorf("%+v", done)
	}
	text, cells := goal(t, s, first, "赣州铜业")
	if _, beside := goal(t, s, i, "赣州铜业"); text != "82%IACS" || cells != 2 || beside != 3 {
		t.Errorf("goal %q; %d and %d cells of its files, want 2 and 3", text, cells, beside)
	}
	_, err := s.store.ReopenImport(t.Context(), s.store.Root(), i.ID)
	must(t, err)
	s.run(t, i.ID)
	if got := outcomes(t, s, i.ID); got != "duplicate" {
		t.Errorf("again: %s", got)
	}
	if _, cells := goal(t, s, i, "赣州铜业"); cells != 3 {
		t.Errorf("%d cells of the second file are left, want 3", cells)
	}
}
