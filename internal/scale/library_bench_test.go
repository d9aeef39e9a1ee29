package scale_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/embeddings"
	"tanxu/embeddings/static"
	"tanxu/internal/pgtest"
	"tanxu/need"
	"tanxu/postgres"
	"tanxu/rag"
)

// idle looks after no library: the benchmark does it itself.
type idle struct{}

func (idle) EnqueueLibrary(context.Context, pgx.Tx, postgres.LibraryJob) error { return nil }

// BenchmarkLibrary imports achievements as a file of a centre brings them, makes
// all that they are found by, and searches them by words, by part of a text, and
// by words and vectors together.
func BenchmarkLibrary(b *testing.B) {
	n := number("BENCH_TEXTS", 20_000)
	url := pgtest.DB(b)
	s := open(b, url, postgres.Options{Libraries: idle{}, Lexemes: rag.EntryLexemes}, "jx/gz/")
	texts := readTexts(b)
	e, err := static.New()
	must(b, err)
	scope := need.Scope{Path: "jx/gz/", Actor: "broker:1"}
	list := texts.Achievements(n, scope.Path)

	step := func(name string, do func() error) {
		b.Run(name, func(b *testing.B) {
			start := time.Now()
			must(b, do())
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(n)/time.Since(start).Seconds(), "docs/s")
			b.Logf("%d in %v, load %s", n, time.Since(start).Round(time.Millisecond), load())
		})
	}
	conn, err := pgx.Connect(b.Context(), url)
	must(b, err)
	defer conn.Close(b.Context())
	step("ingest", func() error { return s.PutEntries(b.Context(), scope, need.Achievements, rowsOf(list)) })
	step("words", func() error { return s.CountWords(b.Context()) })
	b.Run("words_of_one", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			list[0].Title = part("再"+list[0].Title, 0, 40)
			must(b, s.PutEntries(b.Context(), scope, need.Achievements, rowsOf(list[:1])))
			_, err := conn.Exec(b.Context(), `UPDATE achievements SET compared_at = now() WHERE code <> $1 AND compared_at IS NULL`, list[0].Code)
			must(b, err)
			b.StartTimer()
			must(b, s.CountWords(b.Context()))
		}
	})
	step("tokens", func() error { return s.ListWords(b.Context(), need.Achievements) })
	step("vectors", func() error { return embedAll(b, s, conn, e) })
	_, err = conn.Exec(b.Context(), `UPDATE achievements SET compared_at = now()`)
	must(b, err)
	_, err = conn.Exec(b.Context(), `VACUUM ANALYZE`)
	must(b, err)
	sizes(b, conn, "achievements", "lexeme_stats", "library_tokens", "library_tokens_pkey", "vectors", "vectors_model_1")

	taken := number("BENCH_TAKEN", 1000)
	for name, query := range map[string]func(i int) string{
		"two_words": func(i int) string {
			return part(texts.Question(i).Title, 0, 3) + " " + part(texts.Question(i).Title, 4, 6)
		},
		"one_word":      func(i int) string { return part(texts.Question(i).Title, 0, 4) },
		"one_character": func(i int) string { return part(texts.Question(i).Title, 0, 1) },
		"no_match":      func(i int) string { return part(texts.Question(i).Title, 0, 2) + "龘龘" },
		"10000_letters": func(i int) string { return part(strings.Repeat(list[i].Summary, 200), 0, 10_000) },
		"rare_character": func(i int) string {
			return part("镱镧铼铪镓铟锗钌铑钯铈钐铽镝钬铒铥镥", i%18, i%18+1)
		},
	} {
		b.Run("find/"+name, func(b *testing.B) {
			b.ReportMetric(0, "ns/op")
			measure(b, s, 1, taken/2, func(ctx context.Context, i int) error {
				_, _, err := s.Entries(ctx, scope, need.Achievements, postgres.EntryFilter{Query: query(i)}, postgres.Page{Limit: 20})
				return err
			})
		})
	}
	for _, clients := range []int{1, 4, 16} {
		b.Run(fmt.Sprintf("hybrid/%d_clients", clients), func(b *testing.B) {
			b.ReportMetric(0, "ns/op")
			searcher := rag.NewSearcher(s, e, nil)
			measure(b, s, clients, taken, func(ctx context.Context, i int) error {
				q := texts.Question(i)
				_, err := searcher.Search(ctx, scope, rag.Query{Title: q.Title, Text: q.Text}, 10)
				return err
			})
		})
	}
}

// embedAll makes all vectors and their index after them, as of a model that is
// made ready beside another.
func embedAll(b *testing.B, s *postgres.Store, conn *pgx.Conn, e embeddings.Embedder) error {
	m, err := s.UseModel(b.Context(), s.Root(), e.Model().ID, e.Model().Dims)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("vectors_model_%d", m.ID)
	var index string
	if err := conn.QueryRow(b.Context(), `SELECT pg_get_indexdef(to_regclass($1))`, name).Scan(&index); err != nil {
		return err
	}
	if _, err := conn.Exec(b.Context(), `DROP INDEX `+name); err != nil {
		return err
	}
	if _, err := rag.NewIndex(s, e).Embed(b.Context(), s.Root()); err != nil {
		return err
	}
	_, err = conn.Exec(b.Context(), `SET maintenance_work_mem = '1GB'; `+index)
	return err
}

// rowsOf are achievements as a file states them.
func rowsOf(list []need.Achievement) []postgres.EntryRow {
	rows := make([]postgres.EntryRow, len(list))
	for i, a := range list {
		rows[i].Put = &need.Entry{Library: need.Achievements, Code: a.Code, Shared: a.Shared, Values: need.Values{
			"title": a.Title, "summary": a.Summary, "chain": a.Chain, "stage": a.Stage, "owner_org": a.Owner,
		}}
	}
	return rows
}

// part returns some characters of a text.
func part(text string, from, to int) string {
	r := []rune(text)
	return string(r[min(from, len(r)):min(to, len(r))])
}
