package jobs_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"tanxu/jobs"
	"tanxu/need"
	"tanxu/postgres"
)

// asked is a need for copper strip, as two people of a firm may write it.
func asked(t *testing.T, s *service, problem string) need.ID {
	t.Helper()
	id := need.ID(uuid.NewString())
	must(t, s.store.AddNeed(t.Context(), s.store.Root(), province, id, []need.Event{
		{Kind: need.NeedStarted, Need: id, At: time.Now(), Note: "高导铜合金带材导电率提升"},
		{Kind: need.ValueSet, Need: id, At: time.Now(), Key: need.KeyProblem, Item: &need.Item{Value: need.Value{Text: problem}}},
	}))
	return id
}

// eventually fails the test unless ok comes true while the jobs run.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	limit := time.After(30 * time.Second)
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for !ok() {
		select {
		case <-again.C:
		case <-limit:
			t.Fatalf("%s never happens", what)
		}
	}
}

func TestNeedsThatSayTheSameAreFoundAsTheyCome(t *testing.T) {
	t.Parallel()
	s := start(t, newEcho(), newOutlet(), jobs.Options{Sweep: 50 * time.Millisecond, Overdue: time.Second})
	const problem = "目前铜合金带材导电率只有76%IACS，下游客户要求更高，希望提高到80%IACS以上"
	one, other := asked(t, s, problem), asked(t, s, problem+"，今年更急了")
	asked(t, s, "酸洗废水COD处理后仍有150mg/L，排放不达标，希望降到50mg/L以下")
	pairs := func() []postgres.Twin {
		list, _, err := s.store.Twins(t.Context(), s.store.Root(), "", postgres.Page{})
		must(t, err)
		return list
	}
	eventually(t, "a pair", func() bool { return len(pairs()) == 1 })
	if p := pairs()[0]; p.A != min(one, other) || p.B != max(one, other) || p.Kind != need.TwinNear {
		t.Errorf("pair %+v", p)
	}
	_, err := s.store.ChangeNeed(t.Context(), s.store.Root(), other, 0, func(*need.Need) ([]need.Event, error) {
		return []need.Event{{Kind: need.ValueCorrected, Need: other, At: time.Now(), Key: need.KeyProblem, Item: &need.Item{
			Value: need.Value{Text: "抗软化温度只有450℃，退火以后带材变软，想提高到550℃"},
		}}}, nil
	})
	must(t, err)
	eventually(t, "that the pair is forgotten", func() bool { return len(pairs()) == 0 })
}

func TestDedupeFindsTheSameAtOnce(t *testing.T) {
	t.Parallel()
	url := database(t)
	store, err := postgres.Open(t.Context(), url, postgres.Options{Root: province, AllowSuperuser: true, MaxConns: 2})
	must(t, err)
	t.Cleanup(store.Close)
	s := &service{store: store}
	const problem = "目前铜合金带材导电率只有76%IACS，下游客户要求更高，希望提高到80%IACS以上"
	asked(t, s, problem)
	asked(t, s, problem)
	for _, printed := range []int{2, 0} {
		d, err := jobs.Dedupe(t.Context(), store)
		must(t, err)
		if d.Printed != printed || d.Compared != 2 || d.Twins != 1 {
			t.Errorf("%+v, want %d printed", d, printed)
		}
	}
}
