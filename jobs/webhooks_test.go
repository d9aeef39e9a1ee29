package jobs_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"tanxu/jobs"
	"tanxu/need"
	"tanxu/postgres"
	"tanxu/webhook"
)

const (
	ganzhou  need.CentrePath = "jx/gz/"
	nanchang need.CentrePath = "jx/nc/"
)

// post is one request that a receiver got.
type post struct {
	id, stamp, signature string
	body                 []byte
}

// news is what a body says.
type news struct {
	ID     string          `json:"id"`
	Event  string          `json:"event"`
	At     time.Time       `json:"at"`
	Centre need.CentrePath `json:"centre_path"`
	Need   need.ID         `json:"need_id"`
	Case   need.CaseID     `json:"case_id"`
	From   string          `json:"from"`
	To     string          `json:"to"`
}

func (p post) news(t *testing.T) news {
	t.Helper()
	var b news
	must(t, json.Unmarshal(p.body, &b))
	return b
}

// receiver is another system, which answers as a script says and then by 200.
type receiver struct {
	*httptest.Server

	mu     sync.Mutex
	got    []post
	script []int
	seen   func() // is called with each request before it is answered; may be nil
}

func receive(t *testing.T, script ...int) *receiver {
	t.Helper()
	r := &receiver{script: script}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, in *http.Request) {
	body, err := io.ReadAll(in.Body)
	if err != nil {
		return
	}
	r.mu.Lock()
	r.got = append(r.got, post{in.Header.Get("webhook-id"), in.Header.Get("webhook-timestamp"), in.Header.Get("webhook-signature"), body})
	code := http.StatusOK
	if len(r.script) > 0 {
		code, r.script = r.script[0], r.script[1:]
	}
	seen := r.seen
	r.mu.Unlock()
	if seen != nil {
		seen()
	}
	w.WriteHeader(code)
	_, _ = io.WriteString(w, http.StatusText(code))
}

// watch calls seen with each request from now on.
func (r *receiver) watch(seen func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = seen
}

func (r *receiver) posts() []post {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.got)
}

// house is a province with two cities and its webhooks.
type house struct {
	t     *testing.T
	store *postgres.Store
	url   string
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, url: database(t)}
	h.store = openStore(t, h.url)
	for _, path := range []need.CentrePath{ganzhou, nanchang} {
		must(t, h.store.PutCentre(t.Context(), h.store.Root(), postgres.Centre{Path: path, Kind: "city", NameZH: "市", NameEN: "city"}))
	}
	return h
}

func openStore(t *testing.T, url string) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), url, postgres.Options{Root: province, AllowSuperuser: true, MaxConns: 4})
	must(t, err)
	t.Cleanup(s.Close)
	return s
}

// sender is one replica's work on webhooks.
func (h *house) sender() jobs.Webhooks {
	h.t.Helper()
	return sender(h.t, openStore(h.t, h.url))
}

func sender(t *testing.T, s *postgres.Store) jobs.Webhooks {
	t.Helper()
	client := webhook.NewClient(webhook.Options{Local: true})
	t.Cleanup(client.Close)
	return jobs.Webhooks{Store: s, Messenger: poster{client}, Log: slog.New(slog.DiscardHandler)}
}

type poster struct{ client *webhook.Client }

func (p poster) Post(ctx context.Context, d postgres.Due) (int, string, error) {
	a, err := p.client.Send(ctx, webhook.Message{ID: d.ID, URL: d.URL, Secret: d.Secret, Body: d.Body})
	return a.Code, a.Text, err
}

// hook adds a webhook of a centre and returns it with its secret.
func (h *house) hook(centre need.CentrePath, url string, events ...string) (postgres.Webhook, string) {
	h.t.Helper()
	w, secret, err := h.store.CreateWebhook(h.t.Context(), h.store.Root(), postgres.Webhook{Centre: centre, Name: "平台", URL: url, Events: events})
	must(h.t, err)
	return w, secret
}

// need adds one of a centre that goes through these statuses.
func (h *house) need(centre need.CentrePath, statuses ...need.Status) need.ID {
	h.t.Helper()
	id := need.ID(uuid.NewString())
	list := []need.Event{{Kind: need.NeedStarted, Need: id, At: time.Now(), Note: "铜带"}}
	for _, to := range statuses {
		list = append(list, need.Event{Kind: need.StatusChanged, Need: id, At: time.Now(), By: "broker:1", To: string(to), Note: "电话 13800000000"})
	}
	must(h.t, h.store.AddNeed(h.t.Context(), h.store.Root(), centre, id, list))
	return id
}

