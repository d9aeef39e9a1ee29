package postgres_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"
	pgxvec "github.com/pgvector/pgvector-go/pgx"

	"tanxu/internal/pgtest"
	"tanxu/need"
	"tanxu/postgres"
)

// BenchmarkNearest searches made vectors of BENCH_VECTORS achievements (100,000)
// within scopes of different width, and compares what is found with what is
// nearest by arithmetic. A centre's share of the library is its filter.
func BenchmarkNearest(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("BENCH_VECTORS"))
	if err != nil {
		n = 100_000
	}
	const dims, limit, queries = 256, 10, 50
	url := pgtest.DB(b)
	s, err := postgres.Open(b.Context(), url, postgres.Options{Root: "jx/", AllowSuperuser: true, MaxConns: 4})
	must(b, err)
	b.Cleanup(s.Close)
	shares := []struct {
		centre need.CentrePath
		part   float64
	}{{"jx/tenth/", .1}, {"jx/hundredth/", .01}, {"jx/thousandth/", .001}, {"jx/third/", .3}, {"jx/rest/", 1}}
	must(b, s.PutCentre(b.Context(), s.Root(), postgres.Centre{Path: "jx/", Kind: "province", NameZH: "江西", NameEN: "Jiangxi"}))
	for _, c := range shares {
		must(b, s.PutCentre(b.Context(), s.Root(), postgres.Centre{Path: c.centre, Kind: "city", NameZH: "市", NameEN: "city"}))
	}
	random := rand.New(rand.NewPCG(1, 2))
	hills := make([][]float32, 200)
	for i := range hills {
		hills[i] = near(random, make([]float32, dims), 1)
	}
	m, err := s.UseModel(b.Context(), s.Root(), "bench/256", dims)
	must(b, err)
	all := make(map[need.CentrePath][]need.Vector)
	conn, err := pgx.Connect(b.Context(), url)
	must(b, err)
	defer conn.Close(b.Context())
	must(b, pgxvec.RegisterTypes(b.Context(), conn))
	left, rows := n, [][]any(nil)
	for _, c := range shares {
		count := min(left, int(c.part*float64(n)))
		left -= count
		for range count {
			v := need.Vector{Achievement: need.AchievementID(uuid.NewString()), Values: near(random, hills[random.IntN(len(hills))], .8)}
			all[c.centre] = append(all[c.centre], v)
			rows = append(rows, []any{string(c.centre), "achievement", string(v.Achievement), "text", m.ID, []byte("-"), pgvector.NewHalfVector(v.Values), false})
		}
	}
	start := time.Now()
	var index string // built after the rows, as of a library that is there already
	must(b, conn.QueryRow(b.Context(), `SELECT pg_get_indexdef(to_regclass('vectors_model_' || $1::int))`, m.ID).Scan(&index))
	_, err = conn.Exec(b.Context(), fmt.Sprintf("SET maintenance_work_mem = '1GB'; DROP INDEX vectors_model_%d", m.ID))
	must(b, err)
	_, err = conn.CopyFrom(b.Context(), pgx.Identifier{"vectors"}, []string{"centre_path", "object_kind", "object_id", "field", "model_id", "text_hash", "embedding", "shared"}, pgx.CopyFromRows(rows))
	must(b, err)
	_, err = conn.Exec(b.Context(), index)
	must(b, err)
	_, err = conn.Exec(b.Context(), "ANALYZE vectors")
	must(b, err)
	b.Logf("%d vectors stored and indexed in %v", n, time.Since(start))
	all["jx/"] = slices.Concat(all["jx/tenth/"], all["jx/hundredth/"], all["jx/thousandth/"], all["jx/third/"], all["jx/rest/"])

	for _, scope := range []need.CentrePath{"jx/", "jx/third/", "jx/tenth/", "jx/hundredth/", "jx/thousandth/"} {
		b.Run(fmt.Sprintf("%s%d", scope, len(all[scope])), func(b *testing.B) {
			var took []time.Duration
			found, wanted := 0, 0
			for b.Loop() {
				for range queries {
					q := near(random, hills[random.IntN(len(hills))], .8)
					begin := time.Now()
					got, err := s.NearestAchievements(b.Context(), need.Scope{Path: scope, Actor: need.System}, need.Nearest{Model: m, Vector: q, Limit: limit, Total: len(all[scope])})
					must(b, err)
					took = append(took, time.Since(begin))
					for _, id := range nearest(all[scope], q, limit) {
						wanted++
						if _, ok := got[id]; ok {
							found++
						}
					}
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(found)/float64(wanted), "recall@10")
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

// near is a unit vector around another one.
func near(random *rand.Rand, centre []float32, spread float64) []float32 {
	out := make([]float32, len(centre))
	var sum float64
	for i := range out {
		x := float64(centre[i]) + spread*random.NormFloat64()/math.Sqrt(float64(len(out)))
		out[i], sum = float32(x), sum+x*x
	}
	for i := range out {
		out[i] = float32(float64(out[i]) / math.Sqrt(sum))
	}
	return out
}

// nearest finds by arithmetic what a search should find.
func nearest(all []need.Vector, q []float32, k int) []need.AchievementID {
	type scored struct {
		id    need.AchievementID
		score float32
	}
	list := make([]scored, len(all))
	for i, v := range all {
		var score float32
		for d, x := range v.Values {
			score += x * q[d]
		}
		list[i] = scored{v.Achievement, score}
	}
	slices.SortFunc(list, func(a, b scored) int {
		if a.score > b.score {
			return -1
		}
		return 1
	})
	var out []need.AchievementID
	for _, s := range list[:min(k, len(list))] {
		out = append(out, s.id)
	}
	return out
}
