package postgres_test

import (
	"testing"
	"time"

	"tanxu/need"
	"tanxu/postgres"
)

var broker = need.Scope{Path: ganzhou, Actor: "broker:7"}

func TestTakeOverDropsWhatIsNotSent(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := write(t, s, "chat", "m1", "良率只有八成")
	l := claim(t, s, turnOf(a))
	must(t, s.CommitTurn(t.Context(), l, reply(load(t, s, l)), nil))

	c, err := s.TakeOver(t.Context(), broker, a.Conversation, line("joined"))
	must(t, err)
	if c.Owner != "broker" || c.Status != "handed_over" {
		t.Errorf("after the takeover: %+v", c)
	}
	m, err := s.BrokerSay(t.Context(), broker, a.Conversation, "我是小李，您好", line("joined"))
	must(t, err)
	send, ok, err := s.NextSend(t.Context(), turnOf(a))
	must(t, err)
	if !ok || send.Text != "zh:joined" {
		t.Fatalf("first to send: %+v, %v", send, ok)
	}
	must(t, s.Sent(t.Context(), turnOf(a), send, postgres.Outcome{Status: "sent", Receipt: "r0"}))
	send, ok, err = s.NextSend(t.Context(), turnOf(a))
	must(t, err)
	if !ok || send.Message != m.ID || send.Text != "我是小李，您好" || send.Chat != "chat" {
		t.Fatalf("next to send: %+v, %v", send, ok)
	}
	must(t, s.Sent(t.Context(), turnOf(a), send, postgres.Outcome{Status: "sent", Receipt: "r1"}))
	if _, ok, err := s.NextSend(t.Context(), turnOf(a)); ok || err != nil {
		t.Errorf("something is left to send: %v, %v", ok, err)
	}
	if got := texts(view(t, s, a).Messages); got != "contact:良率只有八成|system:zh:joined|broker:我是小李，您好" {
		t.Errorf("the contact sees %s", got)
	}
}

func TestTakeOverOvertakesARunningTurn(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := write(t, s, "chat", "m1", "良率只有八成")
	l := claim(t, s, turnOf(a))
	work := load(t, s, l)
	_, err := s.TakeOver(t.Context(), broker, a.Conversation, line("joined"))
	must(t, err)
	wantKind(t, s.CommitTurn(t.Context(), l, reply(work), nil), need.Conflict, "lease_lost")
	if n := enqueued(t, s, a.Conversation); n < 2 {
		t.Errorf("%d turns enqueued; the message must be read again", n)
	}
	if got := load(t, s, claim(t, s, turnOf(a))); got.Owner != "broker" || len(got.Unread) != 1 || len(got.Events) != 1 {
		t.Errorf("the next turn starts from %+v", got)
	}
}

func TestABrokerSpeaksOnlyAsOwner(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := write(t, s, "chat", "m1", "良率只有八成")
	_, err := s.BrokerSay(t.Context(), broker, a.Conversation, "您好", line("joined"))
	wantKind(t, err, need.Conflict, "not_taken_over")
	_, err = s.TakeOver(t.Context(), need.Scope{Path: nanchang, Actor: "broker:8"}, a.Conversation, line("joined"))
	wantKind(t, err, need.NotFound, "conversation_unknown")
	_, err = s.TakeOver(t.Context(), broker, "not-an-id", line("joined"))
	wantKind(t, err, need.NotFound, "conversation_unknown")

	for range 2 { // a second click changes nothing
		_, err = s.TakeOver(t.Context(), broker, a.Conversation, line("joined"))
		must(t, err)
	}
	c, err := s.Release(t.Context(), broker, a.Conversation, line("left"))
	must(t, err)
	list, err := s.Events(t.Context(), broker, a.Conversation)
	must(t, err)
	if c.Owner != "bot" || c.Status != "interviewing" || c.Version != 2 || len(list) != 2 || list[0].By != "broker:7" {
		t.Errorf("after the release: %+v, events %+v", c, list)
	}
}

func TestChangeNeed(t *testing.T) {
	t.Parallel()
	s := open(t)
	a, id := withNeed(t, s)
	write(t, s, "chat", "m2", "还有一件事")
	running := claim(t, s, turnOf(a))
	work := load(t, s, running)

	title := func(text string) func(*need.Need) ([]need.Event, error) {
		return func(*need.Need) ([]need.Event, error) {
			return []need.Event{{Kind: need.TitleSet, Need: id, By: broker.Actor, At: time.Now(), Note: text}}, nil
		}
	}
	n, err := s.ChangeNeed(t.Context(), broker, id, 4, title("高导耐热铜合金"))
	must(t, err)
	if n.Title != "高导耐热铜合金" || n.Version != 5 {
		t.Errorf("after the change: %+v", n)
	}
	_, err = s.ChangeNeed(t.Context(), broker, id, 4, title("别的"))
	wantKind(t, err, need.Conflict, "version_stale")
	_, err = s.ChangeNeed(t.Context(), need.Scope{Path: nanchang, Actor: "broker:8"}, id, 5, title("别的"))
	wantKind(t, err, need.NotFound, "need_unknown")

	wantKind(t, s.CommitTurn(t.Context(), running, reply(work), nil), need.Conflict, "lease_lost")
	history, err := s.NeedEvents(t.Context(), broker, id)
	must(t, err)
	if len(history) != 5 || need.Fold(id, history).Title != "高导耐热铜合金" {
		t.Errorf("the events do not add up to the record: %d", len(history))
	}
}

