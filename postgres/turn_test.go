package postgres_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
	"tanxu/postgres"
)

func TestOnlyTheNewestClaimCommits(t *testing.T) {
	t.Parallel()
	s, other := twoStores(t)
	a := write(t, s, "chat", "m1", "良率只有八成")
	slow, ok, err := s.Claim(t.Context(), turnOf(a), time.Microsecond) // gone at once
	if err != nil || !ok {
		t.Fatalf("first claim: %v, %v", ok, err)
	}
	work := load(t, s, slow)
	quick := claim(t, other, turnOf(a))
	wantKind(t, s.CommitTurn(t.Context(), slow, reply(work), nil), need.Conflict, "lease_lost")
	wantKind(t, s.Renew(t.Context(), slow, time.Minute), need.Conflict, "lease_lost")
	if _, err := s.LoadTurn(t.Context(), slow, 0, 8); !postgres.LeaseLost(err) {
		t.Errorf("load under a lost lease: %v", err)
	}
	must(t, other.CommitTurn(t.Context(), quick, reply(load(t, other, quick)), nil))
	wantKind(t, s.CommitTurn(t.Context(), slow, reply(work), nil), need.Conflict, "lease_lost")
	if got, want := texts(view(t, s, a).Messages), "contact:良率只有八成|bot:收到：良率只有八成"; got != want {
		t.Errorf("messages %s, want %s", got, want)
	}
}

func TestManyClaimersOneLease(t *testing.T) {
	t.Parallel()
	s, other := twoStores(t)
	a := write(t, s, "chat", "m1", "良率只有八成")
	var wg sync.WaitGroup
	var mu sync.Mutex
	won := 0
	for i := range 16 {
		wg.Go(func() {
			_, ok, err := []*postgres.Store{s, other}[i%2].Claim(context.Background(), turnOf(a), time.Minute)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			if ok {
				won++
			}
		})
	}
	wg.Wait()
	if won != 1 {
		t.Errorf("%d of 16 claimers got the lease", won)
	}
}

func TestAMessageDuringATurnIsNotLost(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := write(t, s, "chat", "m1", "良率只有八成")
	l := claim(t, s, turnOf(a))
	work := load(t, s, l)
	write(t, s, "chat", "m2", "要做到九成五")
	if _, ok, err := s.Claim(t.Context(), turnOf(a), time.Minute); ok || err != nil {
		t.Fatalf("claim beside a running turn: %v, %v", ok, err)
	}
	before := enqueued(t, s, a.Conversation)
	must(t, s.CommitTurn(t.Context(), l, reply(work), nil))
	if got := enqueued(t, s, a.Conversation); got != before+1 {
		t.Fatalf("%d turns enqueued by the commit, want 1", got-before)
	}
	l = claim(t, s, turnOf(a))
	work = load(t, s, l)
	if got := texts(work.Unread); got != "contact:要做到九成五" {
		t.Errorf("the next turn reads %s", got)
	}
	must(t, s.CommitTurn(t.Context(), l, reply(work), nil))
	if got := enqueued(t, s, a.Conversation); got != before+1 {
		t.Error("a turn was enqueued with nothing to read")
	}
	if _, ok, _ := s.Claim(t.Context(), turnOf(a), time.Minute); ok {
		t.Error("a claim with nothing to read")
	}
}

func TestACommitIsAllOrNothing(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := write(t, s, "chat", "m1", "良率只有八成")
	l := claim(t, s, turnOf(a))
	work := load(t, s, l)
	refused := errors.New("refused")
	err := s.CommitTurn(t.Context(), l, reply(work), func(context.Context, pgx.Tx) error { return refused })
	if !errors.Is(err, refused) {
		t.Fatalf("commit = %v", err)
	}
	v := view(t, s, a)
	if got := texts(v.Messages); got != "contact:良率只有八成" || len(v.Unread) != 1 {
		t.Errorf("after a refused commit: %s, %d unread", got, len(v.Unread))
	}
	if list, err := s.Events(t.Context(), s.Root(), a.Conversation); err != nil || len(list) != 0 {
		t.Errorf("%d events of a refused commit, %v", len(list), err)
	}
	must(t, s.CommitTurn(t.Context(), l, reply(work), nil))
}

func TestTriesCountUntilACommit(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := write(t, s, "chat", "m1", "良率只有八成")
	for want := 1; want <= 3; want++ {
		l := claim(t, s, turnOf(a))
		if l.Tries != want {
			t.Fatalf("try %d, want %d", l.Tries, want)
		}
		must(t, s.GiveBack(t.Context(), l, true))
	}
	l := claim(t, s, turnOf(a))
	must(t, s.GiveBack(t.Context(), l, false)) // the database was away: nobody's fault
	l = claim(t, s, turnOf(a))
	if l.Tries != 4 {
		t.Errorf("a try that is nobody's fault counts: %d", l.Tries)
	}
	must(t, s.CommitTurn(t.Context(), l, reply(load(t, s, l)), nil))
	write(t, s, "chat", "m2", "要做到九成五")
	if l := claim(t, s, turnOf(a)); l.Tries != 1 {
		t.Errorf("tries after a commit: %d", l.Tries)
	}
}

