package jobs_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"go.uber.org/goleak"

	"tanxu/bot"
	"tanxu/interview"
	"tanxu/jobs"
	"tanxu/postgres"
)

// childURL is the variable by which the test binary learns that it is the
// child of TestKill, and its database.
const childURL = "TANXU_TEST_KILL_CHILD"

func TestMain(m *testing.M) {
	if url := os.Getenv(childURL); url != "" {
		if err := child(url, os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if url := os.Getenv(webhookChild); url != "" {
		if err := sendAsChild(url); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

// child is one replica. It reads lines "chat number", acknowledges each with
// "ack chat number" when it is stored, and says "sent id" for each message that
// leaves it.
func child(url string, in io.Reader, out io.Writer) error {
	lines := &lineWriter{w: out}
	s, err := assemble(context.Background(), url, slowEcho{newEcho()}, lines, jobs.Options{
		Workers: 8, Lease: time.Second, Sweep: 300 * time.Millisecond, Overdue: time.Second, LostSend: 2 * time.Second, Tries: 20,
	})
	if err != nil {
		return err
	}
	go s.jobs.Run(context.Background()) //nolint:errcheck // the process is killed: nobody hears of it
	lines.print("ready")
	scan := bufio.NewScanner(in)
	for scan.Scan() {
		var chat string
		var n int
		if _, err := fmt.Sscan(scan.Text(), &chat, &n); err != nil {
			return err
		}
		go func() {
			if _, err := s.inbox.Accept(context.Background(), inbound(chat, n, fmt.Sprintf("%s的第%d句", chat, n))); err == nil {
				lines.print("ack", chat, n)
			}
		}()
	}
	return scan.Err()
}

// lineWriter is the child's only voice; a kill can cut its last line.
type lineWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lineWriter) print(words ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintln(l.w, words...)
}

// Send implements bot.Sender.
func (l *lineWriter) Send(ctx context.Context, out bot.Outbound) (bot.Receipt, error) {
	l.print("sent", out.ID)
	pause(ctx, 5*time.Millisecond)
	return bot.Receipt{ID: string(out.ID)}, nil
}

// slowEcho takes a while, so that kills fall into turns.
type slowEcho struct{ *echo }

func (e slowEcho) Turn(ctx context.Context, s *interview.State, in interview.Input) (interview.Output, error) {
	pause(ctx, 25*time.Millisecond)
	return e.echo.Turn(ctx, s, in)
}

// pause lasts up to limit.
func pause(ctx context.Context, limit time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(rand.N(limit)):
	}
}

// load is what the parent has handed in and heard.
type load struct {
	mu    sync.Mutex
	next  map[string]int
	open  map[string]bool // "chat number", not acknowledged yet
	acked map[string]bool
	sent  map[string]int // by id of the message
	twice int            // acknowledged again, after a resend
}

func (l *load) hear(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch word, rest, _ := strings.Cut(line, " "); word {
	case "ack":
		if l.acked[rest] {
			l.twice++
		}
		l.acked[rest] = true
		delete(l.open, rest)
	case "sent":
		l.sent[rest]++
	}
}

// more returns the next line of a random chat.
func (l *load) more() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	chat := fmt.Sprint("chat", rand.IntN(25))
	l.next[chat]++
	line := fmt.Sprint(chat, " ", l.next[chat])
	l.open[line] = true
	return line
}

func (l *load) unacknowledged() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var list []string
	for line := range l.open {
		list = append(list, line)
	}
	return list
}

// replica is a running child.
type replica struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
	done  chan struct{} // closed when its output has ended
	ready chan struct{}
}

func spawn(t *testing.T, url string, l *load) *replica {
	t.Helper()
	r := &replica{cmd: exec.Command(os.Args[0]), done: make(chan struct{}), ready: make(chan struct{})}
	r.cmd.Env = append(os.Environ(), childURL+"="+url)
	r.cmd.Stderr = os.Stderr
	var err error
	r.stdin, err = r.cmd.StdinPipe()
	must(t, err)
	stdout, err := r.cmd.StdoutPipe()
	must(t, err)
	must(t, r.cmd.Start())
	go func() {
		defer close(r.done)
		in := bufio.NewReader(stdout)
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				return // a cut line says nothing
			}
			if line == "ready\n" {
				close(r.ready)
				continue
			}
			l.hear(strings.TrimSpace(line))
		}
	}()
	<-r.ready
	return r
}

func (r *replica) say(line string) { fmt.Fprintln(r.stdin, line) }

func (r *replica) kill(t *testing.T) {
	t.Helper()
	must(t, r.cmd.Process.Kill())
	<-r.done
	r.cmd.Wait() //nolint:errcheck // it was killed
	r.stdin.Close()
}

