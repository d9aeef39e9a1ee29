package jobs_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"tanxu/jobs"
	"tanxu/need"
	"tanxu/postgres"
)

// intoLibrary has a file read and its rows put into a library.
func (s *service) intoLibrary(t *testing.T, l need.Library, name string, content []byte) postgres.Import {
	t.Helper()
	i, _, err := s.store.AddDocument(t.Context(), need.Scope{Path: province, Actor: "broker:1"}, l, name, content)
	must(t, err)
	s.comes(t, i.ID, postgres.ImportReady)
	_, err = s.store.RunImport(t.Context(), s.store.Root(), i.ID)
	must(t, err)
	return s.comes(t, i.ID, postgres.ImportDone)
}

func TestAFileGoesIntoALibraryOnce(t *testing.T) {
	t.Parallel()

	s := start(t, newEcho(), newOutlet(), jobs.Options{})
	messy, err := os.ReadFile(filepath.Join("..", "library", "testdata", "成果征集表.xlsx"))
	must(t, err)
	i := s.intoLibrary(t, need.Achievements, "成果征集表.xlsx", messy)
	if i.Added != 5 || i.Failed != 3 || i.Repeats != 1 || i.Skipped != 2 || i.Changed != 0 {
		t.Fatalf("added %d, failed %d, repeated %d, skipped %d, changed %d", i.Added, i.Failed, i.Repeats, i.Skipped, i.Changed)
	}
	scope := need.Scope{Path: province, Actor: "broker:2"}
	find := func(code string) need.Entry {
		t.Helper()
		list, _, err := s.store.Entries(t.Context(), scope, need.Achievements, postgres.EntryFilter{Query: code}, postgres.Page{})
		if err != nil || len(list) != 1 {
			t.Fatalf("%s: %d records, %v", code, len(list), err)
		}
		return list[0]
	}
	// Somebody corrects what the file says; another file says the same again, and
	// one thing anew.
	e := find("CG-2026-001")
	_, err = s.store.ChangeEntry(t.Context(), scope, need.Achievements, e.ID, e.Version, "", func(e *need.Entry) error {
		e.Values["price"] = "面议"
		return nil
	})
	must(t, err)
	again := s.intoLibrary(t, need.Achievements, "续.csv", []byte(
		"成果编号,成果名称,完成单位,意向价格（万元）,成熟度\nCG-2026-001,高强高导铜铬锆合金短流程制备技术,赣东理工大学,80,已量产\n,电解铜箔用低轮廓添加剂及其应用,赣东理工大学,50-80万元,\n"))
	if again.Added != 0 || again.Changed != 1 || again.Same != 1 {
		t.Fatalf("added %d, changed %d, same %d", again.Added, again.Changed, again.Same)
	}
	e = find("CG-2026-001")
	if e.Values.Text("price") != "面议" || e.Values.Text("stage") != "成熟应用" || e.Values.Text("summary") == "" {
		t.Errorf("after both files: %v", e.Values)
	}
	history, _, err := s.store.EntryHistory(t.Context(), scope, need.Achievements, e.ID, 0, 10)
	must(t, err)
	var kinds []string
	for _, h := range history {
		kinds = append(kinds, h.Kind+" "+string(h.Actor))
	}
	if want := []string{"changed broker:1", "changed broker:2", "created broker:1"}; !reflect.DeepEqual(kinds, want) || history[0].Import == nil || history[1].Import != nil {
		t.Errorf("history %q", kinds)
	}
}

func TestWhatIsArchivedIsNotBroughtBackByAFile(t *testing.T) {
	t.Parallel()

	s := start(t, newEcho(), newOutlet(), jobs.Options{})
	file := func() []byte {
		return []byte("专家姓名,单位,备注\n李某,某大学," + uuid.NewString() + "\n")
	}
	s.intoLibrary(t, need.Experts, "专家.csv", file())
	list, _, err := s.store.Entries(t.Context(), s.store.Root(), need.Experts, postgres.EntryFilter{}, postgres.Page{})
	if err != nil || len(list) != 1 {
		t.Fatalf("%d records, %v", len(list), err)
	}
	_, err = s.store.ArchiveEntry(t.Context(), s.store.Root(), need.Experts, list[0].ID, "已退休")
	must(t, err)
	if i := s.intoLibrary(t, need.Experts, "专家2.csv", file()); i.Skipped != 1 || i.Added != 0 {
		t.Errorf("added %d, same %d, skipped %d", i.Added, i.Same, i.Skipped)
	}
}

