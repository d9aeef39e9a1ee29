package main

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"tanxu/api"
	"tanxu/bot"
	"tanxu/bot/telegram"
	"tanxu/bot/webchat"
	"tanxu/embeddings"
	"tanxu/extract"
	"tanxu/interview"
	"tanxu/jobs"
	"tanxu/llm/endpoint"
	"tanxu/llm/guard"
	"tanxu/llm/meter"
	"tanxu/need"
	"tanxu/postgres"
	"tanxu/rag"
	"tanxu/web"
	"tanxu/webhook"
)

// app is the service, put together. Close frees what it holds.
type app struct {
	cfg     config
	url     string // of the database
	log     *slog.Logger
	zone    *time.Location
	metrics *prometheus.Registry
	store   *postgres.Store
	pool    *pgxpool.Pool // of the job queue
	queue   *jobs.Queue
	model   *endpoint.Model     // nil: rules only
	embed   embeddings.Embedder // nil: lexical search
	change  *embeddings.Switch  // nil: nobody takes over
	library *rag.Index
	search  *rag.Searcher
	matcher *rag.Matcher
	experts *rag.ExpertFinder
	needs   *rag.NeedFinder
	cases   *rag.CaseFinder
	engine  *interview.Engine
	inbox   bot.Inbox
	chat    *webchat.Channel
	hooks   *webhook.Client
	tg      *telegram.Channel // nil: off
	closers []func()
}

// newApp opens the database at url and builds everything on it.
func newApp(ctx context.Context, cfg config, url string, log *slog.Logger) (_ *app, err error) {
	a := &app{cfg: cfg, url: url, log: log, metrics: prometheus.NewRegistry()}
	defer func() {
		if err != nil {
			a.Close()
		}
	}()
	a.metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if a.zone, err = time.LoadLocation(cfg.Timezone); err != nil {
		return nil, fmt.Errorf("load the zone: %w", err)
	}
	if err := a.openDatabase(ctx, url); err != nil {
		return nil, err
	}
	if err := a.openModels(ctx); err != nil {
		return nil, err
	}
	if err := a.openWebhooks(); err != nil {
		return nil, err
	}
	a.library = rag.NewIndex(a.store, a.embed)
	reranker, err := newReranker(cfg)
	if err != nil {
		return nil, err
	}
	a.search = rag.NewSearcher(a.store, a.embed, a.log).WithReranker(reranker)
	if a.matcher, err = newMatcher(a.search, a.store, a.model); err != nil {
		return nil, err
	}
	a.experts = rag.NewExpertFinder(a.store, a.embed, a.log)
	a.needs = rag.NewNeedFinder(a.store, a.embed, a.log)
	a.cases = rag.NewCaseFinder(a.store, a.embed, a.log)
	var library interview.Separator
	if cfg.NextByMatch {
		library = rag.NewSeparator(a.search.Candidates)
	}
	if a.engine, err = newEngine(a.model, cfg, library); err != nil {
		return nil, err
	}
	return a, a.openChannels()
}

// Close frees everything, last opened first.
func (a *app) Close() {
	for i := len(a.closers) - 1; i >= 0; i-- {
		a.closers[i]()
	}
	a.closers = nil
}

func (a *app) openDatabase(ctx context.Context, url string) (err error) {
	if a.queue, err = jobs.NewQueue(); err != nil {
		return err
	}
	options := postgres.Options{
		Root: a.cfg.root(), Default: need.CentrePath(a.cfg.Centre), Queue: a.queue, Imports: a.queue, Libraries: a.queue, Matches: a.queue, Lexemes: rag.EntryLexemes, AllowSuperuser: a.cfg.Dev || a.cfg.Demo, Log: a.log,
	}
	if a.store, err = postgres.Open(ctx, url, options); err != nil {
		return err
	}
	a.closers = append(a.closers, a.store.Close)
	if a.pool, err = postgres.JobsPool(ctx, url, options); err != nil {
		return err
	}
	a.closers = append(a.closers, a.pool.Close)
	return nil
}

func (a *app) openModels(ctx context.Context) (err error) {
	if a.model, err = newModel(a.cfg, a.metrics, a.log); err != nil {
		return err
	}
	a.probeModel(ctx)
	a.openEmbedders(ctx)
	return nil
}

