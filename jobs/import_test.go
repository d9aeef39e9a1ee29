package jobs_test

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tanxu/document"
	"tanxu/jobs"
	"tanxu/need"
	"tanxu/postgres"
)

// rowFiles reads CSV files of "企业,需求" by a fixed mapping: what package
// document makes of columns is tested there.
type rowFiles struct{ wait time.Duration }

func (rowFiles) Read(ctx context.Context, name string, content []byte) (*document.Document, error) {
	return document.Read(ctx, name, content, document.Options{})
}

func (rowFiles) Map(doc *document.Document, o document.Overrides) document.Mapping {
	t := document.TableMapping{Layout: document.LayoutRows, Header: []int{1}, First: 2}
	for _, c := range doc.Tables[0].Rows[0].Cells {
		target := map[string]document.Target{"企业": document.OrgName, "需求": "problem"}[c.Text]
		if o[c.Text] != "" {
			target = o[c.Text]
		}
		t.Columns = append(t.Columns, document.Column{Col: c.Col, Letter: document.ColumnName(c.Col), Header: c.Text, Target: target})
	}
	return document.Mapping{Tables: []document.TableMapping{t}, Text: document.TableMapping{Layout: document.LayoutNone}}
}

func (f rowFiles) Needs(ctx context.Context, doc *document.Document, m document.Mapping, id string) iter.Seq[document.Draft] {
	return func(yield func(document.Draft) bool) {
		for _, r := range doc.Tables[0].Rows[1:] {
			pause(ctx, f.wait+1)
			if !yield(draftOf(&doc.Tables[0], r, m, id)) {
				return
			}
		}
	}
}

func draftOf(t *document.Table, r document.Row, m document.Mapping, id string) document.Draft {
	d := document.Draft{Row: r.Number, Facts: map[document.Target]document.Kept{}}
	for _, c := range r.Cells {
		k := document.Kept{Place: t.CellPlace(r.Number, c.Col), Text: c.Text, Target: m.Tables[0].Columns[c.Col].Target, Header: m.Tables[0].Columns[c.Col].Header}
		d.Cells = append(d.Cells, k)
		switch k.Target {
		case document.OrgName:
			d.Facts[document.OrgName] = k
		case "problem":
			if c.Text == "合计" {
				d.Skipped = document.SkipTotal
				return d
			}
			if c.Text == "面议" {
				d.Skipped = document.SkipUntold
				return d
			}
			n := need.ID(uuid.Must(uuid.NewV7()).String())
			item := need.Item{Value: need.Value{Text: c.Text}, Evidence: []need.Evidence{{
				Ref: document.Ref(id, k.Place), End: len([]rune(c.Text)), Quote: c.Text,
			}}}
			d.Events = []need.Event{
				{Kind: need.NeedStarted, At: time.Now(), By: need.System, Need: n, Note: "需求：" + c.Text},
				{Kind: need.ValueSet, At: time.Now(), By: need.System, Need: n, Key: need.KeyProblem, Item: &item, Source: need.FromDocument},
			}
			d.Need = need.Fold(n, d.Events)
		case document.Target(need.KeyExpectedGoal):
			if d.Need == nil || c.Text == "" {
				continue
			}
			item := need.Item{Value: need.Value{Text: c.Text}, Evidence: []need.Evidence{{
				Ref: document.Ref(id, k.Place), End: len([]rune(c.Text)), Quote: c.Text,
			}}}
			d.Events = append(d.Events, need.Event{Kind: need.ValueSet, At: time.Now(), By: need.System, Need: d.Need.ID, Key: need.KeyExpectedGoal, Item: &item, Source: need.FromDocument})
			d.Need = need.Fold(d.Need.ID, d.Events)
		}
	}
	if d.Need == nil {
		d.Skipped = document.SkipNothing
	}
	return d
}

func (s *service) upload(t testing.TB, name, content string) postgres.Import {
	t.Helper()
	i, _, err := s.store.AddDocument(context.Background(), need.Scope{Path: province, Actor: "broker:1"}, "", name, []byte(content))
	must(t, err)
	return i
}

