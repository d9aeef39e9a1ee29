package postgres_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"tanxu/internal/pgtest"
	"tanxu/need"
	"tanxu/postgres"
)

// counted opens a store whose achievements are found by the words of their titles,
// which have blanks between them.
func counted(t *testing.T) (*postgres.Store, *pgx.Conn) {
	t.Helper()
	url := pgtest.DB(t)
	openAs(t, url) // with its centres
	s, err := postgres.Open(t.Context(), url, postgres.Options{
		Root: province, AllowSuperuser: true, MaxConns: 8, Libraries: idle{},
		Lexemes: func(e *need.Entry) []string { return strings.Fields(e.Values.Text("title")) },
	})
	must(t, err)
	t.Cleanup(s.Close)
	conn, err := pgx.Connect(t.Context(), url)
	must(t, err)
	t.Cleanup(func() { _ = conn.Close(t.Context()) })
	return s, conn
}

// miscounted are the rows of lexeme_stats that are not as a count of all
// achievements has them.
func miscounted(t *testing.T, conn *pgx.Conn) []string {
	t.Helper()
	rows, err := conn.Query(t.Context(), `
		WITH wanted AS (
			SELECT centre_path, l.lexeme, shared, count(*)::int AS documents, 0::bigint AS words, array_agg(id ORDER BY id) AS ids
			FROM achievements a, unnest(a.lexemes) l GROUP BY 1, 2, 3
			UNION ALL
			SELECT centre_path, '^' || mark, shared, count(DISTINCT id)::int, 0, NULL
			FROM achievements a, string_to_table(title, NULL) mark
			WHERE length(lexemes) > 0 AND mark COLLATE "C" BETWEEN '一' AND '鿿' GROUP BY 1, 2, 3
			UNION ALL
			SELECT centre_path, '', shared, count(*)::int, sum(length(lexemes)), NULL FROM achievements GROUP BY 1, 2, 3
		), given AS (
			SELECT centre_path, lexeme, shared, documents, words, (SELECT array_agg(id ORDER BY id) FROM unnest(achievements) id) AS ids
			FROM lexeme_stats WHERE documents <> 0 OR words <> 0 OR achievements <> '{}'
		), differ AS (
			(TABLE wanted EXCEPT TABLE given) UNION ALL (TABLE given EXCEPT TABLE wanted)
		)
		SELECT differ::text FROM differ`)
	must(t, err)
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	must(t, err)
	return list
}

func TestWordsAreCountedByWhatHasChanged(t *testing.T) {
	t.Parallel()

	s, conn := counted(t)
	scope := need.Scope{Path: ganzhou, Actor: "broker:1"}
	e, err := s.AddEntry(t.Context(), scope, need.Entry{Library: need.Achievements, Code: "A", Shared: true, Values: need.Values{"title": "稀土 永磁 回收"}})
	must(t, err)
	_, err = s.AddEntry(t.Context(), need.Scope{Path: nanchang, Actor: "broker:2"},
		need.Entry{Library: need.Achievements, Code: "B", Shared: true, Values: need.Values{"title": "稀土 荧光粉"}})
	must(t, err)
	change := func(set func(*need.Entry)) func() error {
		return func() (err error) {
			e, err = s.ChangeEntry(t.Context(), scope, need.Achievements, e.ID, e.Version, "", func(e *need.Entry) error { set(e); return nil })
			return err
		}
	}
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"two that are new", func() error { return nil }},
		{"nothing new", func() error { return nil }},
		{"a new title", change(func(e *need.Entry) { e.Values["title"] = "稀土 废料 浸出" })},
		{"shared no more", change(func(e *need.Entry) { e.Shared = false })},
		{"archived", func() (err error) {
			e, err = s.ArchiveEntry(t.Context(), scope, need.Achievements, e.ID, "")
			return err
		}},
		{"restored", func() (err error) { e, err = s.RestoreEntry(t.Context(), scope, need.Achievements, e.ID); return err }},
	} {
		must(t, step.do())
		must(t, s.CountWords(t.Context()))
		if wrong := miscounted(t, conn); len(wrong) > 0 {
			t.Errorf("%s: miscounted %q", step.name, wrong)
		}
	}
}

func TestWordsAreCountedWhileRecordsChange(t *testing.T) {
	t.Parallel()

	s, conn := counted(t)
	const writers, changes = 3, 12
	errs := make(chan error, 2*writers)
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			scope := need.Scope{Path: ganzhou, Actor: "broker:1"}
			e, err := s.AddEntry(t.Context(), scope, need.Entry{Library: need.Achievements, Code: fmt.Sprint("W", w), Values: need.Values{"title": "铜带"}})
			for i := 0; i < changes && err == nil; i++ {
				e, err = s.ChangeEntry(t.Context(), scope, need.Achievements, e.ID, e.Version, "", func(e *need.Entry) error {
					e.Shared, e.Values["title"] = i%2 == 0, fmt.Sprintf("铜带 轧制 %d", i)
					return nil
				})
			}
			errs <- err
		})
		group.Go(func() {
			var err error
			for range changes {
				err = errors.Join(err, s.CountWords(t.Context()))
			}
			errs <- err
		})
	}
	group.Wait()
	close(errs)
	for err := range errs {
		must(t, err)
	}
	must(t, s.CountWords(t.Context())) // what came last
	if wrong := miscounted(t, conn); len(wrong) > 0 {
		t.Errorf("miscounted %q", wrong)
	}
}

// TestRecordsThatComeTogetherHaveTheirHistory: one of each, by whoever brought it.
func TestRecordsThatComeTogetherHaveTheirHistory(t *testing.T) {
	t.Parallel()

	s, conn := counted(t)
	rows := make([]postgres.EntryRow, 3)
	for i := range rows {
		rows[i].Put = &need.Entry{Library: need.Achievements, Code: fmt.Sprint("R", i), Values: need.Values{"title": fmt.Sprint("钨粉 制备 ", i)}}
	}
	must(t, s.PutEntries(t.Context(), need.Scope{Path: ganzhou, Actor: "broker:7"}, need.Achievements, rows))
	var events, entries int
	must(t, conn.QueryRow(t.Context(), `
		SELECT count(*), count(DISTINCT v.entry_id) FROM library_events v JOIN achievements a ON a.id = v.entry_id
		WHERE v.library = 'achievements' AND v.version = 1 AND v.kind = 'created' AND v.actor = 'broker:7' AND v.centre_path = $1
		  AND v.changes @> jsonb_build_array(jsonb_build_object('key', 'title', 'to', a.title))`, string(ganzhou)).Scan(&events, &entries))
	if events != 3 || entries != 3 {
		t.Errorf("%d events of %d records, want one of each of 3", events, entries)
	}
}