// TestKill has a replica work under load and kills it at random instants. What
// it has acknowledged must be answered once, in order, and nothing may be stuck.
func TestKill(t *testing.T) {
	kills := 50
	if testing.Short() {
		kills = 5
	}
	url := database(t)
	l := &load{next: map[string]int{}, open: map[string]bool{}, acked: map[string]bool{}, sent: map[string]int{}}
	for range kills {
		r := spawn(t, url, l)
		for _, line := range l.unacknowledged() { // as a platform does
			r.say(line)
		}
		instant := time.After(50*time.Millisecond + rand.N(500*time.Millisecond))
		tick := time.NewTicker(10 * time.Millisecond)
		for alive := true; alive; {
			select {
			case <-tick.C:
				r.say(l.more())
			case <-instant:
				alive = false
			}
		}
		tick.Stop()
		r.kill(t)
	}
	r := spawn(t, url, l)
	began := time.Now()
	for _, line := range l.unacknowledged() {
		r.say(line)
	}
	check := watch(t, url)
	check.settled(t, l)
	settled := time.Since(began)
	r.kill(t)
	t.Logf("%d kills, %d messages, %d acknowledged twice, settled after %v", kills, len(l.acked), l.twice, settled.Round(time.Millisecond))
	check.history(t, l)
}

// checker looks at what the killed replicas have left in the database.
type checker struct{ store *postgres.Store }

func watch(t *testing.T, url string) checker {
	t.Helper()
	s, err := postgres.Open(t.Context(), url, postgres.Options{Root: province, AllowSuperuser: true, MaxConns: 2})
	must(t, err)
	t.Cleanup(s.Close)
	return checker{s}
}

func (c checker) number(t *testing.T, sql string) (n int) {
	t.Helper()
	must(t, c.store.InScope(t.Context(), c.store.Root(), func(tx pgx.Tx) error { return tx.QueryRow(t.Context(), sql).Scan(&n) }))
	return n
}

// settled waits until everything is acknowledged and nothing is left to read or
// to send.
func (c checker) settled(t *testing.T, l *load) {
	t.Helper()
	limit := time.After(15 * time.Second)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		unread := c.number(t, `SELECT count(*) FROM conversations WHERE unread_since IS NOT NULL`)
		open := c.number(t, `SELECT count(*) FROM outbox WHERE status NOT IN ('sent', 'ambiguous')`)
		if unread == 0 && open == 0 && len(l.unacknowledged()) == 0 {
			return
		}
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("stuck: %d messages not acknowledged, %d conversations unread, %d messages unsent", len(l.unacknowledged()), unread, open)
		}
	}
}

// history compares what was acknowledged with what was done.
func (c checker) history(t *testing.T, l *load) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for name, sql := range map[string]string{
		"messages without exactly one turn": `
			SELECT count(*) FROM messages m WHERE m.author = 'contact' AND 1 <> (
				SELECT count(*) FROM events e WHERE e.body->>'message' = m.id::text)`,
		"messages without exactly one reply": `
			SELECT count(*) FROM messages m WHERE m.author = 'contact' AND 1 <> (
				SELECT count(*) FROM messages r WHERE r.conversation_id = m.conversation_id AND r.author = 'bot' AND r.text = '收到：' || m.text)`,
		"replies out of order": `
			SELECT count(*) FROM (
				SELECT row_number() OVER (PARTITION BY conversation_id ORDER BY seq) AS place, '收到：' || text AS text, conversation_id
				FROM messages WHERE author = 'contact') heard
			JOIN (
				SELECT row_number() OVER (PARTITION BY o.conversation_id ORDER BY o.turn, o.part) AS place, m.text, m.conversation_id
				FROM outbox o JOIN messages m ON m.id = o.message_id) said USING (conversation_id, place)
			WHERE heard.text <> said.text`,
		"cursors that are not at the last message": `
			SELECT count(*) FROM conversations c WHERE c.cursor <> (
				SELECT max(seq) FROM messages m WHERE m.conversation_id = c.id AND m.author = 'contact')`,
	} {
		if n := c.number(t, sql); n != 0 {
			t.Errorf("%d %s", n, name)
		}
	}
	if n := c.number(t, `SELECT count(*) FROM messages WHERE author = 'contact'`); n != len(l.acked) {
		t.Errorf("%d messages stored, %d acknowledged", n, len(l.acked))
	}
	for id, n := range l.sent {
		if n > 1 {
			t.Errorf("message %s was sent %d times", id, n)
		}
	}
	ambiguous := c.number(t, `SELECT count(*) FROM outbox WHERE status = 'ambiguous'`)
	t.Logf("%d sends, %d ambiguous", len(l.sent), ambiguous)
}