// comes waits until an import is in a state.
func (s *service) comes(t testing.TB, id string, state postgres.ImportState) postgres.Import {
	t.Helper()
	tick, limit := time.NewTicker(20*time.Millisecond), time.After(30*time.Second)
	defer tick.Stop()
	for {
		i, err := s.store.Import(context.Background(), s.store.Root(), id)
		must(t, err)
		if i.State == state {
			return i
		}
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("import is %s (%s), want %s", i.State, i.Problem, state)
		}
	}
}

func (s *service) run(t testing.TB, id string) postgres.Import {
	t.Helper()
	s.comes(t, id, postgres.ImportReady)
	_, err := s.store.RunImport(context.Background(), s.store.Root(), id)
	must(t, err)
	return s.comes(t, id, postgres.ImportDone)
}

func outcomes(t testing.TB, s *service, id string) string {
	t.Helper()
	rows, _, err := s.store.ImportRows(context.Background(), s.store.Root(), id, postgres.RowFilter{Limit: 100})
	must(t, err)
	var words []string
	for _, r := range rows {
		words = append(words, strings.TrimSuffix(r.Outcome+":"+r.Reason, ":"))
	}
	return strings.Join(words, " ")
}

const threeNeeds = "企业,需求\n" +
	"赣州铜业（集团）,铜合金带材导电率只有76%IACS，想做到80%IACS以上\n" +
	"赣州 铜业(集团),铜合金带材导电率只有76%IACS，想做到80%IACS以上。\n" +
	"南昌光电,MicroLED巨量转移良率不足99%，需要提高到99.99%\n" +
	",合计\n" +
	"九江化工,\n"

func TestAnImportMakesEachRowOnce(t *testing.T) {
	t.Parallel()
	s := start(t, newEcho(), newOutlet(), jobs.Options{})
	first := s.run(t, s.upload(t, "需求.csv", threeNeeds).ID)
	if first.Done != 5 || first.Total != 5 || first.Needs != 2 || first.Repeats != 1 || first.Skipped != 2 {
		t.Errorf("import = %+v", first)
	}
	if got := outcomes(t, s, first.ID); got != "need duplicate need skipped:total skipped:nothing" {
		t.Errorf("rows = %s", got)
	}
	again, same, err := s.store.AddDocument(t.Context(), need.Scope{Path: province, Actor: "broker:2"}, "", "别名.csv", []byte(threeNeeds))
	if err != nil || !same || again.ID != first.ID {
		t.Errorf("the same file again: import %s, told %t, %v; want %s", again.ID, same, err, first.ID)
	}
	_, err = s.store.RunImport(t.Context(), s.store.Root(), first.ID)
	must(t, err)
	changed := s.run(t, s.upload(t, "需求2.csv", threeNeeds+"吉安电子,覆铜板剥离强度达不到1.2N/mm\n").ID)
	if got := outcomes(t, s, changed.ID); got != "duplicate duplicate duplicate skipped:total skipped:nothing need" {
		t.Errorf("rows of the longer file = %s", got)
	}
	list, _, err := s.store.Needs(t.Context(), s.store.Root(), postgres.NeedFilter{}, postgres.Page{})
	must(t, err)
	if len(list) != 3 {
		t.Errorf("%d needs, want 3", len(list))
	}
	for _, n := range list {
		if n.Org == "" || n.Status != need.StatusDraft {
			t.Errorf("need %q of %q is %s", n.Title, n.Org, n.Status)
		}
		d, cells, err := s.store.Blocks(t.Context(), s.store.Root(), first.Document, n.ID)
		if err != nil || d.Name != "需求.csv" || n.Org != "吉安电子" && len(cells) != 2 {
			t.Errorf("blocks of %q: %d of %s, %v", n.Title, len(cells), d.Name, err)
		}
	}
}

func TestARowThatDoesNotSayWhatIsNeededFails(t *testing.T) {
	t.Parallel()
	s := start(t, newEcho(), newOutlet(), jobs.Options{})
	i := s.run(t, s.upload(t, "需求.csv", "企业,需求,天气\n丰城陶瓷,面议,\n南昌光电,巨量转移良率不足99%,晴\n").ID)
	if got := outcomes(t, s, i.ID); got != "failed:untold need" || i.Failed != 1 {
		t.Errorf("rows = %s, %d failed", got, i.Failed)
	}
	var m struct {
		Tables []struct {
			Columns []struct{ Cells int }
		}
	}
	must(t, json.Unmarshal(i.Mapping, &m))
	var cells []int
	for _, c := range m.Tables[0].Columns {
		cells = append(cells, c.Cells)
	}
	if fmt.Sprint(cells) != "[2 2 1]" {
		t.Errorf("cells with content: %v", cells)
	}
}

