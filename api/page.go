package api

import (
	"github.com/google/uuid"

	"tanxu/postgres"
)

// pageOf reads the paging of a request; the document has checked the limit.
func pageOf(cursor *Cursor, limit *Limit) postgres.Page {
	return postgres.Page{Cursor: value(cursor), Limit: value(limit)}
}

// nextOf writes the cursor of the next page, null after the last one.
func nextOf(cursor string) *NextCursor { return given(cursor) }

// uuidOf reads an id that storage gave us; a broken one shows as zeros.
func uuidOf[T ~string](id T) uuid.UUID {
	u, err := uuid.Parse(string(id))
	if err != nil {
		return uuid.Nil
	}
	return u
}

// value returns what a pointer points to, the zero value for nil.
func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// given returns nil for what is empty.
func given[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}
