package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// importLock is the class of the advisory locks under which a centre's imports
// take turns. Each compares its rows with the needs of the centre as they were
// when it began: of two at once, none would see what the other makes.
const importLock = 7421012

// takeTurns keeps other imports of a centre from beginning, and from storing
// rows, until the transaction ends.
func takeTurns(ctx context.Context, tx pgx.Tx, centre need.CentrePath) error {
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock($1, hashtext($2))`, importLock, string(centre)); err != nil {
		return fmt.Errorf("wait for other imports of %s: %w", centre, err)
	}
	return nil
}

// othersRun is true of an import of the centre that runs under a lease, beside
// the one that is claimed.
const othersRun = `
	SELECT FROM imports o
	WHERE o.centre_path = imports.centre_path AND o.id <> imports.id AND o.state = 'running' AND o.lease_until > clock_timestamp()`

// heldTurn returns a Conflict error, code "lease_lost", unless the lease still
// runs: another import of the centre may have begun since.
func heldTurn(ctx context.Context, tx pgx.Tx, l ImportLease) error {
	if err := takeTurns(ctx, tx, l.Centre); err != nil {
		return err
	}
	err := tx.QueryRow(ctx, `SELECT FROM imports WHERE id = $1 AND lease_until > clock_timestamp()`, l.Import).Scan()
	if errors.Is(err, pgx.ErrNoRows) {
		return need.Errorf(need.Conflict, "lease_lost", "import %s: the lease has ended", l.Import)
	}
	if err != nil {
		return fmt.Errorf("look at the lease of import %s: %w", l.Import, err)
	}
	return nil
}

// nextImport has an import of the centre worked on that waits for its turn.
func (s *Store) nextImport(ctx context.Context, tx pgx.Tx, l ImportLease) error {
	j := ImportJob{Centre: l.Centre}
	err := tx.QueryRow(ctx, `
		SELECT id::text FROM imports
		WHERE centre_path = $1 AND id <> $2 AND state = 'running' AND (lease_until IS NULL OR lease_until < clock_timestamp())
		ORDER BY updated_at LIMIT 1`, string(l.Centre), l.Import).Scan(&j.Import)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("look for the next import of %s: %w", l.Centre, err)
	default:
		return s.opt.Imports.EnqueueImport(ctx, tx, j)
	}
}
