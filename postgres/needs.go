package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
	"tanxu/need/record"
)

// Need is a need as it was last stored, for lists and for matching. Its truth
// are its events.
type Need struct {
	ID           need.ID         `db:"id"`
	Centre       need.CentrePath `db:"centre_path"`
	Conversation *string         `db:"conversation_id"` // nil for imported ones
	Org          string          `db:"org"`
	Title        string          `db:"title"`
	Status       need.Status     `db:"status"`
	Version      int             `db:"version"`
	Score        int             `db:"score"`
	Chain        string          `db:"chain"`
	Region       string          `db:"region"`
	Record       json.RawMessage `db:"record"` // tanxu.need/1; nil in lists
	Created      time.Time       `db:"created_at"`
	Updated      time.Time       `db:"updated_at"`
}

const needColumns = `
	n.id, n.centre_path, n.conversation_id::text, COALESCE(NULLIF(c.org, ''), n.org) AS org, n.title, n.status, n.version, n.score,
	n.chain, n.region, n.created_at, n.updated_at`

// Need returns one need with its record, NotFound if the scope has none such.
func (s *Store) Need(ctx context.Context, scope need.Scope, id need.ID) (Need, error) {
	var n Need
	if err := known("need", id); err != nil {
		return n, err
	}
	err := s.InScope(ctx, scope, func(tx pgx.Tx) (err error) {
		n, err = storedNeed(ctx, tx, id)
		return err
	})
	return n, err
}

func storedNeed(ctx context.Context, tx pgx.Tx, id need.ID) (Need, error) {
	rows, err := tx.Query(ctx, `
		SELECT `+needColumns+`, n.record FROM needs n LEFT JOIN conversations c ON c.id = n.conversation_id
		WHERE n.id = $1`, string(id))
	if err != nil {
		return Need{}, fmt.Errorf("read need %s: %w", id, err)
	}
	n, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Need])
	return n, found(err, "need", id)
}

