package postgres

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// longestQuery is how many tokens of a query are looked up. A longer one is as
// rare by some of them as by all.
const longestQuery = 256

// fewEntries is few for records, which are longer to read than prints.
const fewEntries = 2000

// shelf is where a list of records x is read from.
type shelf struct {
	with, table, where string
}

// shelf looks how common the words of the query are: rare ones are found by the
// lists of their tokens, with what has changed since these were written; common
// ones stand so close together in any order of the records that walking along it
// finds a page sooner.
func (f EntryFilter) shelf(ctx context.Context, tx pgx.Tx, l need.Library, args pgx.NamedArgs) (shelf, error) {
	all := shelf{table: tableOf(l).name + ` x`, where: `true`}
	given := strings.Fields(f.Query)
	if len(given) == 0 {
		return all, nil
	}
	var words []string
	if err := tx.QueryRow(ctx, `SELECT array_agg(plain_text(ARRAY[w])) FROM unnest($1::text[]) w`, given).Scan(&words); err != nil {
		return all, fmt.Errorf("read the words of a search: %w", err)
	}
	args["words"] = words
	all.where = `(SELECT bool_and(position(w IN x.search) > 0) FROM unnest(@words::text[]) w)`
	rare, hits, err := rareTokens(ctx, tx, l, tokensOf(words))
	if err != nil || hits > fewEntries {
		return all, err
	}
	args["library"], args["tokens"], args["n"] = string(l), rare, len(rare)
	return shelf{
		with: `
		WITH hits AS MATERIALIZED (
			SELECT u.no FROM library_tokens w, unnest(w.entries) u(no)
			WHERE w.library = @library AND w.token = ANY (@tokens) GROUP BY u.no HAVING count(DISTINCT w.token) = @n
		), found AS MATERIALIZED (
			SELECT p.entry_id AS id FROM hits JOIN library_prints p USING (no)
			UNION
			SELECT x.id FROM ` + all.table + ` WHERE ` + unlisted + `
		)`,
		table: `found JOIN ` + all.table + ` USING (id)`, where: all.where,
	}, nil
}

// tokensOf are those of the words that are looked up: of a word of several
// characters its pairs.
func tokensOf(words []string) []int64 {
	var list []int64
	for _, word := range words {
		tokens := need.Tokens(word)
		if pairs := slices.DeleteFunc(slices.Clone(tokens), func(t int64) bool { return !need.IsPair(t) }); len(pairs) > 0 {
			tokens = pairs
		}
		list = append(list, tokens...)
	}
	slices.Sort(list)
	list = slices.Compact(list)
	step, some := len(list)/longestQuery+1, list[:0]
	for i := 0; i < len(list); i += step {
		some = append(some, list[i])
	}
	return some
}

// rareTokens returns the rarest of the tokens, and in how many records the rarest
// stands.
func rareTokens(ctx context.Context, tx pgx.Tx, l need.Library, tokens []int64) (rare []int64, hits int64, err error) {
	rows, err := tx.Query(ctx, `
		SELECT q.token, COALESCE(sum(w.total), 0)::bigint AS entries
		FROM unnest($1::bigint[]) q(token) LEFT JOIN library_tokens w ON w.library = $2 AND w.token = q.token
		GROUP BY q.token ORDER BY entries, q.token LIMIT $3`, tokens, string(l), asked)
	if err != nil {
		return nil, 0, fmt.Errorf("look how common words of %s are: %w", l, err)
	}
	var token, entries int64
	_, err = pgx.ForEachRow(rows, []any{&token, &entries}, func() error {
		if len(rare) == 0 {
			hits = entries
		}
		if len(rare) == 0 || entries <= fewEntries {
			rare = append(rare, token)
		}
		return nil
	})
	if err != nil {
		return nil, 0, fmt.Errorf("look how common words of %s are: %w", l, err)
	}
	return rare, hits, nil
}
