package postgres_test

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"tanxu/need"
	"tanxu/postgres"
)

// machine drives two replicas over a few chats in any order, and knows what
// must come out: each message is read once, answered in order, and never left
// without somebody who will read it.
type machine struct {
	t        *testing.T
	stores   []*postgres.Store
	run      int64
	accepted map[string][]string // chat → texts in the order of their acceptance
	chats    map[string]postgres.Accepted
	leases   []held
	next     int
}

// held is a turn that a worker has claimed and loaded.
type held struct {
	lease postgres.Lease
	work  postgres.Work
	chat  string
}

func TestAnyOrderOfReplicas(t *testing.T) {
	t.Parallel()
	s, other := twoStores(t)
	var runs atomic.Int64
	rapid.Check(t, func(rt *rapid.T) {
		m := &machine{
			t: t, stores: []*postgres.Store{s, other}, run: runs.Add(1),
			accepted: map[string][]string{}, chats: map[string]postgres.Accepted{},
		}
		rt.Repeat(map[string]func(*rapid.T){
			"accept":    m.accept,
			"redeliver": m.redeliver,
			"work":      m.work,
			"commit":    m.commit,
			"fail":      m.fail,
			"die":       m.die,
			"take over": m.takeOver,
			"release":   m.release,
			"":          m.nothingForgotten,
		})
		m.drain(rt)
	})
}

func (m *machine) store(rt *rapid.T) *postgres.Store {
	return rapid.SampledFrom(m.stores).Draw(rt, "replica")
}

func (m *machine) hand(rt *rapid.T, chat string, n int) postgres.Accepted {
	return write(m.t, m.store(rt), chat, fmt.Sprintf("%s/%d", chat, n), fmt.Sprintf("第%d句", n))
}

func (m *machine) accept(rt *rapid.T) {
	chat := fmt.Sprintf("run%d-%d", m.run, rapid.IntRange(0, 2).Draw(rt, "chat"))
	m.next++
	got := m.hand(rt, chat, m.next)
	if got.Duplicate {
		rt.Fatalf("a new message is called a duplicate")
	}
	m.accepted[chat] = append(m.accepted[chat], fmt.Sprintf("第%d句", m.next))
	m.chats[chat] = got
}

func (m *machine) redeliver(rt *rapid.T) {
	chat := m.chat(rt)
	var n int
	fmt.Sscanf(rapid.SampledFrom(m.accepted[chat]).Draw(rt, "text"), "第%d句", &n)
	if got := m.hand(rt, chat, n); !got.Duplicate {
		rt.Fatalf("message %d of %s was taken twice", n, chat)
	}
}

// chat draws one that exists.
func (m *machine) chat(rt *rapid.T) string {
	if len(m.chats) == 0 {
		rt.Skip("no chat yet")
	}
	var names []string
	for name := range m.chats {
		names = append(names, name)
	}
	slices.Sort(names)
	return rapid.SampledFrom(names).Draw(rt, "known chat")
}

// work takes a job from the queue and claims its conversation.
func (m *machine) work(rt *rapid.T) {
	chat := m.chat(rt)
	if !m.pop(m.chats[chat]) {
		rt.Skip("no job")
	}
	m.claim(rt, chat, time.Hour)
}

// die takes a job and is never heard of again.
func (m *machine) die(rt *rapid.T) {
	chat := m.chat(rt)
	if !m.pop(m.chats[chat]) {
		rt.Skip("no job")
	}
	m.claim(rt, chat, time.Microsecond)
}

func (m *machine) claim(rt *rapid.T, chat string, d time.Duration) {
	s := m.store(rt)
	l, ok, err := s.Claim(m.t.Context(), turnOf(m.chats[chat]), d)
	must(m.t, err)
	if ok {
		m.leases = append(m.leases, held{l, load(m.t, s, l), chat})
	}
}

// commit ends any turn, overtaken ones too.
func (m *machine) commit(rt *rapid.T) {
	h := m.draw(rt)
	r := reply(h.work)
	if h.work.Owner == "broker" {
		r.Say = nil
	}
	err := m.store(rt).CommitTurn(m.t.Context(), h.lease, r, nil)
	if err != nil && !postgres.LeaseLost(err) {
		rt.Fatalf("commit: %v", err)
	}
}

