package jobs_test

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"tanxu/jobs"
	"tanxu/need"
	"tanxu/postgres"
)

// TestKillInTheMiddleOfAnImport kills replicas that work on an import: each row
// must be settled once, and none be lost.
func TestKillInTheMiddleOfAnImport(t *testing.T) {
	const rows = 400
	url := database(t)
	s, err := assemble(t.Context(), url, newEcho(), newOutlet(), jobs.Options{})
	must(t, err)
	defer s.store.Close()
	defer s.pool.Close()
	i, _, err := s.store.AddDocument(t.Context(), need.Scope{Path: province, Actor: "broker:1"}, "", "多.csv", []byte(manyRows(rows)))
	must(t, err)

	l := &load{next: map[string]int{}, open: map[string]bool{}, acked: map[string]bool{}, sent: map[string]int{}}
	broken := 0
	for kills := 0; kills < 6; kills++ {
		r := spawn(t, url, l)
		now := ran(t, s, i.ID)
		if now.Done > 0 && now.Done < rows {
			broken++
		}
		<-time.After(300*time.Millisecond + rand.N(500*time.Millisecond))
		r.kill(t)
	}
	r := spawn(t, url, l)
	ran(t, s, i.ID)
	done := s.comes(t, i.ID, postgres.ImportDone)
	r.kill(t)
	if done.Needs != rows || done.Done != rows {
		t.Errorf("%+v", done)
	}
	check := watch(t, url)
	for name, sql := range map[string]string{
		"needs":                 `SELECT count(*) FROM needs`,
		"starts":                `SELECT count(*) FROM events WHERE kind = 'need_started'`,
		"rows of their own":     `SELECT count(DISTINCT ordinal) FROM import_rows`,
		"needs with their rows": `SELECT count(*) FROM needs n JOIN import_rows r ON r.need_id = n.id`,
	} {
		if n := check.number(t, sql); n != rows {
			t.Errorf("%d %s, want %d", n, name, rows)
		}
	}
	t.Logf("found half done %d times", broken)
}

// ran starts the import once it is read, as a broker does.
func ran(t *testing.T, s *service, id string) postgres.Import {
	t.Helper()
	i, err := s.store.Import(context.Background(), s.store.Root(), id)
	must(t, err)
	if i.State == postgres.ImportReading {
		i = s.comes(t, id, postgres.ImportReady)
	}
	if i.State == postgres.ImportReady {
		_, err := s.store.RunImport(context.Background(), s.store.Root(), id)
		must(t, err)
	}
	return i
}
