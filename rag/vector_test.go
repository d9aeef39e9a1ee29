package rag_test

import (
	"context"
	"math"
	"testing"
	"testing/synctest"

	"tanxu/embeddings"
	"tanxu/embeddings/embeddingstest"
	"tanxu/need"
	"tanxu/rag"
)

// spoilt is an Embedder whose answers are turned before they are given.
type spoilt struct {
	*embeddingstest.Bigrams

	turn func(ctx context.Context, vectors [][]float32) ([][]float32, error)
}

func (s spoilt) Embed(ctx context.Context, kind embeddings.Kind, texts []string) ([][]float32, error) {
	vectors, err := s.Bigrams.Embed(ctx, kind, texts)
	if err != nil {
		return nil, err
	}
	return s.turn(ctx, vectors)
}

func faults() map[string]func(context.Context, [][]float32) ([][]float32, error) {
	return map[string]func(context.Context, [][]float32) ([][]float32, error){
		"other dims": func(_ context.Context, v [][]float32) ([][]float32, error) { v[0] = v[0][:3]; return v, nil },
		"not a number": func(_ context.Context, v [][]float32) ([][]float32, error) {
			v[0][2] = float32(math.NaN())
			return v, nil
		},
		"infinite": func(_ context.Context, v [][]float32) ([][]float32, error) {
			v[0][0] = float32(math.Inf(1))
			return v, nil
		},
		"fewer vectors": func(_ context.Context, v [][]float32) ([][]float32, error) { return v[1:], nil },
		"none":          func(context.Context, [][]float32) ([][]float32, error) { return nil, nil },
		"busy": func(context.Context, [][]float32) ([][]float32, error) {
			return nil, need.Errorf(need.Unavailable, "embedder_down", "429")
		},
	}
}

func TestWrongVectorsAreNotStored(t *testing.T) {
	t.Parallel()

	for name, turn := range faults() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			s, good := open(t), model("test/64")
			bad := spoilt{model("test/64"), turn}
			list := library(t, province)
			must(t, rag.NewIndex(s, bad).Put(t.Context(), s.Root(), list))
			if n, err := rag.NewIndex(s, bad).Embed(t.Context(), s.Root()); need.KindOf(err) != need.Unavailable || n != 0 {
				t.Errorf("Embed = %d, %v", n, err)
			}
			if n := visible(t, s, province, "vectors"); n != 0 {
				t.Errorf("%d vectors are stored", n)
			}
			fill(t, s, good, list)
			found, err := rag.NewSearcher(s, bad, nil).Search(t.Context(), at(province), rag.Query{Title: "脐橙保鲜"}, 3)
			must(t, err)
			if found.Model != need.Lexical || found.Hits[0].Achievement.Code != "T-05" {
				t.Errorf("found %s by %q", found.Hits[0].Achievement.Code, found.Model)
			}
		})
	}
}

// shelves is a library without a database, for tests in which time stands still.
type shelves struct{ list []need.Achievement }

func (shelves) UseModel(context.Context, need.Scope, string, int) (need.VectorModel, error) {
	return need.VectorModel{ID: 1}, nil
}

func (s shelves) LexemeStats(context.Context, need.Scope, []string) (need.LexemeStats, error) {
	return need.LexemeStats{Documents: len(s.list), Frequency: map[string]int{"铜带": 1}}, nil
}

func (s shelves) AchievementsByLexemes(context.Context, need.Scope, []string, int) ([]need.Achievement, error) {
	return s.list, nil
}

func (shelves) NearestAchievements(context.Context, need.Scope, need.Nearest) (map[need.AchievementID]float64, error) {
	return map[need.AchievementID]float64{}, nil
}

func (s shelves) Achievements(context.Context, need.Scope, []need.AchievementID) ([]need.Achievement, error) {
	return s.list, nil
}

func TestAnEmbedderThatHangsIsNotWaitedFor(t *testing.T) {
	t.Parallel()

	synctest.Test(t, func(t *testing.T) {
		hangs := spoilt{model("test/64"), func(ctx context.Context, _ [][]float32) ([][]float32, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}}
		library := shelves{[]need.Achievement{{ID: "1", Title: "铜带"}}}
		found, err := rag.NewSearcher(library, hangs, nil).Search(t.Context(), at(province), rag.Query{Title: "铜带"}, 3)
		must(t, err)
		if found.Model != need.Lexical || len(found.Hits) != 1 {
			t.Errorf("%d hits by %q", len(found.Hits), found.Model)
		}
	})
}
