package postgres

import (
	"context"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// NeedFilter narrows and sorts a list; zero fields narrow nothing.
type NeedFilter struct {
	Statuses []need.Status
	Chain    string
	Region   string
	Type     string          // need_type
	Centre   need.CentrePath // with all below it
	From, To time.Time       // of creation; To is not part of it
	Query    string          // words that all stand in what the need says, or in its organisation
	Sort     string          // updated_at, created_at or score, a minus for downwards; "" means -updated_at
}

func (f NeedFilter) args() pgx.NamedArgs {
	return pgx.NamedArgs{
		"statuses": plain(f.Statuses), "chain": f.Chain, "region": f.Region, "type": f.Type, "centre": string(f.Centre),
		"from": given(f.From), "to": given(f.To), "words": words(f.Query),
	}
}

// given returns NULL for no time.
func given(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// narrowed are the conditions of a filter that are no words; one that is not
// there is left out, so that the planner sees which are.
func (f NeedFilter) narrowed() string {
	var b strings.Builder
	for _, c := range []struct {
		is  bool
		sql string
	}{
		{len(f.Statuses) > 0, `n.status = ANY (@statuses::text[])`},
		{f.Chain != "", `n.chain = @chain`},
		{f.Region != "", `n.region = @region`},
		{f.Type != "", `n.need_type = @type`},
		{f.Centre != "", `starts_with(n.centre_path, @centre)`},
		{!f.From.IsZero(), `n.created_at >= @from`},
		{!f.To.IsZero(), `n.created_at < @to`},
	} {
		if c.is {
			b.WriteString(" AND " + c.sql)
		}
	}
	return b.String()
}

// Needs lists needs and returns the cursor of the next page.
func (s *Store) Needs(ctx context.Context, scope need.Scope, f NeedFilter, p Page) ([]Need, string, error) {
	o, err := orderOf(f.Sort)
	if err != nil {
		return nil, "", err
	}
	args := f.args()
	args["limit"] = p.limit() + 1
	after, err := o.after(p.Cursor, args)
	if err != nil {
		return nil, "", err
	}
	var list []Need
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		from, err := f.source(ctx, tx, args)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, from.with+`
			SELECT `+needColumns+`, NULL::jsonb AS record
			FROM `+from.table+` LEFT JOIN conversations c ON c.id = n.conversation_id
			WHERE `+from.where+f.narrowed()+after+`
			LIMIT @limit`, args)
		if err != nil {
			return fmt.Errorf("list needs: %w", err)
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[Need])
		return err
	})
	if err != nil || len(list) <= p.limit() {
		return list, "", err
	}
	list = list[:p.limit()]
	return list, o.cursor(list[len(list)-1]), nil
}

// needOrder is how a list of needs is sorted; the id decides between equals.
type needOrder struct {
	name string // as NeedFilter.Sort
	by   string // a column of needs
	down bool
}

func orderOf(sort string) (needOrder, error) {
	if sort == "" {
		sort = "-updated_at"
	}
	by, down := strings.CutPrefix(sort, "-")
	switch by {
	case "updated_at", "created_at", "score":
		return needOrder{name: sort, by: by, down: down}, nil
	default:
		return needOrder{}, need.Errorf(need.Invalid, "sort_invalid", "needs cannot be sorted by %.40q", sort)
	}
}

// after is the end of a WHERE and the ORDER BY: what follows the cursor, whose
// parts it adds to args.
func (o needOrder) after(cursor string, args pgx.NamedArgs) (string, error) {
	compare, way, where := ">", "ASC", ""
	if o.down {
		compare, way = "<", "DESC"
	}
	if cursor != "" {
		key, id, err := o.read(cursor)
		if err != nil {
			return "", err
		}
		args["key"], args["id"] = key, id
		where = ` AND (n.` + o.by + `, n.id) ` + compare + ` (@key, @id::uuid)`
	}
	return where + ` ORDER BY n.` + o.by + ` ` + way + `, n.id ` + way, nil
}

// cursor returns where n stands in the order, for clients, who read nothing in
// it.
func (o needOrder) cursor(n Need) string {
	key := n.Updated.UTC().Format(time.RFC3339Nano)
	switch o.by {
	case "created_at":
		key = n.Created.UTC().Format(time.RFC3339Nano)
	case "score":
		key = strconv.Itoa(n.Score)
	}
	return base64.RawURLEncoding.EncodeToString([]byte(o.name + " " + key + " " + string(n.ID)))
}

// read takes a cursor of the same order apart.
func (o needOrder) read(cursor string) (key any, id string, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	parts := strings.Split(string(raw), " ")
	if err != nil || len(parts) != 3 || parts[0] != o.name || known("cursor", parts[2]) != nil {
		return nil, "", badCursor(cursor)
	}
	if o.by == "score" {
		score, err := strconv.ParseInt(parts[1], 10, 32)
		if err != nil {
			return nil, "", badCursor(cursor)
		}
		return int32(score), parts[2], nil
	}
	at, err := time.Parse(time.RFC3339Nano, parts[1])
	if err != nil || at.Year() > 9999 || at.Year() < 1 {
		return nil, "", badCursor(cursor)
	}
	return at, parts[2], nil
}
