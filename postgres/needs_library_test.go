package postgres_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"tanxu/need"
	"tanxu/need/record"
	"tanxu/postgres"
)

// stated adds a need of a centre and prints it.
func stated(t testing.TB, s *postgres.Store, centre need.CentrePath, title, problem string) need.ID {
	t.Helper()
	id := need.ID(uuid.NewString())
	must(t, s.AddNeed(t.Context(), s.Root(), centre, id, []need.Event{
		{Kind: need.NeedStarted, Need: id, At: time.Now(), Note: title},
		{Kind: need.ValueSet, Need: id, At: time.Now(), Key: need.KeyProblem, Item: &need.Item{Value: need.Value{Text: problem}}},
	}))
	printAll(t, s)
	return id
}

// printAll does what the job does.
func printAll(t testing.TB, s *postgres.Store) {
	t.Helper()
	list, err := s.UnprintedNeeds(t.Context(), 100)
	must(t, err)
	var prints []need.Print
	for _, n := range list {
		var r record.Record
		must(t, json.Unmarshal(n.Record, &r))
		r.Org = n.Org
		prints = append(prints, record.PrintOf(r))
	}
	must(t, s.PutPrints(t.Context(), prints, nil))
}

func findNeeds(t *testing.T, s *postgres.Store, scope need.CentrePath, f postgres.NeedFilter) []need.ID {
	t.Helper()
	list, _, err := s.Needs(t.Context(), need.Scope{Path: scope, Actor: "broker:1"}, f, postgres.Page{})
	must(t, err)
	var ids []need.ID
	for _, n := range list {
		ids = append(ids, n.ID)
	}
	return ids
}

func TestNeedsAreFoundByTheirWords(t *testing.T) {
	t.Parallel()
	s := open(t)
	copper := stated(t, s, ganzhou, "高导铜合金带材导电率提升", "导电率只有76%IACS，退火后变软")
	water := stated(t, s, nanchang, "酸洗废水处理", "COD出水150mg/L，排放不达标")
	fresh := need.ID(uuid.NewString()) // not printed yet
	must(t, s.AddNeed(t.Context(), s.Root(), ganzhou, fresh, []need.Event{{Kind: need.NeedStarted, Need: fresh, At: time.Now(), Note: "铜箔针孔"}}))
	tests := map[string]struct {
		scope need.CentrePath
		query string
		want  []need.ID
	}{
		"a word":                  {province, "导电率", []need.ID{copper}},
		"width and case":          {province, "ｉａｃｓ", []need.ID{copper}},
		"words in any order":      {province, "变软 铜合金", []need.ID{copper}},
		"both must stand there":   {province, "变软 废水", nil},
		"pairs are no words":      {province, "铜合金导电", nil},
		"one character":           {province, "铜", []need.ID{fresh, copper}},
		"the last character":      {province, "软", []need.ID{copper}},
		"characters, one each":    {province, "铜 软", []need.ID{copper}},
		"a character of nobody":   {province, "镧", nil},
		"what was not read yet":   {province, "针孔", []need.ID{fresh}},
		"a figure":                {province, "150mg", []need.ID{water}},
		"marks alone":             {province, "%", nil},
		"a sibling sees nothing":  {nanchang, "导电率", nil},
		"its own centre sees it":  {ganzhou, "导电率", []need.ID{copper}},
		"nobody has such a thing": {province, "量子纠缠", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := findNeeds(t, s, tt.scope, postgres.NeedFilter{Query: tt.query})
			slices.Sort(got)
			slices.Sort(tt.want)
			if !slices.Equal(got, tt.want) {
				t.Errorf("%q finds %v, want %v", tt.query, got, tt.want)
			}
		})
	}
}