func TestSendsKeepTheirOrder(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := write(t, s, "chat", "m1", "一")
	write(t, s, "chat", "m2", "二")
	l := claim(t, s, turnOf(a))
	must(t, s.CommitTurn(t.Context(), l, reply(load(t, s, l)), nil))

	first, ok, err := s.NextSend(t.Context(), turnOf(a))
	if err != nil || !ok || first.Text != "收到：一" {
		t.Fatalf("first: %+v, %v, %v", first, ok, err)
	}
	if m, ok, _ := s.NextSend(t.Context(), turnOf(a)); ok {
		t.Fatalf("%s is sent beside the one before it", m.Text)
	}
	must(t, s.Sent(t.Context(), turnOf(a), first, postgres.Outcome{Status: "retry", After: time.Hour, Error: "429"}))
	if m, ok, _ := s.NextSend(t.Context(), turnOf(a)); ok {
		t.Fatalf("%s overtakes the one that waits", m.Text)
	}
	if list, err := s.Unsent(t.Context(), 0, 10); err != nil || len(list) != 0 {
		t.Errorf("due conversations: %v, %v", list, err) // the second message has to wait too
	}
}

func TestLostSendsAreAmbiguous(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := write(t, s, "chat", "m1", "一")
	write(t, s, "chat", "m2", "二")
	l := claim(t, s, turnOf(a))
	must(t, s.CommitTurn(t.Context(), l, reply(load(t, s, l)), nil))
	lost, _, err := s.NextSend(t.Context(), turnOf(a))
	must(t, err)
	if n, err := s.GiveUpSends(t.Context(), time.Hour); n != 0 || err != nil {
		t.Errorf("a fresh send was given up: %d, %v", n, err)
	}
	if list, err := s.Unsent(t.Context(), 0, 10); err != nil || len(list) != 0 {
		t.Errorf("due beside a message on its way: %v, %v", list, err)
	}
	if n, err := s.GiveUpSends(t.Context(), 0); n != 1 || err != nil {
		t.Errorf("%d given up, %v", n, err)
	}
	must(t, s.Sent(t.Context(), turnOf(a), lost, postgres.Outcome{Status: "sent", Receipt: "late"}))
	if list, err := s.Unsent(t.Context(), 0, 10); err != nil || len(list) != 1 || list[0] != turnOf(a) {
		t.Errorf("due conversations: %v, %v", list, err)
	}
	next, ok, err := s.NextSend(t.Context(), turnOf(a))
	if err != nil || !ok || next.Text != "收到：二" {
		t.Errorf("after an ambiguous one comes %+v, %v, %v", next, ok, err)
	}
	if d := view(t, s, a).Messages[2].Delivery; d == nil || *d != "ambiguous" {
		t.Errorf("delivery of the lost one: %v", d)
	}
}

func TestEachBrokerIsAnnouncedOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := write(t, s, "chat", "m1", "转人工")
	l := claim(t, s, turnOf(a))
	work := load(t, s, l)
	must(t, s.CommitTurn(t.Context(), l, postgres.TurnResult{Cursor: work.Cursor, Status: "handed_over", Owner: "broker", Lang: "en"}, nil))
	other := need.Scope{Path: ganzhou, Actor: "broker:8"}
	say := func(who need.Scope, text string) {
		t.Helper()
		_, err := s.BrokerSay(t.Context(), who, a.Conversation, text, line(string(who.Actor)))
		must(t, err)
	}
	take := func(who need.Scope) {
		t.Helper()
		_, err := s.TakeOver(t.Context(), who, a.Conversation, line(string(who.Actor)))
		must(t, err)
	}
	say(broker, "您好")
	take(broker)
	say(broker, "在吗")
	take(other)
	say(other, "我来接着谈")
	for range 2 {
		_, err := s.Release(t.Context(), other, a.Conversation, line("left"))
		must(t, err)
	}
	take(other)
	want := "contact:转人工|system:en:broker:7|broker:您好|broker:在吗|system:en:broker:8|broker:我来接着谈|system:en:left|system:en:broker:8"
	if got := texts(view(t, s, a).Messages); got != want {
		t.Errorf("the contact sees\n%s, want\n%s", got, want)
	}
}

func TestATurnIsWokenByWhatBrokersDo(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := write(t, s, "chat", "m1", "良率只有八成")
	must(t, s.CommitTurn(t.Context(), claim(t, s, turnOf(a)), reply(load(t, s, postgres.Lease{Turn: turnOf(a), Fence: 1})), nil))
	if _, ok, err := s.Claim(t.Context(), turnOf(a), time.Minute); ok || err != nil {
		t.Fatalf("nothing has happened, claimed: %v, %v", ok, err)
	}
	_, err := s.TakeOver(t.Context(), broker, a.Conversation, line("joined"))
	must(t, err)
	if _, ok, err := s.Claim(t.Context(), turnOf(a), time.Minute); ok || err != nil {
		t.Errorf("the broker has joined, claimed: %v, %v", ok, err)
	}
	_, err = s.Release(t.Context(), broker, a.Conversation, line("left"))
	must(t, err)
	if work := load(t, s, claim(t, s, turnOf(a))); len(work.Unread) != 0 || work.Owner != "bot" {
		t.Errorf("after the release a turn starts from %+v", work)
	}
}

func TestATurnSeesWhatWasAnswered(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := write(t, s, "chat", "m1", "良率只有八成")
	l := claim(t, s, turnOf(a))
	must(t, s.CommitTurn(t.Context(), l, reply(load(t, s, l)), nil))
	write(t, s, "chat", "m2", "九成以上")
	work := load(t, s, claim(t, s, turnOf(a)))
	if len(work.Unread) != 1 || len(work.Recent) != 2 || work.Recent[1].From != "bot" {
		t.Errorf("unread %s, recent %s", texts(work.Unread), texts(work.Recent))
	}
}

// line is what a contact reads of a change of owner, by language.
func line(text string) postgres.Line { return func(lang string) string { return lang + ":" + text } }
