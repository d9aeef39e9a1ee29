package jobs_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/eval"
	"tanxu/internal/pgtest"
	"tanxu/jobs"
	"tanxu/need"
	"tanxu/need/record"
	"tanxu/postgres"
)

// manyNeeds is how many needs the benchmarks of the library have, unless
// BENCH_NEEDS says another number.
func manyNeeds(b *testing.B) int {
	b.Helper()
	n, err := strconv.Atoi(os.Getenv("BENCH_NEEDS"))
	if err != nil {
		return 100_000
	}
	return n
}

// BenchmarkNeedLibrary fills a database with made needs of twelve centres, has
// them printed and compared, and searches them by words and filters.
func BenchmarkNeedLibrary(b *testing.B) {
	crowd := eval.NewCrowd(manyNeeds(b), 9)
	url := pgtest.DB(b)
	s, err := postgres.Open(b.Context(), url, postgres.Options{Root: "jx/", AllowSuperuser: true, MaxConns: 8})
	must(b, err)
	b.Cleanup(s.Close)
	fill(b, s, url, crowd)
	for b.Loop() {
		done, err := jobs.Dedupe(b.Context(), s)
		must(b, err)
		b.ReportMetric(done.Printing.Seconds(), "print-s")
		b.ReportMetric(done.Comparing.Seconds(), "compare-s")
		b.ReportMetric(float64(done.Compared), "needs")
	}
	r := crowd.Score(storedPairs(b, url))
	b.ReportMetric(r.Recall, "recall")
	b.ReportMetric(r.Precision, "precision")
	searchThem(b, s, crowd)
}

func fill(b *testing.B, s *postgres.Store, url string, crowd eval.Crowd) {
	b.Helper()
	centres := []string{"jx/"}
	for i := range 12 {
		centres = append(centres, fmt.Sprintf("jx/c%d/", i))
	}
	for _, path := range centres {
		must(b, s.PutCentre(b.Context(), s.Root(), postgres.Centre{Path: need.CentrePath(path), Kind: "city", NameZH: path, NameEN: path}))
	}
	conn, err := pgx.Connect(b.Context(), url)
	must(b, err)
	defer conn.Close(b.Context())
	statuses, chains := []string{"draft", "review", "published", "published", "returned"}, need.Chains()
	_, err = conn.CopyFrom(b.Context(), pgx.Identifier{"needs"},
		[]string{"id", "centre_path", "org", "title", "status", "version", "score", "chain", "region", "record", "created_at", "updated_at"},
		pgx.CopyFromSlice(len(crowd.Needs), func(i int) ([]any, error) {
			n := crowd.Needs[i]
			body, err := json.Marshal(record.Of(need.Fold(n.ID, n.Events())))
			at := time.Date(2026, 1, 1, 0, 0, i, 0, time.UTC)
			return []any{
				string(n.ID), centres[1+i%12], n.Org, n.Title, statuses[i%5], 1 + len(n.Rows) + 3, i % 100, chains[i%len(chains)],
				need.Regions()[i%11].Code, body, at, at,
			}, err
		}))
	must(b, err)
	_, err = conn.Exec(b.Context(), `ANALYZE needs`)
	must(b, err)
}

func storedPairs(b *testing.B, url string) [][2]need.ID {
	b.Helper()
	conn, err := pgx.Connect(b.Context(), url)
	must(b, err)
	defer conn.Close(b.Context())
	_, err = conn.Exec(b.Context(), `ANALYZE`)
	must(b, err)
	rows, err := conn.Query(b.Context(), `SELECT need_id::text, other_id::text FROM need_twins`)
	must(b, err)
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (p [2]need.ID, err error) {
		err = row.Scan(&p[0], &p[1])
		return p, err
	})
	must(b, err)
	return list
}

// searchThem asks for first and second pages by words that are rare, common or
// absent, with and without filters, and for needs near one.
func searchThem(b *testing.B, s *postgres.Store, crowd eval.Crowd) {
	b.Helper()
	var filters []postgres.NeedFilter
	for i := range 20 {
		n := crowd.Needs[i*37]
		title := []rune(n.Title)
		filters = append(filters,
			postgres.NeedFilter{Query: string(title[:4])}, postgres.NeedFilter{Query: string(title[2:4])}, postgres.NeedFilter{Query: "客户 " + string(title[:2])},
			postgres.NeedFilter{Query: "工艺", Chain: need.Chains()[i%12], Statuses: []need.Status{need.StatusReview}},
			postgres.NeedFilter{Query: n.Org}, postgres.NeedFilter{Query: "量子纠缠"}, postgres.NeedFilter{Query: "铜"},
			postgres.NeedFilter{Region: need.Regions()[i%11].Code, Centre: "jx/c3/", Sort: "-score"},
			postgres.NeedFilter{Query: "导电率 退货", From: time.Date(2026, 1, 1, 6, 0, 0, 0, time.UTC)},
		)
	}
	scope := need.Scope{Path: "jx/", Actor: "broker:1"}
	report(b, "search", len(filters)*2, func(i int) {
		list, next, err := s.Needs(b.Context(), scope, filters[i%len(filters)], postgres.Page{})
		must(b, err)
		if i >= len(filters) && next != "" && len(list) > 0 {
			_, _, err = s.Needs(b.Context(), scope, filters[i%len(filters)], postgres.Page{Cursor: next})
			must(b, err)
		}
	})
	report(b, "similar", 100, func(i int) {
		_, _, err := s.NearNeeds(b.Context(), scope, crowd.Needs[i*101%len(crowd.Needs)].ID, 60)
		must(b, err)
	})
}

func report(b *testing.B, name string, n int, do func(i int)) {
	b.Helper()
	took := make([]time.Duration, n)
	for i := range took {
		began := time.Now()
		do(i)
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[n/2].Microseconds())/1000, name+"-p50-ms")
	b.ReportMetric(float64(took[n*99/100].Microseconds())/1000, name+"-p99-ms")
}