func (h *house) tell() int {
	h.t.Helper()
	n, err := h.store.TellWebhooks(h.t.Context())
	must(h.t, err)
	return n
}

func (h *house) send(w jobs.Webhooks) int {
	h.t.Helper()
	n, err := w.Send(h.t.Context())
	must(h.t, err)
	return n
}

// pass lets time go by for what waits.
func (h *house) pass(d time.Duration) {
	h.t.Helper()
	h.exec(`UPDATE webhook_deliveries SET next_at = next_at - $1::interval`, d)
}

func (h *house) exec(sql string, args ...any) {
	h.t.Helper()
	must(h.t, h.store.InScope(h.t.Context(), h.store.Root(), func(tx pgx.Tx) error {
		_, err := tx.Exec(h.t.Context(), sql, args...)
		return err
	}))
}

func (h *house) deliveries(w postgres.Webhook) []postgres.Delivery {
	h.t.Helper()
	list, _, err := h.store.Deliveries(h.t.Context(), h.store.Root(), w.ID, "", postgres.Page{Limit: 100})
	must(h.t, err)
	return list
}

// TestAWebhookIsTold: what leaves names things, is signed, and is sent once
// however often somebody looks.
func TestAWebhookIsTold(t *testing.T) {
	t.Parallel()
	h, r := newHouse(t), receive(t)
	w, secret := h.hook(ganzhou, r.URL, "need.review", "need.published")
	id := h.need(ganzhou, need.StatusInterviewing, need.StatusReview, need.StatusPublished)
	if n, again := h.tell(), h.tell(); n != 2 || again != 0 {
		t.Errorf("told %d and then %d, want 2 and 0", n, again)
	}
	h.send(h.sender())
	seen := map[string]string{}
	for _, p := range r.posts() {
		b := p.news(t)
		if b.Need != id || b.Centre != ganzhou || b.ID != p.id || b.At.IsZero() {
			t.Errorf("told %s", p.body)
		}
		seen[b.Event] = b.From + " " + b.To
		verify(t, secret, p)
		if strings.Contains(string(p.body), "138") || strings.Contains(string(p.body), "broker") {
			t.Errorf("says too much: %s", p.body)
		}
	}
	if want := map[string]string{"need.review": "interviewing review", "need.published": "review published"}; !maps.Equal(seen, want) {
		t.Errorf("told of %v, want %v", seen, want)
	}
	for _, d := range h.deliveries(w) {
		if d.Status != "sent" || *d.Code != 200 || d.Answer != "OK" || d.Tries != 1 {
			t.Errorf("delivery %+v", d)
		}
	}
}

// verify checks a signature as the specification describes it.
func verify(t *testing.T, secret string, p post) {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	must(t, err)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(p.id + "." + p.stamp + "." + string(p.body)))
	if want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)); p.signature != want {
		t.Errorf("signature %s, want %s", p.signature, want)
	}
}

// TestACaseIsTold: its events come from a log of their own.
func TestACaseIsTold(t *testing.T) {
	t.Parallel()
	h, r := newHouse(t), receive(t)
	h.hook(province, r.URL, "case.opened", "case.met")
	must(t, h.store.PutAchievements(t.Context(), h.store.Root(), []need.IndexedAchievement{
		{Achievement: need.Achievement{Centre: ganzhou, Code: "A", Title: "铜带"}},
	}))
	list, _, err := h.store.ListAchievements(t.Context(), h.store.Root(), postgres.LibraryFilter{}, postgres.Page{})
	must(t, err)
	id := h.need(ganzhou, need.StatusReview, need.StatusPublished)
	k := need.CaseID(uuid.NewString())
	h.exec(`INSERT INTO cases (id, centre_path, need_id, library, entry_id, stage, version, stage_since) VALUES ($1, $2, $3, 'achievements', $4, 'opened', 1, now())`,
		string(k), string(ganzhou), string(id), string(list[0].ID))
	h.exec(`INSERT INTO case_events (centre_path, case_id, kind, actor, at, body) VALUES ($1, $2, 'opened', 'broker:1', now(), '{}'), ($1, $2, 'noted', 'broker:1', now(), '{}')`,
		string(ganzhou), string(k))
	h.tell()
	h.send(h.sender())
	got := r.posts()
	if len(got) != 1 || got[0].news(t).Event != "case.opened" || got[0].news(t).Case != k || got[0].news(t).Need != id {
		t.Fatalf("told %v", got)
	}
}

