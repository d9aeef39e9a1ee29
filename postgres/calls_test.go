package postgres_test

import (
	"bytes"
	"fmt"
	"sync"
	"testing"
	"time"

	"tanxu/need"
	"tanxu/postgres"
)

func TestIdempotency(t *testing.T) {
	t.Parallel()
	s := open(t)
	hash, other := []byte{1}, []byte{2}
	answer, err := s.BeginCall(t.Context(), broker, "k", "POST /needs", hash)
	if answer != nil || err != nil {
		t.Fatalf("a new key: %v, %v", answer, err)
	}
	_, err = s.BeginCall(t.Context(), broker, "k", "POST /needs", hash)
	wantKind(t, err, need.Conflict, "idempotency_in_flight")
	must(t, s.FinishCall(t.Context(), broker, "k", postgres.Answer{Status: 201, Body: []byte("{}")}))
	answer, err = s.BeginCall(t.Context(), broker, "k", "POST /needs", hash)
	must(t, err)
	if answer == nil || answer.Status != 201 || !bytes.Equal(answer.Body, []byte("{}")) {
		t.Errorf("the stored answer: %+v", answer)
	}
	_, err = s.BeginCall(t.Context(), broker, "k", "POST /needs", other)
	wantKind(t, err, need.Invalid, "idempotency_mismatch")
	_, err = s.BeginCall(t.Context(), broker, "k", "POST /elsewhere", hash)
	wantKind(t, err, need.Invalid, "idempotency_mismatch")

	neighbour := need.Scope{Path: nanchang, Actor: "broker:8"}
	if answer, err := s.BeginCall(t.Context(), neighbour, "k", "POST /needs", other); answer != nil || err != nil {
		t.Errorf("the same key of another centre: %v, %v", answer, err)
	}
	must(t, s.AbandonCall(t.Context(), neighbour, "k"))
	if answer, err := s.BeginCall(t.Context(), neighbour, "k", "POST /needs", hash); answer != nil || err != nil {
		t.Errorf("a key that was freed: %v, %v", answer, err)
	}
	if n, err := s.ForgetCalls(t.Context(), time.Hour); n != 0 || err != nil {
		t.Errorf("forgot %d young keys, %v", n, err)
	}
	if n, err := s.ForgetCalls(t.Context(), 0); n != 2 || err != nil {
		t.Errorf("forgot %d keys, %v", n, err)
	}
}

func TestOneOfManyEqualCallsRuns(t *testing.T) {
	t.Parallel()
	s := open(t)
	var wg sync.WaitGroup
	var mu sync.Mutex
	ran := 0
	for range 10 {
		wg.Go(func() {
			answer, err := s.BeginCall(t.Context(), broker, "k", "POST /needs", []byte{1})
			mu.Lock()
			defer mu.Unlock()
			if err == nil && answer == nil {
				ran++
			}
		})
	}
	wg.Wait()
	if ran != 1 {
		t.Errorf("%d of 10 equal calls ran", ran)
	}
}

func TestAPIKeys(t *testing.T) {
	t.Parallel()
	s := open(t)
	key, secret, err := s.CreateAPIKey(t.Context(), broker, postgres.APIKey{Centre: ganzhou, Name: "导出", Scopes: []string{"needs:read"}})
	must(t, err)
	got, err := s.Authenticate(t.Context(), secret)
	must(t, err)
	if got.ID != key.ID || got.Centre != ganzhou || len(got.Scopes) != 1 {
		t.Errorf("authenticated as %+v", got)
	}
	last := secret[:len(secret)-1] + "A"
	if last == secret {
		last = secret[:len(secret)-1] + "B"
	}
	for name, token := range map[string]string{
		"nothing": "", "no secret": "tx_" + key.Prefix, "another secret": last, "another prefix": "tx_0000000000_" + secret[14:],
		"no tx": secret[3:], "a statement": "tx_' OR 1=1 --_x", "a long one": "tx_" + fmt.Sprintf("%0200d", 1) + "_x",
	} {
		_, err := s.Authenticate(t.Context(), token)
		if need.KindOf(err) != need.Denied {
			t.Errorf("%s: %v", name, err)
		}
	}
	past := time.Now().Add(-time.Second)
	_, expired, err := s.CreateAPIKey(t.Context(), broker, postgres.APIKey{Centre: ganzhou, Name: "旧", Scopes: []string{"admin"}, Expires: &past})
	must(t, err)
	_, err = s.Authenticate(t.Context(), expired)
	wantKind(t, err, need.Denied, "key_unknown")

	wantKind(t, s.RevokeAPIKey(t.Context(), need.Scope{Path: nanchang, Actor: "broker:8"}, key.ID), need.NotFound, "key_unknown")
	must(t, s.RevokeAPIKey(t.Context(), broker, key.ID))
	_, err = s.Authenticate(t.Context(), secret)
	wantKind(t, err, need.Denied, "key_unknown")
	if list, err := s.APIKeys(t.Context(), broker); err != nil || len(list) != 2 || list[1].Revoked == nil {
		t.Errorf("keys %+v, %v", list, err)
	}
}

