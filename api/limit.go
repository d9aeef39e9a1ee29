package api

import (
	"strconv"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"

	"tanxu/need"
)

// crowd is how many buckets a generation holds; a full one becomes the old
// one, and what nobody asked for since is forgotten with the one before.
const crowd = 10_000

// limiter gives each name a bucket that a full period refills.
type limiter struct {
	size   int
	period time.Duration
	clock  func() time.Time

	mu  sync.Mutex
	now map[string]*rate.Limiter
	old map[string]*rate.Limiter
}

func newLimiter(size int, period time.Duration, clock func() time.Time) *limiter {
	return &limiter{size: size, period: period, clock: clock, now: map[string]*rate.Limiter{}}
}

// take reports whether name may go on, and takes one from the bucket if so.
func (l *limiter) take(name string) bool { return l.bucket(name).AllowN(l.clock(), 1) }

// fresh reports whether there is something left for name.
func (l *limiter) fresh(name string) bool { return l.bucket(name).TokensAt(l.clock()) >= 1 }

// left is how many are left for name.
func (l *limiter) left(name string) int { return max(0, int(l.bucket(name).TokensAt(l.clock()))) }

// wait is how long until the next one.
func (l *limiter) wait() time.Duration { return l.period / time.Duration(l.size) }

func (l *limiter) bucket(name string) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.now[name]
	if b != nil {
		return b
	}
	if b = l.old[name]; b == nil {
		b = rate.NewLimiter(rate.Every(l.wait()), l.size)
	}
	if len(l.now) >= crowd {
		l.old, l.now = l.now, map[string]*rate.Limiter{}
	}
	l.now[name] = b
	return b
}

// tooMany is the error for a bucket that is empty.
func tooMany(l *limiter, format string, args ...any) error {
	return &retryAfter{need.Errorf(need.TooMany, "too_many", format, args...), max(time.Second, l.wait())}
}

// limit holds callers to their rate, and says how much is left of it.
func (s *server) limit(c *gin.Context) {
	name := "address " + c.ClientIP()
	if who := callerOf(c); who != nil {
		name = string(who.kind) + " " + who.id
	}
	ok := s.rate.take(name)
	c.Header("RateLimit-Limit", strconv.Itoa(s.rate.size))
	c.Header("RateLimit-Remaining", strconv.Itoa(s.rate.left(name)))
	c.Header("RateLimit-Reset", strconv.Itoa(int(s.rate.period/time.Second)))
	if !ok {
		s.problems.fail(c, tooMany(s.rate, "%s is over its rate", name))
	}
}