// TestWhoIsNotTold: a sibling, one that is disabled, and of what was before.
func TestWhoIsNotTold(t *testing.T) {
	t.Parallel()
	h, r := newHouse(t), receive(t)
	h.need(ganzhou, need.StatusReview)
	h.hook(nanchang, r.URL, "need.review", "need.published")
	disabled, _ := h.hook(ganzhou, r.URL, "need.review", "need.published")
	h.need(ganzhou, need.StatusPublished)
	if n := h.tell(); n != 1 {
		t.Errorf("told %d, want the one webhook of the one event that came after it", n)
	}
	yes, no := true, false
	_, err := h.store.ChangeWebhook(t.Context(), h.store.Root(), disabled.ID, postgres.WebhookChange{Disabled: &yes})
	must(t, err)
	h.need(ganzhou, need.StatusReview)
	if n := h.tell() + h.send(h.sender()); n != 0 {
		t.Errorf("%d for a webhook that is disabled", n)
	}
	if _, err := h.store.TryWebhook(t.Context(), h.store.Root(), disabled.ID); need.KindOf(err) != need.Conflict {
		t.Errorf("a test of a disabled webhook: %v", err)
	}
	_, err = h.store.ChangeWebhook(t.Context(), h.store.Root(), disabled.ID, postgres.WebhookChange{Disabled: &no})
	must(t, err)
	if n := h.tell() + h.send(h.sender()); n != 0 {
		t.Errorf("%d of what happened meanwhile", n)
	}
	if got := h.deliveries(disabled); len(got) != 1 || got[0].Status != "failed" {
		t.Errorf("deliveries %+v, want the one that waited as failed", got)
	}
	if got := r.posts(); len(got) != 0 {
		t.Errorf("sent %d", len(got))
	}
}

// TestARefusedDeliveryIsTriedAgain: under the same id, eight times, then never,
// until somebody asks for it.
func TestARefusedDeliveryIsTriedAgain(t *testing.T) {
	t.Parallel()
	h, r := newHouse(t), receive(t, 500, 404, 302, 500, 500, 500, 500, 500)
	w, _ := h.hook(ganzhou, r.URL, "need.review")
	h.need(ganzhou, need.StatusReview)
	h.tell()
	s := h.sender()
	waits := []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour}
	for i, d := range waits {
		if n := h.send(s); n != 1 {
			t.Fatalf("try %d: %d are sent, want 1", i+1, n)
		}
		h.pass(d - 30*time.Second)
		if n := h.send(s); n != 0 {
			t.Errorf("try %d comes before its time", i+2)
		}
		h.pass(30 * time.Second)
	}
	h.send(s)
	h.pass(48 * time.Hour)
	d := h.deliveries(w)[0]
	if n := h.send(s); n != 0 || d.Status != "failed" || d.Tries != 8 || *d.Code != 500 {
		t.Errorf("after the last try %d more; %+v", n, d)
	}
	_, err := h.store.Replay(t.Context(), h.store.Root(), w.ID, d.ID)
	must(t, err)
	h.send(s)
	if d = h.deliveries(w)[0]; d.Status != "sent" || d.Tries != 1 {
		t.Errorf("replayed: %+v", d)
	}
	got := r.posts()
	for _, p := range got {
		if p.id != d.ID || string(p.body) != string(got[0].body) {
			t.Errorf("told %s %s, at first %s", p.id, p.body, got[0].body)
		}
	}
	if len(got) != 9 {
		t.Errorf("%d tries arrived, want 9", len(got))
	}
}

