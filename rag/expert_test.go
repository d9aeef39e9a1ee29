package rag_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tanxu/embeddings"
	"tanxu/need"
	"tanxu/postgres"
	"tanxu/rag"
)

const experts = `{"code":"E1","name":"李某","title":"教授","org":"某大学","region":"360700","chain":"有色金属","summary":"长期做铜合金析出强化，熟悉铜带产线。","keywords":["铜铬锆","引线框架"],"detail":{"projects":[{"title":"引线框架铜带软化温度提升","year":2025,"result":"软化温度提高到530 ℃，已量产"},{"title":"铜渣贫化","year":2020}],"equipment":["铜带回流焊模拟炉"]}}
{"code":"E2","name":"王某","org":"某院","summary":"做脐橙采后保鲜，熟悉冷链。","keywords":["脐橙","保鲜"]}
{"code":"E3","name":"赵某","org":"某院","region":"360100","chain":"有色金属","summary":"做铜带表面缺陷在线检测。","keywords":["机器视觉"],"shared":false}`

func TestExpertsForANeed(t *testing.T) {
	t.Parallel()

	for name, e := range map[string]embeddings.Embedder{"words": nil, "hybrid": model("test/64")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			s := open(t)
			list, err := rag.ReadExperts(strings.NewReader(experts), province)
			must(t, err)
			must(t, s.PutExperts(t.Context(), s.Root(), list))
			fill(t, s, e, library(t, province))
			made, err := rag.EmbedExperts(t.Context(), s, e, s.Root())
			must(t, err)
			again, err := rag.EmbedExperts(t.Context(), s, e, s.Root())
			must(t, err)
			if e != nil && (made != 6 || again != 0) {
				t.Errorf("%d vectors, then %d", made, again)
			}
			found, model, err := rag.NewExpertFinder(s, e, nil).Find(t.Context(), at(ganzhou), copperNeed())
			must(t, err)
			if e != nil && model != "test/64" || e == nil && model != need.Lexical {
				t.Errorf("found by %q", model)
			}
			// E3 belongs to the province alone, E2 has nothing to say.
			if len(found) != 1 || found[0].Expert.Code != "E1" || found[0].Rank != 1 {
				t.Fatalf("found %+v", found)
			}
			kinds := map[need.ReasonKind]bool{}
			for _, r := range found[0].Reasons {
				kinds[r.Kind] = true
				checkExpert(t, list[0], r)
			}
			if !kinds[need.ReasonProject] || !kinds[need.ReasonEquipment] || !kinds[need.ReasonChain] || !kinds[need.ReasonRegion] {
				t.Errorf("reasons %q", brief(found[0].Reasons))
			}
		})
	}
}

// checkExpert holds a citation against the texts of the first expert.
func checkExpert(t *testing.T, e need.Expert, r need.Reason) {
	t.Helper()
	texts := map[string]string{
		"summary": e.Summary, "chain": e.Chain, "region": e.Region, "project:0:title": "引线框架铜带软化温度提升",
		"project:0:result": "软化温度提高到530 ℃，已量产", "project:1:title": "铜渣贫化", "equipment:0": "铜带回流焊模拟炉",
	}
	for i, k := range e.Keywords {
		texts["keyword:"+strconv.Itoa(i)] = k
	}
	if c := r.Achievement; c.Quote == "" || string([]rune(texts[c.Ref])[c.Start:c.End]) != c.Quote {
		t.Errorf("%+v does not stand in the expert", c)
	}
	if r.Need.Quote == "" || rag.SayExpert(r, "zh") == "" || rag.SayExpert(r, "en") == "" {
		t.Errorf("a reason without words: %+v", r)
	}
}

func TestNeedsForAnAchievement(t *testing.T) {
	t.Parallel()

	for name, e := range map[string]embeddings.Embedder{"words": nil, "hybrid": model("test/64")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			s := open(t)
			fill(t, s, e, library(t, province))
			review := need.Event{Kind: need.StatusChanged, To: string(need.StatusReview)}
			copper := add(t, s, ganzhou, "引线框架铜带导电率提升", said(need.KeyProblem, "软化温度不足，一过回流焊就变软"), review)
			add(t, s, ganzhou, "脐橙保鲜", need.Event{Kind: need.ValueSet, Key: need.KeyProblem, Item: &need.Item{Value: need.Value{Text: "脐橙储存一个月就烂"}}}, review)
			add(t, s, nanchang, "引线框架铜带软化", said(need.KeyProblem, "软化温度不足，一过回流焊就变软"), review)
			add(t, s, ganzhou, "引线框架铜带草稿", said(need.KeyProblem, "软化温度不足，一过回流焊就变软"))
			list, _, err := s.ListAchievements(t.Context(), s.Root(), postgres.LibraryFilter{Query: "T-01"}, postgres.Page{})
			must(t, err)
			found, err := rag.NewNeedFinder(s, e, nil).Find(t.Context(), at(ganzhou), list[0])
			must(t, err)
			if len(found) != 1 || found[0].Need != copper || found[0].Rank != 1 {
				t.Fatalf("found %+v", found)
			}
			if !slices.ContainsFunc(found[0].Reasons, func(r need.Reason) bool { return r.Kind == need.ReasonWords }) {
				t.Errorf("reasons %q", brief(found[0].Reasons))
			}
			// The province sees the needs of all its centres.
			if found, err = rag.NewNeedFinder(s, e, nil).Find(t.Context(), s.Root(), list[0]); err != nil || len(found) != 2 {
				t.Errorf("the province finds %d, %v", len(found), err)
			}
		})
	}
}

// add stores a need with these events after its start.
func add(t *testing.T, s *postgres.Store, centre need.CentrePath, title string, events ...need.Event) need.ID {
	t.Helper()
	id := need.ID(uuid.Must(uuid.NewV7()).String())
	all := append([]need.Event{{Kind: need.NeedStarted, Note: title}}, events...)
	for i := range all {
		all[i].Need, all[i].At, all[i].By = id, time.Now(), need.Contact
	}
	must(t, s.AddNeed(t.Context(), s.Root(), centre, id, all))
	return id
}
