package main

import (
	"context"
	"encoding/json"
	"fmt"

	"tanxu/bot"
	"tanxu/bot/webchat"
	"tanxu/interview"
	"tanxu/need"
	"tanxu/need/record"
	"tanxu/postgres"
)

// chats is the store as the web chat sees it: the channel and the store know
// nothing of each other.
type chats struct{ store *postgres.Store }

// OpenSession stores the conversation of a new session.
func (c chats) OpenSession(ctx context.Context, o webchat.Opening) error {
	return c.store.CreateConversation(ctx, postgres.NewConversation{
		ID: o.ID, Channel: o.Channel, Bot: o.Bot, Chat: string(o.ID), Invite: o.Invite, Lang: o.Lang,
		TokenHash: o.TokenHash, Profile: postgres.Profile{Org: o.Org, Name: o.Name, Role: o.Role},
	})
}

// SessionByToken returns the session that a token opens.
func (c chats) SessionByToken(ctx context.Context, tokenHash []byte) (webchat.Session, error) {
	conv, err := c.store.ConversationByToken(ctx, tokenHash)
	if err != nil {
		return webchat.Session{}, err
	}
	return webchat.Session{
		ID: conv.ID, Centre: conv.Centre, Lang: conv.Lang, Org: conv.Org,
		Name: conv.ContactName, Role: conv.ContactRole, Created: conv.Created, Since: conv.Since,
	}, nil
}

// View returns what the contact sees of a session, from after a message on.
func (c chats) View(ctx context.Context, s webchat.Session, after need.MessageID) (webchat.View, error) {
	v, err := c.store.ViewSince(ctx, contactScope(s), s.ID, after, s.Since)
	if err != nil {
		return webchat.View{}, err
	}
	view := webchat.View{
		Pending: v.Unread, Status: v.Conversation.Status, Owner: v.Conversation.Owner,
		Done: v.Conversation.Progress.Done, Total: v.Conversation.Progress.Total, Needs: v.Conversation.Needs,
	}
	for _, m := range v.Messages {
		if m.Kind == string(bot.KindStart) {
			continue // opening the page is not a message to show
		}
		view.Messages = append(view.Messages, chatMessage(m))
	}
	return view, nil
}

func chatMessage(m postgres.Message) webchat.Message {
	out := webchat.Message{ID: m.ID, From: m.From, At: m.At, Text: m.Text, Asks: m.Asks, Probe: m.Probe, AI: m.AI}
	for _, ch := range m.Choices {
		out.Choices = append(out.Choices, bot.Choice{ID: ch.ID, Label: ch.Label})
	}
	if m.Card != nil {
		out.Card = &bot.Card{Title: m.Card.Title}
		for _, l := range m.Card.Lines {
			out.Card.Lines = append(out.Card.Lines, bot.CardLine(l))
		}
	}
	return out
}

// Needs returns the records that a session has brought forth: none before
// consent, and to a guest without the words of those who spoke before.
func (c chats) Needs(ctx context.Context, s webchat.Session) ([]json.RawMessage, error) {
	conv, err := c.store.Conversation(ctx, contactScope(s), s.ID)
	if err != nil || conv.Status == string(interview.PhaseConsent) {
		return nil, err
	}
	list, err := c.store.NeedsOf(ctx, contactScope(s), s.ID)
	if err != nil {
		return nil, err
	}
	out := make([]json.RawMessage, 0, len(list))
	for _, n := range list {
		if s.Since > 0 {
			if n.Record, err = withoutQuotes(n.Record); err != nil {
				return nil, err
			}
		}
		out = append(out, n.Record)
	}
	return out, nil
}

// withoutQuotes is a record with its values alone.
func withoutQuotes(raw json.RawMessage) (json.RawMessage, error) {
	var r record.Record
	if err := json.Unmarshal(raw, &r); err != nil {
		return nil, fmt.Errorf("read a record: %w", err)
	}
	for k, f := range r.Fields {
		f.Evidence, f.Raw = []record.Evidence{}, ""
		r.Fields[k] = f
	}
	for i := range r.Indicators {
		r.Indicators[i].Evidence = []record.Evidence{}
	}
	for i := range r.Routes {
		r.Routes[i].Evidence = []record.Evidence{}
	}
	out, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("write a record: %w", err)
	}
	return out, nil
}

// Erase forgets a session with all that came of it.
func (c chats) Erase(ctx context.Context, s webchat.Session) error {
	return c.store.Erase(ctx, contactScope(s), s.ID)
}

// contactScope lets a contact reach its own centre's rows; the store's queries
// name the conversation besides.
func contactScope(s webchat.Session) need.Scope {
	return need.Scope{Path: s.Centre, Actor: need.Contact}
}
