package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"

	"tanxu/need"
)

// requestHeader carries the id of a request, which the log and problems name.
const requestHeader = "X-Request-ID"

type requestKey struct{}

// requestID is the id of a request, "" outside of one.
func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

// named gives a request its id, a proxy's if that looks like one.
func named(wellFormed *regexp.Regexp) gin.HandlerFunc {
	return func(c *gin.Context) {
		id := c.GetHeader(requestHeader)
		if !wellFormed.MatchString(id) {
			id = uuid.NewString()
		}
		c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), requestKey{}, id))
		c.Header(requestHeader, id)
	}
}

// meter counts and logs requests: by route, never by what was asked for, since
// queries and bodies hold people's words.
type meter struct {
	log     *slog.Logger
	seconds *prometheus.HistogramVec
}

func newMeter(log *slog.Logger, reg prometheus.Registerer) (*meter, error) {
	m := &meter{log: log, seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "tanxu_http_request_seconds", Help: "Time to answer a request.",
		Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 30},
	}, []string{"method", "route", "status"})}
	if err := reg.Register(m.seconds); err != nil {
		return nil, fmt.Errorf("register the metrics of requests: %w", err)
	}
	return m, nil
}

func (m *meter) serve(c *gin.Context) {
	began := time.Now()
	c.Next()

	took, status, route := time.Since(began), c.Writer.Status(), c.FullPath()
	if route == "" {
		route = "unknown"
	}
	m.seconds.WithLabelValues(methodLabel(c.Request.Method), route, strconv.Itoa(status)).Observe(took.Seconds())
	attrs := []slog.Attr{
		slog.String("request", requestID(c)), slog.String("method", methodLabel(c.Request.Method)), slog.String("route", route),
		slog.Int("status", status), slog.Int("bytes", max(0, c.Writer.Size())),
		slog.Float64("took_ms", float64(took.Microseconds())/1000), slog.String("address", c.ClientIP()),
	}
	if who := callerOf(c); who != nil {
		attrs = append(attrs, slog.String("caller", string(who.kind)+":"+who.id))
	}
	m.log.LogAttrs(c, slog.LevelInfo, "request", attrs...)
}

// methodLabel keeps made-up methods out of the metrics.
func methodLabel(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	default:
		return "other"
	}
}

// rescue answers a panic as an error of ours.
func (p *problems) rescue(c *gin.Context) {
	defer func() {
		cause := recover()
		switch {
		case cause == nil:
		case cause == http.ErrAbortHandler: //nolint:errorlint // it is this very value that means it
			panic(cause)
		default:
			p.log.LogAttrs(c, slog.LevelError, "panic", slog.String("request", requestID(c)),
				slog.String("cause", fmt.Sprint(cause)), slog.String("stack", string(debug.Stack())))
			if !c.Writer.Written() {
				p.fail(c, need.Errorf(need.Internal, "internal", "panic: %v", cause))
			}
		}
	}()
	c.Next()
}
