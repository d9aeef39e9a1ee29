package postgres

import (
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// newID returns a fresh identifier, in order of time.
func newID() (string, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", fmt.Errorf("make an id: %w", err)
	}
	return id.String(), nil
}

// known returns nil if id can be one of ours, and a NotFound error if not: a
// foreign identifier names nothing here.
func known[T ~string](what string, id T) error {
	if uuid.Validate(string(id)) != nil {
		return need.Errorf(need.NotFound, what+"_unknown", "%s %.60q is no id", what, string(id))
	}
	return nil
}

// found turns "no rows" into a NotFound error. Rows of other centres give the
// same one, so that nobody learns that they are there.
func found[T ~string](err error, what string, id T) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return need.Errorf(need.NotFound, what+"_unknown", "%s %.60q: %w", what, string(id), err)
	}
	return err
}
