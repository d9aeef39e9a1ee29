package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"tanxu/bot"
)

// maxText is the longest text of one message; Telegram counts UTF-16 units.
const maxText = 4096

// Send delivers a message, in parts where it is too long, the quick replies
// under the last one. Texts are sent without parse_mode: what people wrote can
// never become markup.
func (c *Channel) Send(ctx context.Context, out bot.Outbound) (bot.Receipt, error) {
	parts := split(withCard(out), maxText)
	var receipt bot.Receipt
	for i, text := range parts {
		params := tgbotapi.Params{"chat_id": out.Chat, "text": text, "disable_web_page_preview": "true"}
		if i == len(parts)-1 && len(out.Choices) > 0 {
			params["reply_markup"] = keyboard(out.Choices)
		}
		id, err := c.sendPart(ctx, params)
		switch {
		case err == nil:
			receipt.ID = id
		case i > 0 && !errors.Is(err, bot.ErrTerminal):
			// The first parts are there: sending again would repeat them.
			return receipt, fmt.Errorf("part %d of %d: %s", i+1, len(parts), err)
		default:
			return receipt, err
		}
	}
	return receipt, nil
}

func (c *Channel) sendPart(ctx context.Context, params tgbotapi.Params) (string, error) {
	result, err := c.call(ctx, "sendMessage", params)
	if err != nil {
		return "", classify(err)
	}
	var m tgbotapi.Message
	if err := json.Unmarshal(result, &m); err != nil || m.Chat == nil {
		return "", nil // it was sent; without a number it can only not be edited
	}
	return messageID(&m), nil
}

// classify sorts errors by what may have happened to the message: it did not
// arrive (retry), can never arrive (terminal), or nobody knows (as it is).
func classify(err error) error {
	if e, ok := errors.AsType[*tgbotapi.Error](err); ok {
		switch {
		case e.Code == http.StatusTooManyRequests:
			return &bot.RetryError{After: time.Duration(e.RetryAfter) * time.Second, Err: err}
		case e.Code == http.StatusBadRequest, e.Code == http.StatusForbidden, e.Code == http.StatusUnauthorized, e.Code == http.StatusNotFound:
			return fmt.Errorf("%w: %s", bot.ErrTerminal, e.Message)
		case e.Code >= http.StatusInternalServerError:
			return &bot.RetryError{Err: err}
		}
	}
	if e, ok := errors.AsType[*net.OpError](err); ok && e.Op == "dial" {
		return &bot.RetryError{Err: err}
	}
	return err
}

func keyboard(choices []bot.Choice) string {
	markup := tgbotapi.InlineKeyboardMarkup{}
	for _, ch := range choices {
		button := tgbotapi.NewInlineKeyboardButtonData(ch.Label, ch.ID)
		last := len(markup.InlineKeyboard) - 1
		// Short labels stand two in a row.
		if last >= 0 && len(markup.InlineKeyboard[last]) == 1 && width(ch.Label)+width(markup.InlineKeyboard[last][0].Text) <= 24 {
			markup.InlineKeyboard[last] = append(markup.InlineKeyboard[last], button)
			continue
		}
		markup.InlineKeyboard = append(markup.InlineKeyboard, []tgbotapi.InlineKeyboardButton{button})
	}
	text, err := json.Marshal(markup)
	if err != nil {
		panic(fmt.Sprintf("encode keyboard: %v", err)) // plain strings always encode
	}
	return string(text)
}

func width(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0x2000 {
			n++
		}
	}
	return n
}

// withCard writes the read-back as lines under the text.
func withCard(out bot.Outbound) string {
	if out.Card == nil {
		return out.Text
	}
	var b strings.Builder
	b.WriteString(out.Text)
	if out.Card.Title != "" {
		fmt.Fprintf(&b, "\n\n【%s】", out.Card.Title)
	}
	for _, line := range out.Card.Lines {
		fmt.Fprintf(&b, "\n%s. %s：%s", strconv.Itoa(line.Number), line.Label, line.Value)
	}
	return b.String()
}

// split cuts a text into parts of at most limit UTF-16 units, after the end of
// a line or sentence where there is one in the second half of a part.
func split(text string, limit int) []string {
	var parts []string
	rest := []rune(text)
	for len(rest) > 0 {
		end, units, cut := 0, 0, 0
		for end < len(rest) {
			n := utf16.RuneLen(rest[end])
			if n < 1 {
				n = 1
			}
			if units+n > limit {
				break
			}
			units += n
			end++
			if strings.ContainsRune("\n。！？；.!?;", rest[end-1]) {
				cut = end
			}
		}
		if end < len(rest) && cut > end/2 {
			end = cut
		}
		if part := strings.TrimSpace(string(rest[:end])); part != "" {
			parts = append(parts, part)
		}
		rest = rest[end:]
	}
	return parts
}