func TestAChangedNeedIsFoundByItsNewWords(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := stated(t, s, ganzhou, "钨铜复合材料", "热导率偏低")
	scope := need.Scope{Path: ganzhou, Actor: "broker:1"}
	_, err := s.ChangeNeed(t.Context(), scope, id, 0, func(n *need.Need) ([]need.Event, error) {
		return []need.Event{{Kind: need.ValueCorrected, Need: id, At: time.Now(), Key: need.KeyProblem, Item: &need.Item{Value: need.Value{Text: "致密度不够"}}}}, nil
	})
	must(t, err)
	printAll(t, s)
	for word, want := range map[string]int{"热导率": 0, "致密度": 1, "钨铜": 1} {
		if got := findNeeds(t, s, ganzhou, postgres.NeedFilter{Query: word}); len(got) != want {
			t.Errorf("%s finds %d needs, want %d", word, len(got), want)
		}
	}
}

func TestPairsBelongToTheLowestCentreAbove(t *testing.T) {
	t.Parallel()
	s := open(t)
	const title, problem = "高导铜合金带材导电率提升", "目前铜合金带材导电率只有76%IACS，下游客户要求更高，希望提高到80%IACS以上"
	a, b, c := stated(t, s, ganzhou, title, problem), stated(t, s, ganzhou, title, problem+"，很急"), stated(t, s, nanchang, title, problem)
	for _, id := range []need.ID{a, b, c} {
		self, near, err := s.NearNeeds(t.Context(), s.Root(), id, 10)
		must(t, err)
		var twins []need.Twin
		for _, other := range near {
			if twin, ok := need.TwinOf(self, other); ok {
				twins = append(twins, twin)
			}
		}
		must(t, s.PutTwins(t.Context(), []need.ID{id}, twins))
	}
	for scope, want := range map[need.CentrePath]int{province: 3, ganzhou: 1, nanchang: 0} {
		list, _, err := s.Twins(t.Context(), need.Scope{Path: scope, Actor: "broker:1"}, "", postgres.Page{})
		must(t, err)
		if len(list) != want {
			t.Errorf("%s sees %d pairs, want %d: %+v", scope, len(list), want, list)
		}
	}
	_, _, err := s.NearNeeds(t.Context(), need.Scope{Path: nanchang, Actor: "broker:1"}, a, 10)
	wantKind(t, err, need.NotFound, "need_unknown")

	scope := need.Scope{Path: ganzhou, Actor: "broker:1"}
	must(t, s.SetApart(t.Context(), scope, b, a))
	must(t, s.PutTwins(t.Context(), nil, nil)) // found nowhere any more
	list, _, err := s.Twins(t.Context(), scope, a, postgres.Page{})
	must(t, err)
	if len(list) != 1 || list[0].State != postgres.TwinApart {
		t.Errorf("what a broker decided: %+v", list)
	}
	wantKind(t, s.SetApart(t.Context(), scope, a, c), need.NotFound, "twin_unknown")
}

func TestAnErasedNeedLeavesNoPairs(t *testing.T) {
	t.Parallel()
	s := open(t)
	chat := write(t, s, "c1", "m1", "我们做铜合金带材")
	id := need.ID(uuid.NewString())
	lease, ok, err := s.Claim(t.Context(), turnOf(chat), time.Minute)
	if err != nil || !ok {
		t.Fatalf("claim: %t, %v", ok, err)
	}
	began := []need.Event{{Kind: need.NeedStarted, Need: id, At: time.Now(), Note: "铜合金带材"}, {Kind: need.StatusChanged, Need: id, At: time.Now(), To: "review"}}
	must(t, s.CommitTurn(t.Context(), lease, postgres.TurnResult{
		Events: began, Needs: []*need.Need{need.Fold(id, began)}, Cursor: 1, Status: "interviewing", Owner: "bot", Lang: "zh",
	}, nil))
	printAll(t, s)
	if got := findNeeds(t, s, ganzhou, postgres.NeedFilter{Query: "铜合金"}); len(got) != 1 {
		t.Fatalf("found %v", got)
	}
	must(t, s.Erase(t.Context(), s.Root(), chat.Conversation))
	must(t, s.InScope(t.Context(), s.Root(), func(tx pgx.Tx) error {
		var left int
		err := tx.QueryRow(t.Context(), `SELECT count(*) FROM need_pairs WHERE cardinality(needs) > 0`).Scan(&left)
		if left != 0 {
			t.Errorf("%d pairs of characters are left", left)
		}
		return err
	}))
}
