package postgres

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// libraryTable says where the records of a library stand.
type libraryTable struct {
	name    string
	columns []string // fields with a column of their own; others stand in detail
	chain   string   // condition on x for @chain
	region  string   // condition on x for @region
	org     string   // text of x that @org must be alike
	lexemes bool     // it is found by the words in a column
}

// tableOf returns a library's table; l is Valid.
func tableOf(l need.Library) libraryTable {
	const chain, region = `x.chain = @chain`, `x.region IN (@region, left(@region, 4) || '00')`
	const chains = `(COALESCE(x.detail -> 'chains', '[]') = '[]' OR x.detail -> 'chains' ? @chain)`
	const regions = `(COALESCE(x.detail -> 'regions', '[]') = '[]' OR x.detail -> 'regions' ?| ARRAY[@region, left(@region, 4) || '00', left(@region, 2) || '0000'])`
	switch l {
	case need.Achievements:
		return libraryTable{
			"achievements", []string{"title", "summary", "indicators", "chain", "stage", "trl", "owner_org", "region", "keywords"},
			chain, region, "x.owner_org", true,
		}
	case need.Experts:
		return libraryTable{"experts", []string{"name", "title", "org", "region", "chain", "summary", "keywords"}, chain, region, "x.org", false}
	case need.Providers:
		return libraryTable{
			"providers", []string{"name", "kinds", "uscc", "region", "summary", "keywords"},
			chains, `(` + region + ` OR x.detail -> 'regions' ?| ARRAY[@region, left(@region, 4) || '00', left(@region, 2) || '0000'])`, "x.name", false,
		}
	case need.FinanceProducts:
		return libraryTable{"finance_products", []string{"name", "org", "kind", "summary"}, chains, regions, "x.org", false}
	default:
		return libraryTable{
			"organisations", []string{"name", "uscc", "aliases", "kind", "region", "chain", "summary"}, chain, region, "x.name", false,
		}
	}
}

// entryColumns are those that scanEntry reads, of a row x.
const entryColumns = `x.id::text, x.centre_path, x.code, library_row(to_jsonb(x)) - '{code,shared}'::text[], x.shared, x.version, x.created_at,
	x.updated_at, x.confirmed_at, x.confirmed_by, x.archived_at, COALESCE(x.merged_into::text, ''),
	x.archived_at IS NULL AND COALESCE(is_stale(x.confirmed_at, x.detail), false)`

func entryTargets(e *need.Entry) []any {
	return []any{
		&e.ID, &e.Centre, &e.Code, &e.Values, &e.Shared, &e.Version, &e.Created,
		&e.Updated, &e.Confirmed, &e.ConfirmedBy, &e.Archived, &e.MergedInto, &e.Stale,
	}
}

func scanEntry(l need.Library) pgx.RowToFunc[need.Entry] {
	return func(row pgx.CollectableRow) (need.Entry, error) {
		e := need.Entry{Library: l}
		err := row.Scan(entryTargets(&e)...)
		return e, err
	}
}

// stored is a record as its table takes it: the columns as one JSON object, and
// the detail with all else.
func (t libraryTable) stored(e *need.Entry) (row, detail json.RawMessage, err error) {
	columns, rest := map[string]any{}, map[string]any{}
	for _, f := range e.Library.Fields() {
		if slices.Contains(t.columns, f.Key) {
			columns[f.Key] = blank(f.Shape)
		}
	}
	for key, v := range e.Values {
		switch {
		case !e.Values.Given(key):
		case slices.Contains(t.columns, key):
			columns[key] = v
		default:
			rest[key] = v
		}
	}
	if row, err = json.Marshal(columns); err == nil {
		detail, err = json.Marshal(rest)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("encode %s of %s: %w", e.Library, e.ID, err)
	}
	return row, detail, nil
}

// blank is what stands in the column of a field that says nothing.
func blank(s need.FieldShape) any {
	switch s {
	case need.TextsField, need.ChoicesField, need.RegionsField:
		return []string{}
	case need.LevelField, need.NumberField:
		return nil
	default:
		return ""
	}
}

// list writes the columns with a prefix, such as "r.title, r.summary".
func (t libraryTable) list(prefix string) string {
	return prefix + strings.Join(t.columns, ", "+prefix)
}
