package postgres_test

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"tanxu/need"
	"tanxu/postgres"
)

// shelve stores n achievements of a centre, with one random vector each.
func shelve(t *testing.T, s *postgres.Store, centre need.CentrePath, m need.VectorModel, n int) []need.Achievement {
	t.Helper()
	list := make([]need.IndexedAchievement, n)
	for i := range list {
		list[i] = need.IndexedAchievement{
			Achievement: need.Achievement{Centre: centre, Code: fmt.Sprint(i), Title: fmt.Sprint("成果", i), Shared: true},
			Lexemes:     []string{"成果", fmt.Sprint(i)},
		}
	}
	scope := need.Scope{Path: centre, Actor: need.System}
	must(t, s.PutAchievements(t.Context(), scope, list))
	all, err := s.UnembeddedAchievements(t.Context(), scope, m, "", n)
	must(t, err)
	random := rand.New(rand.NewPCG(1, 2))
	var vectors []need.Vector
	var out []need.Achievement
	for _, u := range all {
		v := need.Vector{Achievement: u.ID, Field: "title", Hash: hash(u.Title), Values: make([]float32, m.Dims)}
		for d := range v.Values {
			v.Values[d] = float32(random.NormFloat64())
		}
		vectors, out = append(vectors, v), append(out, u.Achievement)
	}
	must(t, s.PutVectors(t.Context(), scope, m, vectors))
	return out
}

func hash(text string) []byte {
	h := sha256.Sum256([]byte(text))
	return h[:]
}

func TestSearchByVectorWalksTheIndex(t *testing.T) {
	t.Parallel()

	s := open(t)
	m, err := s.UseModel(t.Context(), s.Root(), "test/16", 16)
	must(t, err)
	shelve(t, s, nanchang, m, 300)

	sql := strings.ReplaceAll(postgres.NearestByIndex, "DIMS", "16")
	must(t, s.InScope(t.Context(), s.Root(), func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), postgres.SearchByIndex); err != nil {
			return err
		}
		rows, err := tx.Query(t.Context(), "EXPLAIN "+sql, pgx.NamedArgs{
			"q": pgvector.NewHalfVector(make([]float32, 16)), "model": m.ID, "limit": 10, "also": []string{},
		})
		if err != nil {
			return err
		}
		plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if all := strings.Join(plan, "\n"); !strings.Contains(all, fmt.Sprintf("using vectors_model_%d", m.ID)) {
			t.Errorf("the plan is\n%s", all)
		}
		return err
	}))
}

func TestVectorsOfTwoModels(t *testing.T) {
	t.Parallel()

	s := open(t)
	old, err := s.UseModel(t.Context(), s.Root(), "old/16", 16)
	must(t, err)
	fresh, err := s.UseModel(t.Context(), s.Root(), "new/8", 8)
	must(t, err)
	if again, err := s.UseModel(t.Context(), s.Root(), "old/16", 16); err != nil || again != old {
		t.Errorf("the model again is %+v, %v", again, err)
	}
	if _, err := s.UseModel(t.Context(), s.Root(), "old/16", 8); err == nil {
		t.Error("a model came back with other dims, and was taken")
	}
	if _, err := s.UseModel(t.Context(), s.Root(), "huge", 5000); err == nil {
		t.Error("a model that cannot be indexed was taken")
	}
	list := shelve(t, s, ganzhou, old, 5)
	near := func(m need.VectorModel) int {
		t.Helper()
		found, err := s.NearestAchievements(t.Context(), s.Root(), need.Nearest{Model: m, Vector: make([]float32, m.Dims), Limit: 3, Total: 5})
		must(t, err)
		return len(found)
	}
	if near(old) != 3 || near(fresh) != 0 {
		t.Errorf("%d found by the old model, %d by the new one", near(old), near(fresh))
	}
	found, err := s.NearestAchievements(t.Context(), s.Root(), need.Nearest{
		Model: old, Vector: make([]float32, 16), Limit: 1, Also: []need.AchievementID{list[3].ID, list[4].ID}, Total: 5,
	})
	must(t, err)
	if _, ok := found[list[4].ID]; !ok || len(found) > 3 {
		t.Errorf("with two more asked for, %d were scored", len(found))
	}
	// A vector of the wrong length would poison the index.
	err = s.PutVectors(t.Context(), s.Root(), old, []need.Vector{{Achievement: list[0].ID, Field: "text", Hash: hash("x"), Values: make([]float32, 8)}})
	if err == nil {
		t.Error("a vector of 8 dims was stored for a model of 16")
	}
}

func TestLexemes(t *testing.T) {
	t.Parallel()

	s := open(t)
	put := func(centre need.CentrePath, code string, lexemes ...string) {
		t.Helper()
		must(t, s.PutAchievements(t.Context(), s.Root(), []need.IndexedAchievement{{
			Achievement: need.Achievement{Centre: centre, Code: code, Title: code, Shared: true}, Lexemes: lexemes,
		}}))
	}
	put(province, "a", "铜带", "it's", `back\slash`)
	put(ganzhou, "b", "铜带", "%iacs")
	put(nanchang, "c", "铜带")
	put(ganzhou, "b", "铜带", "%iacs", "82") // again: counted once

	gz := need.Scope{Path: ganzhou, Actor: need.System}
	stats, err := s.LexemeStats(t.Context(), gz, []string{"铜带", "82", "锂电"})
	must(t, err)
	if stats.Documents != 2 || stats.MeanWords != 3 || stats.Frequency["铜带"] != 2 || stats.Frequency["82"] != 1 || stats.Frequency["锂电"] != 0 {
		t.Errorf("stats %+v", stats)
	}
	for lexeme, want := range map[string]string{"it's": "a", `back\slash`: "a", "%iacs": "b", "a & b | !c": "", "铜": ""} {
		got := ""
		list, err := s.AchievementsByLexemes(t.Context(), gz, []string{lexeme}, 10)
		must(t, err)
		for _, a := range list {
			got += a.Code
		}
		if got != want {
			t.Errorf("%q found %q, want %q", lexeme, got, want)
		}
	}
	list, err := s.AchievementsByLexemes(t.Context(), gz, []string{"铜带", "82"}, 1)
	must(t, err)
	if len(list) != 1 || list[0].Code != "b" {
		t.Errorf("the best of two words is %v", list)
	}
}