func TestEditsSettle(t *testing.T) {
	t.Parallel()
	s := open(t)
	edit := func(id, of, text string) {
		t.Helper()
		_, err := s.Accept(t.Context(), postgres.Inbound{
			Channel: "webchat", Bot: "default", Chat: "chat", ID: id, Kind: "edit", EditOf: of, Text: text,
		})
		must(t, err)
	}
	a := write(t, s, "chat", "m1", "良率八成")
	write(t, s, "chat", "m2", "要九成五")
	edit("m1e", "m1", "良率七成")
	l := claim(t, s, turnOf(a))
	work := load(t, s, l)
	if got := texts(work.Unread); got != "contact:良率七成|contact:要九成五" || work.Unread[0].EditOf != nil {
		t.Fatalf("an unread message and its edit: %s (%v)", got, work.Unread[0].EditOf)
	}
	read := work.Unread[0].ID
	must(t, s.CommitTurn(t.Context(), l, reply(work), nil))

	edit("m1f", "m1", "良率六成")
	edit("m1g", "m1", "良率五成")
	work = load(t, s, claim(t, s, turnOf(a)))
	if got := texts(work.Unread); got != "contact:良率五成" {
		t.Fatalf("two edits of a message that was read: %s", got)
	}
	if e := work.Unread[0].EditOf; e == nil || *e != string(read) {
		t.Errorf("the edit replaces %v, want %s, the version that was read", e, read)
	}
}

func TestDiscardLeavesNoWords(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := write(t, s, "chat", "m1", "我叫王建国，电话13800000000")
	l := claim(t, s, turnOf(a))
	r := reply(load(t, s, l))
	r.Discard, r.Status, r.Events = true, "consent", nil
	r.Say = []postgres.Say{{Text: "请先同意"}}
	must(t, s.CommitTurn(t.Context(), l, r, nil))
	if got := texts(view(t, s, a).Messages); got != "contact:|bot:请先同意" {
		t.Errorf("without consent there is %s", got)
	}
}

func TestNeedsAreStoredWithTheTurn(t *testing.T) {
	t.Parallel()
	s := open(t)
	a, n := withNeed(t, s)
	got, err := s.Need(t.Context(), s.Root(), n)
	must(t, err)
	if got.Title != "高导铜合金" || got.Chain != "有色金属" || got.Version != 4 || got.Centre != ganzhou || got.Score == 0 {
		t.Errorf("stored need %+v", got)
	}
	v := view(t, s, a)
	if len(v.Conversation.Needs) != 1 || v.Conversation.Needs[0] != n {
		t.Errorf("needs of the conversation: %v", v.Conversation.Needs)
	}
	_, err = s.Need(t.Context(), need.Scope{Path: nanchang, Actor: "broker:1"}, n)
	wantKind(t, err, need.NotFound, "need_unknown")
}

// withNeed returns a conversation of Ganzhou with one need of version 4.
func withNeed(t *testing.T, s *postgres.Store) (postgres.Accepted, need.ID) {
	t.Helper()
	const id need.ID = "0199a000-0000-7000-8000-000000000009"
	a := write(t, s, "chat", "m1", "导电率上不去")
	l := claim(t, s, turnOf(a))
	r := reply(load(t, s, l))
	item := &need.Item{Value: need.Value{Text: "导电率上不去"}, Evidence: []need.Evidence{{Ref: "message:" + string(a.Message), End: 6, Quote: "导电率上不去"}}}
	now := time.Now()
	list := []need.Event{
		{Kind: need.NeedStarted, Need: id, By: need.Contact, At: now, Note: "高导铜合金"},
		{Kind: need.StatusChanged, Need: id, By: need.Bot, At: now, To: string(need.StatusInterviewing)},
		{Kind: need.ValueSet, Need: id, By: need.Contact, At: now, Key: need.KeyProblem, Item: item, Message: a.Message, Checks: need.Checks{Aligned: true}},
		{Kind: need.Suggested, Need: id, By: need.Bot, At: now, Key: need.KeyChain, Note: "有色金属", To: "说到铜"},
	}
	r.Events, r.Needs = list, []*need.Need{need.Fold(id, list)}
	must(t, s.CommitTurn(t.Context(), l, r, nil))
	return a, id
}

// TestMessagesOfAChatCommitInOrder holds the row of a conversation while a
// message comes in: had that one got its place before the lock, a turn could
// pass it by.
func TestMessagesOfAChatCommitInOrder(t *testing.T) {
	t.Parallel()
	s, other := twoStores(t)
	a := write(t, s, "chat", "m1", "一")
	done := make(chan postgres.Accepted, 1)
	must(t, s.InScope(t.Context(), s.Root(), func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), `SELECT FROM conversations WHERE id = $1 FOR UPDATE`, string(a.Conversation)); err != nil {
			return err
		}
		go func() { done <- write(t, other, "chat", "m3", "三") }()
		untilSomebodyWaits(t, tx)
		_, err := tx.Exec(t.Context(), `
			INSERT INTO messages (id, centre_path, conversation_id, author, channel, bot, external_id, text)
			VALUES (gen_random_uuid(), $1, $2, 'contact', 'webchat', 'default', 'm2', '二')`, string(a.Centre), string(a.Conversation))
		return err
	}))
	<-done
	if got, want := texts(view(t, s, a).Messages), "contact:一|contact:二|contact:三"; got != want {
		t.Errorf("messages %s, want %s", got, want)
	}
}

// untilSomebodyWaits returns when a session of this database waits for a lock.
func untilSomebodyWaits(t *testing.T, tx pgx.Tx) {
	t.Helper()
	limit := time.After(20 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		var waits bool
		must(t, tx.QueryRow(t.Context(), `
			SELECT EXISTS (SELECT FROM pg_locks w WHERE NOT w.granted AND w.pid IN (
				SELECT pid FROM pg_locks WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database())))`).Scan(&waits))
		if waits {
			return
		}
		select {
		case <-tick.C:
		case <-limit:
			t.Fatal("nobody waits for the lock")
		}
	}
}
