package webchat

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"tanxu/bot"
	"tanxu/need"

	"github.com/google/uuid"
)

// Consented is the Choice of a start message whose sender has already agreed
// to the notice that the page shows.
const Consented = "consent.yes"

// Opening is a session to be. Org, Name and Role are empty without consent.
type Opening struct {
	ID        need.ConversationID // also the Chat of its messages
	Channel   string
	Bot       string
	Invite    string
	TokenHash []byte
	Lang      string // "zh" or "en"
	Org       string
	Name      string
	Role      string
}

// Session is a conversation that a token has opened.
type Session struct {
	ID      need.ConversationID // also the Chat of its messages
	Centre  need.CentrePath
	Lang    string
	Org     string
	Name    string
	Role    string
	Created time.Time
	Since   int64 // place of the last message that a guest does not see; 0 for whoever began
}

// open handles POST /api/v1/chat/sessions.
func (c *Channel) open(w http.ResponseWriter, r *http.Request) error {
	if err := c.limits.opening(c.opt.Address(r)); err != nil {
		return err
	}
	var body struct {
		Invite  string `json:"invite"`
		Consent bool   `json:"consent"`
		Org     string `json:"org"`
		Name    string `json:"name"`
		Role    string `json:"role"`
		Lang    string `json:"lang"`
	}
	if err := readJSON(w, r, &body); err != nil {
		return err
	}
	setLang(r, body.Lang)
	o := Opening{Channel: ChannelName, Bot: c.opt.Bot, Invite: body.Invite, Lang: langOf(r)}
	if body.Consent {
		o.Org, o.Name, o.Role = strings.TrimSpace(body.Org), strings.TrimSpace(body.Name), strings.TrimSpace(body.Role)
	}
	if err := checkOpening(o, body.Lang); err != nil {
		return err
	}
	token, err := c.begin(r.Context(), &o)
	if err != nil {
		return err
	}
	s, v, err := c.greet(r.Context(), o, body.Consent)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusCreated, struct {
		Session need.ConversationID `json:"session_id"`
		Token   string              `json:"token"`
		reply
	}{s.ID, token, reply{Messages: toMessages(v.Messages), State: c.state(v)}})
}

// begin stores the session under a fresh token and returns the token, which
// is kept nowhere.
func (c *Channel) begin(ctx context.Context, o *Opening) (string, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", fmt.Errorf("make session id: %w", err)
	}
	var secret [32]byte
	rand.Read(secret[:]) // never fails: crypto/rand ends the program instead
	token := base64.RawURLEncoding.EncodeToString(secret[:])
	o.ID, o.TokenHash = need.ConversationID(id.String()), hash(token)
	if err := c.store.OpenSession(ctx, *o); err != nil {
		return "", fmt.Errorf("open session by invite %s: %w", o.Invite, err)
	}
	return token, nil
}

// greet hands in the start message and waits for the bot's first words.
func (c *Channel) greet(ctx context.Context, o Opening, consent bool) (Session, View, error) {
	s, err := c.store.SessionByToken(ctx, o.TokenHash)
	if err != nil {
		return s, View{}, fmt.Errorf("read session %s: %w", o.ID, err)
	}
	in := bot.Inbound{
		Channel: ChannelName, Bot: o.Bot, Chat: string(s.ID), ID: string(o.ID) + "/start",
		Kind: bot.KindStart, Invite: o.Invite, Lang: o.Lang, Name: o.Name, At: time.Now(),
	}
	if consent {
		in.Choice = Consented
	}
	got, err := c.inbox.Accept(ctx, in)
	if err != nil {
		return s, View{}, fmt.Errorf("accept start of %s: %w", o.ID, err)
	}
	v, _, err := c.await(ctx, s, "", got.Message, c.opt.Opening)
	return s, v, err
}

// authorized finds the session of the token; it must be the one of the path.
func (c *Channel) authorized(next func(http.ResponseWriter, *http.Request, Session) error) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok || token == "" {
			w.Header().Set("WWW-Authenticate", "Bearer")
			return refuse(http.StatusUnauthorized, "token_missing")
		}
		s, err := c.store.SessionByToken(r.Context(), hash(token))
		if need.KindOf(err) == need.NotFound {
			w.Header().Set("WWW-Authenticate", "Bearer")
			return refuse(http.StatusUnauthorized, "token_invalid")
		}
		if err != nil {
			return fmt.Errorf("find session by token: %w", err)
		}
		setLang(r, s.Lang)
		if r.PathValue("id") != string(s.ID) {
			return refuse(http.StatusNotFound, "session_unknown")
		}
		return next(w, r, s)
	}
}

func hash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

var inviteForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

func checkOpening(o Opening, lang string) error {
	const longest = 200
	if lang != "" && lang != "zh" && lang != "en" {
		return refuse(http.StatusUnprocessableEntity, "lang_unknown")
	}
	if !inviteForm.MatchString(o.Invite) {
		return refuse(http.StatusNotFound, "invite_unknown")
	}
	for name, text := range map[string]string{"org": o.Org, "name": o.Name, "role": o.Role} {
		if utf8.RuneCountInString(text) > longest || !printable(text) {
			return refuse(http.StatusUnprocessableEntity, "field_invalid", name)
		}
	}
	return nil
}
