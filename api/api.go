package api

import (
	"cmp"
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"regexp"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"tanxu/need"
	"tanxu/postgres"
)

// Deps are what the API needs; all are required unless they say otherwise.
type Deps struct {
	Store    *postgres.Store
	Matcher  Matcher
	Finder   Finder
	Chat     http.Handler // serves /api/v1/chat/
	Telegram http.Handler // of the webhook; nil where Telegram is polled, or off
	Pages    fs.FS        // the built front end; nil serves none
	Metrics  *prometheus.Registry
	Ready    func(context.Context) error // nil if the service can work
	SSO      SSO                         // nil where people sign in by password only
	Webhooks Addresses
}

// Options holds what has a sensible default; the zero value is ready to use.
type Options struct {
	Log            *slog.Logger     // nil means slog.Default
	MaxBody        int64            // bytes of a body; 0 means 1 MiB
	Timeout        time.Duration    // of a request that is no stream; 0 means 30s
	Rate           int              // requests a minute of each caller; 0 means 600
	Poll           time.Duration    // how often a stream of changes looks for them; 0 means 2s
	TelegramPath   string           // of the webhook; "" means /telegram/webhook
	TrustedProxies []string         // whose X-Forwarded-For is believed; none by default
	Stop           <-chan struct{}  // closed when the service stops, so that streams end
	Clock          func() time.Time // of rates; nil means time.Now
	BaseURL        string           // under which people reach the service; needed for single sign-on
	PlainHTTP      bool             // session cookies go over plain HTTP, where people reach the service by nothing else
}

// server holds what all operations share, and the handlers of each noun.
type server struct {
	*needHandler
	*twinHandler
	*caseHandler
	*matchHandler
	*finderHandler
	*financeHandler
	*conversationHandler
	*libraryHandler
	*registersHandler
	*keepingHandler
	*pairHandler
	*organisationHandler
	*importHandler
	*followUpHandler
	*keyHandler
	*webhookHandler
	*deliveryHandler
	*userHandler
	*sessionHandler
	*accountHandler
	*ssoHandler
	*auditHandler
	*serviceHandler

	ops      *operations
	problems *problems
	accounts accounts
	replays  replays
	audits   audits
	csrf     *http.CrossOriginProtection
	rate     *limiter
	failures *limiter // failed authentications by address
	opt      Options
}

// New returns the whole of the service's HTTP: the API, the contact's chat, the
// webhook, the pages, and the checks of operation.
func New(d Deps, o Options) (http.Handler, error) {
	o.Log = cmp.Or(o.Log, slog.Default())
	o.MaxBody = cmp.Or(o.MaxBody, 1<<20)
	o.Timeout = cmp.Or(o.Timeout, 30*time.Second)
	o.Rate = cmp.Or(o.Rate, 600)
	o.Poll = cmp.Or(o.Poll, 2*time.Second)
	o.TelegramPath = cmp.Or(o.TelegramPath, "/telegram/webhook")
	if o.Clock == nil {
		o.Clock = time.Now
	}

	s, err := newServer(d, o)
	if err != nil {
		return nil, err
	}
	m, err := newMeter(o.Log, d.Metrics)
	if err != nil {
		return nil, err
	}
	engine, err := newEngine(o)
	if err != nil {
		return nil, err
	}
	engine.Use(named(regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)), m.serve, s.problems.rescue, guarded)
	engine.NoRoute(func(c *gin.Context) { s.problems.fail(c, unknownRoute(c)) })
	engine.NoMethod(func(c *gin.Context) {
		s.problems.fail(c, need.Errorf(need.Invalid, "method_not_allowed", "no method %s here", c.Request.Method))
	})
	s.mount(engine, d)
	return engine, nil
}