func TestAFileThatCannotBeReadIsSaid(t *testing.T) {
	t.Parallel()
	s := start(t, newEcho(), newOutlet(), jobs.Options{})
	if i := s.comes(t, s.upload(t, "坏.xlsx", "这不是表格").ID, postgres.ImportFailed); i.Problem != document.CodeContent {
		t.Errorf("problem = %s", i.Problem)
	}
}

func TestCorrectionsAreKeptForFilesOfTheSameForm(t *testing.T) {
	t.Parallel()
	s := start(t, newEcho(), newOutlet(), jobs.Options{})
	first := s.comes(t, s.upload(t, "甲.csv", "单位,需求\n甲公司,甲需要降低能耗\n").ID, postgres.ImportReady)
	_, err := s.store.ChangeMapping(t.Context(), s.store.Root(), first.ID, func(m json.RawMessage) (json.RawMessage, map[string]string, error) {
		return m, map[string]string{"单位": string(document.OrgName)}, nil
	})
	must(t, err)
	second := s.run(t, s.upload(t, "乙.csv", "单位,需求\n乙公司,乙需要提高良率\n").ID)
	rows, _, err := s.store.ImportRows(t.Context(), s.store.Root(), second.ID, postgres.RowFilter{})
	must(t, err)
	n, err := s.store.Need(t.Context(), s.store.Root(), need.ID(*rows[0].Need))
	if err != nil || n.Org != "乙公司" {
		t.Errorf("organisation %q, %v: the correction is not kept", n.Org, err)
	}
}

// manyRows is a file of n needs that have little in common.
func manyRows(n int) string {
	var b strings.Builder
	b.WriteString("企业,需求\n")
	for i := range n {
		fmt.Fprintf(&b, "企业%d,%s\n", i, strings.Repeat(string(rune(0x4e00+13*i)), 3)+fmt.Sprintf("的第%d项指标要提高到%d", i, i*7))
	}
	return b.String()
}

// Files with the same rows, that two replicas work on at once, make each need
// once: the imports of a centre take turns.
func TestTwoReplicasMakeEachRowOnce(t *testing.T) {
	t.Parallel()
	url := database(t)
	a, b := startOn(t, url, newEcho(), newOutlet(), jobs.Options{}), startOn(t, url, newEcho(), newOutlet(), jobs.Options{})
	const rows = 120
	var ids []string
	for i, s := range []*service{a, b, a} {
		ids = append(ids, s.upload(t, fmt.Sprintf("表%d.csv", i), manyRows(rows)+fmt.Sprintf("单位%d,只在这张表里的第%d件事\n", i, i)).ID)
	}
	for _, id := range ids {
		a.comes(t, id, postgres.ImportReady)
	}
	for i, id := range ids {
		_, err := []*service{a, b, a}[i].store.RunImport(t.Context(), a.store.Root(), id)
		must(t, err)
	}
	needs, repeats := 0, 0
	for _, id := range ids {
		done := a.comes(t, id, postgres.ImportDone)
		needs, repeats = needs+done.Needs, repeats+done.Repeats
	}
	if needs != rows+3 || repeats != 2*rows {
		t.Errorf("%d needs and %d repetitions, want %d and %d", needs, repeats, rows+3, 2*rows)
	}
}

// TestACancelledImportGoesOn stops an import under way and takes it up again.
func TestACancelledImportGoesOn(t *testing.T) {
	t.Parallel()
	s := start(t, newEcho(), newOutlet(), jobs.Options{})
	i := s.upload(t, "多.csv", manyRows(300))
	s.comes(t, i.ID, postgres.ImportReady)
	_, err := s.store.CancelImport(t.Context(), s.store.Root(), i.ID)
	must(t, err)
	s.comes(t, i.ID, postgres.ImportCancelled)
	_, err = s.store.RunImport(t.Context(), s.store.Root(), i.ID)
	must(t, err)
	if done := s.comes(t, i.ID, postgres.ImportDone); done.Needs != 300 {
		t.Errorf("%+v", done)
	}
}
