package faketelegram

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Say queues a text of a person; it returns the message's number.
func (s *Server) Say(chat int64, lang, text string) int {
	m := map[string]any{"text": text}
	if strings.HasPrefix(text, "/") {
		name, _, _ := strings.Cut(text, " ")
		m["entities"] = []any{map[string]any{"type": "bot_command", "offset": 0, "length": len(name)}}
	}
	return s.queue(chat, lang, "message", m)
}

// Edit queues a changed version of an earlier message.
func (s *Server) Edit(chat int64, id int, text string) {
	s.queue(chat, "zh-hans", "edited_message", map[string]any{"message_id": id, "text": text, "edit_date": time.Now().Unix()})
}

// Sticker queues a message without text.
func (s *Server) Sticker(chat int64) {
	s.queue(chat, "zh-hans", "message", map[string]any{"sticker": map[string]any{"file_id": "s", "width": 1, "height": 1}})
}

// Press queues a pressed button of a message that the bot sent.
func (s *Server) Press(chat int64, message int, data string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextID++
	s.push(Update{"callback_query": map[string]any{
		"id": strconv.Itoa(s.nextID), "from": person(chat, "zh-hans"), "data": data,
		"message": map[string]any{"message_id": message, "date": time.Now().Unix(), "chat": private(chat)},
	}})
}

func (s *Server) queue(chat int64, lang, kind string, m map[string]any) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m["message_id"] == nil {
		s.nextID++
		m["message_id"] = s.nextID
	}
	m["date"], m["chat"], m["from"] = time.Now().Unix(), private(chat), person(chat, lang)
	s.push(Update{kind: m})
	id, _ := m["message_id"].(int)
	return id
}

// push numbers an update and hands it out; mu is held.
func (s *Server) push(u Update) {
	s.nextID++
	u["update_id"] = s.nextID
	s.updates = append(s.updates, u)
	s.signal()
}

func private(chat int64) map[string]any { return map[string]any{"id": chat, "type": "private"} }

func person(chat int64, lang string) map[string]any {
	return map[string]any{"id": chat, "first_name": "王工", "is_bot": false, "language_code": lang}
}

// getUpdates is a long poll. Updates before offset are confirmed and dropped;
// the others are handed out again at each poll.
func (s *Server) getUpdates(r *http.Request) (int, string, any) {
	offset, _ := strconv.Atoi(r.Form.Get("offset"))
	wait, _ := strconv.Atoi(r.Form.Get("timeout"))
	s.mu.Lock()
	if s.webhook != "" || s.polling {
		s.mu.Unlock()
		return http.StatusConflict, "Conflict: terminated by other getUpdates request or active webhook", nil
	}
	s.polling = true
	defer func() {
		s.mu.Lock()
		s.polling = false
		s.mu.Unlock()
	}()
	timeout := time.After(time.Duration(wait) * time.Second)
	for {
		for len(s.updates) > 0 && s.updates[0]["update_id"].(int) < offset {
			s.updates = s.updates[1:]
		}
		ready, wake := s.updates[:min(len(s.updates), 100)], s.wake
		s.mu.Unlock()
		if len(ready) > 0 {
			return 200, "", ready
		}
		select {
		case <-r.Context().Done():
			return 200, "", []Update{}
		case <-timeout:
			return 200, "", []Update{}
		case <-wake:
		}
		s.mu.Lock()
	}
}

func (s *Server) setWebhook(url, secret string) (int, string, any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.webhook, s.secret = url, secret
	s.signal()
	return 200, "", true
}

// Deliver sends queued updates to the webhook, in order, each until it gets a
// 2xx, as Telegram does; it returns when ctx ends.
func (s *Server) Deliver(ctx context.Context, client *http.Client) {
	for ctx.Err() == nil {
		s.mu.Lock()
		url, secret, wake := s.webhook, s.secret, s.wake
		var next Update
		if url != "" && len(s.updates) > 0 {
			next = s.updates[0]
		}
		s.mu.Unlock()
		if next == nil {
			select {
			case <-ctx.Done():
			case <-wake:
			}
			continue
		}
		if post(ctx, client, url, secret, next) {
			s.mu.Lock()
			s.updates = s.updates[1:]
			s.mu.Unlock()
			continue
		}
		select {
		case <-ctx.Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func post(ctx context.Context, client *http.Client, url, secret string, u Update) bool {
	body, err := json.Marshal(u)
	if err != nil {
		return false
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return false
	}
	req.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	resp, err := client.Do(req)
	if err != nil {
		return false
	}
	resp.Body.Close()
	return resp.StatusCode/100 == 2
}
