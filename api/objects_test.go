package api_test

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"tanxu/need"
	"tanxu/postgres"
)

// conversation begins a chat in Ganzhou.
func (f *fixture) conversation() string {
	f.t.Helper()
	got, err := f.store.Accept(f.t.Context(), postgres.Inbound{
		Channel: "webchat", Bot: "default", Chat: uuid.NewString(), ID: uuid.NewString(), Kind: "text",
		Text: "我们的铜合金导电率上不去", Invite: "gz", At: time.Now(),
	})
	must(f.t, err)
	return string(got.Conversation)
}

// achievement adds one to the library of the province.
func (f *fixture) achievement() string {
	f.t.Helper()
	code := uuid.NewString()
	must(f.t, f.store.PutAchievements(f.t.Context(), f.store.Root(), []need.IndexedAchievement{{Achievement: need.Achievement{
		Centre: province, Code: code, Title: "高强高导铜合金制备技术", Summary: "导电率上不去时，用铬锆微合金化", Chain: "有色金属", Shared: true,
		Detail: json.RawMessage(`{"people":["王工"]}`),
	}}}))
	list, _, err := f.store.ListAchievements(f.t.Context(), f.store.Root(), postgres.LibraryFilter{Query: code}, postgres.Page{})
	must(f.t, err)
	return string(list[0].ID)
}

// need adds one to a centre, by these events after its start.
func (f *fixture) need(centre need.CentrePath, events ...need.Event) string {
	f.t.Helper()
	id := need.ID(uuid.Must(uuid.NewV7()).String())
	all := append([]need.Event{{Kind: need.NeedStarted, Note: "高导铜合金"}}, events...)
	for i := range all {
		all[i].Need, all[i].At, all[i].By = id, time.Now(), need.Contact
	}
	must(f.t, f.store.AddNeed(f.t.Context(), f.store.Root(), centre, id, all))
	return string(id)
}

// inReview are the events of a need that is good enough to be published.
func inReview() []need.Event {
	set := func(k need.Key, text string) need.Event {
		return need.Event{Kind: need.ValueSet, Key: k, Item: &need.Item{
			Value:    need.Value{Text: text},
			Evidence: []need.Evidence{{Ref: "text", End: len([]rune(text)), Quote: text}},
		}}
	}
	row := func(id, name, unit string, from, to float64) need.Event {
		return need.Event{Kind: need.RowSet, Row: &need.Indicator{
			ID: id, Name: name, Op: need.AtLeast, Unit: unit, Condition: "20 ℃，GB/T 32791", Status: need.Filled,
			Current: &need.Quantity{Text: "76", Num: from}, Target: &need.Quantity{Text: "80", Num: to},
			Evidence: []need.Evidence{{Ref: "text", End: 2, Quote: "80"}},
		}}
	}
	return []need.Event{
		set(need.KeyProblem, "导电率上不去"), set(need.KeyScene, "连铸连轧产线"), set(need.KeyTried, "加过铬锆，没有用"),
		set(need.KeyFoundation, "有一条中试线"), set(need.KeyConstraints, "不能换设备"), set(need.KeyDecisionOwner, "总工"),
		set(need.KeyCoopMode, "合作研发"), set(need.KeyIPTerms, "共有"), set(need.KeyConfidentiality, "脱敏公开"),
		{Kind: need.ValueSet, Key: need.KeyBudget, Item: &need.Item{Value: need.Value{Money: &need.Money{Min: 50, Max: 100, Unit: "万元"}}}},
		{Kind: need.ValueSet, Key: need.KeyDeadline, Item: &need.Item{Value: need.Value{Deadline: &need.Deadline{ISO: "2027-06", Text: "明年六月"}}}},
		row("i1", "导电率", "%IACS", 76, 80), row("i2", "抗拉强度", "MPa", 450, 500),
		{Kind: need.StatusChanged, To: string(need.StatusReview)},
	}
}