func TestEraseLeavesNothing(t *testing.T) {
	t.Parallel()
	s := open(t)
	a, _ := withNeed(t, s)
	wantKind(t, s.Erase(t.Context(), need.Scope{Path: nanchang, Actor: "broker:8"}, a.Conversation), need.NotFound, "conversation_unknown")
	running := write(t, s, "chat", "m2", "删除我的数据")
	l := claim(t, s, turnOf(running))
	work := load(t, s, l)
	must(t, s.Erase(t.Context(), need.Scope{Path: ganzhou, Actor: need.Contact}, a.Conversation))
	for _, table := range []string{"conversations", "messages", "events", "needs", "outbox"} {
		if n := count(t, s, s.Root(), table); n != 0 {
			t.Errorf("%s: %d rows are left", table, n)
		}
	}
	wantKind(t, s.CommitTurn(t.Context(), l, reply(work), nil), need.Conflict, "lease_lost")
}

func TestLists(t *testing.T) {
	t.Parallel()
	s := open(t)
	for i := range 5 {
		id := need.ID(fmt.Sprintf("0199a000-0000-7000-8000-00000000000%d", i))
		chain := []string{"有色金属", "电子信息"}[i%2]
		must(t, s.AddNeed(t.Context(), broker, ganzhou, id, []need.Event{
			{Kind: need.NeedStarted, Need: id, By: need.System, At: time.Now(), Note: fmt.Sprintf("第%d个100%%需求_", i)},
			{Kind: need.Suggested, Need: id, By: need.System, At: time.Now(), Key: need.KeyChain, Note: chain},
		}))
	}
	var titles []string
	page := postgres.Page{Limit: 2}
	for {
		list, next, err := s.Needs(t.Context(), broker, postgres.NeedFilter{}, page)
		must(t, err)
		for _, n := range list {
			titles = append(titles, n.Title)
		}
		if next == "" {
			break
		}
		page.Cursor = next
	}
	if len(titles) != 5 || titles[0] != "第4个100%需求_" || titles[4] != "第0个100%需求_" {
		t.Errorf("five needs in pages of two: %v", titles)
	}
	for name, tt := range map[string]struct {
		f    postgres.NeedFilter
		want int
	}{
		"by chain":                  {postgres.NeedFilter{Chain: "有色金属"}, 3},
		"by status":                 {postgres.NeedFilter{Statuses: []need.Status{need.StatusPublished}}, 0},
		"by words of the title":     {postgres.NeedFilter{Query: "第3个"}, 1},
		"a percent sign is no wild": {postgres.NeedFilter{Query: "第%需求"}, 0},
		"nor is an underscore":      {postgres.NeedFilter{Query: "第_个"}, 0},
	} {
		if list, _, err := s.Needs(t.Context(), broker, tt.f, postgres.Page{}); err != nil || len(list) != tt.want {
			t.Errorf("%s: %d needs, %v; want %d", name, len(list), err, tt.want)
		}
	}
	for _, cursor := range []string{"x", "!!", "MjAyNg", "eCB5"} {
		_, _, err := s.Needs(t.Context(), broker, postgres.NeedFilter{}, postgres.Page{Cursor: cursor})
		wantKind(t, err, need.Invalid, "cursor_invalid")
	}
}

func TestConversationLists(t *testing.T) {
	t.Parallel()
	s := open(t)
	for i := range 3 {
		write(t, s, fmt.Sprint("chat", i), fmt.Sprint("m", i), fmt.Sprint("第", i, "家"))
	}
	list, next, err := s.Conversations(t.Context(), broker, postgres.ConversationFilter{Owner: "bot"}, postgres.Page{Limit: 2})
	must(t, err)
	if len(list) != 2 || next == "" || *list[0].LastText != "第2家" || *list[0].LastFrom != "contact" {
		t.Errorf("first page %+v", list)
	}
	list, next, err = s.Conversations(t.Context(), broker, postgres.ConversationFilter{}, postgres.Page{Limit: 2, Cursor: next})
	must(t, err)
	if len(list) != 1 || next != "" || *list[0].LastText != "第0家" {
		t.Errorf("second page %+v", list)
	}
	messages, next, err := s.Messages(t.Context(), broker, list[0].ID, postgres.Page{})
	if err != nil || len(messages) != 1 || next != "" {
		t.Errorf("messages %v, %q, %v", messages, next, err)
	}
}
