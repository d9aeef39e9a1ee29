package scale_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"
	pgxvec "github.com/pgvector/pgvector-go/pgx"

	"tanxu/embeddings"
	"tanxu/embeddings/static"
	"tanxu/internal/pgtest"
	"tanxu/internal/scale"
	"tanxu/need"
	"tanxu/postgres"
)

// neighbours are how many nearest ones a search is for.
const neighbours = 10

// shares are parts of a library that centres hold: a scope is a filter.
func shares() map[need.CentrePath]int { // of a thousand
	return map[need.CentrePath]int{"jx/thousandth/": 1, "jx/hundredth/": 10, "jx/tenth/": 100, "jx/third/": 300, "jx/rest/": 589}
}

// BenchmarkNearest searches vectors of texts (256 dims of the table of n-grams,
// so of real texts where BENCH_CORPUS is set) within scopes of different width,
// and compares what is found with what is nearest by arithmetic.
func BenchmarkNearest(b *testing.B) {
	n := number("BENCH_VECTORS", 100_000)
	url := pgtest.DB(b)
	var centres []need.CentrePath
	for c := range shares() {
		centres = append(centres, c)
	}
	slices.Sort(centres)
	s := open(b, url, postgres.Options{}, centres...)
	texts := readTexts(b)
	e, err := static.New()
	must(b, err)
	m, err := s.UseModel(b.Context(), s.Root(), e.Model().ID, e.Model().Dims)
	must(b, err)
	conn, err := pgx.Connect(b.Context(), url)
	must(b, err)
	defer conn.Close(b.Context())
	must(b, pgxvec.RegisterTypes(b.Context(), conn))
	f := &field{n: n, centres: centres, model: m, embedder: e, texts: texts}
	f.fill(b, conn)
	queries := f.queries(b)

	for _, clients := range []int{1, 4, 16} {
		b.Run(fmt.Sprintf("jx/%d/%d_clients", n, clients), func(b *testing.B) { f.search(b, s, "jx/", queries, clients) })
	}
	for _, scope := range []need.CentrePath{"jx/third/", "jx/tenth/", "jx/hundredth/", "jx/thousandth/"} {
		b.Run(fmt.Sprintf("%s%d", scope, f.held(scope)), func(b *testing.B) { f.search(b, s, scope, queries, 1) })
	}
}

// field is a library of vectors.
type field struct {
	n        int
	centres  []need.CentrePath
	model    need.VectorModel
	embedder embeddings.Embedder
	texts    *scale.Texts
	vectors  map[need.CentrePath][]need.Vector
}

// owner spreads the shares over a thousand.
func (f *field) owner(i int) need.CentrePath {
	i %= 1000
	for _, c := range f.centres {
		if i -= shares()[c]; i < 0 {
			return c
		}
	}
	return f.centres[0]
}

func (f *field) held(scope need.CentrePath) int {
	if scope == "jx/" {
		return f.n
	}
	return len(f.vectors[scope])
}

// fill stores the vectors and builds their index after them, as of a library
// that is there already.
func (f *field) fill(b *testing.B, conn *pgx.Conn) {
	b.Helper()
	const page = 2000
	name := fmt.Sprintf("vectors_model_%d", f.model.ID)
	var index string
	must(b, conn.QueryRow(b.Context(), `SELECT pg_get_indexdef(to_regclass($1))`, name).Scan(&index))
	_, err := conn.Exec(b.Context(), `DROP INDEX `+name)
	must(b, err)
	f.vectors = map[need.CentrePath][]need.Vector{}
	start := time.Now()
	for from := 0; from < f.n; from += page {
		var texts []string
		for i := from; i < min(from+page, f.n); i++ {
			texts = append(texts, f.texts.Paragraph(i))
		}
		values, err := f.embedder.Embed(b.Context(), embeddings.Passage, texts)
		must(b, err)
		rows := make([][]any, len(values))
		for i, v := range values {
			centre, id := f.owner(from+i), uuid.NewString()
			f.vectors[centre] = append(f.vectors[centre], need.Vector{Achievement: need.AchievementID(id), Values: v})
			rows[i] = []any{string(centre), "achievement", id, "text", f.model.ID, []byte("-"), pgvector.NewHalfVector(v), false}
		}
		_, err = conn.CopyFrom(b.Context(), pgx.Identifier{"vectors"},
			[]string{"centre_path", "object_kind", "object_id", "field", "model_id", "text_hash", "embedding", "shared"}, pgx.CopyFromRows(rows))
		must(b, err)
	}
	b.Logf("%d vectors made and stored in %v", f.n, time.Since(start).Round(time.Second))
	start = time.Now()
	for _, sql := range []string{`SET maintenance_work_mem = '2500MB'`, `SET max_parallel_maintenance_workers = 1`, index, `ANALYZE vectors`} {
		_, err := conn.Exec(b.Context(), sql)
		must(b, err)
	}
	b.Logf("indexed in %v", time.Since(start).Round(time.Second))
	sizes(b, conn, "vectors", name)
}

// queries are vectors of what nobody has stored.
func (f *field) queries(b *testing.B) [][]float32 {
	b.Helper()
	titles := make([]string, number("BENCH_TAKEN", 1000))
	for i := range titles {
		titles[i] = f.texts.Question(i).Title
	}
	list, err := f.embedder.Embed(b.Context(), embeddings.Query, titles)
	must(b, err)
	return list
}

// checked is how many searches are compared with arithmetic.
const checked = 200

func (f *field) search(b *testing.B, s *postgres.Store, scope need.CentrePath, queries [][]float32, clients int) {
	b.Helper()
	b.ReportMetric(0, "ns/op")
	search := func(ctx context.Context, i int) (map[need.AchievementID]float64, error) {
		return s.NearestAchievements(ctx, need.Scope{Path: scope, Actor: need.System},
			need.Nearest{Model: f.model, Vector: queries[i], Limit: neighbours, Total: f.held(scope)})
	}
	measure(b, s, clients, len(queries), func(ctx context.Context, i int) error {
		_, err := search(ctx, i)
		return err
	})
	if clients > 1 {
		return
	}
	found, wanted := 0, 0
	for i, q := range queries[:min(checked, len(queries))] {
		got, err := search(b.Context(), i)
		must(b, err)
		for _, id := range f.nearest(scope, q) {
			wanted++
			if _, ok := got[id]; ok {
				found++
			}
		}
	}
	b.ReportMetric(float64(found)/float64(wanted), "recall@10")
}

// nearest finds by arithmetic what a search should find.
func (f *field) nearest(scope need.CentrePath, q []float32) []need.AchievementID {
	type scored struct {
		id    need.AchievementID
		score float32
	}
	var best []scored
	for centre, list := range f.vectors {
		if scope != "jx/" && scope != centre {
			continue
		}
		for _, v := range list {
			var score float32
			for d, x := range v.Values {
				score += x * q[d]
			}
			if len(best) < neighbours || score > best[len(best)-1].score {
				best = append(best, scored{v.Achievement, score})
				slices.SortFunc(best, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
				best = best[:min(len(best), neighbours)]
			}
		}
	}
	ids := make([]need.AchievementID, len(best))
	for i, s := range best {
		ids[i] = s.id
	}
	return ids
}
