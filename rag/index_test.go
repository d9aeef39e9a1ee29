package rag_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"tanxu/embeddings"
	"tanxu/embeddings/embeddingstest"
	"tanxu/need"
	"tanxu/postgres"
	"tanxu/rag"
)

// codes searches and returns the codes found, in order.
func codes(t *testing.T, s *postgres.Store, e embeddings.Embedder, scope need.CentrePath, q rag.Query) []string {
	t.Helper()
	found, err := rag.NewSearcher(s, e, nil).Search(t.Context(), at(scope), q, 20)
	must(t, err)
	var out []string
	for _, h := range found.Hits {
		out = append(out, h.Achievement.Code)
	}
	return out
}

func TestScope(t *testing.T) {
	t.Parallel()

	s, e := open(t), model("test/64")
	own := func(centre need.CentrePath, code string, shared bool) need.Achievement {
		return need.Achievement{
			Centre: centre, Code: code, Title: "铜带导电率提升技术 " + code, Summary: "铜带导电率提升，引线框架用铜带。", Shared: shared,
		}
	}
	fill(t, s, e, []need.Achievement{
		own(province, "JX", true), own(province, "JX-inner", false), own(ganzhou, "GZ", true), own(nanchang, "NC", true),
	})
	query := rag.Query{Title: "铜带导电率"}
	for _, embedder := range []embeddings.Embedder{e, nil} {
		for scope, want := range map[need.CentrePath][]string{
			province: {"GZ", "JX", "JX-inner", "NC"}, // all below it
			ganzhou:  {"GZ", "JX"},                   // its own, and what the province shares
			nanchang: {"JX", "NC"},
		} {
			got := codes(t, s, embedder, scope, query)
			if slices.Sort(got); !slices.Equal(got, want) {
				t.Errorf("%s found %v, want %v", scope, got, want)
			}
		}
	}

	// A city can read what the province shares, but not change it.
	err := s.PutAchievements(t.Context(), at(ganzhou), []need.IndexedAchievement{{Achievement: own(province, "JX", true)}})
	if err == nil {
		t.Error("a city has changed an achievement of the province")
	}
	// What is no longer shared is gone from the cities, vectors and all.
	fill(t, s, e, []need.Achievement{own(province, "JX", false)})
	if got := codes(t, s, e, ganzhou, query); !slices.Equal(got, []string{"GZ"}) {
		t.Errorf("%s found %v", ganzhou, got)
	}
	if n := visible(t, s, ganzhou, "vectors"); n != 2 {
		t.Errorf("%s sees %d vectors, want those of its own achievement", ganzhou, n)
	}
}

func visible(t *testing.T, s *postgres.Store, scope need.CentrePath, table string) int {
	t.Helper()
	var n int
	must(t, s.InScope(t.Context(), at(scope), func(tx pgx.Tx) error {
		return tx.QueryRow(t.Context(), `SELECT count(*) FROM `+pgx.Identifier{table}.Sanitize()).Scan(&n)
	}))
	return n
}

func TestModelsAreNeverMixed(t *testing.T) {
	t.Parallel()

	s := open(t)
	old, fresh := &embeddingstest.Bigrams{ID: "old/32", Dims: 32}, model("new/64")
	fill(t, s, old, library(t, province))
	if got := codes(t, s, fresh, province, rag.Query{Title: "脐橙保鲜"}); got[0] != "T-05" {
		t.Errorf("before it has vectors of its own the new model found %v", got)
	}
	found, err := rag.NewSearcher(s, fresh, nil).Search(t.Context(), at(province), rag.Query{Title: "脐橙保鲜"}, 3)
	must(t, err)
	if found.Model != need.Lexical {
		t.Errorf("a search without vectors of the model says %q", found.Model)
	}

	x := rag.NewIndex(s, fresh)
	n, err := x.Embed(t.Context(), s.Root())
	must(t, err)
	if n != 16 || visible(t, s, province, "vectors") != 32 {
		t.Errorf("%d new vectors, %d in all", n, visible(t, s, province, "vectors"))
	}
	for _, e := range []*embeddingstest.Bigrams{old, fresh} {
		found, err := rag.NewSearcher(s, e, nil).Search(t.Context(), at(province), rag.Query{Title: "脐橙保鲜"}, 3)
		must(t, err)
		if found.Model != e.ID || found.Hits[0].Achievement.Code != "T-05" {
			t.Errorf("%s found %s by %q", e.ID, found.Hits[0].Achievement.Code, found.Model)
		}
	}
	other := &embeddingstest.Bigrams{ID: "new/64", Dims: 32}
	if _, err := rag.NewIndex(s, other).Embed(t.Context(), s.Root()); err == nil {
		t.Error("a model came back with other dims, and was taken")
	}
}

