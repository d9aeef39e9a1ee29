package rag_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tanxu/embeddings"
	"tanxu/embeddings/embeddingstest"
	"tanxu/internal/pgtest"
	"tanxu/need"
	"tanxu/postgres"
	"tanxu/rag"
)

const (
	province need.CentrePath = "jx/"
	ganzhou  need.CentrePath = "jx/gz/"
	nanchang need.CentrePath = "jx/nc/"
)

func at(path need.CentrePath) need.Scope { return need.Scope{Path: path, Actor: need.System} }

// open returns a store with three centres.
func open(t testing.TB) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), pgtest.DB(t), postgres.Options{Root: province, AllowSuperuser: true, MaxConns: 4})
	must(t, err)
	t.Cleanup(s.Close)
	for path, kind := range map[need.CentrePath]string{province: "province", ganzhou: "city", nanchang: "city"} {
		must(t, s.PutCentre(t.Context(), s.Root(), postgres.Centre{Path: path, Kind: kind, NameZH: "中心", NameEN: "centre"}))
	}
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// library reads the achievements of the tests for a centre.
func library(t testing.TB, centre need.CentrePath) []need.Achievement {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "achievements.jsonl"))
	must(t, err)
	defer f.Close()
	list, err := rag.ReadAchievements(f, centre)
	must(t, err)
	return list
}

func fill(t testing.TB, s *postgres.Store, e embeddings.Embedder, list []need.Achievement) {
	t.Helper()
	x := rag.NewIndex(s, e)
	must(t, x.Put(t.Context(), s.Root(), list))
	_, err := x.Embed(t.Context(), s.Root())
	must(t, err)
}

func model(id string) *embeddingstest.Bigrams { return &embeddingstest.Bigrams{ID: id, Dims: 64} }

// said is a field as the interview fills it from one message.
func said(key need.Key, quote string) need.Event {
	return need.Event{Kind: need.ValueSet, Need: "n", Key: key, Item: &need.Item{
		Value: need.Value{Text: quote}, Evidence: []need.Evidence{cite(quote)},
	}}
}

// cite points at words of the message.
func cite(quote string) need.Evidence {
	start := len([]rune(message[:strings.Index(message, quote)]))
	return need.Evidence{Ref: "message:m1", Start: start, End: start + len([]rune(quote)), Quote: quote}
}

const message = "我们厂做引线框架用的铜带，导电率只有76%IACS，客户要求80以上。抗拉强度也要450 MPa以上，软化温度不足，一过回流焊就变软。我们在赣州。"

// copperNeed is the need of a firm that makes copper strip.
func copperNeed() *need.Need {
	row := func(id, name, op string, target float64, text, unit, condition, quote string) need.Event {
		return need.Event{Kind: need.RowSet, Need: "n", Row: &need.Indicator{
			ID: id, Name: name, Op: need.Op(op), Target: &need.Quantity{Text: text, Num: target}, Unit: unit, Condition: condition, Status: need.Filled,
			Evidence: []need.Evidence{cite(quote)},
		}}
	}
	return need.Fold("n", []need.Event{
		{Kind: need.NeedStarted, Need: "n", Note: "引线框架铜带导电率提升", At: time.Unix(0, 0)},
		said(need.KeyProblem, "软化温度不足，一过回流焊就变软"),
		said(need.KeyScene, "我们厂做引线框架用的铜带"),
		row("i1", "导电率", "≥", 80, "80", "%IACS", "", "导电率只有76%IACS，客户要求80以上"),
		row("i2", "抗拉强度", "≥", 0.45, "0.45", "GPa", "高温200 ℃", "抗拉强度也要450 MPa以上"),
		row("i3", "延伸率", "≥", 8, "8", "%", "", "抗拉强度也要450 MPa以上"),
		{Kind: need.ValueSet, Need: "n", Key: need.KeyRegion, Item: &need.Item{Value: need.Value{Text: "赣州"}, Evidence: []need.Evidence{cite("赣州")}}},
		{Kind: need.ValueSet, Need: "n", Key: need.KeyChain, Source: need.FromBroker, Item: &need.Item{Value: need.Value{Text: "有色金属"}}},
		{Kind: need.ValueSet, Need: "n", Key: need.KeyCoopMode, Source: need.FromBroker, Item: &need.Item{Value: need.Value{Text: "技术许可"}}},
	})
}

func matcher(s *postgres.Store, e embeddings.Embedder) *rag.Matcher {
	return rag.NewMatcher(rag.NewSearcher(s, e, nil), s)
}