// NeedsOf returns the needs of one conversation with their records, oldest
// first.
func (s *Store) NeedsOf(ctx context.Context, scope need.Scope, id need.ConversationID) ([]Need, error) {
	if err := known("conversation", id); err != nil {
		return nil, err
	}
	var list []Need
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT `+needColumns+`, n.record FROM needs n LEFT JOIN conversations c ON c.id = n.conversation_id
			WHERE n.conversation_id = $1 ORDER BY n.created_at, n.id`, string(id))
		if err != nil {
			return fmt.Errorf("read needs of %s: %w", id, err)
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[Need])
		return err
	})
	return list, err
}

// ChangeNeed lets change decide events on a need and stores them with the
// record that they add up to. If version is not the need's own it returns a
// Conflict error, code "version_stale"; 0 stands for any. A turn that runs on
// the same conversation is overtaken: it is run again on what changed.
func (s *Store) ChangeNeed(ctx context.Context, scope need.Scope, id need.ID, version int,
	change func(*need.Need) ([]need.Event, error),
) (Need, error) {
	if err := known("need", id); err != nil {
		return Need{}, err
	}
	var stored Need
	err := s.InScope(ctx, scope, func(tx pgx.Tx) (err error) {
		if stored, err = storedNeed(ctx, tx, id); err != nil {
			return err
		}
		if err := s.lockNeed(ctx, tx, stored); err != nil {
			return err
		}
		past, err := events(ctx, tx, `need_id = $1`, string(id))
		if err != nil {
			return err
		}
		n := need.Fold(id, past)
		if version != 0 && version != n.Version {
			return need.Errorf(need.Conflict, "version_stale", "need %s has version %d, not %d", id, n.Version, version)
		}
		if err := s.applyChange(ctx, tx, stored, n, change); err != nil {
			return err
		}
		stored, err = storedNeed(ctx, tx, id)
		return err
	})
	if err != nil {
		return Need{}, fmt.Errorf("change need %s: %w", id, err)
	}
	if stored.Conversation != nil {
		s.Notify(ctx, need.ConversationID(*stored.Conversation))
	}
	return stored, nil
}

// lockNeed keeps others from changing the need, the conversation first: a
// commit of a turn locks in the same order.
func (s *Store) lockNeed(ctx context.Context, tx pgx.Tx, n Need) error {
	if n.Conversation != nil {
		if _, err := s.overtake(ctx, tx, need.ConversationID(*n.Conversation)); err != nil {
			return err
		}
	}
	var in *string
	if err := tx.QueryRow(ctx, `SELECT conversation_id::text FROM needs WHERE id = $1 FOR UPDATE`, string(n.ID)).Scan(&in); err != nil {
		return fmt.Errorf("lock need %s: %w", n.ID, found(err, "need", n.ID))
	}
	if n.Conversation == nil && in != nil {
		return need.Errorf(need.Conflict, "database_race", "need %s has got a conversation meanwhile", n.ID)
	}
	return nil
}

func (s *Store) applyChange(ctx context.Context, tx pgx.Tx, stored Need, n *need.Need, change func(*need.Need) ([]need.Event, error)) error {
	list, err := change(n)
	if err != nil || len(list) == 0 {
		return err
	}
	for _, e := range list {
		n.Apply(e)
	}
	var conversation need.ConversationID
	if stored.Conversation != nil {
		conversation = need.ConversationID(*stored.Conversation)
	}
	b := &pgx.Batch{}
	if err := appendEvents(b, stored.Centre, conversation, list); err != nil {
		return err
	}
	if err := putNeed(b, stored.Centre, conversation, stored.Org, n); err != nil {
		return err
	}
	if err := tx.SendBatch(ctx, b).Close(); err != nil {
		return fmt.Errorf("store the change: %w", err)
	}
	if err := s.begin(ctx, tx, stored, list); err != nil {
		return err
	}
	moved := slices.ContainsFunc(list, func(e need.Event) bool { return e.Kind == need.StatusChanged })
	if conversation == "" || !moved {
		return nil
	}
	return s.wake(ctx, tx, Turn{Centre: stored.Centre, Conversation: conversation}) // the contact may have to hear of it
}

// begin has a need matched that was approved just now.
func (s *Store) begin(ctx context.Context, tx pgx.Tx, n Need, list []need.Event) error {
	approved := slices.ContainsFunc(list, func(e need.Event) bool {
		return e.Kind == need.StatusChanged && e.To == string(need.StatusPublished)
	})
	if s.opt.Matches == nil || !approved {
		return nil
	}
	return s.opt.Matches.EnqueueMatch(ctx, tx, MatchJob{Centre: n.Centre, Need: n.ID})
}

// AddNeed stores a need that comes from no conversation and no import, by its
// events.
func (s *Store) AddNeed(ctx context.Context, scope need.Scope, centre need.CentrePath, id need.ID, list []need.Event) error {
	return s.InScope(ctx, scope, func(tx pgx.Tx) error {
		b := &pgx.Batch{}
		if err := appendEvents(b, centre, "", list); err != nil {
			return err
		}
		if err := putNeed(b, centre, "", "", need.Fold(id, list)); err != nil {
			return err
		}
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return fmt.Errorf("add need %s: %w", id, err)
		}
		return nil
	})
}

// putNeed adds the record of n, as its events add up to it, to a batch.
func putNeed(b *pgx.Batch, centre need.CentrePath, conversation need.ConversationID, org string, n *need.Need) error {
	r := record.Of(n)
	r.Conversation, r.Org = conversation, org
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("encode need %s: %w", n.ID, err)
	}
	b.Queue(`
		INSERT INTO needs (id, centre_path, conversation_id, org, title, status, version, score, chain, region, record)
		VALUES (@id, @centre, NULLIF(@conversation, '')::uuid, @org, @title, @status, @version, @score, @chain, @region, @record)
		ON CONFLICT (id) DO UPDATE SET
			title = excluded.title, status = excluded.status, version = excluded.version, score = excluded.score,
			chain = excluded.chain, region = excluded.region, record = excluded.record, updated_at = clock_timestamp()`,
		pgx.NamedArgs{
			"id": string(n.ID), "centre": string(centre), "conversation": string(conversation), "org": org, "title": n.Title,
			"status": string(n.Status), "version": n.Version, "score": r.Quality.Score,
			"chain": label(n, need.KeyChain), "region": label(n, need.KeyRegion), "record": body,
		})
	return nil
}