// TestTwoReplicasTellOnce: both look and send at once.
func TestTwoReplicasTellOnce(t *testing.T) {
	t.Parallel()
	h, r := newHouse(t), receive(t)
	h.hook(province, r.URL, "need.review")
	h.hook(ganzhou, r.URL, "need.review")
	for range 25 {
		h.need(ganzhou, need.StatusReview)
	}
	var g sync.WaitGroup
	for range 2 {
		s := h.sender()
		g.Go(func() {
			for range 2 {
				if _, err := s.Store.TellWebhooks(t.Context()); err != nil {
					t.Error(err)
				}
				if _, err := s.Send(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	g.Wait()
	ids := map[string]bool{}
	for _, p := range r.posts() {
		ids[p.id] = true
	}
	if len(ids) != 50 || len(r.posts()) != 50 {
		t.Errorf("%d requests of %d deliveries, want 50 of 50", len(r.posts()), len(ids))
	}
}

// TestAReceiverThatIsAway keeps nobody waiting: a few are sent to each at a time.
func TestAReceiverThatIsAway(t *testing.T) {
	t.Parallel()
	h, r := newHouse(t), receive(t)
	gone := receive(t)
	gone.Close()
	away, _ := h.hook(ganzhou, gone.URL, "need.review")
	h.hook(ganzhou, r.URL, "need.published")
	for range 60 {
		h.need(ganzhou, need.StatusReview)
	}
	h.need(ganzhou, need.StatusPublished)
	h.tell()
	h.send(h.sender())
	if len(r.posts()) != 1 {
		t.Error("a receiver waits for another that is away")
	}
	var tried int
	for _, d := range h.deliveries(away) {
		if d.Tries > 0 {
			tried++
			if d.Status != "pending" || d.Code != nil || !strings.Contains(d.Answer, "refused") || strings.Contains(d.Answer, "http://") {
				t.Errorf("delivery %+v", d)
			}
		}
	}
	if tried != 40 {
		t.Errorf("%d tries in one job, want four rounds of ten", tried)
	}
}

// webhookChild is the variable by which the test binary learns that it is the
// child of TestAKilledSenderSendsAgain.
const webhookChild = "TANXU_TEST_WEBHOOK_CHILD"

// sendAsChild sends what is due, until it is killed.
func sendAsChild(url string) error {
	ctx := context.Background()
	s, err := postgres.Open(ctx, url, postgres.Options{Root: province, AllowSuperuser: true, MaxConns: 2})
	if err != nil {
		return err
	}
	defer s.Close()
	client := webhook.NewClient(webhook.Options{Local: true})
	_, err = jobs.Webhooks{Store: s, Messenger: poster{client}, Log: slog.New(slog.DiscardHandler)}.Send(ctx)
	return err
}

// TestAKilledSenderSendsAgain: the receiver has it, nobody has written down so.
func TestAKilledSenderSendsAgain(t *testing.T) {
	t.Parallel()
	h, r := newHouse(t), receive(t)
	w, _ := h.hook(ganzhou, r.URL, "need.review")
	h.need(ganzhou, need.StatusReview)
	h.tell()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), webhookChild+"="+h.url)
	var once sync.Once
	arrived, killed := make(chan struct{}), make(chan struct{})
	r.watch(func() {
		once.Do(func() { close(arrived) })
		<-killed
	})
	must(t, child.Start())
	<-arrived
	must(t, child.Process.Kill())
	close(killed)
	if err := child.Wait(); err == nil {
		t.Fatal("the child was not killed")
	}
	s := h.sender()
	if n := h.send(s); n != 0 {
		t.Error("taken up while the child may live")
	}
	h.pass(2 * time.Minute)
	h.send(s)
	got := r.posts()
	if len(got) != 2 || got[0].id != got[1].id {
		t.Fatalf("told %v, want the same twice", got)
	}
	if d := h.deliveries(w)[0]; d.Status != "sent" || d.Tries != 2 {
		t.Errorf("delivery %+v", d)
	}
}

// TestWhatWasToldIsForgotten after its time, and not told anew.
func TestWhatWasToldIsForgotten(t *testing.T) {
	t.Parallel()
	h, r := newHouse(t), receive(t)
	w, _ := h.hook(ganzhou, r.URL, "need.review")
	h.need(ganzhou, need.StatusReview)
	h.tell()
	h.send(h.sender())
	if n, err := h.store.ForgetDeliveries(t.Context(), time.Hour); err != nil || n != 0 || len(h.deliveries(w)) != 1 {
		t.Errorf("forgot %d of an hour, %v", n, err)
	}
	h.exec(`UPDATE webhook_deliveries SET at = at - interval '2 hours'`)
	if n, err := h.store.ForgetDeliveries(t.Context(), time.Hour); err != nil || n != 1 || len(h.deliveries(w)) != 0 {
		t.Errorf("forgot %d, %v", n, err)
	}
}
