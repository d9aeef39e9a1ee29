package postgres

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"tanxu/need"
)

// Page asks for a part of a list: at most Limit rows after Cursor.
type Page struct {
	Cursor string // of the page before; "" for the first
	Limit  int    // 0 means 50; never more than 100
}

const maxPage = 100

func (p Page) limit() int { return min(cmp.Or(p.Limit, 50), maxPage) }

// position is where a page ends in a list that is ordered by time and id.
type position struct {
	at time.Time
	id string
}

// start returns the position after which p begins; before all rows if p has
// no cursor. Lists are newest first, so "before all" lies in the far future.
func (p Page) start() (position, error) {
	if p.Cursor == "" {
		return position{at: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), id: "ffffffff-ffff-ffff-ffff-ffffffffffff"}, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(p.Cursor)
	if err != nil {
		return position{}, badCursor(p.Cursor)
	}
	at, id, ok := strings.Cut(string(raw), " ")
	if !ok || known("cursor", id) != nil {
		return position{}, badCursor(p.Cursor)
	}
	t, err := time.Parse(time.RFC3339Nano, at)
	if err != nil || t.Year() > 9999 || t.Year() < 1 {
		return position{}, badCursor(p.Cursor)
	}
	return position{at: t, id: id}, nil
}

// cursor returns the text of p for clients, who read nothing in it.
func (p position) cursor() string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%s %s", p.at.UTC().Format(time.RFC3339Nano), p.id))
}

func badCursor(cursor string) error {
	return need.Errorf(need.Invalid, "cursor_invalid", "cursor %.60q is none of ours", cursor)
}

// cut drops the row that was read to see if there are more, and returns the
// cursor of the next page, "" if this one is the last.
func cut[T any](list []T, limit int, at func(T) position) ([]T, string) {
	if len(list) <= limit {
		return list, ""
	}
	list = list[:limit]
	return list, at(list[limit-1]).cursor()
}
