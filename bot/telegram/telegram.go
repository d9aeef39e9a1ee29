// Package telegram is the channel to Telegram: long polling or webhook in,
// sendMessage out. It knows the Bot API and the bot port, nothing else.
package telegram

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"tanxu/bot"
)

// Name is the channel's name in conversations and messages.
const Name = "telegram"

// Config is what a channel needs to reach its bot.
type Config struct {
	Token string
	API   string // address of a local Bot API server; "" is Telegram's own
	// Webhook is the public address that updates are to be sent to; "" polls.
	Webhook string
	Secret  string // the webhook's secret token, 1–256 characters of A-Z a-z 0-9 _ -
	// Files keeps files, photos and voice notes; nil: they are only noticed.
	Files  Files
	Client *http.Client
	Log    *slog.Logger
	// Backoff is the pause after a failed poll; 0 means 3 s.
	Backoff time.Duration
}

// Files keeps what contacts send.
type Files interface {
	// KeepFile stores a file of a chat and returns its id, NotFound for a chat
	// that has no conversation yet.
	KeepFile(ctx context.Context, bot, chat, name string, content []byte) (id string, err error)
}

// Channel receives updates and sends messages. It is a bot.Sender.
type Channel struct {
	cfg      Config
	inbox    bot.Inbox
	endpoint string
	files    string // where files are handed out
	bot      string // the number before the colon: public, unlike the token
}

// New returns a channel that leaves what it receives in inbox. It makes no
// request: Telegram may be away when the service starts.
func New(cfg Config, inbox bot.Inbox) (*Channel, error) {
	id, rest, ok := strings.Cut(cfg.Token, ":")
	if !ok || id == "" || rest == "" {
		return nil, errors.New("telegram: the token is not of the form NUMBER:SECRET")
	}
	c := &Channel{cfg: cfg, inbox: inbox, endpoint: tgbotapi.APIEndpoint, files: tgbotapi.FileEndpoint, bot: id}
	if cfg.API != "" {
		c.endpoint = strings.TrimRight(cfg.API, "/") + "/bot%s/%s"
		c.files = strings.TrimRight(cfg.API, "/") + "/file/bot%s/%s"
	}
	if c.cfg.Client == nil {
		// Longer than a long poll; sends are bounded by their context.
		c.cfg.Client = &http.Client{Timeout: pollTime + 20*time.Second}
	}
	if c.cfg.Log == nil {
		c.cfg.Log = slog.Default()
	}
	c.cfg.Backoff = cmp.Or(cfg.Backoff, 3*time.Second)
	return c, nil
}

// Capabilities says what a message may hold.
func (c *Channel) Capabilities() bot.Capabilities {
	return bot.Capabilities{MaxRunes: maxText, Buttons: true}
}

// call makes one request. The library takes no context, so each call gets a
// client that carries it.
func (c *Channel) call(ctx context.Context, method string, params tgbotapi.Params) (json.RawMessage, error) {
	api := tgbotapi.BotAPI{Token: c.cfg.Token, Client: client{ctx: ctx, http: c.cfg.Client}}
	api.SetAPIEndpoint(c.endpoint)
	resp, err := api.MakeRequest(method, params)
	if err != nil {
		return nil, fmt.Errorf("telegram %s: %w", method, err)
	}
	return resp.Result, nil
}

// client gives requests a context, and keeps the token, which is part of every
// address, out of errors.
type client struct {
	ctx  context.Context //nolint:containedctx // lives for one call; see call
	http *http.Client
}

func (c client) Do(req *http.Request) (*http.Response, error) {
	resp, err := c.http.Do(req.WithContext(c.ctx))
	if ue, ok := errors.AsType[*url.Error](err); ok {
		return resp, ue.Err
	}
	return resp, err
}

// SetUp tells Telegram the bot's commands, in Chinese and English, and where
// updates go.
func (c *Channel) SetUp(ctx context.Context) error {
	for lang, list := range commands() {
		text, err := json.Marshal(list)
		if err != nil {
			return fmt.Errorf("encode commands: %w", err)
		}
		params := tgbotapi.Params{"commands": string(text)}
		params.AddNonEmpty("language_code", lang)
		if _, err := c.call(ctx, "setMyCommands", params); err != nil {
			return err
		}
	}
	if c.cfg.Webhook == "" {
		_, err := c.call(ctx, "deleteWebhook", nil)
		return err
	}
	_, err := c.call(ctx, "setWebhook", tgbotapi.Params{
		"url": c.cfg.Webhook, "secret_token": c.cfg.Secret, "allowed_updates": allowedUpdates,
	})
	return err
}

// commands are the bot's menu by language; "" is everybody else's: Chinese.
func commands() map[string][]tgbotapi.BotCommand {
	zh := []tgbotapi.BotCommand{
		{Command: "start", Description: "开始，或接着上次聊"},
		{Command: "help", Description: "怎么用"},
		{Command: "human", Description: "转人工"},
		{Command: "status", Description: "聊到哪儿了"},
		{Command: "skip", Description: "跳过这个问题"},
		{Command: "privacy", Description: "存了什么、怎么删除"},
		{Command: "cancel", Description: "先停在这里"},
		{Command: "lang", Description: "中文 / English"},
	}
	en := []tgbotapi.BotCommand{
		{Command: "start", Description: "begin, or go on where we stopped"},
		{Command: "help", Description: "how this works"},
		{Command: "human", Description: "talk to a person"},
		{Command: "status", Description: "how far we are"},
		{Command: "skip", Description: "skip this question"},
		{Command: "privacy", Description: "what is stored, how to erase it"},
		{Command: "cancel", Description: "pause here"},
		{Command: "lang", Description: "中文 / English"},
	}
	return map[string][]tgbotapi.BotCommand{"": zh, "en": en}
}

// Check asks Telegram who the bot is, and returns nil if it answers.
func (c *Channel) Check(ctx context.Context) error {
	_, err := c.call(ctx, "getMe", nil)
	return err
}