func TestMatch(t *testing.T) {
	t.Parallel()

	s, e := open(t), model("test/64")
	fill(t, s, e, library(t, province))
	run, err := matcher(s, e).Match(t.Context(), at(ganzhou), copperNeed())
	must(t, err)

	if run.Model != "test/64" || len(run.Matches) != 8 {
		t.Fatalf("%d matches by %q", len(run.Matches), run.Model)
	}
	best := run.Matches[0]
	if best.Achievement.Code != "T-01" || best.Rank != 1 {
		t.Fatalf("the best match is %s", best.Achievement.Code)
	}
	want := []string{
		"words problem 软化温度不足", "words scene 引线框架、铜带", "indicator_met indicator:i1 ≥82 %IACS", "indicator_met indicator:i2 ≥520 MPa",
		"chain chain 有色金属", "region region 赣州",
	}
	if got := brief(best.Reasons); !subset(want, got) {
		t.Errorf("reasons %q lack some of %q", got, want)
	}
	want = []string{"indicator_condition indicator:i2 ≥520 MPa", "indicator_absent indicator:i3 ", "stage_early coop_mode 中期"}
	if got := brief(best.Gaps); !slices.Equal(got, want) {
		t.Errorf("gaps %q, want %q", got, want)
	}
	for _, m := range run.Matches {
		for _, r := range slices.Concat(m.Reasons, m.Gaps) {
			checkVerbatim(t, m.Achievement, r)
		}
	}
}

// brief writes reasons as "kind field words-or-offer".
func brief(list []need.Reason) []string {
	var out []string
	for _, r := range list {
		out = append(out, string(r.Kind)+" "+r.Field+" "+strings.Join(r.Words, "、")+r.Offered)
	}
	return out
}

func subset(want, got []string) bool {
	for _, w := range want {
		if !slices.ContainsFunc(got, func(g string) bool { return strings.Contains(g, w) }) {
			return false
		}
	}
	return true
}

// checkVerbatim holds every citation against the texts themselves.
func checkVerbatim(t *testing.T, a need.Achievement, r need.Reason) {
	t.Helper()
	texts := map[string]string{
		"title": a.Title, "summary": a.Summary, "indicators": a.Indicators, "chain": a.Chain, "stage": a.Stage, "region": a.Region,
		"ip:0": "发明专利 ZL2023XXXXXXXX 有效",
	}
	if r.Kind != need.GapIndicatorAbsent {
		if e := r.Achievement; string([]rune(texts[e.Ref])[e.Start:e.End]) != e.Quote || e.Quote == "" {
			t.Errorf("%s: %+v does not stand in the achievement", r.Kind, e)
		}
	}
	ofRight := r.Kind == need.ReasonRight || r.Kind == need.GapRight
	if e := r.Need; !ofRight && (e.Ref == "message:m1" && string([]rune(message)[e.Start:e.End]) != e.Quote || e.Quote == "") {
		t.Errorf("%s: %+v does not stand in the message", r.Kind, e)
	}
	for _, w := range r.Words {
		if !strings.Contains(r.Need.Quote, w) || !strings.Contains(strings.ToLower(r.Achievement.Quote), strings.ToLower(w)) {
			t.Errorf("%q is not shared by %q and %q", w, r.Need.Quote, r.Achievement.Quote)
		}
	}
	for _, lang := range []string{"zh", "en"} {
		if rag.Say(r, lang) == "" {
			t.Errorf("%s has no text in %s", r.Kind, lang)
		}
	}
}

func TestWordsAloneRankToo(t *testing.T) {
	t.Parallel()

	s := open(t)
	fill(t, s, nil, library(t, province))
	run, err := matcher(s, nil).Match(t.Context(), at(ganzhou), copperNeed())
	must(t, err)
	if run.Model != need.Lexical || len(run.Matches) == 0 || run.Matches[0].Achievement.Code != "T-01" {
		t.Errorf("%d matches by %q", len(run.Matches), run.Model)
	}
	if run, err = matcher(s, nil).Match(t.Context(), at(ganzhou), need.Fold("empty", nil)); err != nil || len(run.Matches) != 0 {
		t.Errorf("a need without words gave %d matches, %v", len(run.Matches), err)
	}
}

func TestALongNeedIsMatchedInTime(t *testing.T) {
	t.Parallel()

	s, e := open(t), model("test/64")
	fill(t, s, e, library(t, province))
	var problem strings.Builder
	for i := range 20_000 {
		problem.WriteString("第" + string(rune(0x4E00+i)) + "号铜带导电率偏低。\n")
	}
	n := need.Fold("n", []need.Event{
		{Kind: need.NeedStarted, Need: "n", Note: strings.Repeat("铜带", 20_000)},
		{Kind: need.ValueSet, Need: "n", Key: need.KeyProblem, Item: &need.Item{Value: need.Value{Text: problem.String()}}},
	})
	began := time.Now()
	run, err := matcher(s, e).Match(t.Context(), at(ganzhou), n)
	must(t, err)
	if took := time.Since(began); took > 10*time.Second || len(run.Matches) == 0 {
		t.Errorf("%d matches after %v", len(run.Matches), took)
	}
}
