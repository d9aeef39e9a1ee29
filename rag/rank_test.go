package rag_test

import (
	"testing"

	"tanxu/embeddings"
	"tanxu/need"
	"tanxu/rag"
)

func TestRank(t *testing.T) {
	t.Parallel()

	documents := []rag.Document{
		{ID: "a", Title: "脐橙采后绿色保鲜技术", Text: "以精油微胶囊抑制青霉。"},
		{ID: "b", Title: "高强高导铜铬锆合金", Text: "铜带导电率和强度同时提高。"},
		{ID: "c", Title: "铜带表面缺陷在线检测"},
		{ID: "b", Title: "同一个编号只算一次"},
		{ID: "d", Title: ""},
	}
	query := rag.Query{Title: "引线框架铜带导电率提升", Text: "铜带导电率偏低"}
	for name, e := range map[string]embeddings.Embedder{"words": nil, "hybrid": model("test/64")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			r, err := rag.NewRanker(t.Context(), e, documents)
			must(t, err)
			all, err := r.Rank(t.Context(), query, nil)
			must(t, err)
			if len(all) != 4 || all[0].ID != "b" || all[1].ID != "c" {
				t.Errorf("ranking %v", all)
			}
			some, err := r.Rank(t.Context(), query, []rag.Document{documents[0], documents[2]})
			must(t, err)
			if len(some) != 2 || some[0].ID != "c" {
				t.Errorf("ranking of two: %v", some)
			}
			if _, err := r.Rank(t.Context(), query, []rag.Document{{ID: "x", Title: "没有读过"}}); need.KindOf(err) != need.Invalid {
				t.Errorf("an unknown candidate: %v", err)
			}
			if none, err := r.Rank(t.Context(), rag.Query{}, nil); err != nil || len(none) != 4 {
				t.Errorf("an empty need: %v, %v", none, err)
			}
		})
	}
}
