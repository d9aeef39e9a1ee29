package faketelegram

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

func (s *Server) sendMessage(r *http.Request) (int, string, any) {
	chat, err := strconv.ParseInt(r.Form.Get("chat_id"), 10, 64)
	text := r.Form.Get("text")
	switch {
	case err != nil:
		return http.StatusBadRequest, "Bad Request: chat not found", nil
	case strings.TrimSpace(text) == "":
		return http.StatusBadRequest, "Bad Request: message text is empty", nil
	case len(utf16.Encode([]rune(text))) > 4096:
		return http.StatusBadRequest, "Bad Request: message is too long", nil
	}
	buttons, problem := readButtons(r.Form.Get("reply_markup"))
	if problem != "" {
		return http.StatusBadRequest, problem, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextID++
	s.sent = append(s.sent, Sent{ID: s.nextID, Chat: chat, Text: text, Buttons: buttons, At: time.Now()})
	s.signal()
	return 200, "", map[string]any{"message_id": s.nextID, "date": time.Now().Unix(), "chat": private(chat), "text": text}
}

func readButtons(markup string) ([]Button, string) {
	if markup == "" {
		return nil, ""
	}
	var m struct {
		Rows [][]Button `json:"inline_keyboard"`
	}
	if err := json.Unmarshal([]byte(markup), &m); err != nil {
		return nil, "Bad Request: can't parse reply keyboard markup JSON object"
	}
	buttons := slices.Concat(m.Rows...)
	for _, b := range buttons {
		if n := len(b.Data); n < 1 || n > 64 || b.Text == "" {
			return nil, "Bad Request: BUTTON_DATA_INVALID"
		}
	}
	return buttons, ""
}

// Sent returns what the bot has sent to a chat, oldest first.
func (s *Server) Sent(chat int64) []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sentTo(chat)
}

func (s *Server) sentTo(chat int64) []Sent {
	var list []Sent
	for _, m := range s.sent {
		if m.Chat == chat {
			list = append(list, m)
		}
	}
	return list
}

// Wait returns what was sent to a chat once it is at least n messages, or what
// there is when ctx ends.
func (s *Server) Wait(ctx context.Context, chat int64, n int) []Sent {
	for {
		s.mu.Lock()
		list, wake := s.sentTo(chat), s.wake
		s.mu.Unlock()
		if len(list) >= n {
			return list
		}
		select {
		case <-ctx.Done():
			return list
		case <-wake:
		}
	}
}
