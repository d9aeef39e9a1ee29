package scale_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/internal/scale"
	"tanxu/need"
	"tanxu/postgres"
)

const seed = 1

// number is a setting of the run.
func number(name string, otherwise int) int {
	n, err := strconv.Atoi(os.Getenv(name)) //nolint:forbidigo // a setting of the benchmark, not of the service
	if err != nil {
		return otherwise
	}
	return n
}

func readTexts(b *testing.B) *scale.Texts {
	b.Helper()
	t, err := scale.ReadTexts(os.Getenv("BENCH_CORPUS"), seed) //nolint:forbidigo // as above
	must(b, err)
	return t
}

func must(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// open opens a store on a new database with these centres.
func open(b *testing.B, url string, o postgres.Options, centres ...need.CentrePath) *postgres.Store {
	b.Helper()
	o.Root, o.AllowSuperuser, o.MaxConns = "jx/", true, 20
	s, err := postgres.Open(b.Context(), url, o)
	must(b, err)
	b.Cleanup(s.Close)
	for _, c := range append([]need.CentrePath{"jx/"}, centres...) {
		must(b, s.PutCentre(b.Context(), s.Root(), postgres.Centre{Path: c, Kind: "city", NameZH: "中心", NameEN: "centre"}))
	}
	return s
}

// times are how long calls have taken.
type times []time.Duration

func (t times) at(share float64) float64 {
	slices.Sort(t)
	return float64(t[int(share*float64(len(t)-1))].Microseconds()) / 1000
}

// measure has clients make n calls in all, and tells how long they took, with
// an empty transaction of the same store after each fifth call: what the machine
// and the way to the server cost at that moment.
func measure(b *testing.B, s *postgres.Store, clients, n int, call func(ctx context.Context, i int) error) {
	b.Helper()
	var mu sync.Mutex
	var took, empty times
	var next atomic.Int64
	for b.Loop() {
		next.Store(0)
		var group sync.WaitGroup
		failed := make(chan error, clients)
		start := time.Now()
		for range clients {
			group.Go(func() {
				for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
					begin := time.Now()
					if err := call(b.Context(), i); err != nil {
						failed <- err
						return
					}
					one := time.Since(begin)
					var nothing time.Duration
					if i%5 == 0 {
						begin = time.Now()
						if err := s.InScope(b.Context(), s.Root(), func(tx pgx.Tx) error {
							_, err := tx.Exec(b.Context(), "SELECT 1")
							return err
						}); err != nil {
							failed <- err
							return
						}
						nothing = time.Since(begin)
					}
					mu.Lock()
					took = append(took, one)
					if nothing > 0 {
						empty = append(empty, nothing)
					}
					mu.Unlock()
				}
			})
		}
		group.Wait()
		b.ReportMetric(float64(n)/time.Since(start).Seconds(), "calls/s")
		select {
		case err := <-failed:
			b.Fatal(err)
		default:
		}
	}
	b.ReportMetric(took.at(.5), "p50-ms")
	b.ReportMetric(took.at(.99), "p99-ms")
	b.ReportMetric(float64(len(took)), "n")
	b.ReportMetric(empty.at(.5), "empty-p50-ms")
	b.ReportMetric(empty.at(.99), "empty-p99-ms")
	b.Logf("load %s", load())
}

// load is how busy the machine is.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return fmt.Sprintf("%.14s", text)
}

// sizes logs how large relations have become, in MB.
func sizes(b *testing.B, conn *pgx.Conn, names ...string) {
	b.Helper()
	for _, name := range names {
		var mb float64
		must(b, conn.QueryRow(b.Context(), `SELECT pg_relation_size(to_regclass($1)) / 1048576.0`, name).Scan(&mb))
		b.Logf("%s: %.0f MB", name, mb)
	}
}
