package jobs_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/jobs"
	"tanxu/need"
)

// TestTheDatabaseCutsEverybodyOff ends all connections again and again under
// load. A message is acknowledged or its sender is told to try later; the
// service recovers by itself.
func TestTheDatabaseCutsEverybodyOff(t *testing.T) {
	t.Parallel()
	cuts := 20
	if testing.Short() {
		cuts = 4
	}
	url := database(t)
	conn, err := pgx.Connect(t.Context(), url)
	must(t, err)
	defer conn.Close(t.Context())
	l := &load{next: map[string]int{}, open: map[string]bool{}, acked: map[string]bool{}, sent: map[string]int{}}
	s := startOn(t, url, slowEcho{newEcho()}, newOutlet(), jobs.Options{
		Workers: 8, Lease: time.Second, Sweep: 300 * time.Millisecond, Overdue: time.Second, LostSend: 2 * time.Second, Tries: 20,
	})
	var wg sync.WaitGroup
	hand := func(line string) {
		var chat string
		var n int
		fmt.Sscan(line, &chat, &n)
		_, err := s.inbox.Accept(t.Context(), inbound(chat, n, fmt.Sprintf("%s的第%d句", chat, n)))
		switch {
		case err == nil:
			l.hear(fmt.Sprint("ack ", line))
		case need.KindOf(err) != need.Unavailable:
			t.Errorf("a cut connection is no reason to give up: %v", err)
		}
	}
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for range cuts {
		instant := time.After(20*time.Millisecond + rand.N(150*time.Millisecond))
		for connected := true; connected; {
			select {
			case <-tick.C:
				wg.Go(func() { hand(l.more()) })
			case <-instant:
				connected = false
			}
		}
		_, err := conn.Exec(t.Context(), `
			SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
		must(t, err)
	}
	wg.Wait()
	for try := 0; len(l.unacknowledged()) > 0 && try < 20; try++ { // as a platform does
		for _, line := range l.unacknowledged() {
			hand(line)
		}
	}
	check := watch(t, url)
	check.settled(t, l)
	check.history(t, l)
	t.Logf("%d cuts, %d messages", cuts, len(l.acked))
}
