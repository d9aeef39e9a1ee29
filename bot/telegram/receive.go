package telegram

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"tanxu/bot"
	"tanxu/need"
)

const (
	pollTime       = 50 * time.Second
	maxBody        = 1 << 20
	allowedUpdates = `["message","edited_message","callback_query"]`
)

// Run polls until ctx ends. An update is confirmed, by the next poll's offset,
// only after the inbox has it; where the inbox cannot take it now, the same
// update is fetched again.
func (c *Channel) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := c.SetUp(ctx); err == nil {
			break
		} else if ctx.Err() == nil {
			c.cfg.Log.WarnContext(ctx, "telegram set-up", "error", err)
		}
		c.pause(ctx)
	}
	offset := 0
	for ctx.Err() == nil {
		next, err := c.poll(ctx, offset)
		offset = next
		if err != nil && ctx.Err() == nil {
			c.cfg.Log.WarnContext(ctx, "telegram poll", "error", err)
			c.pause(ctx)
		}
	}
	return nil
}

func (c *Channel) pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(c.cfg.Backoff):
	}
}

// poll fetches updates from offset on and returns the offset of the first one
// that was not taken.
func (c *Channel) poll(ctx context.Context, offset int) (int, error) {
	result, err := c.call(ctx, "getUpdates", tgbotapi.Params{
		"offset": strconv.Itoa(offset), "timeout": strconv.Itoa(int(pollTime.Seconds())), "allowed_updates": allowedUpdates,
	})
	if err != nil {
		return offset, err
	}
	var updates []tgbotapi.Update
	if err := json.Unmarshal(result, &updates); err != nil {
		return offset, fmt.Errorf("decode updates: %w", err)
	}
	for _, u := range updates {
		if err := c.take(ctx, u); err != nil {
			return offset, err
		}
		offset = u.UpdateID + 1
	}
	return offset, nil
}

// Handler serves the webhook. It answers 2xx only after the inbox has the
// update; 503 makes Telegram come again.
func (c *Channel) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given := r.Header.Get("X-Telegram-Bot-Api-Secret-Token")
		if c.cfg.Secret == "" || subtle.ConstantTimeCompare([]byte(given), []byte(c.cfg.Secret)) != 1 {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			return
		}
		var u tgbotapi.Update
		if err := json.Unmarshal(body, &u); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if err := c.take(r.Context(), u); err != nil {
			c.cfg.Log.WarnContext(r.Context(), "telegram webhook", "error", err)
			w.Header().Set("Retry-After", "5")
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusOK)
	})
}

// take leaves one update in the inbox. What the inbox will never take (an
// unknown invitation) is answered and let go: it must not block the chat.
func (c *Channel) take(ctx context.Context, u tgbotapi.Update) error {
	in, ok := inbound(u)
	if !ok {
		return nil
	}
	in.Channel, in.Bot = Name, c.bot
	list, err := c.attachments(ctx, u.Message, in)
	if err != nil {
		return fmt.Errorf("take update %d: %w", u.UpdateID, err)
	}
	for _, in := range list {
		if err := c.accept(ctx, in); err != nil {
			return fmt.Errorf("accept update %d: %w", u.UpdateID, err)
		}
	}
	c.acknowledge(ctx, u, in.Chat)
	return nil
}

// accept leaves one message in the inbox, or tells its sender that it will never
// be taken.
func (c *Channel) accept(ctx context.Context, in bot.Inbound) error {
	_, err := c.inbox.Accept(ctx, in)
	switch need.KindOf(err) {
	case need.Invalid, need.NotFound:
		c.cfg.Log.InfoContext(ctx, "telegram update refused", "code", need.CodeOf(err))
		c.sayRefused(ctx, in, need.CodeOf(err))
		return nil
	default:
		return err
	}
}

