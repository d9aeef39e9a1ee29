package jobs

import (
	"context"

	"tanxu/bot"
	"tanxu/postgres"
)

// Inbox is bot.Inbox over the store: what a channel leaves in it is stored and
// has a turn enqueued, in one transaction.
type Inbox struct{ Store *postgres.Store }

// Accept implements bot.Inbox.
func (i Inbox) Accept(ctx context.Context, in bot.Inbound) (bot.Accepted, error) {
	got, err := i.Store.Accept(ctx, postgres.Inbound{
		Channel: in.Channel, Bot: in.Bot, Chat: in.Chat, ID: in.ID, Kind: string(in.Kind), Text: in.Text,
		Choice: in.Choice, EditOf: in.EditOf, Document: in.Document, Invite: in.Invite, Lang: in.Lang, Name: in.Name, At: in.At,
	})
	if err != nil {
		return bot.Accepted{}, err
	}
	return bot.Accepted{Conversation: got.Conversation, Message: got.Message, Duplicate: got.Duplicate}, nil
}
