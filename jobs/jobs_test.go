package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"tanxu/bot"
	"tanxu/internal/pgtest"
	"tanxu/interview"
	"tanxu/jobs"
	"tanxu/need"
	"tanxu/postgres"
)

const province need.CentrePath = "jx/"

// service is the pipeline of one replica.
type service struct {
	url   string
	store *postgres.Store
	pool  *pgxpool.Pool
	inbox jobs.Inbox
	jobs  *jobs.Jobs
}

// assemble connects one replica to a database that has the invite "gz".
func assemble(ctx context.Context, url string, engine jobs.Engine, sender bot.Sender, o jobs.Options) (*service, error) {
	queue, err := jobs.NewQueue()
	if err != nil {
		return nil, err
	}
	opt := postgres.Options{Root: province, Queue: queue, Imports: queue, Libraries: queue, AllowSuperuser: true, MaxConns: 12}
	s := &service{url: url}
	if s.store, err = postgres.Open(ctx, url, opt); err != nil {
		return nil, err
	}
	if s.pool, err = postgres.JobsPool(ctx, url, opt); err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s.inbox = jobs.Inbox{Store: s.store}
	s.jobs, err = jobs.New(s.pool, jobs.Deps{Store: s.store, Queue: queue, Engine: engine, Sender: sender, Files: rowFiles{wait: 3 * time.Millisecond}}, o)
	return s, err
}

// start runs a replica on a fresh database until the test ends.
func start(t testing.TB, engine jobs.Engine, sender bot.Sender, o jobs.Options) *service {
	t.Helper()
	return startOn(t, database(t), engine, sender, o)
}

func startOn(t testing.TB, url string, engine jobs.Engine, sender bot.Sender, o jobs.Options) *service {
	t.Helper()
	s, err := assemble(t.Context(), url, engine, sender, o)
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.jobs.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run = %v", err)
		}
		s.store.Close()
		s.pool.Close()
	})
	return s
}

// database returns a fresh one with a centre and its invite.
func database(t testing.TB) string {
	t.Helper()
	url := pgtest.DB(t)
	s, err := postgres.Open(context.Background(), url, postgres.Options{Root: province, AllowSuperuser: true, MaxConns: 2})
	must(t, err)
	defer s.Close()
	must(t, s.PutCentre(context.Background(), s.Root(), postgres.Centre{Path: province, Kind: "province", NameZH: "江西", NameEN: "Jiangxi"}))
	must(t, s.PutInvite(context.Background(), s.Root(), postgres.Invite{Token: "gz", Centre: province}))
	return url
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func inbound(chat string, n int, text string) bot.Inbound {
	return bot.Inbound{
		Channel: "fake", Bot: "b", Chat: chat, ID: fmt.Sprintf("%s/%d", chat, n), Kind: bot.KindText,
		Text: text, Invite: "gz", At: time.Now(),
	}
}

func (s *service) write(t testing.TB, chat string, n int, text string) bot.Accepted {
	t.Helper()
	got, err := s.inbox.Accept(context.Background(), inbound(chat, n, text))
	must(t, err)
	return got
}

// until looks at a conversation whenever it has changed, until ok says so.
func (s *service) until(t testing.TB, id need.ConversationID, ok func(postgres.View) bool) postgres.View {
	t.Helper()
	signals, cancel := s.store.Subscribe(id)
	defer cancel()
	limit := time.After(30 * time.Second)
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	for {
		v, err := s.store.View(context.Background(), s.store.Root(), id, "")
		must(t, err)
		if ok(v) {
			return v
		}
		select {
		case <-signals:
		case <-again.C:
		case <-limit:
			t.Fatalf("waited in vain; the conversation is %s", texts(v))
		}
	}
}

func texts(v postgres.View) string {
	var list []string
	for _, m := range v.Messages {
		list = append(list, m.From+":"+m.Text)
	}
	return strings.Join(list, "|")
}

// echo answers each message with its text, unless the text has it do otherwise.
type echo struct {
	mu    sync.Mutex
	tries map[string]int
	hold  chan struct{} // a turn that reads "等" waits for it
	began chan struct{} // and says here that it does
}

func newEcho() *echo {
	return &echo{tries: map[string]int{}, hold: make(chan struct{}), began: make(chan struct{}, 10)}
}

func (e *echo) Turn(ctx context.Context, s *interview.State, in interview.Input) (interview.Output, error) {
	var out interview.Output
	for _, m := range in.Messages {
		e.mu.Lock()
		e.tries[m.Text]++
		n := e.tries[m.Text]
		e.mu.Unlock()
		switch {
		case m.Text == "恐慌":
			panic("a message that no rule expects")
		case m.Text == "失败":
			return out, errors.New("no answer")
		case m.Text == "先败后成" && n < 3:
			return out, errors.New("not yet")
		case m.Text == "等":
			e.began <- struct{}{}
			select {
			case <-e.hold:
			case <-ctx.Done():
				return out, ctx.Err()
			}
		}
		out.Events = append(out.Events, need.Event{Kind: need.Noted, At: in.Now, By: need.Bot, Message: m.ID, Note: "read"})
		if s.Owner == interview.OwnerBot {
			out.Say = append(out.Say, interview.Say{Text: "收到：" + m.Text})
		}
	}
	return out, nil
}

func (e *echo) count(text string) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.tries[text]
}

// outlet keeps what was sent; a script says what the next sends end with.
type outlet struct {
	mu     sync.Mutex
	sent   []bot.Outbound
	script []error
	signal chan struct{}
}

func newOutlet(script ...error) *outlet {
	return &outlet{script: script, signal: make(chan struct{}, 1000)}
}

func (o *outlet) Send(_ context.Context, out bot.Outbound) (bot.Receipt, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	defer func() {
		select {
		case o.signal <- struct{}{}:
		default: // nobody counts so many
		}
	}()
	var err error
	if len(o.script) > 0 {
		err, o.script = o.script[0], o.script[1:]
	}
	if err != nil {
		return bot.Receipt{}, err
	}
	o.sent = append(o.sent, out)
	return bot.Receipt{ID: fmt.Sprint(len(o.sent))}, nil
}

func (o *outlet) texts() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	var list []string
	for _, m := range o.sent {
		list = append(list, m.Text)
	}
	return strings.Join(list, "|")
}

// next waits for one more try to send.
func (o *outlet) next(t testing.TB) {
	t.Helper()
	select {
	case <-o.signal:
	case <-time.After(30 * time.Second):
		t.Fatal("nothing is sent")
	}
}

func delivered(n int, status string) func(postgres.View) bool {
	return func(v postgres.View) bool {
		found := 0
		for _, m := range v.Messages {
			if m.Delivery != nil && *m.Delivery == status {
				found++
			}
		}
		return found >= n
	}
}