// acknowledge ends the button's spinner or shows that an answer is on its way.
// Both are courtesies: an error changes nothing.
func (c *Channel) acknowledge(ctx context.Context, u tgbotapi.Update, chat string) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	var err error
	if u.CallbackQuery != nil {
		_, err = c.call(ctx, "answerCallbackQuery", tgbotapi.Params{"callback_query_id": u.CallbackQuery.ID})
	} else {
		_, err = c.call(ctx, "sendChatAction", tgbotapi.Params{"chat_id": chat, "action": "typing"})
	}
	if err != nil {
		c.cfg.Log.DebugContext(ctx, "telegram acknowledge", "error", err)
	}
}

func (c *Channel) sayRefused(ctx context.Context, in bot.Inbound, code string) {
	zh, en := "这条消息没有收下，请换个说法再发一次。", "This message could not be taken; please put it another way."
	if code == "invite_unknown" {
		zh, en = "这个邀请链接已失效，请向发给您链接的工作人员要一个新的。", "This invitation is no longer valid; please ask for a new one."
	}
	text := zh
	if in.Lang == "en" {
		text = en
	}
	if _, err := c.Send(ctx, bot.Outbound{Chat: in.Chat, Text: text}); err != nil {
		c.cfg.Log.InfoContext(ctx, "telegram refusal not sent", "error", err)
	}
}

// inbound turns an update into a message of the port; false for updates that
// are none: groups, channels, bots.
func inbound(u tgbotapi.Update) (bot.Inbound, bool) {
	switch {
	case u.CallbackQuery != nil:
		return pressed(u.CallbackQuery)
	case u.EditedMessage != nil:
		in, ok := said(u.EditedMessage)
		in.Kind, in.EditOf = bot.KindEdit, in.ID
		in.ID = fmt.Sprintf("%s:e%d", in.ID, u.EditedMessage.EditDate)
		return in, ok && u.EditedMessage.Text != ""
	case u.Message != nil:
		return said(u.Message)
	}
	return bot.Inbound{}, false
}

func said(m *tgbotapi.Message) (bot.Inbound, bool) {
	if m.Chat == nil || !m.Chat.IsPrivate() || m.From == nil || m.From.IsBot {
		return bot.Inbound{}, false
	}
	in := bot.Inbound{
		Chat: strconv.FormatInt(m.Chat.ID, 10), ID: messageID(m), Kind: bot.KindText, Text: m.Text,
		Lang: language(m.From), Name: strings.TrimSpace(m.From.FirstName + " " + m.From.LastName), At: m.Time(),
	}
	switch {
	case m.Text == "":
		in.Kind, in.Text = bot.KindUnsupported, contentType(m)
		if m.Caption != "" {
			in.Kind, in.Text = bot.KindText, m.Caption
		}
	case m.Command() == "start":
		in.Kind, in.Invite = bot.KindStart, strings.TrimSpace(m.CommandArguments())
	}
	return in, true
}

func pressed(q *tgbotapi.CallbackQuery) (bot.Inbound, bool) {
	if q.Message == nil || q.Message.Chat == nil || !q.Message.Chat.IsPrivate() || q.From == nil {
		return bot.Inbound{}, false
	}
	return bot.Inbound{
		Chat: strconv.FormatInt(q.Message.Chat.ID, 10), ID: "cb:" + q.ID, Kind: bot.KindChoice, Choice: q.Data,
		Lang: language(q.From), Name: strings.TrimSpace(q.From.FirstName + " " + q.From.LastName), At: time.Now(),
	}, true
}

// messageID is unique per bot: Telegram numbers messages per chat.
func messageID(m *tgbotapi.Message) string {
	return fmt.Sprintf("%d:%d", m.Chat.ID, m.MessageID)
}

func language(u *tgbotapi.User) string {
	if strings.HasPrefix(u.LanguageCode, "zh") || u.LanguageCode == "" {
		return "zh"
	}
	return "en"
}

// contentType names what came instead of text.
func contentType(m *tgbotapi.Message) string {
	switch {
	case m.Voice != nil, m.Audio != nil:
		return "voice"
	case m.Photo != nil:
		return "photo"
	case m.Document != nil:
		return "document"
	case m.Sticker != nil:
		return "sticker"
	case m.Video != nil, m.VideoNote != nil:
		return "video"
	case m.Location != nil:
		return "location"
	case m.Contact != nil:
		return "contact"
	}
	return "other"
}