// pairs waits until the upkeep has found this many.
func (s *service) pairs(t *testing.T, l need.Library, n int) []postgres.Pair {
	t.Helper()
	tick, limit := time.NewTicker(20*time.Millisecond), time.After(30*time.Second)
	defer tick.Stop()
	for {
		list, _, err := s.store.Pairs(t.Context(), s.store.Root(), l, postgres.Page{})
		must(t, err)
		if len(list) == n {
			return list
		}
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("%d pairs, want %d", len(list), n)
		}
	}
}

func TestRecordsThatSayTheSameAreFound(t *testing.T) {
	t.Parallel()

	s := start(t, newEcho(), newOutlet(), jobs.Options{})
	s.intoLibrary(t, need.Achievements, "a.csv", []byte(
		"成果编号,成果名称,完成单位,成果简介\n"+
			"A1,高强高导铜铬锆合金短流程制备技术,赣东理工大学,针对铜带导电率与强度难以兼顾的问题采用上引连铸加形变时效的短流程路线，省去固溶处理。\n"+
			"A2,高强高导铜铬锆合金的短流程制备新技术,赣东理工大学（材料学院）,针对铜带导电率与强度难以兼顾的问题，采用上引连铸加形变时效的短流程路线，省去固溶处理工序。\n"+
			"A3,脐橙采后商品化处理智能分选系统,市农业科学院,基于近红外光谱与机器视觉在线检测糖度和外观缺陷。\n"+
			"A4,脐橙采后商品化处理智能分选系统,市农业科学院,每小时处理八吨，已在两家合作社应用，并获得省级奖励一项。\n"))
	list := s.pairs(t, need.Achievements, 2)
	if list[0].Reason != postgres.PairByKey || list[1].Reason != postgres.PairByWords {
		t.Errorf("found by %s and %s", list[0].Reason, list[1].Reason)
	}
	must(t, s.store.MergePair(t.Context(), s.store.Root(), need.Achievements, list[0].ID, list[0].One.ID))
	must(t, s.store.KeepPair(t.Context(), s.store.Root(), need.Achievements, list[1].ID))
	// A file that speaks of the merged one adds nothing, and undoes nothing.
	gone := list[0].Other
	i := s.intoLibrary(t, need.Achievements, "b.csv", []byte("成果编号,成果名称,完成单位,成果简介\n"+gone.Code+","+gone.Name()+",市农业科学院,别的简介\n"))
	if i.Added != 0 || i.Same != 1 {
		t.Errorf("added %d, same %d, skipped %d", i.Added, i.Same, i.Skipped)
	}
}

func TestWhatNobodyConfirmsIsRemindedOf(t *testing.T) {
	t.Parallel()

	s := start(t, newEcho(), newOutlet(), jobs.Options{})
	s.intoLibrary(t, need.Providers, "机构.csv", []byte("机构名称,服务类型,有效期至\n某评估公司,知识产权评估,\n某检测所,检测,2020-01-31\n"))
	must(t, s.store.InScope(t.Context(), s.store.Root(), func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE providers SET confirmed_at = now() - interval '13 months' WHERE name = '某评估公司'`)
		return err
	}))
	stale := func() []need.Entry {
		t.Helper()
		must(t, s.store.Remind(t.Context()))
		list, _, err := s.store.Entries(t.Context(), s.store.Root(), need.Providers, postgres.EntryFilter{State: postgres.EntriesStale}, postgres.Page{})
		must(t, err)
		reminders, err := s.store.Reminders(t.Context(), s.store.Root())
		must(t, err)
		records := 0
		for _, r := range reminders {
			records += r.Records
		}
		if records != len(list) {
			t.Errorf("reminded of %d records, %d are stale", records, len(list))
		}
		return list
	}
	list := stale()
	if len(list) != 2 {
		t.Fatalf("%d records are stale, want the one that nobody confirms and the one past its day", len(list))
	}
	for _, e := range list {
		_, err := s.store.ConfirmEntry(t.Context(), s.store.Root(), need.Providers, e.ID)
		must(t, err)
	}
	if list := stale(); len(list) != 1 || list[0].Name() != "某检测所" {
		t.Errorf("stale after confirming: %d; only a new day helps what is past its own", len(list))
	}
}