func TestUnchangedTextIsNotEmbeddedAgain(t *testing.T) {
	t.Parallel()

	s, e := open(t), model("test/64")
	list := library(t, province)
	fill(t, s, e, list)
	before := len(e.Texts())
	fill(t, s, e, list)
	if n := len(e.Texts()) - before; n != 0 {
		t.Errorf("%d texts were embedded again", n)
	}
	list[2].Summary += "新增了三条产线。"
	list[3].Owner = "另一所大学" // no text of a vector
	fill(t, s, e, list)
	if got := e.Texts()[before:]; len(got) != 1 || !strings.Contains(got[0], "新增了三条产线") {
		t.Errorf("after two changes %q were embedded", got)
	}
	if n := visible(t, s, province, "achievements"); n != len(list) {
		t.Errorf("%d achievements after three imports of %d", n, len(list))
	}
}

// broken fails when it is asked for a query.
type broken struct{ *embeddingstest.Bigrams }

func (b broken) Embed(ctx context.Context, kind embeddings.Kind, texts []string) ([][]float32, error) {
	if kind == embeddings.Query {
		return nil, errors.New("endpoint down")
	}
	return b.Bigrams.Embed(ctx, kind, texts)
}

func TestEmbedderDownSearchesByWords(t *testing.T) {
	t.Parallel()

	s, e := open(t), model("test/64")
	fill(t, s, e, library(t, province))
	found, err := rag.NewSearcher(s, broken{e}, slog.New(slog.DiscardHandler)).Search(t.Context(), at(province), rag.Query{Title: "脐橙保鲜"}, 3)
	must(t, err)
	if found.Model != need.Lexical || len(found.Hits) == 0 || found.Hits[0].Achievement.Code != "T-05" {
		t.Errorf("%d hits by %q", len(found.Hits), found.Model)
	}
}

// TestBothPlansAgree compares the exact plan with the walk over the index, also
// for a scope that holds a small part of the rows.
func TestBothPlansAgree(t *testing.T) {
	t.Parallel()

	s, e := open(t), model("test/64")
	fill(t, s, e, many(600, func(i int) need.CentrePath {
		if i%20 == 0 {
			return ganzhou
		}
		return nanchang
	}))
	m, err := s.UseModel(t.Context(), s.Root(), e.ID, e.Dims)
	must(t, err)
	q, err := e.Embed(t.Context(), embeddings.Query, []string{subject(7) + "的提升"})
	must(t, err)
	for _, scope := range []need.CentrePath{province, ganzhou} {
		exact, err := s.NearestAchievements(t.Context(), at(scope), need.Nearest{Model: m, Vector: q[0], Limit: 10, Total: 600})
		must(t, err)
		walked, err := s.NearestAchievements(t.Context(), at(scope), need.Nearest{Model: m, Vector: q[0], Limit: 10, Total: 1_000_000})
		must(t, err)
		same := 0
		for id, score := range exact {
			if w, ok := walked[id]; ok {
				same++
				if diff := w - score; diff > 1e-6 || diff < -1e-6 {
					t.Errorf("%s scores %f and %f", id, score, w)
				}
			}
		}
		if len(exact) != 10 || same < 8 {
			t.Errorf("%s: of %d nearest the index found %d", scope, len(exact), same)
		}
	}
}

// subject is one of many phrases that differ in their characters.
func subject(i int) string {
	const things, traits = "铜铝钨锂硅钛镍锌锡铅", "强度硬度韧性粒径纯度密度黏度寿命良率能耗"
	thing, trait := []rune(things), []rune(traits)
	i %= len(thing) * len(trait) / 2
	return string(thing[i%10]) + "基材料" + string(trait[i/10*2:i/10*2+2])
}

func many(n int, centre func(i int) need.CentrePath) []need.Achievement {
	list := make([]need.Achievement, n)
	for i := range list {
		list[i] = need.Achievement{
			Centre: centre(i), Code: fmt.Sprint("M-", i), Title: fmt.Sprintf("%s控制技术%d", subject(i), i), Shared: true,
			Summary:    fmt.Sprintf("针对%s波动的问题，第%d条产线采用闭环控制，%s与%s同时改善。", subject(i), i, subject(i+3), subject(i*7+1)),
			Indicators: fmt.Sprintf("%s≥%d %%", subject(i), 50+i%50),
		}
	}
	return list
}

// BenchmarkSearch searches 5,000 achievements as Ganzhou sees them.
func BenchmarkSearch(b *testing.B) {
	s := open(b)
	e := &embeddingstest.Bigrams{ID: "bench/512", Dims: 512}
	fill(b, s, e, many(5000, func(int) need.CentrePath { return province }))
	for name, embedder := range map[string]embeddings.Embedder{"words": nil, "hybrid": e} {
		b.Run(name, func(b *testing.B) {
			searcher := rag.NewSearcher(s, embedder, nil)
			i := 0
			for b.Loop() {
				q := rag.Query{Title: subject(i) + "不稳定", Text: "我们产线上" + subject(i+1) + "波动，想请人解决。"}
				if _, err := searcher.Search(b.Context(), at(ganzhou), q, rag.Limit); err != nil {
					b.Fatal(err)
				}
				i++
			}
		})
	}
}
