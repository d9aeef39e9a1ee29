package api

import (
	"context"
	"strings"

	"tanxu/need"
	"tanxu/postgres"
)

// conversations is what the reading half of the handler asks of storage.
type conversations interface {
	Conversations(context.Context, need.Scope, postgres.ConversationFilter, postgres.Page) ([]postgres.ConversationRow, string, error)
	Conversation(ctx context.Context, scope need.Scope, id need.ConversationID) (postgres.Conversation, error)
	Messages(ctx context.Context, scope need.Scope, id need.ConversationID, p postgres.Page) ([]postgres.Message, string, error)
}

// takeover is what its writing half asks.
type takeover interface {
	TakeOver(ctx context.Context, scope need.Scope, id need.ConversationID, joined postgres.Line) (postgres.Conversation, error)
	Release(ctx context.Context, scope need.Scope, id need.ConversationID, left postgres.Line) (postgres.Conversation, error)
	BrokerSay(ctx context.Context, scope need.Scope, id need.ConversationID, text string, joined postgres.Line) (postgres.Message, error)
}

// conversationHandler shows conversations, and lets brokers answer in them.
type conversationHandler struct {
	conversations conversations
	takeover      takeover
	texts         *texts
}

// ListConversations handles GET /conversations.
func (h *conversationHandler) ListConversations(ctx context.Context, in ListConversationsRequestObject) (ListConversationsResponseObject, error) {
	p := in.Params
	filter := postgres.ConversationFilter{Status: string(value(p.Status)), Owner: string(value(p.Owner)), Query: value(p.Q)}
	list, next, err := h.conversations.Conversations(ctx, scopeOf(ctx), filter, pageOf(p.Cursor, p.Limit))
	if err != nil {
		return nil, err
	}
	return ListConversations200JSONResponse{Items: each(list, conversationRowOf), NextCursor: nextOf(next)}, nil
}

// GetConversation handles GET /conversations/{id}.
func (h *conversationHandler) GetConversation(ctx context.Context, in GetConversationRequestObject) (GetConversationResponseObject, error) {
	c, err := h.conversations.Conversation(ctx, scopeOf(ctx), conversationID(in.ID))
	if err != nil {
		return nil, err
	}
	return GetConversation200JSONResponse{ConversationJSONResponse(conversationOf(c))}, nil
}

// ListMessages handles GET /conversations/{id}/messages.
func (h *conversationHandler) ListMessages(ctx context.Context, in ListMessagesRequestObject) (ListMessagesResponseObject, error) {
	list, next, err := h.conversations.Messages(ctx, scopeOf(ctx), conversationID(in.ID), pageOf(in.Params.Cursor, in.Params.Limit))
	if need.CodeOf(err) == "message_unknown" {
		err = need.Errorf(need.Invalid, "cursor_invalid", "page of messages: %w", err)
	}
	if err != nil {
		return nil, err
	}
	return ListMessages200JSONResponse{Items: each(list, messageOf), NextCursor: nextOf(next)}, nil
}

// SendMessage handles POST /conversations/{id}/messages.
func (h *conversationHandler) SendMessage(ctx context.Context, in SendMessageRequestObject) (SendMessageResponseObject, error) {
	text := strings.TrimSpace(in.Body.Text)
	if text == "" || strings.ContainsRune(text, 0) {
		return nil, &places{need.Errorf(need.Invalid, "invalid_body", "an empty message"), []ProblemPlace{{Pointer: "/text", Detail: "place_required"}}}
	}
	m, err := h.takeover.BrokerSay(ctx, scopeOf(ctx), conversationID(in.ID), text, h.joined(ctx))
	if err != nil {
		return nil, err
	}
	return SendMessage201JSONResponse(messageOf(m)), nil
}

// TakeOverConversation handles POST /conversations/{id}/takeover.
func (h *conversationHandler) TakeOverConversation(ctx context.Context, in TakeOverConversationRequestObject) (TakeOverConversationResponseObject, error) {
	c, err := h.takeover.TakeOver(ctx, scopeOf(ctx), conversationID(in.ID), h.joined(ctx))
	if err != nil {
		return nil, err
	}
	return TakeOverConversation200JSONResponse{ConversationJSONResponse(conversationOf(c))}, nil
}

// ReleaseConversation handles POST /conversations/{id}/release.
func (h *conversationHandler) ReleaseConversation(ctx context.Context, in ReleaseConversationRequestObject) (ReleaseConversationResponseObject, error) {
	c, err := h.takeover.Release(ctx, scopeOf(ctx), conversationID(in.ID), func(lang string) string { return h.texts.of(lang, "line_left") })
	if err != nil {
		return nil, err
	}
	return ReleaseConversation200JSONResponse{ConversationJSONResponse(conversationOf(c))}, nil
}

// joined is what contacts read when the caller begins to speak with them: by
// name, where it is a person's.
func (h *conversationHandler) joined(ctx context.Context) postgres.Line {
	name := ""
	if who := callerOf(ctx); who.kind == MeKindUser {
		name = who.name
	}
	return func(lang string) string {
		if name == "" {
			return h.texts.of(lang, "line_joined")
		}
		return strings.ReplaceAll(h.texts.of(lang, "line_joined_name"), "{0}", name)
	}
}

func conversationID(id ID) need.ConversationID { return need.ConversationID(id.String()) }

func conversationRowOf(r postgres.ConversationRow) Conversation {
	c := conversationOf(r.Conversation)
	if r.LastAt != nil {
		c.LastMessage = &LastMessage{From: value(r.LastFrom), Text: value(r.LastText), At: *r.LastAt}
	}
	return c
}

func conversationOf(c postgres.Conversation) Conversation {
	return Conversation{
		ID: uuidOf(c.ID), CentrePath: string(c.Centre), Channel: c.Channel, Lang: ConversationLang(c.Lang),
		Status: ConversationStatus(c.Status), Owner: ConversationOwner(c.Owner), Org: c.Org,
		ContactName: c.ContactName, ContactRole: c.ContactRole,
		Progress: Progress{Done: c.Progress.Done, Total: c.Progress.Total},
		NeedIds:  each(c.Needs, uuidOf[need.ID]), Version: int(c.Version), CreatedAt: c.Created, UpdatedAt: c.Updated,
	}
}

func messageOf(m postgres.Message) Message {
	w := Message{
		ID: string(m.ID), From: MessageFrom(m.From), At: m.At, Text: m.Text, Probe: m.Probe, Ai: m.AI,
		Asks:    each(m.Asks, func(k need.Key) string { return string(k) }),
		Choices: each(m.Choices, func(c postgres.Choice) Choice { return Choice(c) }),
		Choice:  m.Choice, EditOf: m.EditOf,
	}
	if m.Document != nil {
		w.DocumentID = new(uuidOf(*m.Document))
	}
	if m.Delivery != nil {
		w.Delivery = new(MessageDelivery(*m.Delivery))
	}
	if m.Card != nil {
		w.Card = &Card{Title: given(m.Card.Title), Lines: each(m.Card.Lines, func(l postgres.CardLine) CardLine {
			return CardLine{Key: l.Key, Label: l.Label, Value: l.Value, Status: string(l.Status)}
		})}
	}
	return w
}
