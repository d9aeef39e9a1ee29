package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Pairing are two needs of which one takes the place of the other, or gives it
// back. The versions are those that the caller has seen; 0 stands for any.
type Pairing struct {
	Keep, Drop               need.ID
	KeepVersion, DropVersion int
}

// ChangeBoth lets change decide events on two needs, and stores them with the
// records that they add up to and with what becomes of the pair, all or
// nothing. It returns the need that stays. A Conflict error, code
// "version_stale", says that one of them has changed since it was seen.
func (s *Store) ChangeBoth(ctx context.Context, scope need.Scope, p Pairing, becomes TwinState,
	change func(keep, drop need.Side) (onKeep, onDrop []need.Event, err error),
) (Need, error) {
	var stays Need
	err := s.InScope(ctx, scope, func(tx pgx.Tx) error {
		sides, err := s.lockBoth(ctx, tx, p)
		if err != nil {
			return err
		}
		keep, drop := sides[p.Keep], sides[p.Drop]
		onKeep, onDrop, err := change(keep.Side, drop.Side)
		if err != nil {
			return err
		}
		if err := keep.store(ctx, tx, onKeep); err != nil {
			return err
		}
		if err := drop.store(ctx, tx, onDrop); err != nil {
			return err
		}
		if err := settleTwin(ctx, tx, scope, p.Keep, p.Drop, becomes); err != nil {
			return err
		}
		stays, err = storedNeed(ctx, tx, p.Keep)
		return err
	})
	if err != nil {
		return Need{}, fmt.Errorf("change needs %s and %s: %w", p.Keep, p.Drop, err)
	}
	if stays.Conversation != nil {
		s.Notify(ctx, need.ConversationID(*stays.Conversation))
	}
	return stays, nil
}

// lockedSide is a need that nobody else changes now.
type lockedSide struct {
	need.Side

	stored Need
}

// lockBoth locks two needs in the order of their ids, so that two brokers who
// do it at once wait for each other.
func (s *Store) lockBoth(ctx context.Context, tx pgx.Tx, p Pairing) (map[need.ID]lockedSide, error) {
	sides := map[need.ID]lockedSide{}
	for _, id := range []need.ID{min(p.Keep, p.Drop), max(p.Keep, p.Drop)} {
		if err := known("need", id); err != nil {
			return nil, err
		}
		stored, err := storedNeed(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		if err := s.lockNeed(ctx, tx, stored); err != nil {
			return nil, err
		}
		past, err := events(ctx, tx, `need_id = $1`, string(id))
		if err != nil {
			return nil, err
		}
		n := need.Fold(id, past)
		seen := p.KeepVersion
		if id == p.Drop {
			seen = p.DropVersion
		}
		if seen != 0 && seen != n.Version {
			return nil, need.Errorf(need.Conflict, "version_stale", "need %s has version %d, not %d", id, n.Version, seen)
		}
		sides[id] = lockedSide{need.Side{Need: n, Centre: stored.Centre, Events: past}, stored}
	}
	return sides, nil
}

func (l lockedSide) store(ctx context.Context, tx pgx.Tx, list []need.Event) error {
	for _, e := range list {
		l.Apply(e)
	}
	var conversation need.ConversationID
	if l.stored.Conversation != nil {
		conversation = need.ConversationID(*l.stored.Conversation)
	}
	b := &pgx.Batch{}
	if err := appendEvents(b, l.Centre, conversation, list); err != nil {
		return err
	}
	if err := putNeed(b, l.Centre, conversation, l.stored.Org, l.Need); err != nil {
		return err
	}
	if err := tx.SendBatch(ctx, b).Close(); err != nil {
		return fmt.Errorf("store the change of need %s: %w", l.ID, err)
	}
	return nil
}
