package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// stored is the form of an event in the database. Its fields are those of
// need.Event, so that a conversion does it and a new field cannot be forgotten;
// the names inside of Item, Row and Route are those of their Go types, which a
// golden test holds.
type stored struct {
	Kind    need.EventKind   `json:"kind"`
	At      time.Time        `json:"at"`
	By      need.Actor       `json:"by"`
	Need    need.ID          `json:"need,omitempty"`
	Message need.MessageID   `json:"message,omitempty"`
	Key     need.Key         `json:"key,omitempty"`
	Keys    []need.Key       `json:"keys,omitempty"`
	Item    *need.Item       `json:"item,omitempty"`
	Row     *need.Indicator  `json:"row,omitempty"`
	Route   *need.Route      `json:"route,omitempty"`
	Status  need.FieldStatus `json:"status,omitempty"`
	Source  need.Source      `json:"source,omitempty"`
	Checks  need.Checks      `json:"checks,omitzero"`
	Probe   bool             `json:"probe,omitempty"`
	To      string           `json:"to,omitempty"`
	Note    string           `json:"note,omitempty"`
}

// EncodeEvent returns the stored form of an event.
func EncodeEvent(e need.Event) ([]byte, error) {
	body, err := json.Marshal(stored(e))
	if err != nil {
		return nil, fmt.Errorf("encode event %s: %w", e.Kind, err)
	}
	return body, nil
}

// DecodeEvent reads a stored event. Parts that this binary does not know are
// passed over.
func DecodeEvent(body []byte) (need.Event, error) {
	var w stored
	if err := json.Unmarshal(body, &w); err != nil {
		return need.Event{}, fmt.Errorf("decode event: %w", err)
	}
	return need.Event(w), nil
}

// Events returns all events of a conversation in order.
func (s *Store) Events(ctx context.Context, scope need.Scope, id need.ConversationID) ([]need.Event, error) {
	if err := known("conversation", id); err != nil {
		return nil, err
	}
	var list []need.Event
	err := s.InScope(ctx, scope, func(tx pgx.Tx) (err error) {
		list, err = events(ctx, tx, `conversation_id = $1`, string(id))
		return err
	})
	return list, err
}

// NeedEvents returns all events of a need in order: its history.
func (s *Store) NeedEvents(ctx context.Context, scope need.Scope, id need.ID) ([]need.Event, error) {
	if err := known("need", id); err != nil {
		return nil, err
	}
	var list []need.Event
	err := s.InScope(ctx, scope, func(tx pgx.Tx) (err error) {
		// A switch names the need that the talk goes on with, and does not change it.
		list, err = events(ctx, tx, `need_id = $1 AND kind <> 'need_switched'`, string(id))
		return err
	})
	return list, err
}

func events(ctx context.Context, tx pgx.Tx, where, id string) ([]need.Event, error) {
	rows, err := tx.Query(ctx, `SELECT body FROM events WHERE `+where+` ORDER BY seq`, id)
	if err != nil {
		return nil, fmt.Errorf("read events of %s: %w", id, err)
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (need.Event, error) {
		var body []byte
		if err := row.Scan(&body); err != nil {
			return need.Event{}, err
		}
		return DecodeEvent(body)
	})
	if err != nil {
		return nil, fmt.Errorf("read events of %s: %w", id, err)
	}
	return list, nil
}

// appendEvents adds to a batch what happened in a conversation, or to a need
// that has none ("").
func appendEvents(b *pgx.Batch, centre need.CentrePath, id need.ConversationID, list []need.Event) error {
	for _, e := range list {
		body, err := EncodeEvent(e)
		if err != nil {
			return err
		}
		b.Queue(`
			INSERT INTO events (centre_path, conversation_id, need_id, kind, actor, at, body)
			VALUES (@centre, NULLIF(@conversation, '')::uuid, NULLIF(@need, '')::uuid, @kind, @actor, @at, @body)`,
			pgx.NamedArgs{
				"centre": string(centre), "conversation": string(id), "need": string(e.Need),
				"kind": string(e.Kind), "actor": string(e.By), "at": e.At, "body": body,
			})
	}
	return nil
}
