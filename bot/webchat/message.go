package webchat

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"tanxu/bot"
	"tanxu/need"

	"github.com/google/uuid"
)

// post handles POST /api/v1/chat/sessions/{id}/messages.
func (c *Channel) post(w http.ResponseWriter, r *http.Request, s Session) error {
	if err := c.limits.message(string(s.ID)); err != nil {
		return err
	}
	wait, err := parseWait(r.URL.Query().Get("wait"))
	if err != nil {
		return err
	}
	var body struct {
		Client string  `json:"client_id"`
		Text   *string `json:"text"`
		Choice *string `json:"choice"`
	}
	if err := readJSON(w, r, &body); err != nil {
		return err
	}
	in, err := c.inbound(s, body.Client)
	if err == nil {
		err = c.fill(r.Context(), s, &in, body.Text, body.Choice)
	}
	if err != nil {
		return err
	}
	got, err := c.inbox.Accept(r.Context(), in)
	if err != nil {
		return fmt.Errorf("accept message of %s: %w", s.ID, err)
	}
	if got.Duplicate {
		if err := c.sameAsBefore(r.Context(), s, got.Message, in); err != nil {
			return err
		}
	}
	return c.answer(w, r, s, got.Message, wait)
}

// inbound begins a message; the client's id is unique within its session only.
func (c *Channel) inbound(s Session, client string) (bot.Inbound, error) {
	const longest = 200
	if len(client) > longest || !printable(client) {
		return bot.Inbound{}, refuse(http.StatusUnprocessableEntity, "field_invalid", "client_id")
	}
	if client == "" {
		client = uuid.NewString()
	}
	return bot.Inbound{
		Channel: ChannelName, Bot: c.opt.Bot, Chat: string(s.ID), ID: string(s.ID) + "/" + client,
		Lang: s.Lang, Name: s.Name, At: time.Now(),
	}, nil
}

// fill puts the words or the choice in. The text of a choice is its label, so
// that the transcript reads well.
func (c *Channel) fill(ctx context.Context, s Session, in *bot.Inbound, text, choice *string) error {
	switch {
	case text != nil && choice != nil:
		return refuse(http.StatusUnprocessableEntity, "text_and_choice")
	case choice != nil:
		v, err := c.store.View(ctx, s, "")
		if err != nil {
			return fmt.Errorf("read choices of %s: %w", s.ID, err)
		}
		label, ok := v.offered(*choice)
		if !ok {
			return refuse(http.StatusUnprocessableEntity, "choice_unknown")
		}
		in.Kind, in.Choice, in.Text = bot.KindChoice, *choice, label
		return nil
	case text != nil:
		in.Kind, in.Text = bot.KindText, *text
		return checkText(*text)
	default:
		return refuse(http.StatusUnprocessableEntity, "text_empty")
	}
}

// sameAsBefore refuses a client_id that stands for another message: to call
// that a repetition would lose words without a trace.
func (c *Channel) sameAsBefore(ctx context.Context, s Session, id need.MessageID, in bot.Inbound) error {
	v, err := c.store.View(ctx, s, "")
	if err != nil {
		return fmt.Errorf("read conversation %s: %w", s.ID, err)
	}
	// What was said before the consent is kept without its words.
	if m := v.find(id); m != nil && m.Text != "" && m.Text != in.Text {
		return refuse(http.StatusConflict, "client_id_reused")
	}
	return nil
}

// answer tells the caller that the message is kept and, if it waits, what the
// bot says to it.
func (c *Channel) answer(w http.ResponseWriter, r *http.Request, s Session, id need.MessageID, wait time.Duration) error {
	accepted := struct {
		Message need.MessageID `json:"message_id"`
	}{id}
	if wait == 0 {
		return writeJSON(w, http.StatusAccepted, accepted)
	}
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(wait + 10*time.Second)) // not every server has one
	v, done, err := c.await(r.Context(), s, id, id, wait)
	if err != nil {
		return err
	}
	if !done {
		return writeJSON(w, http.StatusAccepted, accepted)
	}
	return writeJSON(w, http.StatusOK, struct {
		Message need.MessageID `json:"message_id"`
		Replies []messageForm  `json:"replies"`
		State   stateForm      `json:"state"`
	}{id, toMessages(replies(v.Messages)), c.state(v)})
}

// await looks at the conversation until a turn has read the message or the
// time is over. A signal may be lost, so that it also looks again by itself,
// less and less often.
func (c *Channel) await(ctx context.Context, s Session, after, id need.MessageID, limit time.Duration) (View, bool, error) {
	signals, cancel := c.opt.Subscribe(s.ID)
	defer cancel()
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	again := 50 * time.Millisecond
	poll := time.NewTimer(again)
	defer poll.Stop()
	for {
		v, err := c.store.View(ctx, s, after)
		if err != nil {
			return v, false, fmt.Errorf("wait for the answer in %s: %w", s.ID, err)
		}
		if !v.waits(id) {
			return v, true, nil
		}
		select {
		case <-signals:
		case <-poll.C:
			again = min(2*again, time.Second)
			poll.Reset(again)
		case <-deadline.C:
			return v, false, nil
		case <-c.stopped:
			return v, false, nil
		case <-ctx.Done():
			return v, false, fmt.Errorf("wait for the answer in %s: %w", s.ID, ctx.Err())
		}
	}
}

// parseWait reads the wait parameter, "" means not to wait.
func parseWait(text string) (time.Duration, error) {
	const longest = time.Minute
	if text == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 || d > longest {
		return 0, refuse(http.StatusBadRequest, "wait_invalid")
	}
	return d, nil
}
