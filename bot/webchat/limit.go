package webchat

import (
	"cmp"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits are calls per second, with the burst that is let through at once. A
// zero value means the default.
type Limits struct {
	Session rate.Limit // messages of one session; 0 means 5
	Address rate.Limit // all calls of one client address, maybe a whole firm's; 0 means 200
	Opening rate.Limit // new sessions of one client address; 0 means 5
	Burst   Bursts
	Streams int // event streams of one session at a time; 0 means 8
}

// Bursts are the bursts of Limits.
type Bursts struct {
	Session int // 0 means 60
	Address int // 0 means 1000
	Opening int // 0 means 200
}

// limits holds the buckets of this process.
type limits struct {
	sessions, addresses, openings *buckets
	streams                       *streams
}

func newLimits(l Limits) *limits {
	return &limits{
		sessions:  newBuckets(cmp.Or(l.Session, 5), cmp.Or(l.Burst.Session, 60)),
		addresses: newBuckets(cmp.Or(l.Address, 200), cmp.Or(l.Burst.Address, 1000)),
		openings:  newBuckets(cmp.Or(l.Opening, 5), cmp.Or(l.Burst.Opening, 200)),
		streams:   &streams{most: cmp.Or(l.Streams, 8), open: map[string]int{}},
	}
}

func (l *limits) message(session string) error { return l.sessions.take(session, time.Now()) }
func (l *limits) address(addr string) error    { return l.addresses.take(addr, time.Now()) }
func (l *limits) opening(addr string) error    { return l.openings.take(addr, time.Now()) }

// buckets is one token bucket a key. Full buckets are forgotten from time to
// time, which changes nothing for their keys.
type buckets struct {
	rate  rate.Limit
	burst int
	mu    sync.Mutex
	all   map[string]*rate.Limiter
	sweep int // size at which to forget next
}

func newBuckets(r rate.Limit, burst int) *buckets {
	return &buckets{rate: r, burst: burst, all: map[string]*rate.Limiter{}, sweep: leastSweep}
}

const leastSweep = 1024

// take returns a refusal that says when to come again, nil if there is a token.
func (b *buckets) take(key string, now time.Time) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	l := b.all[key]
	if l == nil {
		b.forget(now)
		l = rate.NewLimiter(b.rate, b.burst)
		b.all[key] = l
	}
	if l.AllowN(now, 1) {
		return nil
	}
	after := time.Duration((1 - l.TokensAt(now)) / float64(b.rate) * float64(time.Second))
	return &refusal{status: http.StatusTooManyRequests, code: "too_many", after: max(after, time.Second)}
}

func (b *buckets) forget(now time.Time) {
	if len(b.all) < b.sweep {
		return
	}
	for key, l := range b.all {
		if l.TokensAt(now) >= float64(b.burst) {
			delete(b.all, key)
		}
	}
	b.sweep = max(leastSweep, 2*len(b.all))
}

// streams counts the open event streams of each session.
type streams struct {
	most int
	mu   sync.Mutex
	open map[string]int
}

// enter counts one in; leave must be called when it ends.
func (s *streams) enter(session string) (leave func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open[session] >= s.most {
		return nil, &refusal{status: http.StatusTooManyRequests, code: "streams_too_many", after: 10 * time.Second}
	}
	s.open[session]++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.open[session]--; s.open[session] == 0 {
			delete(s.open, session)
		}
	}, nil
}