// newModel returns the language model, nil if none is configured.
func newModel(cfg config, metrics *prometheus.Registry, log *slog.Logger) (*endpoint.Model, error) {
	if cfg.LLMBaseURL == "" {
		return nil, nil //nolint:nilnil // a nil model is one that is off
	}
	c := endpoint.Config{
		BaseURL: cfg.LLMBaseURL, Key: cfg.LLMAPIKey, Model: cfg.LLMModel, Vendor: cfg.LLMVendor, Log: log,
		Guard: guard.Options{Try: cfg.LLMTimeout},
		Meter: meter.Options{PriceIn: cfg.LLMPriceIn, PriceOut: cfg.LLMPriceOut, Budget: cfg.LLMDailyBudget},
	}
	if metrics != nil { // a nil *Registry in the interface would not be nil
		c.Metrics = metrics
	}
	return endpoint.New(c)
}

func (a *app) openChannels() (err error) {
	a.inbox = jobs.Inbox{Store: a.store}
	a.chat = webchat.New(a.inbox, chats{a.store}, webchat.Options{
		LLM:       func() string { return string(a.model.State()) },
		Subscribe: a.store.Subscribe,
		Files:     chats{a.store},
		Failed:    func(ctx context.Context, err error) { a.log.ErrorContext(ctx, "web chat", "error", err) },
	})
	a.closers = append(a.closers, a.chat.Close)
	if a.cfg.TelegramToken == "" {
		return nil
	}
	cfg := telegram.Config{Token: a.cfg.TelegramToken, API: a.cfg.TelegramAPI, Secret: a.cfg.TelegramSecret, Files: telegramFiles{a.store}, Log: a.log}
	if a.cfg.TelegramMode == "webhook" {
		cfg.Webhook = a.cfg.BaseURL + telegramPath
	}
	a.tg, err = telegram.New(cfg, a.inbox)
	return err
}

// telegramPath is where the webhook is served.
const telegramPath = "/telegram/webhook"

// senders are the channels by name.
func (a *app) senders() bot.Dispatch {
	d := bot.Dispatch{webchat.ChannelName: a.chat}
	if a.tg != nil {
		d[telegram.Name] = a.tg
	}
	return d
}

// handler is all that is served over HTTP.
func (a *app) handler(stop <-chan struct{}) (http.Handler, error) {
	deps := api.Deps{
		Store: a.store, Matcher: a, Finder: a, Chat: a.chat.Handler(), Metrics: a.metrics, Ready: a.ready, Pages: pages(), Webhooks: a.hooks,
	}
	if a.tg != nil && a.cfg.TelegramMode == "webhook" {
		deps.Telegram = a.tg.Handler()
	}
	if a.cfg.OIDCIssuer != "" {
		deps.SSO = api.NewOIDC(a.cfg.OIDCName, a.cfg.OIDCIssuer, a.cfg.OIDCClientID, a.cfg.OIDCSecret)
	}
	return api.New(deps, api.Options{
		Log: a.log, TelegramPath: telegramPath, Stop: stop, PlainHTTP: a.cfg.plainHTTP(), BaseURL: a.cfg.BaseURL,
	})
}

// ready returns nil if the service can work: the database answers, and has the
// schema of this binary. A newer schema is that of a release under way.
func (a *app) ready(ctx context.Context) error {
	have, want, err := postgres.SchemaVersion(ctx, a.url)
	if err != nil {
		return err
	}
	if have < want {
		return fmt.Errorf("the schema is at version %d, this binary wants %d", have, want)
	}
	return a.store.Ping(ctx)
}

func pages() fs.FS {
	if !web.Built() {
		return nil
	}
	return web.Pages()
}

// worker is what runs turns and sends.
func (a *app) worker() (*jobs.Jobs, error) {
	reader, err := newDocumentReader()
	if err != nil {
		return nil, err
	}
	transcriber, err := newTranscriber(a.cfg, a.metrics)
	if err != nil {
		return nil, err
	}
	viewer, err := newViewer(a.cfg)
	if err != nil {
		return nil, err
	}
	var told jobs.Meaning
	if a.embed != nil {
		told = meaning{a.embed}
	}
	return jobs.New(a.pool, jobs.Deps{
		Store: a.store, Queue: a.queue, Engine: a.engine, Sender: a.senders(), Files: fileReader{reader, extract.NewRules(), a.zone},
		Transcriber: transcriber, Vectors: a, Viewer: viewer, Meaning: told, Matching: a, Messenger: messenger{a.hooks},
	}, jobs.Options{
		Workers: a.cfg.Workers, Drain: a.cfg.DrainTime, Location: a.zone, Log: a.log, Metrics: a.metrics,
	})
}