func newServer(d Deps, o Options) (*server, error) {
	ops, err := loadOperations()
	if err != nil {
		return nil, err
	}
	texts, err := loadTexts()
	if err != nil {
		return nil, err
	}
	sessions, err := newSessionHandler(d.Store, d.Store, d.Store.Sessions(), o)
	if err != nil {
		return nil, err
	}
	return &server{
		needHandler:         &needHandler{d.Store},
		twinHandler:         &twinHandler{d.Store},
		caseHandler:         &caseHandler{d.Store},
		matchHandler:        &matchHandler{d.Store, d.Matcher, texts},
		finderHandler:       &finderHandler{d.Finder, d.Store, texts},
		financeHandler:      &financeHandler{d.Store, texts},
		conversationHandler: &conversationHandler{d.Store, d.Store, texts},
		libraryHandler:      &libraryHandler{d.Store},
		registersHandler:    &registersHandler{d.Store, texts},
		keepingHandler:      &keepingHandler{d.Store},
		pairHandler:         &pairHandler{d.Store},
		organisationHandler: &organisationHandler{d.Store},
		importHandler:       &importHandler{d.Store, d.Store, texts},
		followUpHandler:     &followUpHandler{d.Store},
		keyHandler:          &keyHandler{d.Store},
		webhookHandler:      &webhookHandler{d.Store, d.Webhooks},
		deliveryHandler:     &deliveryHandler{d.Store},
		userHandler:         &userHandler{d.Store},
		sessionHandler:      sessions,
		accountHandler:      &accountHandler{d.Store, sessions},
		auditHandler:        &auditHandler{d.Store},
		ssoHandler:          &ssoHandler{d.SSO, d.Store, sessions, o.BaseURL},
		serviceHandler:      &serviceHandler{service: d.Store, document: ops.json, poll: o.Poll},

		ops: ops, problems: &problems{texts, o.Log}, accounts: d.Store, replays: d.Store, audits: d.Store,
		csrf: http.NewCrossOriginProtection(), opt: o,
		rate:     newLimiter(o.Rate, time.Minute, o.Clock),
		failures: newLimiter(60, time.Minute, o.Clock),
	}, nil
}

// newEngine returns a gin that neither prints nor believes proxies by itself.
func newEngine(o Options) (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.ContextWithFallback = true
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	if err := engine.SetTrustedProxies(o.TrustedProxies); err != nil {
		return nil, need.Errorf(need.Invalid, "trusted_proxies", "trusted proxies: %w", err)
	}
	return engine, nil
}

// mount puts everything where it is served.
func (s *server) mount(engine *gin.Engine, d Deps) {
	engine.GET("/healthz", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	engine.GET("/readyz", func(c *gin.Context) {
		if err := d.Ready(c); err != nil {
			s.problems.fail(c, need.Errorf(need.Unavailable, "not_ready_yet", "not ready: %w", err))
			return
		}
		c.String(http.StatusOK, "ok\n")
	})
	engine.GET("/metrics", gin.WrapH(promhttp.HandlerFor(d.Metrics, promhttp.HandlerOpts{})))
	if d.Telegram != nil {
		engine.POST(s.opt.TelegramPath, gin.WrapH(d.Telegram))
	}
	if d.Pages != nil {
		(&pages{d.Pages, s.problems}).mount(engine)
	}
	engine.Any(prefix+"/chat/*path", gin.WrapH(d.Chat))

	broker := engine.Group("", s.audit, s.bounded, s.timed, s.authenticate, s.limit, s.validate, s.replay)
	broker.GET(prefix+"/events", s.streamEvents)
	broker.POST(prefix+"/documents", s.uploadDocument)
	broker.GET(prefix+"/documents/:id/content", s.downloadDocument)
	broker.POST(prefix+"/libraries/:library/documents", s.uploadDocument)
	RegisterHandlersWithOptions(broker, NewStrictHandlerWithOptions(s, nil, StrictGinServerOptions{
		RequestErrorHandlerFunc:  s.badRequest,
		HandlerErrorFunc:         s.problems.fail,
		ResponseErrorHandlerFunc: s.problems.fail,
	}), GinServerOptions{
		BaseURL:      prefix,
		ErrorHandler: func(c *gin.Context, err error, _ int) { s.badRequest(c, err) },
	})
}

// bounded caps the body of a request.
func (s *server) bounded(c *gin.Context) {
	limit := s.opt.MaxBody
	if s.ops.find(c).upload {
		limit = need.MaxFile + formOverhead
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, limit)
}

// timed ends a request that takes too long.
func (s *server) timed(c *gin.Context) {
	if s.ops.find(c).stream {
		return
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), s.opt.Timeout)
	defer cancel()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// badRequest is for what the generated code cannot read although it fits the
// document.
func (s *server) badRequest(c *gin.Context, err error) {
	s.problems.fail(c, need.Errorf(need.Invalid, "bad_parameter", "read the request: %w", err))
}
