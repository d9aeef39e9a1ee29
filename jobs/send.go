package jobs

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"time"

	"tanxu/bot"
	"tanxu/postgres"
)

const (
	sendTries   = 10 // of a message that surely did not arrive
	sendTimeout = 30 * time.Second
)

// outbox sends what turns and brokers have written, each message at most once
// unless the channel says that it surely did not arrive.
type outbox struct {
	store   *postgres.Store
	sender  bot.Sender
	log     *slog.Logger
	metrics *metrics
}

// deliver sends the due messages of one conversation in order. What fails is
// left to a later sweep; only an error of the store is returned.
func (o *outbox) deliver(ctx context.Context, t postgres.Turn) error {
	for {
		m, ok, err := o.store.NextSend(ctx, t)
		if err != nil || !ok {
			return err
		}
		out := o.try(ctx, m)
		o.metrics.sent(out.Status)
		if out.Status != "sent" {
			o.log.WarnContext(ctx, "message not sent", "message", m.Message, "outcome", out.Status, "attempt", m.Attempt, "error", out.Error)
		}
		// The end of the job must not lose how it went.
		if err := o.store.Sent(context.WithoutCancel(ctx), t, m, out); err != nil {
			return err
		}
		if out.Status == "retry" {
			return nil // the later ones wait, so that order holds
		}
	}
}

// try sends once and says what the answer means.
func (o *outbox) try(ctx context.Context, m postgres.Sending) (out postgres.Outcome) {
	defer func() {
		if r := recover(); r != nil {
			out = postgres.Outcome{Status: "ambiguous", Error: panicked(r).Error()}
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	receipt, err := o.sender.Send(ctx, outbound(m))
	var retry *bot.RetryError
	switch {
	case err == nil:
		return postgres.Outcome{Status: "sent", Receipt: receipt.ID}
	case errors.As(err, &retry) && m.Attempt < sendTries:
		after := retry.After
		if after <= 0 {
			after = min(time.Second*time.Duration(math.Pow(2, float64(m.Attempt-1))), time.Minute)
		}
		return postgres.Outcome{Status: "retry", After: after, Error: err.Error()}
	case errors.As(err, &retry), errors.Is(err, bot.ErrTerminal):
		return postgres.Outcome{Status: "terminal", Error: err.Error()}
	default:
		return postgres.Outcome{Status: "ambiguous", Error: err.Error()}
	}
}

func outbound(m postgres.Sending) bot.Outbound {
	out := bot.Outbound{Channel: m.Channel, Bot: m.Bot, Chat: m.Chat, ID: m.Message, Text: m.Text, Lang: m.Lang}
	for _, c := range m.Choices {
		out.Choices = append(out.Choices, bot.Choice(c))
	}
	if m.Card != nil {
		out.Card = &bot.Card{Title: m.Card.Title}
		for _, line := range m.Card.Lines {
			out.Card.Lines = append(out.Card.Lines, bot.CardLine(line))
		}
	}
	return out
}
