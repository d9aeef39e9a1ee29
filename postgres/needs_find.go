package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// few is up to how many needs that may hold all words are fetched by the lists
// of need_pairs. More of them stand so close together in any order of the needs
// that walking along it finds a page sooner.
const few = 5000

// asked is how many pairs of a query are looked up: the rarest of them, with no
// more needs than few, leave those in which the words themselves are looked for.
const asked = 4

// source is where a list of needs is read from.
type source struct {
	with, table, where string
}

// source looks how common the words of the query are and chooses the way.
func (f NeedFilter) source(ctx context.Context, tx pgx.Tx, args pgx.NamedArgs) (source, error) {
	all := source{table: `needs n`, where: `true`}
	list := words(f.Query)
	switch {
	case strings.TrimSpace(f.Query) == "":
		return all, nil
	case len(list) == 0: // marks alone stand in no print
		return source{table: all.table, where: `false`}, nil
	}
	walk := source{
		table: `needs n LEFT JOIN need_prints p ON p.need_id = n.id`,
		where: `CASE WHEN p.version = n.version THEN ` + holdsWords + ` ELSE ` + holdsFresh + ` END`,
	}
	rare, hits, err := rarePairs(ctx, tx, list)
	if err != nil {
		return walk, err
	}
	which := `w.pair = ANY (@pairs) GROUP BY u.no HAVING count(*) = @n`
	if len(rare) == 0 { // words of one character
		first := int64(uint32([]rune(list[0])[0]) << 16) //nolint:gosec // as need.Pairs has it
		args["first"], args["last"] = first, first|0xffff
		which = `w.pair BETWEEN @first AND @last GROUP BY u.no`
		err := tx.QueryRow(ctx, `SELECT COALESCE(sum(total), 0) FROM need_pairs WHERE pair BETWEEN @first AND @last`, args).Scan(&hits)
		if err != nil {
			return walk, fmt.Errorf("look how common a character is: %w", err)
		}
	}
	if hits > few {
		return walk, nil
	}
	args["pairs"], args["n"] = rare, len(rare)
	return source{
		with: `
		WITH hits AS MATERIALIZED (
			SELECT u.no FROM need_pairs w, unnest(w.needs) u(no) WHERE ` + which + `
		), found AS MATERIALIZED (
			SELECT p.need_id AS id FROM hits JOIN need_prints p ON p.no = hits.no
			WHERE ` + holdsWords + ` AND NOT EXISTS (SELECT FROM need_unprinted u WHERE u.need_id = p.need_id)
			UNION ALL
			SELECT n.id FROM need_unprinted u JOIN needs n ON n.id = u.need_id LEFT JOIN conversations c ON c.id = n.conversation_id
			WHERE ` + holdsFresh + `
		)`,
		table: `found JOIN needs n USING (id)`, where: `true`,
	}, nil
}

// holdsWords reads a print; holdsFresh reads the record of a need that has
// changed since it was printed, of which there are few.
const (
	holdsWords = `(SELECT bool_and(strpos(p.said, word) > 0) FROM unnest(@words::text[]) word)`
	holdsFresh = `(SELECT bool_and(strpos(fresh.said, word) > 0) FROM unnest(@words::text[]) word, (
		SELECT translate(plain_key(concat_ws(E'\n', n.title, c.org, n.org, (
			SELECT string_agg(v #>> '{}', E'\n') FROM (
				SELECT jsonb_path_query(n.record, '$.fields.*.value[*] ? (@.type() == "string")') UNION ALL
				SELECT jsonb_path_query(n.record, '$.indicators[*].* ? (@.type() == "string")') UNION ALL
				SELECT jsonb_path_query(n.record, '$.indicators[*].*.text')
			) said(v)))), '%@§…「」『』〈〉〔〕‰', '') AS said) fresh)`
)

// words are those of a query as prints have them.
func words(query string) []string {
	list := []string{}
	for _, field := range strings.Fields(query) {
		if word := string(need.Plain(field)); word != "" {
			list = append(list, word)
		}
	}
	return list
}

// rarePairs returns the rarest pairs of the words, and in how many needs the
// rarest stands. Words of one character have none, but all pairs that begin with
// it stand side by side.
func rarePairs(ctx context.Context, tx pgx.Tx, list []string) (rare []int64, hits int64, err error) {
	pairs := []int64{}
	for _, word := range list {
		for _, pair := range need.Pairs([]rune(word)).Unique() {
			pairs = append(pairs, int64(pair))
		}
	}
	if len(pairs) == 0 {
		return nil, 0, nil
	}
	rows, err := tx.Query(ctx, `
		SELECT q.pair, COALESCE(sum(w.total), 0)::bigint AS needs
		FROM (SELECT DISTINCT unnest($1::bigint[]) AS pair) q LEFT JOIN need_pairs w USING (pair)
		GROUP BY q.pair ORDER BY needs, q.pair LIMIT $2`, pairs, asked)
	if err != nil {
		return nil, 0, fmt.Errorf("look how common words are: %w", err)
	}
	var pair, needs int64
	_, err = pgx.ForEachRow(rows, []any{&pair, &needs}, func() error {
		if len(rare) == 0 {
			hits = needs
		}
		if len(rare) == 0 || needs <= few {
			rare = append(rare, pair)
		}
		return nil
	})
	if err != nil {
		return nil, 0, fmt.Errorf("look how common words are: %w", err)
	}
	return rare, hits, nil
}