// fail gives a turn back; the job queue tries it again.
func (m *machine) fail(rt *rapid.T) {
	h := m.draw(rt)
	must(m.t, m.store(rt).GiveBack(m.t.Context(), h.lease, true))
	must(m.t, m.stores[0].InScope(m.t.Context(), m.stores[0].Root(), func(tx pgx.Tx) error {
		return queue{}.EnqueueTurn(m.t.Context(), tx, h.lease.Turn)
	}))
}

func (m *machine) draw(rt *rapid.T) held {
	if len(m.leases) == 0 {
		rt.Skip("no turn runs")
	}
	i := rapid.IntRange(0, len(m.leases)-1).Draw(rt, "turn")
	h := m.leases[i]
	m.leases = slices.Delete(m.leases, i, i+1)
	return h
}

func (m *machine) takeOver(rt *rapid.T) {
	_, err := m.store(rt).TakeOver(m.t.Context(), broker, m.chats[m.chat(rt)].Conversation, line("joined"))
	must(m.t, err)
}

func (m *machine) release(rt *rapid.T) {
	_, err := m.store(rt).Release(m.t.Context(), broker, m.chats[m.chat(rt)].Conversation, line("left"))
	must(m.t, err)
}

// pop takes a waiting job of a conversation from the queue.
func (m *machine) pop(a postgres.Accepted) bool {
	return m.jobs(a, `
		UPDATE river_job SET state = 'completed', finalized_at = now() WHERE id = (
			SELECT id FROM river_job WHERE state = 'available' AND args->>'conversation' = $1 LIMIT 1)`) == 1
}

func (m *machine) jobs(a postgres.Accepted, sql string) (n int64) {
	must(m.t, m.stores[0].InScope(m.t.Context(), m.stores[0].Root(), func(tx pgx.Tx) error {
		tag, err := tx.Exec(m.t.Context(), sql, string(a.Conversation))
		n = tag.RowsAffected()
		return err
	}))
	return n
}

// nothingForgotten holds after each step: unread messages have a job, a turn
// that runs, or stand where the sweep finds them.
func (m *machine) nothingForgotten(rt *rapid.T) {
	for chat, a := range m.chats {
		if len(view(m.t, m.stores[0], a).Unread) == 0 {
			continue
		}
		jobs := m.jobs(a, `SELECT FROM river_job WHERE state = 'available' AND args->>'conversation' = $1`)
		lease := m.jobs(a, `SELECT FROM conversations WHERE id = $1 AND lease_until > clock_timestamp()`)
		overdue, err := m.stores[0].Overdue(m.t.Context(), 0, 1000)
		must(m.t, err)
		if jobs == 0 && lease == 0 && !slices.Contains(overdue, turnOf(a)) {
			rt.Fatalf("%s has unread messages and nobody who will read them", chat)
		}
	}
}

// drain has all turns run and compares what was read with what was accepted.
func (m *machine) drain(rt *rapid.T) {
	for len(m.leases) > 0 {
		m.commit(rt)
	}
	for chat, a := range m.chats {
		for len(view(m.t, m.stores[0], a).Unread) > 0 {
			l := claim(m.t, m.stores[1], turnOf(a))
			must(m.t, m.stores[0].CommitTurn(m.t.Context(), l, reply(load(m.t, m.stores[1], l)), nil))
		}
		events, err := m.stores[0].Events(m.t.Context(), m.stores[0].Root(), a.Conversation)
		must(m.t, err)
		text := map[need.MessageID]string{}
		for _, msg := range view(m.t, m.stores[0], a).Messages {
			text[msg.ID] = msg.Text
		}
		var read []string
		for _, e := range events {
			if e.Kind == need.Noted {
				read = append(read, text[e.Message])
			}
		}
		if !slices.Equal(read, m.accepted[chat]) {
			rt.Fatalf("%s: accepted %v, read %v", chat, m.accepted[chat], read)
		}
	}
}
